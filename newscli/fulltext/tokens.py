"""Tokens: what the full-text index is made of, so that a phrase of tokens is a piece of the text and nothing else.

A word of a script that is written with blanks between words (Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic,
Georgian) is one token; every other character is one by itself: Chinese, Japanese, the syllables of Korean, Thai, Hindi;
digits, punctuation, emoji, marks. So a piece of any length of those is found, and of words from one letter up. Accents
count (``é`` is not ``e``); the vowel points of Hebrew and Arabic, which are written or not, do not. A blank between two
words goes without saying, any other blank is the token ``␣``; the boundary of two blocks is the token ``¶``, which no
query holds, so that no phrase crosses it.
"""

import re
from collections.abc import Iterable

from newscli.text import UNSEEN, fold

LETTERS = (
    "a-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0373\u0376-\u037d\u0386-\u0481\u048a-\u0556"
    "\u0561-\u0587\u05d0-\u05ea\u0620-\u064a\u10d0-\u10ff\u1e00-\u1fff"
)
"""The letters of folded words, for a class of a pattern: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian."""

BLANK, BLOCK = "␣", "¶"
"""The tokens of a blank and of a boundary. Texts that hold these characters themselves are not told from them."""

_WORDS = re.compile(f"([{LETTERS}]+)")
_HEBREW_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_ARABIC_POINTS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_UNSEEN = re.compile(f"{UNSEEN[:-1]}{_HEBREW_POINTS}{_ARABIC_POINTS}]")


def canonical(text: str) -> str:
    r"""The form in which texts are compared and cut: folded, nothing unseen, blanks single, none beside a ``\n``."""
    folded = fold(text)
    if not folded.isascii():
        folded = folded.encode("utf-8", "replace").decode()
    folded = _UNSEEN.sub("", folded)
    if folded.isprintable() and "  " not in folded:
        return folded.strip()
    return "\n".join(filter(None, (" ".join(line.split()) for line in folded.split("\n"))))


def compared(text: str) -> str:
    """A piece of a text as it is compared with canonical texts, blanks as they are."""
    return _UNSEEN.sub("", fold(text))


def split(text: str) -> list[str]:
    """Words at the odd places of the list, what stands between them at the even ones."""
    return _WORDS.split(text)


def tokens(text: str) -> str:
    """The tokens of a canonical text, with blanks between."""
    return join(_WORDS.split(text))


def join(pieces: list[str]) -> str:
    """The tokens of a text that was split."""
    last = len(pieces) - 1
    spaced = [
        "" if piece == " " and 0 < place < last else " ".join(piece)
        for place, piece in zip(range(0, last + 1, 2), pieces[::2], strict=True)
    ]
    pieces = pieces.copy()
    pieces[::2] = [_marked(piece) for piece in spaced]
    return " ".join(pieces)


def _marked(spaced: str) -> str:
    """Blanks and boundaries as tokens, in a text that has a blank between any two characters."""
    if "\n" in spaced:
        spaced = spaced.replace("\n", BLOCK)
    if "   " in spaced:
        spaced = spaced.replace("   ", f" {BLANK} ")
    if spaced[:1] == " ":
        spaced = BLANK + spaced[1:]
    return spaced[:-1] + BLANK if spaced[-1:] == " " else spaced


def grams(words: Iterable[str]) -> set[str]:
    """Every letter and every two neighbouring letters of the words: what a query of one or two letters is found by."""
    found: set[str] = set()
    for word in words:
        found.update(_GRAMS[word])
    return found


class _Grams(dict[str, tuple[str, ...]]):
    """The grams of a word, kept: texts repeat their words."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = tuple({*word, *(word[place : place + 2] for place in range(len(word) - 1))})
        if len(self) > _MOST_KEPT:
            self.clear()
        self[word] = found
        return found


_MOST_KEPT = 100_000
_GRAMS = _Grams()
