"""The values of JSON text one after the other, an array's elements one by one, however long the text is."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\r\n\x1e]*")
_SPACE_COMMA = re.compile(r"[ \t\r\n,]*")
_NEXT_ELEMENT = re.compile(r"[}\]]\s*+(?:,\s*+)?(?=\{)")
_BRACES = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]', re.DOTALL)
_PAIRS = {"{": "}", "[": "]"}
_MARGIN = 32
_LONG = 1 << 16
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Value:
    """A value and the line where it starts."""

    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the text is no JSON.

    Attributes:
        message: why.
        line: where.
        too_big: whether it is only longer than the limit.
    """

    message: str
    line: int
    too_big: bool = False


def loads(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is none, too deep, or holds a number of thousands of digits.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise ValueError(_beyond(error)) from None


def _beyond(error: Exception) -> str:
    """Why Python's reader gives up on what is JSON."""
    return "nested too deep" if isinstance(error, RecursionError) else "a number of thousands of digits"


def iter_values(chunks: Iterator[str], limit: int, whole: int) -> Iterator[Value | Fault]:
    """The values of a text: the elements of arrays outermost, and whatever else stands there.

    Args:
        chunks: the text.
        limit: characters of an element.
        whole: characters of a value that is no array.
    """
    return _Stream(chunks).values(limit, whole)


class _Stream:
    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._text = ""
        self._position = 0
        self._line = 1
        self._more = True
        self._broken = 0
        self._is_unbalanced = False
        self._decoder = json.JSONDecoder()

    def values(self, limit: int, whole: int) -> Iterator[Value | Fault]:
        in_array = False
        faults = 0
        while (start := self._skip(_SPACE_COMMA if in_array else _SPACE)) is not None:
            if start == ("]" if in_array else "["):
                in_array = not in_array
                self._move(self._position + 1)
                continue
            found = self._value(limit if in_array else whole)
            yield found
            if isinstance(found, Fault):
                faults += 1
                if faults == _MANY:
                    yield Fault(f"has {_MANY:,} places that are no JSON: given up", self._line)
                if faults == _MANY or found.too_big or not in_array or not self._resume(limit):
                    return
        if in_array:
            yield Fault("ends within an array", self._line)

    def _skip(self, what: re.Pattern[str]) -> str | None:
        """The next character that counts; None at the end."""
        while True:
            match = what.match(self._text, self._position)
            self._move(match.end() if match else self._position)
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._fill(1):
                return None

    def _value(self, limit: int) -> Value | Fault:
        size = 1
        if self._position > _LONG:  # the decoder counts lines from the start of the text for every error
            self._text, self._position = self._text[self._position :], 0
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except json.JSONDecodeError as error:
                if not self._is_cut(error):
                    return self._fault(f"is no JSON: {error.msg}", error.pos)
            except (RecursionError, ValueError) as error:
                return self._fault(_beyond(error), self._position)
            else:
                if end < len(self._text) or not self._more:  # a number could go on
                    found = Value(value, self._line)
                    self._move(end)
                    return found
            if len(self._text) - self._position > limit:
                return Fault(f"a value has more than {limit:,} characters", self._line, too_big=True)
            size = max(2 * size, len(self._text) - self._position)
            self._fill(size)

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether an error may be only that the rest has not been read yet."""
        at_end = error.pos >= len(self._text) - _MARGIN or error.msg.startswith("Unterminated string")
        return self._more and at_end

    def _fault(self, message: str, position: int) -> Fault:
        line = self._line + self._text.count("\n", self._position, position)
        self._broken = position - self._position
        return Fault(message, line)

    def _resume(self, limit: int) -> bool:
        """Go past the element that is broken: to its closing brace, else to where the next object seems to start."""
        broken = self._broken
        end = None if self._is_unbalanced else self._closing(limit)
        if end is not None:
            self._move(end)
            return True
        self._is_unbalanced = True  # braces tell nothing any more, and each search for one would read all the rest
        self._move(self._position + broken)
        while True:
            match = _NEXT_ELEMENT.search(self._text, self._position)
            if match:
                self._move(match.end())
                return True
            self._move(max(self._position, len(self._text) - _MARGIN))
            if not self._fill(1):
                return False

    def _closing(self, limit: int) -> int | None:
        """Where the braces and brackets opened from here on are all closed; None when they never are."""
        size = 1
        while True:
            opened: list[str] = []
            for match in _BRACES.finditer(self._text, self._position):
                if match[0] in _PAIRS:
                    opened.append(_PAIRS[match[0]])
                elif match[0] in "}]":
                    if not opened or opened.pop() != match[0]:
                        return None
                    if not opened:
                        return match.end()
            size = max(2 * size, len(self._text) - self._position)
            if not self._more or len(self._text) - self._position > limit:
                return None
            self._fill(size)

    def _fill(self, size: int) -> bool:
        """Read at least ``size`` characters on; False at the end of the text."""
        parts = [self._text[self._position :]]
        self._position = 0
        read = 0
        while read < size and (chunk := next(self._chunks, None)) is not None:
            parts.append(chunk)
            read += len(chunk)
        self._more = read >= size
        self._text = "".join(parts)
        return read > 0

    def _move(self, position: int) -> None:
        self._line += self._text.count("\n", self._position, position)
        self._position = position
