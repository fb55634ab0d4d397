"""Split a Markdown body into its HTML blocks and everything else.

A line scanner of the block structure of CommonMark 0.31 (https://spec.commonmark.org/0.31.2/#html-blocks), with just
enough state to know where an HTML block of the outermost level starts and ends: HTML inside a list item, a quote, a
paragraph or a fence is part of the Markdown around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from newscli.converters.htmlstart import BLANK_LINE, html_end


class Part(NamedTuple):
    """A run of whole lines of a body.

    Attributes:
        is_html: whether it is an HTML block of the outermost level.
        text: the lines with their line ends; the texts of all parts concatenate to the body.
        line: the number of its first line, from 1.
    """

    is_html: bool
    text: str
    line: int


_QUOTE = -1
_CODE_INDENT = 4
_DEEPEST = 200
"""How many containers are told apart; what looks like more is text."""
_SPACES = re.compile(" *")
_FENCE = re.compile(r"(`{3,})[^`\n]*$|(~{3,})")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_ITEM = re.compile(r"(?:[-+*]|([0-9]{1,9})[.)])(?= |$)")
_STARTERS = frozenset("<>#`~=-_*+0123456789")
_NOT_QUICK = (_STARTERS - {"<"}) | {" ", "\t"}


@dataclass(slots=True)
class _Leaf:
    """The innermost open block: a paragraph, a fence or an HTML block; nothing of it is open at first."""

    is_paragraph: bool = False
    fence: str = ""
    html: re.Pattern[str] | None = None  # what ends the HTML block
    ends: bool = False  # the HTML block ends with the line just taken


_NOTHING = _Leaf()
_PARAGRAPH = _Leaf(is_paragraph=True)


class _Scanner:
    """The open blocks after each line: containers from the outside in, and the leaf."""

    def __init__(self) -> None:
        self.containers: list[int] = []  # _QUOTE, or the columns a list item's content is indented by
        self.is_bare = False  # the innermost container is a list item of which only a blank line was seen
        self.leaf = _NOTHING

    def is_html(self, line: str) -> bool:
        """Take the next line, without its line end; is it part of an HTML block of the outermost level?"""
        if not self.containers and not self.leaf.fence:
            known = self._quick(line)
            if known is not None:
                return known
        if "\t" in line:
            line = line.expandtabs(4)
        matched, position = self._match(line)
        if matched == len(self.containers) and self._continues(line, position):
            return self._is_outer_html()
        return self._start(line, matched, position)

    def _quick(self, line: str) -> bool | None:
        """The same for the lines that most bodies consist of, outside containers and fences; None for others."""
        leaf = self.leaf
        if leaf.html is BLANK_LINE:
            if line and not line.isspace():
                return True
            self.leaf = _NOTHING
            return False
        first = line[:1]
        if leaf.html is not None or first in _NOT_QUICK:
            return None
        if first == "<":
            end = html_end(line, in_paragraph=leaf.is_paragraph)
            if end is not None:
                self.leaf = _Leaf(html=end, ends=end is not BLANK_LINE and end.search(line) is not None)
                return self._is_outer_html()
        self.leaf = _PARAGRAPH if line else _NOTHING
        return False

    def _is_outer_html(self) -> bool:
        was_html = self.leaf.html is not None and not self.containers
        if self.leaf.ends:
            self.leaf = _NOTHING
        return was_html

    def _match(self, line: str) -> tuple[int, int]:
        """How many open containers the line continues, and the position after their marks."""
        position = matched = 0
        text = _indent(line, 0)  # where the text starts: sought again only when a mark was passed
        for container in self.containers:
            if position > text:
                text = position + _indent(line, position)
            indent = text - position
            is_blank = text >= len(line)
            if container == _QUOTE:
                if indent >= _CODE_INDENT or line[text : text + 1] != ">":
                    break
                position = _after_quote(line, text)
            elif is_blank and not (self.is_bare and matched == len(self.containers) - 1):
                position = min(position + container, len(line))
            elif indent >= container and not is_blank:
                position += container
            else:
                break
            matched += 1
        return matched, position

    def _continues(self, line: str, position: int) -> bool:
        """Whether the line belongs to the open fence or HTML block."""
        leaf = self.leaf
        if leaf.fence:
            text = line[position:].strip(" ")
            if (
                _indent(line, position) < _CODE_INDENT
                and len(text) >= len(leaf.fence)
                and not text.strip(leaf.fence[0])
            ):
                self.leaf = _NOTHING
            return True
        if leaf.html is None:
            return False
        text = line[position:]
        if leaf.html is BLANK_LINE:
            if not text.strip():
                self.leaf = _NOTHING
                return False
        else:
            leaf.ends = leaf.html.search(text) is not None
        return True

    def _start(self, line: str, matched: int, position: int) -> bool:
        """Open the blocks the rest of the line starts; True when that is an HTML block of the outermost level."""
        was_lazy = matched < len(self.containers)
        in_paragraph = self.leaf.is_paragraph
        opened: list[int] = []
        while True:
            start = position + _indent(line, position)
            text = line[start:]
            can_continue = in_paragraph and not opened
            if not text:
                self._close(matched, opened, _NOTHING)
                self.is_bare = bool(opened) and opened[-1] != _QUOTE
                return False
            if start - position >= _CODE_INDENT or text[0] not in _STARTERS or matched + len(opened) > _DEEPEST:
                break
            if text[0] == ">":
                opened.append(_QUOTE)
                position = _after_quote(line, start)
                continue
            leaf = self._leaf(text, can_continue=can_continue, was_lazy=was_lazy)
            if leaf is not None:
                self._close(matched, opened, leaf)
                return self._is_outer_html()
            width = _item_width(text, in_paragraph=can_continue and not was_lazy)
            if not width:
                break
            opened.append(start - position + width)
            position = min(start + width, len(line))
        is_code = start - position >= _CODE_INDENT and not can_continue
        if can_continue and was_lazy:
            return False  # a lazy continuation: the paragraph and all around it stay open
        self._close(matched, opened, _NOTHING if is_code else _PARAGRAPH)
        return False

    def _close(self, matched: int, opened: list[int], leaf: _Leaf) -> None:
        self.containers[matched:] = opened
        self.is_bare = False
        self.leaf = leaf

    def _leaf(self, text: str, *, can_continue: bool, was_lazy: bool) -> _Leaf | None:
        """The leaf that starts with ``text``; None for a list item or a paragraph."""
        first = text[0]
        if first == "<":
            end = html_end(text, in_paragraph=can_continue)
            if end is not None:
                return _Leaf(html=end, ends=end is not BLANK_LINE and end.search(text) is not None)
        elif first == "#":
            return _NOTHING if _HEADING.match(text) else None
        elif first in "`~":
            fence = _FENCE.match(text)
            return _Leaf(fence=fence[1] or fence[2]) if fence else None
        elif (can_continue and not was_lazy and _UNDERLINE.match(text)) or _RULE.match(text):
            return _NOTHING
        return None


def _indent(line: str, position: int) -> int:
    return _SPACES.match(line, position).end() - position  # type: ignore[union-attr]  # it always matches


def _after_quote(line: str, position: int) -> int:
    return position + 2 if line[position + 1 : position + 2] == " " else position + 1


def _item_width(text: str, *, in_paragraph: bool) -> int:
    """The columns from a list marker to the item's content; 0 when ``text`` starts no list item."""
    marker = _ITEM.match(text)
    if not marker:
        return 0
    spaces = _indent(text, marker.end())
    is_blank = marker.end() + spaces == len(text)
    if in_paragraph and (is_blank or marker[1] not in (None, "1")):
        return 0
    return marker.end() + (1 if is_blank or spaces > _CODE_INDENT else spaces)


def may_hold_html(body: str) -> bool:
    """A quick look: False when no line of the body can start an HTML block."""
    if "<" not in body:
        return False
    if "\r" in body or "\t" in body or body.lstrip(" ").startswith("<"):
        return True
    return "\n<" in body or "\n <" in body or "\n  <" in body or "\n   <" in body


def _lines(body: str) -> Iterator[str]:
    """The lines with their ends; LF, CR and CRLF end lines, as in CommonMark, and nothing else does."""
    if "\r" in body:
        yield from StringIO(body, newline="")
        return
    *lines, last = body.split("\n")
    for line in lines:
        yield line + "\n"
    if last:
        yield last


def split(body: str) -> list[Part]:
    """The body as runs of lines, alternately Markdown and HTML blocks; two HTML blocks in a row are two parts."""
    if not may_hold_html(body):
        return [Part(is_html=False, text=body, line=1)] if body else []
    parts: list[Part] = []
    scanner = _Scanner()
    start = position = 0
    first = number = 1
    was_html = was_open = False
    for line in _lines(body):
        is_html = scanner.is_html(line.rstrip("\r\n"))
        if (is_html != was_html or (is_html and not was_open)) and position:
            parts.append(Part(was_html, body[start:position], first))
            start, first = position, number
        position += len(line)
        number += 1
        was_html, was_open = is_html, scanner.leaf.html is not None
    parts.append(Part(was_html, body[start:], first))
    return parts
