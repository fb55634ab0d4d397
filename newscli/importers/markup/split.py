"""The elements of one name in a long XML text, one after the other, in memory bounded by the longest of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscli.importers.problems import Code, SourceError

_MARGIN = 32
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of the text.

    Attributes:
        text: the element with its tags; of the head, all that stands before the first element.
        line: the line where it starts, from 1.
        complete: whether its end tag is there.
    """

    text: str
    line: int
    complete: bool


def split(chunks: Iterator[str], name: str, limit: int) -> Iterator[Fragment]:
    """First what stands before the first element called ``name``, then each of these elements.

    Tags in CDATA sections and comments do not count. An element without its end tag ends where the next one starts.

    Raises:
        SourceError: the head or an element is longer than ``limit`` characters.
    """
    return _Splitter(chunks, name, limit).fragments()


class _Splitter:
    def __init__(self, chunks: Iterator[str], name: str, limit: int) -> None:
        self._chunks = chunks
        self._buffer = ""
        self._line = 1
        self._limit = limit
        self._more = True
        self._dropped = 0
        self._absent: dict[str, int] = {}
        self._name = name
        self._marker = re.compile(rf"<!\[CDATA\[|<!--|<{re.escape(name)}(?=[\s/>])|</{re.escape(name)}(?=[\s>])")
        self._nested = re.compile(rf"</{re.escape(name)}\s*>\s*<{re.escape(name)}[\s>]")

    def fragments(self) -> Iterator[Fragment]:
        start = self._find_start(0)
        yield self._take(len(self._buffer) if start is None else start, complete=True)
        while start is not None:
            end, complete = self._find_end()
            yield self._take(end, complete=complete)
            start = self._find_start(0)
            self._drop(len(self._buffer) if start is None else start)

    def _take(self, end: int, *, complete: bool) -> Fragment:
        fragment = Fragment(self._buffer[:end], self._line, complete)
        self._drop(end)
        return fragment

    def _drop(self, end: int) -> None:
        self._line += self._buffer.count("\n", 0, end)
        self._dropped += end
        self._buffer = self._buffer[end:]

    def _fill(self) -> bool:
        """Read on; False at the end of the text."""
        chunk = next(self._chunks, None)
        if chunk is None:
            self._more = False
            return False
        if len(self._buffer) > self._limit:
            message = f"has an element of more than {self._limit:,} characters"
            raise SourceError(Code.TOO_BIG, message, line=self._line)
        self._buffer += chunk
        return True

    def _find_start(self, position: int) -> int | None:
        while (found := self._next(position)) is not None:
            if found[0] == f"<{self._name}":
                return found.start()
            position = self._past(found)
        return None

    def _find_end(self) -> tuple[int, bool]:
        """Where the element at the start of the buffer ends, and whether by its end tag."""
        position = self._tag_end(1)
        if self._buffer[position - 2 : position] == "/>":
            return position, True
        while (found := self._next(position)) is not None:
            if found[0] == f"<{self._name}":
                return found.start(), False
            if found[0] == f"</{self._name}":
                return self._tag_end(found.end()), True
            position = self._past(found)
        return len(self._buffer), False

    def _next(self, position: int) -> re.Match[str] | None:
        """The next marker, the text read on until there is one; one at the very end could be cut."""
        while True:
            found = self._marker.search(self._buffer, position)
            if found and (not self._more or found.end() < len(self._buffer) - _MARGIN):
                return found
            position = found.start() if found else max(position, len(self._buffer) - _MARGIN)
            if not self._fill():
                return self._marker.search(self._buffer, position)

    def _tag_end(self, position: int) -> int:
        while (end := self._buffer.find(">", position)) < 0:
            position = len(self._buffer)
            if not self._fill():
                return len(self._buffer)
        return end + 1

    def _past(self, found: re.Match[str]) -> int:
        """Where a comment or CDATA section ends; when it never does, just after its opening."""
        if found[0] not in _ENDS:
            return found.end()
        closing, opened = _ENDS[found[0]], found.end()
        position = max(opened, self._absent.get(closing, 0) - self._dropped)  # what was searched once is not again
        while (end := self._buffer.find(closing, position)) < 0:
            position = max(position, len(self._buffer) - len(closing))
            self._absent[closing] = self._dropped + position
            if len(self._buffer) - opened > self._limit or not self._fill():
                return opened
        nested = self._nested.search(self._buffer, opened, end)
        if nested and "<![CDATA[" in self._buffer[nested.end() : end]:  # the section of another element: not closed
            return nested.start()
        return end + len(closing)
