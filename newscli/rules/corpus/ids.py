"""X506: the ids of posts."""

from collections.abc import Iterator

from newscli.rules.corpus.comparison import Shared, across
from newscli.rules.subject import Subject


@across("X506", "duplicate-id", default=False)
class Ids(Shared):
    """Two posts have the same id.

    Why: whoever looks one up finds the other.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        title: One
        id: 7
        ==> _posts/2022-06-08-two.md <==
        title: Two
        id: 7

    Good::

        ==> _posts/2022-06-07-one.md <==
        title: One
        id: 7
        ==> _posts/2022-06-08-two.md <==
        title: Two
        id: 8

    Engines: feeds show one of them only.
    """

    keys = ("id", "uid", "guid", "uuid")
    message = "has the id of {first} too"

    @classmethod
    def values(cls, post: Subject) -> Iterator[str]:
        """Each id with its key."""
        for key in cls.keys:
            value = post.data.get(key)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                yield f"{key}:{value}"
