"""What a rule across posts is: it takes in what it needs of each post, then says which posts are at odds."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from newscli.diagnostics import Severity
from newscli.rules.corpus.posts import Known, date_of, order_of
from newscli.rules.model import Hit, rule


@dataclass(frozen=True, slots=True)
class Match:
    """A post to report: its path, the rule, what it says, the post it is held against, the tag it concerns."""

    path: str
    code: str
    message: str
    first: str = ""
    tag: str = ""


class Comparison(ABC):
    """A rule across posts, made anew for each run; the docstring of the class is the rule's manual.

    Attributes:
        code: the rule's code, set when it is entered.
        keys: the keys at one of which a post is reported, the first that it has.
        of_bodies: whether bodies are compared, which no index holds; then only posts that are read are added.
    """

    code: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = ()
    of_bodies: ClassVar[bool] = False

    @abstractmethod
    def add(self, post: Any) -> None:
        """Take in a post."""

    @abstractmethod
    def matches(self) -> Iterator[Match]:
        """The posts at odds, once all are in."""


class Shared(Comparison):
    """Posts must not share a value; all but the first of those that do are reported, by date, then path.

    Attributes:
        message: what is said of a later post; ``{first}`` is the path of the first.
    """

    message: ClassVar[str]

    def __init__(self) -> None:
        self._posts: dict[int, list[tuple[str, str]]] = {}

    @abstractmethod
    def values(self, post: Any) -> Iterable[str]:
        """The values of a post that no other may have; only their hashes are kept."""

    def add(self, post: Known) -> None:
        """Take in a post."""
        for value in self.values(post):
            self._posts.setdefault(hash(value), []).append((post.path, date_of(post)))

    def matches(self) -> Iterator[Match]:
        """The later posts of each value."""
        for posts in self._posts.values():
            if len(posts) > 1:
                first, *others = sorted(dict(posts).items(), key=lambda post: order_of(*post))
                for path, _ in others:
                    yield Match(path, self.code, self.message.format(first=first[0]), first[0])


COMPARISONS: dict[str, type[Comparison]] = {}
"""The rules across posts by their codes."""
_C = TypeVar("_C", bound=type[Comparison])


def across(code: str, name: str, level: Severity = Severity.ERROR, *, default: bool = True) -> Callable[[_C], _C]:
    """Enter a comparison as a rule; see :func:`newscli.rules.model.rule`."""

    def enter(comparison: _C) -> _C:
        def check(_subject: Any) -> Iterable[Hit]:
            return ()  # nothing shows in one file alone

        check.__doc__ = comparison.__doc__
        rule(code, name, level, default=default, needs="corpus")(check)
        comparison.code = code
        COMPARISONS[code] = comparison
        return comparison

    return enter
