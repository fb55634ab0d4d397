"""Snippets: the places of a text where a query's words stand, with a little around them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from newscli.fulltext.tokens import compared
from newscli.text import display_width, fold

WIDTH = 120
"""Cells of text in a snippet, about."""
_LEAD = 30
_NEAR = 12
_CLUSTER = re.compile(
    r"(?s:.)[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u3099\u309a\u1160-\u11ff\uff9e\uff9f]*"
)
_MOST_SPANS = 200

Span = tuple[int, int]
Find = Callable[[str], Iterable[Span]]
"""Where something stands in a folded text."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text.

    Attributes:
        text: the piece, with an ellipsis where it was cut.
        matches: where in ``text`` the words stand, in code points.
    """

    text: str
    matches: tuple[Span, ...] = ()

    def record(self) -> dict[str, Any]:
        """The snippet as JSON values."""
        return {"text": self.text, "matches": [list(span) for span in self.matches]}


@dataclass(slots=True)
class Finder:
    """Finds words in texts as they are written.

    Attributes:
        folded: what looks at the folded text.
        written: what looks at the text as it stands.
    """

    folded: list[Find] = field(default_factory=list)
    written: list[Find] = field(default_factory=list)

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of the finder, of every place, in order."""
        other, places = folded_with_places(text)
        found = [
            (places[start], places[end] if places[end] > places[start] else places[start] + 1, number)
            for number, find in enumerate(self.folded)
            for start, end in find(other)
        ]
        found += [(*span, number) for number, find in enumerate(self.written, len(self.folded)) for span in find(text)]
        return sorted(found)


def folded_with_places(text: str) -> tuple[str, "range | list[int]"]:
    """The folded text, and for each of its characters (and its end) the offset in the text as it stands."""
    if text.isascii():
        return fold(text), range(len(text) + 1)
    pieces: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = compared(cluster[0])
        pieces.append(piece)
        places += [cluster.start()] * len(piece)
    return "".join(pieces), [*places, len(text)]


def snippets(text: str, finder: Finder, count: int) -> list[Snippet]:
    """At most ``count`` pieces of a visible text around what was found, in the order of the text.

    Pieces with more different words come first into consideration; a text without any shows its beginning.
    """
    if not count or not text:
        return []
    spans = finder.spans(text)[:_MOST_SPANS]
    if not spans:
        block = text.split("\n", 1)[0]
        return [_cut(text, 0, len(block), [])]
    windows = list(_windows(text, spans))
    best = sorted(windows, key=lambda window: -len({number for *_, number in window[2]}))[:count]
    return [_cut(text, start, end, inside) for start, end, inside in sorted(best, key=lambda window: window[0])]


def _windows(text: str, spans: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, list[tuple[int, int, int]]]]:
    """Stretches of one block each that fit a snippet, with what stands in them."""
    for (start, end), group in groupby(spans, key=lambda span: _block(text, span[0])):
        inside: list[tuple[int, int, int]] = []
        for span in group:
            if inside and display_width(text[inside[0][0] : span[1]]) > WIDTH - _LEAD:
                yield start, end, inside
                inside = []
            inside.append(span)
        yield start, end, inside


def _block(text: str, place: int) -> Span:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _cut(text: str, start: int, end: int, inside: list[tuple[int, int, int]]) -> Snippet:
    """The part of a block around what stands in it, cut at blanks where there are any near."""
    first = _back(text, start, inside[0][0] if inside else start)
    last, room = first, WIDTH
    while last < end and room > 0:
        room -= display_width(text[last])
        last += 1
    last = max(last, min(end, inside[-1][1] if inside else last))
    if last < end:
        blank = text.rfind(" ", last - _NEAR, last)
        least = inside[-1][1] if inside else first
        last = blank if blank > least else last
        while last > least and _is_within_word(text, last):
            last -= 1
    before, after = "…" if first > start else "", "…" if last < end else ""
    shift = len(before) - first
    merged = _merged((max(begin, first), min(stop, last)) for begin, stop, _ in inside)
    matches = tuple((begin + shift, stop + shift) for begin, stop in merged)
    return Snippet(before + text[first:last] + after, matches)


def _back(text: str, start: int, place: int) -> int:
    """Where a snippet begins whose first word stands at ``place``."""
    first, room = place, _LEAD
    while first > start and room > 0:
        first -= 1
        room -= display_width(text[first])
    if first > start:
        blank = text.find(" ", first, min(first + _NEAR, place))
        first = blank + 1 if blank >= 0 else first
        while first < place and _is_within_word(text, first):
            first += 1
    return first


def _is_within_word(text: str, place: int) -> bool:
    """Whether a cut there would go through a word or a number in Latin letters, as in the midst of Chinese."""
    around = text[place - 1 : place + 1]
    return around.isascii() and around.isalnum()


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans, those that overlap or touch as one."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif end > start:
            merged.append((start, end))
    return merged
