"""Duplicates: posts whose body is that of another post, or nearly; news archives are full of reprints."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from newscli.fulltext.index import TextIndex
from newscli.query import State

STATE = "duplicate"
"""The state of the query language: ``is:duplicate``."""
NEARNESS = 0.5
"""The part of the hashes of two sketches that must be the same for the bodies to count as nearly the same."""
_LEAST = 4
_SHARED = 2
_MOST_HOLDERS = 8  # the first posts with a hash, which others are compared with
_SLOTS = (1 << 24) - 1


def duplicates(text: TextIndex, state: State) -> Iterable[int] | None:
    """The posts that are so; None for every other state."""
    return sorted({post for group in groups(text) for post in group}) if state.name == STATE else None


def groups(text: TextIndex) -> list[list[int]]:
    """Posts that are duplicates of one another, group by group.

    Bodies are the same when their folded texts are, and nearly the same when at least half of the least hashes of their
    pieces are (bottom-k sketches: A. Z. Broder, "On the resemblance and containment of documents", 1997). Bodies of
    fewer than four pieces count only when they are the same; empty ones never do.
    """
    rows = text.index.execute(
        "SELECT d.post, s.body, s.sketch FROM text.sketches s JOIN text.docs d USING (doc) ORDER BY d.post"
    ).fetchall()
    union = _Union()
    _join_equal(rows, union)
    sketches = {post: sketch for post, _, sketch in rows if len(sketch) >= 4 * _LEAST}
    for one, other in _candidates(sketches):
        if union.root(one) != union.root(other) and _resemble(sketches[one], sketches[other]):
            union.join(one, other)
    return union.groups()


def _join_equal(rows: Iterable[tuple[int, bytes, bytes]], union: "_Union") -> None:
    first: dict[bytes, int] = {}
    for post, body, sketch in rows:
        if sketch and first.setdefault(body, post) != post:
            union.join(first[body], post)


def _candidates(sketches: dict[int, bytes]) -> Iterator[tuple[int, int]]:
    """Pairs that may share half of their hashes.

    Such a pair has two of its rarest hashes in common, of half of them and two, whatever counts as rare as long as it
    is the same for all (prefix filtering: Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins",
    2006).
    """
    spread = _spread(sketches.values())
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for post, sketch in sketches.items():
        values = sorted(array("I", sketch), key=lambda value: (spread[value & _SLOTS], value))
        shared: Counter[int] = Counter()
        for value in values[: len(values) // 2 + _SHARED]:
            if spread[value & _SLOTS] > 1:
                known = holders[value]
                shared.update(known)
                if len(known) < _MOST_HOLDERS:
                    known.append(post)
        yield from ((post, other) for other, count in shared.items() if count >= _SHARED)


def _spread(sketches: Iterable[bytes]) -> bytearray:
    """In how many sketches each hash is, 255 standing for more; now and then two hashes are counted as one."""
    found = bytearray(_SLOTS + 1)
    for sketch in sketches:
        for value in array("I", sketch):
            found[value & _SLOTS] += found[value & _SLOTS] < 255
    return found


def _resemble(one: bytes, other: bytes) -> bool:
    """Whether the texts of two bottom-k sketches resemble one another; the least of both together are the sample."""
    first, second = set(array("I", one)), set(array("I", other))
    sample = sorted(first | second)[: max(len(first), len(second))]
    return len(first & second & set(sample)) >= NEARNESS * len(sample)


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
