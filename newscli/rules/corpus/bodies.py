"""X504: the bodies of posts."""

import unicodedata
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.corpus.comparison import Shared, across
from newscli.rules.subject import Subject


@across("X504", "duplicate-body", Severity.WARNING, default=False)
class Bodies(Shared):
    """Two posts have the same body.

    Why: it is the same article twice. White space and the width of characters do not count.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The same body.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        The  same body.

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The same body.
        ==> _posts/2022-06-08-two.md <==
        title: Two

    Engines: none notices.
    """

    of_bodies = True
    message = "has the body of {first} too"

    @classmethod
    def values(cls, post: Subject) -> Iterator[str]:
        """The body without white space, widths folded."""
        text = "".join(unicodedata.normalize("NFKC", post.body).split())
        if len(text) > 1:
            yield text
