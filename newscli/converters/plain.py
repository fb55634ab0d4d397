"""Plain text of HTML: what a browser shows of it (``innerText``), with marks for the items of lists.

The rules work on turbohtml's trees and on those of :mod:`newscli.converters.dom` alike.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from newscli.converters.base import Options
from newscli.converters.names import BLOCKS, NEVER_SHOWN, PREFORMATTED, names
from newscli.converters.pictures import picture_address
from newscli.text import display_width, pad, wrap

_APART = names("blockquote details dl figure h1 h2 h3 h4 h5 h6 hr p pre table")
"""Blocks with a blank line around them."""
_LISTS = names("dir menu ol ul")
_SHOWS_NOTHING = NEVER_SHOWN | names("audio embed iframe input object rp video")
_NO_CELL_HOLDS = PREFORMATTED | _LISTS | names("blockquote dl h1 h2 h3 h4 h5 h6 hr table")
_DIGITS = 9
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")


Node: TypeAlias = Any
"""An element of a tree, with ``tag``, ``attr(name)`` and what it holds, or a text with ``data``."""


def plain(root: Node, text_type: type, options: Options) -> str:
    """The text of a tree.

    Args:
        root: the element around it.
        text_type: the class of the tree's texts.
        options: how links, pictures and tables show, and how wide the lines are.
    """
    page = _Page(text_type, options)
    page.walk(root)
    return page.text()


class _Page:
    """The lines of a text while its tree is walked."""

    def __init__(self, text_type: Node, options: Options, references: dict[str, int] | None = None) -> None:
        self.lines: list[str] = []
        self._text_type = text_type
        self._options = options
        self._references = {} if references is None else references
        self._buffer: list[str] = []
        self._needs_blank = False
        self._indent = ""
        self._mark = ""
        self._numbers: list[int | None] = []  # of each open list the number of the next item; None for bullets
        self._is_pre = False

    def text(self) -> str:
        """All that was walked."""
        self._flush()
        if self._references:
            self._needs_blank = True
            for address, number in self._references.items():
                self._write(f"[{number}] {address}")
            self._references.clear()
        return _BLANK_LINES.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def walk(self, root: Node) -> None:
        """Write what an element holds; the stack is ours, trees may be deep."""
        waiting: list[tuple[Iterator[Node], Callable[[], None] | None]] = [(iter(root), None)]
        while waiting:
            children, leave = waiting[-1]
            for child in children:
                if type(child) is self._text_type:
                    self._buffer.append(child.data)
                    continue
                tag = getattr(child, "tag", None)
                leave_child = self._enter(child, tag) if tag and tag not in _SHOWS_NOTHING else None
                if leave_child:
                    waiting.append((iter(child), leave_child))
                    break
            else:
                waiting.pop()
                if leave:
                    leave()

    def _enter(self, element: Node, tag: str) -> Callable[[], None] | None:
        """Start an element; what ends it, or None when nothing of it is to be walked."""
        if tag in BLOCKS:
            return self._enter_block(element, tag)
        if tag == "a":
            return self._enter_link(element)
        if tag == "br":
            self._break()
            return None
        if tag == "img":
            self._picture(element)
            return None
        if tag == "q":
            self._buffer.append('"')
            return lambda: self._buffer.append('"')
        return _nothing

    def _enter_block(self, element: Node, tag: str) -> Callable[[], None] | None:
        self._flush()
        if tag in _APART or (tag in _LISTS and not self._numbers):
            self._needs_blank = True
        if tag in PREFORMATTED:
            self._is_pre = True
            return self._leave_preformatted
        if tag in _LISTS:
            self._numbers.append(_number(element.attr("start"), 1) if tag == "ol" else None)
            return self._leave_list
        if tag == "li":
            return self._enter_item(element)
        if tag == "table" and _is_simple(element):
            self._table(element)
            return None
        return self._leave_apart if tag in _APART else self._flush

    def _leave_apart(self) -> None:
        self._flush()
        self._needs_blank = True

    def _leave_list(self) -> None:
        self._flush()
        self._numbers.pop()
        self._needs_blank = self._needs_blank or not self._numbers

    def _enter_item(self, item: Node) -> Callable[[], None]:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            mark = self._options.bullet
        else:
            number = _number(item.attr("value"), number)
            self._numbers[-1] = number + 1
            mark = f"{number}. "
        outer = self._indent
        self._mark = mark
        self._indent += " " * len(mark)

        def leave() -> None:
            self._flush()
            self._indent = outer
            self._mark = ""

        return leave

    def _leave_preformatted(self) -> None:
        self._is_pre = False
        text = "".join(self._buffer).removeprefix("\n").rstrip()
        self._buffer.clear()
        for line in text.split("\n") if text else ():
            self._put(line.rstrip())
        self._needs_blank = True

    def _enter_link(self, link: Node) -> Callable[[], None] | None:
        address = (link.attr("href") or "").strip()
        mode = self._options.links
        if not address or mode == "text":
            return _nothing
        if mode == "drop":
            return None
        start = len(self._buffer)

        def leave() -> None:
            label = "".join(self._buffer[start:]).strip()
            if address.startswith(("#", "javascript:")) or address in (label, f"mailto:{label}"):
                return
            number = self._references.setdefault(address, len(self._references) + 1) if mode == "ref" else 0
            self._buffer.append(f" [{number}]" if number else f" <{address}>")

        return leave

    def _picture(self, image: Node) -> None:
        mode = self._options.images
        if mode == "drop":
            return
        self._buffer.append(image.attr("alt") or "")
        address = picture_address(image)
        if mode == "keep" and address:
            self._buffer.append(f" <{address}>")

    def _break(self) -> None:
        if self._is_pre:
            self._buffer.append("\n")
        elif "".join(self._buffer).strip():
            self._flush()
        elif self.lines:
            self._needs_blank = True

    def _table(self, table: Node) -> None:
        rows: list[list[str]] = []
        for part in _parts(table):
            if part.tag == "caption":
                self._write(self._line_of(part))
            else:
                rows.append([self._line_of(cell) for cell in part if getattr(cell, "tag", "") in ("td", "th")])
        rows = [row for row in rows if any(row)]
        for line in _aligned(rows) if self._options.tables == "aligned" else map("\t".join, rows):
            self._put(line.rstrip())
        self._needs_blank = True

    def _line_of(self, element: Node) -> str:
        """All of an element on one line."""
        page = _Page(self._text_type, replace(self._options, width=0), self._references)
        page.walk(element)
        page._flush()
        return " ".join(line.strip() for line in page.lines if line.strip())

    def _flush(self) -> None:
        """End the line."""
        if self._buffer:
            text = _SPACE.sub(" ", "".join(self._buffer)).strip(" ")
            self._buffer.clear()
            if text:
                self._write(text)

    def _write(self, text: str) -> None:
        """Write a line of prose."""
        width = self._options.width
        for line in wrap(text, max(width - len(self._indent), 1)) if width else (text,):
            self._put(line)

    def _put(self, line: str) -> None:
        """Write a line as it is, behind the mark of its item."""
        if self._needs_blank and self.lines:
            self.lines.append("")
        self._needs_blank = False
        indent = self._indent
        if self._mark:
            indent = indent[: len(indent) - len(self._mark)] + self._mark
            self._mark = ""
        self.lines.append(indent + line if line else "")


def _nothing() -> None:
    """End an element that ends nothing."""


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _DIGITS else default


def _is_simple(table: Node) -> bool:
    """Whether every cell is one line, not a part of a page."""
    waiting: list[Node] = [*table]
    while waiting:
        node = waiting.pop()
        tag = getattr(node, "tag", None)
        if tag in _NO_CELL_HOLDS:
            return False
        if tag:
            waiting.extend(node)
    return True


def _parts(table: Node) -> Iterator[Node]:
    """The rows and captions of a table, in order."""
    for part in table:
        tag = getattr(part, "tag", "")
        if tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if getattr(row, "tag", "") == "tr")
        elif tag in ("tr", "caption"):
            yield part


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    """Rows in columns of equal width, two blanks between them."""
    widths: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row):
            widths[column] = max(widths.get(column, 0), display_width(cell))
    for row in rows:
        yield "  ".join(pad(cell, widths[column]) for column, cell in enumerate(row))
