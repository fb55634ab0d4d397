"""One file as the rules see it: read once, everything further on demand."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

from newscli.front_matter import FrontMatter, read
from newscli.front_matter.fences import find_fences
from newscli.front_matter.plain import read_plain
from newscli.front_matter.spans import KeyPath, Span, locate
from newscli.front_matter.values import Value, values_of

if TYPE_CHECKING:
    from newscli.fixes.blocks import Mending
    from newscli.rules.options import Options

_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)(?P=tick)(?!`)"
    r"|\{%-?\s*(?P<raw>raw|highlight)\b(?:(?!\{%-?\s*(?:raw|highlight)\b).)*?\{%-?\s*end(?P=raw)\s*-?%\}"
    r"|<!--(?:(?!<!--).)*?-->",
    re.M | re.S,
)
_BLANKED = re.compile(r"[^\n]")


class Subject:
    """One file under the rules.

    Attributes:
        path: relative to the root, with ``/``; name: without its folder.
        raw: the bytes of the file.
        text: the file decoded; encoding, certain: from what, and whether that is sure.
        options: the settings.
        front_matter: the front matter as read.
        is_plain: whether it is nothing but plain lines that every engine reads alike.
    """

    def __init__(self, path: str, raw: bytes, options: "Options") -> None:
        self.path, self.raw, self.options = path, raw, options
        self.engine = options.engine
        self.name = path.rpartition("/")[2]
        try:
            self.text, self.encoding, self.certain = raw.decode(), "utf-8", True
        except UnicodeDecodeError:
            from newscli.charsets import decode

            found = decode(raw, options.encoding)
            self.text, self.encoding, self.certain = found.text, found.encoding, found.certain
        self.front_matter, self.is_plain = _read(self.text)
        self.data: dict[Any, Any] = self.front_matter.data

    @property
    def body_start(self) -> int:
        """The offset of the body."""
        return self.front_matter.body

    @cached_property
    def body(self) -> str:
        """Everything behind the front matter."""
        return self.text[self.front_matter.body :]

    @cached_property
    def low(self) -> bytes:
        """The file's bytes, ASCII letters small: what the hints of body rules are looked for in."""
        raw = self.raw if self.encoding == "utf-8" else self.text.encode("utf-8", "surrogateescape")
        return raw.lower()

    @cached_property
    def prose(self) -> str:
        """The body with code and comments blanked out; every offset stays."""
        if "`" not in self.body and "~~~" not in self.body and "{%" not in self.body and "<!--" not in self.body:
            return self.body
        return _CODE.sub(self._blanked, self.body)

    def _blanked(self, match: "re.Match[str]") -> str:
        """Code or a comment as blanks; in HTML there is no code between backticks."""
        if match["fence"] or match["tick"]:
            line = self.body.rfind("\n", 0, match.start()) + 1
            if self.is_html or (match["tick"] and self.body[line : match.start()].lstrip().startswith("<")):
                return match.group()
        return _BLANKED.sub(" ", match.group())

    @cached_property
    def is_html(self) -> bool:
        """Whether the body is HTML and no Markdown."""
        return self.path.lower().endswith((".html", ".htm"))

    @property
    def is_mdx(self) -> bool:
        """Whether the body is MDX, in which elements and handlers are code of the site's own."""
        return self.path.lower().endswith(".mdx")

    @cached_property
    def markup(self) -> str:
        """The body with code blanked out but comments kept."""
        return _CODE.sub(
            lambda match: match.group() if match.group().startswith("<!--") else self._blanked(match),
            self.body,
        )

    @cached_property
    def _line_starts(self) -> list[int]:
        end = "\r" if "\n" not in self.text else "\n"
        starts, place = [0], self.text.find(end)
        while place >= 0:
            starts.append(place + 1)
            place = self.text.find(end, place + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset; a byte order mark takes no column."""
        offset = min(offset, len(self.text))
        line = bisect_right(self._line_starts, offset)
        mark = 1 if line == 1 and offset and self.text.startswith("\ufeff") else 0
        return line, offset - self._line_starts[line - 1] + 1 - mark

    @cached_property
    def spans(self) -> dict[KeyPath, Span]:
        """Where every key and value stands."""
        return locate(self.front_matter)

    @cached_property
    def values(self) -> dict[KeyPath, Value]:
        """Every value that can be read for sure, by its path."""
        return values_of(self.front_matter, self.spans if self.front_matter.format != "yaml" else {})

    @cached_property
    def mendings(self) -> "list[Mending]":
        """The faults of a YAML block that does not parse, key by key, with their repairs; offsets in the block."""
        if self.front_matter.format != "yaml" or self.is_plain or self.reads or self._is_hopeless():
            return []
        from newscli.fixes.blocks import mendings

        return mendings(self.front_matter.text)

    def _is_hopeless(self) -> bool:
        return any(fault.code in ("Y112", "Y116", "Y117") for fault in self.front_matter.faults)

    @cached_property
    def reads(self) -> bool:
        """Whether the front matter parses as it stands."""
        if self.is_plain:
            return True
        return not any(fault.code[0] == "Y" and fault.code != "Y106" for fault in self.front_matter.faults) and not any(
            fault.code == "F012" for fault in self.front_matter.faults
        )

    def value(self, *path: str | int) -> Value | None:
        """The value at a path, if it can be read for sure."""
        return self.values.get(path)

    def place(self, path: KeyPath) -> tuple[int, int]:
        """Where the value at a path stands, or its key when nothing is written, or what holds it."""
        if self.is_plain and len(path) == 1 and (found := self._plain_place(path[0])):
            return found
        while path:
            if span := self.spans.get(path):
                return (span.start, span.end) if span.end > span.start else (span.key_start, span.key_end)
            path = path[:-1]
        return self.opening

    def _plain_place(self, key: str | int) -> tuple[int, int] | None:
        """Where the value of a plain line stands, found without a parser; None where it is not on the line."""
        front = self.front_matter
        line = re.compile(rf"^{key}: +(\S.*?) *$", re.M).search(self.text, front.start, front.start + len(front.text))
        return line.span(1) if line else None

    def key_place(self, path: KeyPath) -> tuple[int, int]:
        """Where the key at a path stands."""
        span = self.spans.get(path)
        return (span.key_start, span.key_end) if span else self.opening

    @property
    def has_usual_fences(self) -> bool:
        """Whether the fences are exactly ``---``."""
        front = self.front_matter
        end = front.start + len(front.text)
        return self.is_plain and front.start == 4 and self.text[end : end + 4] == "---\n"

    @property
    def opening(self) -> tuple[int, int]:
        """The opening fence: the place of what is missing."""
        return 0, len(self.text.split("\n", 1)[0])

    def sure(self, key: str) -> Any:
        """The value of a top-level key; None when it is missing or could only be guessed."""
        if self.is_plain or key not in self.data:
            return self.data.get(key)
        if self.reads or (key,) in self.values:
            return self.data[key]
        return None


def _read(text: str) -> tuple[FrontMatter, bool]:
    fences = find_fences(text)
    if fences.fault is None and fences.format == "yaml":
        block = text[fences.start : fences.end]
        data = read_plain(block)
        if data is not None:
            return FrontMatter("yaml", block, fences.start, fences.body, data), True
    return read(text), False
