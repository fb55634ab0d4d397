"""What a rule across posts is: it takes facts from each post, then says of all of them which are at odds."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, ClassVar, TypeVar

from newscli.diagnostics import Severity
from newscli.rules.corpus.posts import order_of
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject


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
        of_bodies: whether bodies are compared; then a post is reported where its body starts.
        of_broken: whether posts count whose front matter does not parse as it stands.
    """

    code: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = ()
    of_bodies: ClassVar[bool] = False
    of_broken: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def facts(cls, post: Subject) -> list[Any]:
        """What of a post is compared, as JSON values; empty when it has nothing to compare."""

    @abstractmethod
    def add(self, path: str, date: str, facts: list[Any]) -> None:
        """Take in the facts of a post, with its path and its date as written."""

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

    @classmethod
    @abstractmethod
    def values(cls, post: Subject) -> Iterable[str]:
        """The values of a post that no other may have; only their digests are kept."""

    @classmethod
    def facts(cls, post: Subject) -> list[int]:
        """The digests of the values."""
        return [digest(value) for value in cls.values(post)]

    def add(self, path: str, date: str, facts: list[int]) -> None:
        """Take in a post."""
        for value in facts:
            self._posts.setdefault(value, []).append((path, date))

    def matches(self) -> Iterator[Match]:
        """The later posts of each value."""
        for posts in self._posts.values():
            if len(posts) > 1:
                first, *others = sorted(dict(posts).items(), key=lambda post: order_of(*post))
                for path, _ in others:
                    yield Match(path, self.code, self.message.format(first=first[0]), first[0])


def digest(value: str) -> int:
    """A number for a text, the same in every process; no two texts share one in practice."""
    return int.from_bytes(blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


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
