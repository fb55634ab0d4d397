"""X505: bodies that differ in a few words."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from newscli.diagnostics import Severity
from newscli.rules.corpus.comparison import Comparison, Match, across
from newscli.rules.corpus.posts import order_of
from newscli.rules.subject import Subject

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+|\d+")
_FEWEST_WORDS = 20
_MOST_BITS = 3
"""How many bits of two prints may differ; with four bands of 16 bits, prints that near share a band."""
_BITS = 64
_MOST_KNOWN = 1 << 17
"""Words whose hashes are kept."""


@across("X505", "near-duplicate", Severity.INFO, default=False)
class NearBodies(Comparison):
    """Two posts say nearly the same.

    Why: it is likely the same article, edited.

    Bad::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The river rose again on Monday after two days of rain and the town council asked everybody to stay
        away from the old bridge until engineers had looked at its pillars and said that it was safe to cross.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        The river rose again on Monday after two days of rain and the town council asked everybody to stay
        away from the old bridge until engineers had looked at its pillars and said that it was safe to cross!

    Good::

        ==> _posts/2022-06-07-one.md <==
        ---
        title: One
        ---
        The river rose again on Monday after two days of rain and the town council asked everybody to stay
        away from the old bridge until engineers had looked at its pillars and said that it was safe to cross.
        ==> _posts/2022-06-08-two.md <==
        ---
        title: Two
        ---
        Another body of other words that has nothing to do with a river or a bridge, but with a garden
        in which somebody planted roses, tulips and a small tree many years ago.

    Engines: none notices.
    """

    of_bodies = True

    def __init__(self) -> None:
        self._prints: list[tuple[tuple[str, str], int]] = []

    @classmethod
    def facts(cls, post: Subject) -> list[int]:
        """The print of a body that is long enough to have one."""
        words = _WORD.findall(post.body)
        return [simhash(words)] if len(words) >= _FEWEST_WORDS else []

    def add(self, path: str, date: str, facts: list[int]) -> None:
        """Take in the print."""
        self._prints += [(order_of(path, date), mark) for mark in facts]

    def matches(self) -> Iterator[Match]:
        """The posts that say nearly what an earlier one says."""
        bands: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for (_, path), mark in sorted(self._prints):
            near = ""
            for band in range(4):
                shelf = bands.setdefault((band, mark >> 16 * band & 0xFFFF), [])
                near = near or next((at for other, at in shelf if (other ^ mark).bit_count() <= _MOST_BITS), "")
                shelf.append((mark, path))
            if near and near != path:
                yield Match(path, self.code, f"says nearly the same as {near}", near)


class _Hashes(dict[str, bytes]):
    """A hash for each of the two places of a word in a pair, as they are asked for."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = self[word] = blake2b(word.encode(), digest_size=2 * _BITS // 8).digest()
        return found


_hashes = _Hashes()


def simhash(words: Sequence[str]) -> int:
    """A 64-bit print of a text: like texts have prints that differ in few bits (Charikar 2002).

    Its features are the pairs of neighbouring words, and the hash of a pair is made of those of its words. All of them
    stand in one long number, so that each step is done with all at once.
    """
    lane, pairs = 2 * _BITS, len(words) - 1
    all_words = int.from_bytes(b"".join(map(_hashes.__getitem__, words)), "little")
    hashes = (all_words ^ all_words >> lane + _BITS) & (
        1 << lane * pairs
    ) - 1  # the first of one, the second of the next
    return _above(_added_up(hashes, pairs, lane), pairs // 2)


def _added_up(bits: int, lanes: int, lane: int) -> list[int]:
    """How often each bit is set in the lanes of a number: of the counts the bit worth 1, then 2, 4 and so on."""
    counts = [bits]
    while lanes > 1:
        lanes = (lanes + 1) // 2
        place, carry = lane * lanes, 0
        added = []
        for count in counts:  # the upper half of the lanes on the lower half, as a circuit of full adders does it
            high = count >> place
            low = count ^ high << place
            either = low ^ high
            added.append(either ^ carry)
            carry = low & high | either & carry
        counts = [*added, carry]
    return counts


def _above(counts: Sequence[int], least: int) -> int:
    """The bits, of the first :data:`_BITS`, whose count is greater than this."""
    above, equal = 0, (1 << _BITS) - 1
    for place in reversed(range(len(counts))):
        if least >> place & 1:
            equal &= counts[place]
        else:
            above |= equal & counts[place]
            equal &= ~counts[place]
    return above
