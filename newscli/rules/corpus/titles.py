"""X502: the titles of posts."""

from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.corpus.comparison import Shared, across
from newscli.rules.corpus.posts import text_of
from newscli.rules.subject import Subject
from newscli.text import fold


@across("X502", "duplicate-title", Severity.WARNING, default=False)
class Titles(Shared):
    """Two posts have the same title.

    Why: readers cannot tell them apart in a list.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: One
        ==> _posts/2022-06-08-two.md <==
        title: One

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: One
        ==> _posts/2022-06-08-two.md <==
        title: Two

    Engines: none notices.
    """

    keys = ("title",)
    message = "has the title of {first} too"

    @classmethod
    def values(cls, post: Subject) -> Iterator[str]:
        """The title, letters and widths folded."""
        if title := text_of(post, "title"):
            yield fold(title)
