"""Sounds: the Chinese texts of the posts that are read as something typed in Latin letters.

The index keeps how each character is read and which two characters stand side by side anywhere; a word of several
syllables is a chain of such pairs. So only texts that there are, are looked for, and one of a single syllable, which
is read like hundreds of characters, is none at all.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise, product

from newscli.index import Index

MOST = 2000
"""Texts that a word may stand for. Only syllables like ``shi`` and ``yi`` over and over have more: the rest is not
looked for."""

_SPELT = re.compile(r"[a-zü]+(?:[ '’][a-zü]+)*")
_LONGEST = 6  # zhuang
_MOST_SPLITS = 64


class Sounds:
    """How the texts of an index, attached as ``text``, are read."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def texts(self, typed: str) -> list[str]:
        """The texts of two characters and more that are read as the folded text; a blank or ``'`` parts syllables."""
        if not _SPELT.fullmatch(typed):
            return []
        found = (text for syllables in islice(self._splits(typed), _MOST_SPLITS) for text in self._read(syllables))
        return list(islice(dict.fromkeys(found), MOST))

    @cached_property
    def _syllables(self) -> frozenset[str]:
        return frozenset(sound for (sound,) in self._index.execute("SELECT DISTINCT sound FROM text.sounds"))

    def _splits(self, typed: str) -> Iterator[list[str]]:
        """The ways to read letters as syllables, such as ``xi an`` and ``xian``; of two syllables at least."""
        parts = re.split("[ '’]", typed.replace("ü", "v"))
        for ways in product(*(list(islice(self._ways(part), _MOST_SPLITS)) for part in parts)):
            syllables = [syllable for way in ways for syllable in way]
            if len(syllables) > 1:
                yield syllables

    def _ways(self, letters: str) -> Iterator[tuple[str, ...]]:
        if not letters:
            yield ()
        for size in range(min(_LONGEST, len(letters)), 0, -1):
            if letters[:size] in self._syllables:
                yield from ((letters[:size], *rest) for rest in self._ways(letters[size:]))

    def _read(self, syllables: Sequence[str]) -> list[str]:
        """The texts that are read as the syllables: pairs that overlap."""
        texts = [""]
        for first, second in pairwise(syllables):
            pairs: dict[str, list[str]] = {}
            for pair in self._pairs(first, second):
                pairs.setdefault(pair[0], []).append(pair)
            if texts == [""]:
                texts = [pair for group in pairs.values() for pair in group]
            else:
                texts = [text + pair[1] for text in texts for pair in pairs.get(text[-1], ())]
            del texts[MOST:]
        return texts

    def _pairs(self, first: str, second: str) -> list[str]:
        sql = (
            "SELECT pair FROM text.sounds a JOIN text.sounds b JOIN text.pairs ON pair = a.character || b.character"
            " WHERE a.sound = ? AND b.sound = ? ORDER BY pair"
        )
        return [pair for (pair,) in self._index.execute(sql, (first, second))]
