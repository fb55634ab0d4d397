"""Which runs of text a result lacks; white space does not count."""

from collections.abc import Iterator
from itertools import accumulate, takewhile
from operator import eq

_NEAR, _NEARER = 80, 50
"""How far ahead a text is sought, in characters: all the farther, the longer it is."""
_SHORT = 20
"""Texts up to this length are named whole; by so many characters it is told where one goes on."""


def squeeze(text: str) -> str:
    """The text without white space, and without NUL, which parsers drop or replace."""
    return "".join(text.replace("\0", "").replace("\ufffd", "").split())


def missing(old: list[tuple[str, int]], new: str) -> Iterator[tuple[str, int]]:
    """The runs of text that the new text does not hold as often as the old one, each with its line.

    Args:
        old: texts in order, each with its line.
        new: the new text, squeezed.
    """
    keys = [squeeze(text) for text, _ in old]
    whole = "".join(keys)
    if whole == new:
        return
    position = 0
    for (text, line), key in zip(old, keys, strict=True):
        if new.startswith(key, position):
            position += len(key)
            continue
        place = new.find(key, position, position + _NEAR + _NEARER * len(key))
        if place >= 0:
            position = place + len(key)
        elif new.count(key) < whole.count(key):
            start, end = _cut_out(key, new, position)
            position += len(key) - (end - start)
            yield _shown(text, start, end), line


def _cut_out(key: str, new: str, position: int) -> tuple[int, int]:
    """From where to where a text was cut, if the rest of it, and most of it, is still in its place."""
    there = new[position : position + len(key)]
    start = sum(1 for _ in takewhile(bool, map(eq, key, there)))
    after = there[start:]
    end = next((end for end in _resumptions(key, after, start) if after.startswith(key[end:])), len(key))
    if len(key) <= _SHORT or 2 * (end - start) > len(key):
        return 0, len(key)
    return start, end


def _resumptions(key: str, after: str, start: int) -> Iterator[int]:
    """The places behind ``start`` where the text may go on as what comes after the cut does."""
    if probe := after[:_SHORT]:
        place = key.find(probe, start)
        while place >= 0:
            yield place
            place = key.find(probe, place + 1)
    yield from range(max(start, len(key) - _SHORT), len(key))


def _shown(text: str, start: int, end: int) -> str:
    """A run of a text by the places in what is left of it when it is squeezed."""
    if end - start == len(squeeze(text)):
        return text
    counts = [*accumulate((bool(squeeze(character)) for character in text), initial=0)]
    return text[counts.index(start + 1) - 1 : counts.index(end)]
