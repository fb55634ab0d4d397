"""Split a Markdown body into its HTML blocks and everything else.

A line scanner of the block structure of CommonMark 0.31 (https://spec.commonmark.org/0.31.2/#html-blocks), with just
enough state to know where an HTML block of the outermost level starts and ends: HTML inside a list item, a quote, a
paragraph or a fence is part of the Markdown around it.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from newscli.converters.htmlstart import BLANK_LINE, html_end


class Part(NamedTuple):
    """A run of whole lines of a body.

    Attributes:
        is_html: whether it is an HTML block of the outermost level.
        text: the lines with their line ends; the texts of all parts concatenate to the body.
    """

    is_html: bool
    text: str


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
_HTML = re.compile(" {0,3}<")
_BLANK = re.compile(r"\n[ \t]*(?:\n|\Z)")
_LINE = r"[^\n]*(?:\n|\Z)"
_BEFORE_BLANK = r"(?:(?=[ \t]*\n)|[ \t]*\Z)"
_PLAIN_BLOCKS = re.compile(
    rf"""(?:[ \t]*\n
    | (?:\ {{4}}|\ {{0,3}}\t){_LINE}                                  # code
    | (?>(?:[^ \t\n<>\#`~=\-_*+0-9]{_LINE})+){_BEFORE_BLANK}          # a paragraph
    | (?>(?:>{_LINE})+){_BEFORE_BLANK}                                # a quote
    | (?![ \t]|[-+*](?:\s|\Z)|[0-9]{{1,9}}[.)](?:\s|\Z)|```|~~~       # one line that opens nothing
        |<(?!>|[A-Za-z][A-Za-z0-9.+-]*[:@]))(?>[^\n]+(?:\n|\Z)){_BEFORE_BLANK}
    )*+""",
    re.X,
)
"""Blank lines, and blocks of Markdown behind which none is open: code, and what the blank line after it ends."""


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
        if "\t" in line:
            line = line.expandtabs(4)
        matched, position = self._match(line)
        if matched == len(self.containers) and self._continues(line, position):
            return self._is_outer_html()
        return self._start(line, matched, position)

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
            if not text.strip(" "):
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
            end = html_end(text, 0, in_paragraph=can_continue)
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
    if body.lstrip(" ").startswith("<"):
        return True
    if "<" not in body:
        return False
    if "\r" in body or "\t" in body:
        return True
    return "\n<" in body or "\n <" in body or "\n  <" in body or "\n   <" in body


def split(body: str) -> list[Part]:
    """The body as runs of lines, alternately Markdown and HTML blocks; two HTML blocks in a row are two parts."""
    parts: list[Part] = []
    done = 0
    for start, end in _html_blocks(_even(body)):
        if done < start:
            parts.append(Part(is_html=False, text=body[done:start]))
        parts.append(Part(is_html=True, text=body[start:end]))
        done = end
    if done < len(body):
        parts.append(Part(is_html=False, text=body[done:]))
    return parts


def line_at(body: str, offset: int) -> int:
    """The number of the line, from 1, that holds the character at an offset."""
    return _even(body[:offset]).count("\n") + 1


def _even(body: str) -> str:
    """The body with line feeds for all line ends, every character in its place.

    LF, CR and CRLF end lines, as in CommonMark, and nothing else does; a blank before the end of a line says nothing.
    """
    return body.replace("\r\n", " \n").replace("\r", "\n") if "\r" in body else body


def _html_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the HTML blocks of the outermost level start and end.

    What is easily told is passed over whole; the scanner takes the lines from there on to where no block is open.
    """
    position = 0
    while position < len(text):
        end = _end_of_html(text, position)
        if end:
            yield position, end
            position = end
            continue
        start, position = position, _PLAIN_BLOCKS.match(text, position).end()  # type: ignore[union-attr]
        if position == start:
            position = yield from _scan(text, position)


def _end_of_html(text: str, start: int) -> int:
    """Where the HTML block that starts in the line at ``start`` ends; 0 when none does."""
    opening = _HTML.match(text, start)
    end = html_end(text, opening.end() - 1, in_paragraph=False) if opening else None
    if end is None:
        return 0
    if end is BLANK_LINE:
        line = _after_line(text, start)
        blank = _BLANK.match(text, line - 1) or _BLANK.search(text, line)  # most are one line
        return blank.start() + 1 if blank else len(text)
    found = end.search(text, start)
    return _after_line(text, found.end()) if found else len(text)


def _scan(text: str, position: int) -> Generator[tuple[int, int], None, int]:
    """Yield the HTML blocks in the lines up to one behind which no block is open; answer where that line ends."""
    scanner = _Scanner()
    start = None
    was_open = False
    while position < len(text):
        end = _after_line(text, position)
        is_html = scanner.is_html(text[position:end].rstrip("\n"))
        if start is not None and not (is_html and was_open):
            yield start, position
            start = None
        if is_html and start is None:
            start = position
        was_open = scanner.leaf.html is not None
        position = end
        if scanner.leaf is _NOTHING and not scanner.containers:
            break
    if start is not None:
        yield start, position
    return position


def _after_line(text: str, position: int) -> int:
    return text.find("\n", position) + 1 or len(text)
