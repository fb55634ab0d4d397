"""X505: bodies that differ in a few words."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from newscli.diagnostics import Severity
from newscli.rules.corpus.comparison import Comparison, Match, across
from newscli.rules.corpus.posts import order_of
from newscli.rules.subject import Subject

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+|\d+")
_FEWEST_WORDS = 20
_MOST_BITS = 3
"""How many bits of two prints may differ; with four bands of 16 bits, prints that near share a band."""


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


def simhash(words: list[str]) -> int:
    """A 64-bit print of a text: like texts have prints that differ in few bits (Charikar 2002)."""
    weights = [0] * 64
    for first, second in pairwise(words):
        bits = int.from_bytes(blake2b(f"{first} {second}".encode(), digest_size=8).digest(), "big")
        for place in range(64):
            weights[place] += 1 if bits >> place & 1 else -1
    return sum(1 << place for place, weight in enumerate(weights) if weight > 0)
