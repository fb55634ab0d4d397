"""X, and T406: what only shows across posts; each rule takes in all posts and reports those at odds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newscli.front_matter.spans import KeyPath
from newscli.rules.corpus import bodies, ids, near, sources, titles, urls, variants
from newscli.rules.corpus.comparison import COMPARISONS, Comparison, Match
from newscli.rules.corpus.posts import Known, Listed
from newscli.rules.subject import Subject

__all__ = ["OF_BODIES", "Archive", "Listed", "Match", "collect", "matches", "place_of"]
__all__ += ["bodies", "ids", "near", "sources", "titles", "urls", "variants"]

OF_BODIES = frozenset(code for code, comparison in COMPARISONS.items() if comparison.of_bodies)
"""The rules that compare bodies, which no index holds."""


@dataclass(slots=True)
class Archive:
    """What the rules across posts have taken in, by code."""

    comparisons: dict[str, Comparison] = field(default_factory=dict)


def collect(archive: Archive, post: Known, codes: Iterable[str]) -> None:
    """Take in what the rules need of a post."""
    for code in codes:
        comparison = archive.comparisons.get(code)
        if comparison is None:
            comparison = archive.comparisons[code] = COMPARISONS[code]()
        if not comparison.of_bodies or isinstance(post, Subject):
            comparison.add(post)


def matches(archive: Archive) -> Iterator[Match]:
    """What the rules find once all posts are in."""
    for _, comparison in sorted(archive.comparisons.items()):
        yield from comparison.matches()


def place_of(subject: Subject, code: str) -> tuple[tuple[int, int], KeyPath]:
    """Where a post is reported: the value that puts it at odds, else the start of the body or file."""
    for key in COMPARISONS[code].keys:
        if key in subject.data and subject.data[key] not in (None, ""):
            return subject.place((key,)), (key,)
    if code in OF_BODIES:
        return (subject.body_start, subject.body_start), ()
    return subject.opening, ()
