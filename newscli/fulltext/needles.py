"""Needles: texts that are looked for, as they are compared with texts and as phrases of FTS5."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newscli.fulltext.tokens import LETTERS, canonical, tokens
from newscli.query import Text

_QUOTES = '"“”'
_LETTER = re.compile(f"[{LETTERS}]")


@dataclass(frozen=True, slots=True)
class Needle:
    """A text that is looked for.

    Attributes:
        text: the canonical text.
        begins: whether it must begin where a word begins.
        forms: texts that it stands for, each as good as itself; they have no letters at their ends.
    """

    text: str
    begins: bool = False
    forms: tuple[str, ...] = ()

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where the text, or another it stands for, is in a folded text."""
        yield from self._own_spans(folded)
        if self.forms:
            yield from (match.span() for match in re.finditer("|".join(map(re.escape, self.forms)), folded))

    def _own_spans(self, folded: str) -> Iterator[tuple[int, int]]:
        size = len(self.text)
        place = folded.find(self.text) if size else -1
        while place >= 0:
            if self.begins and is_word(self.text[:1]) and place and is_word(folded[place - 1]):
                place = folded.find(self.text, place + 1)
                continue
            yield place, place + size
            place = folded.find(self.text, place + size)


def needle_of(term: Text) -> Needle:
    """What a bare word or phrase looks for: ``econ*`` the beginning of a word, all else any piece of the text."""
    words = term.words
    if words.endswith("*") and len(words) > 1 and not is_quoted(term):
        return Needle(canonical(words.rstrip("*")), begins=True)
    return Needle(canonical(words))


def is_quoted(term: Text) -> bool:
    """Whether the text stands in quotation marks: it is looked for as it stands."""
    return term.origin.typed[:1] in (*_QUOTES,)


def is_word(token: str) -> bool:
    """Whether the token is a word, and not a character by itself."""
    return _LETTER.match(token) is not None


def phrase_of(text: str) -> str:
    """A canonical text as an expression of FTS5."""
    return phrase(tokens(text).split())


def phrase(words: Sequence[str], *, prefix: bool = False) -> str:
    """The tokens side by side as an expression of FTS5; with ``prefix`` the last may go on."""
    quoted = " ".join(words).replace('"', '""')
    return f'"{quoted}" *' if prefix else f'"{quoted}"'
