"""Duplicates: posts whose body is that of another post, or nearly; news archives are full of reprints."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

from newscli.fulltext.index import TextIndex
from newscli.query import State

STATE = "duplicate"
"""The state of the query language: ``is:duplicate``."""
NEARNESS = 0.5
"""The part of the hashes of two sketches that must be the same for the bodies to count as nearly the same."""
_LEAST = 4
_COMMON = 50


def duplicates(text: TextIndex, state: State) -> Iterable[int] | None:
    """The posts that are so; None for every other state."""
    return sorted({post for group in groups(text) for post in group}) if state.name == STATE else None


def groups(text: TextIndex) -> list[list[int]]:
    """Posts that are duplicates of one another, group by group.

    Bodies are the same when their folded texts are, and nearly the same when at least half of the least hashes of their
    clauses are (bottom-k sketches: A. Z. Broder, "On the resemblance and containment of documents", 1997). Bodies of
    fewer than four clauses count only when they are the same; empty ones never do.
    """
    rows = text.index.execute(
        "SELECT d.post, s.body, s.sketch FROM text.sketches s JOIN text.docs d USING (doc) ORDER BY d.post"
    ).fetchall()
    union = _Union()
    _join_equal(rows, union)
    sketches = {post: frozenset(array("I", sketch)) for post, _, sketch in rows if len(sketch) >= 4 * _LEAST}
    for one, other in _candidates(sketches):
        if union.root(one) != union.root(other) and _resemble(sketches[one], sketches[other]):
            union.join(one, other)
    return union.groups()


def _join_equal(rows: Iterable[tuple[int, bytes, bytes]], union: "_Union") -> None:
    first: dict[bytes, int] = {}
    for post, body, sketch in rows:
        if sketch and first.setdefault(body, post) != post:
            union.join(first[body], post)


def _candidates(sketches: dict[int, frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of their least hashes; clauses that very many posts have tell nothing."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for post, sketch in sketches.items():
        for value in sketch:
            holders[value].append(post)
    seen: set[tuple[int, int]] = set()
    for posts in holders.values():
        if 1 < len(posts) <= _COMMON:
            for place, one in enumerate(posts):
                seen.update((one, other) for other in posts[place + 1 :])
    yield from sorted(seen)


def _resemble(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether the texts of two bottom-k sketches resemble one another; the least of both together are the sample."""
    size = min(max(len(one), len(other)), 24)
    sample = sorted(one | other)[:size]
    return sum(value in one and value in other for value in sample) >= NEARNESS * len(sample)


class _Union:
    """Groups that grow together."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def root(self, item: int) -> int:
        """The one that stands for the group of the item."""
        while (parent := self._parents.get(item, item)) != item:
            self._parents[item] = self._parents.get(parent, parent)
            item = parent
        return item

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents.setdefault(first, first)
        self._parents[second] = first

    def groups(self) -> list[list[int]]:
        """The groups of two and more."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for item in sorted(self._parents):
            found[self.root(item)].append(item)
        return [members for members in found.values() if len(members) > 1]
