"""X503: the pages that posts were taken from."""

from collections.abc import Iterator

from newscli.rules.corpus.addresses import canonical
from newscli.rules.corpus.comparison import Shared, across
from newscli.rules.corpus.posts import text_of
from newscli.rules.subject import Subject


@across("X503", "duplicate-source")
class Sources(Shared):
    """Two posts were taken from the same page.

    Why: it is the same article twice. Scheme, ``www.``, ``utm_…``, fragment and the last stroke do not count.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: One
        source: https://example.com/a
        ==> _posts/2022-06-08-two.md <==
        title: Two
        source: http://www.example.com/a?utm_source=x#top

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: One
        source: https://example.com/a
        ==> _posts/2022-06-08-two.md <==
        title: Two
        source: https://example.com/b

    Engines: none notices.
    """

    keys = ("source", "source_url", "original_url", "canonical_url")
    message = "has the source of {first} too; it is the same article"

    @classmethod
    def values(cls, post: Subject) -> Iterator[str]:
        """The first source that is an address of the web."""
        for key in cls.keys:
            value = text_of(post, key)
            if value.startswith(("http://", "https://", "//")) and (found := canonical(value)):
                yield found
                return
