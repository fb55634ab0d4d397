"""What a conversion lost: visible text, links and pictures of the original that the result does not have.

Both bodies are read as a site would show them. Text is compared without white space, addresses without percent
encoding. Links count when they show something and stand outside code blocks, whose text is all that Markdown keeps.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from urllib.parse import unquote

from newscli.converters import protect
from newscli.converters.hidden import is_hidden
from newscli.converters.lines import LineOf, of_pieces, of_stand_ins
from newscli.converters.marks import Shelf, clean, clean_references, is_dirty
from newscli.converters.missing import missing, squeeze
from newscli.converters.names import NEVER_SHOWN, PREFORMATTED, names
from newscli.converters.pictures import picture_address
from newscli.converters.plain import Node
from newscli.converters.render import render_pieces
from newscli.converters.trees import read_any

_SHOWS_NOTHING = NEVER_SHOWN | names("audio embed iframe math object rp video")
_LONGEST = 80
_MOST = 100


@dataclass(frozen=True, slots=True)
class Loss:
    """Something a reader of the original sees and a reader of the result does not.

    Attributes:
        kind: ``text``, ``link`` or ``picture``.
        text: the text, or the address.
        line: the line of the original body, from 1.
    """

    kind: Literal["text", "link", "picture"]
    text: str
    line: int


@dataclass(slots=True)
class _Seen:
    """What a reader sees of a body, in order, each with its line."""

    texts: list[tuple[str, int]]
    links: list[tuple[str, int]]
    pictures: list[tuple[str, int]]


def lost(
    before: str,
    after: str,
    *,
    source: Literal["mixed", "html"] = "mixed",
    to: Literal["html", "markdown", "text"] = "markdown",
) -> list[Loss]:
    """What of ``before`` is missing in ``after``, in order; at most 100 texts.

    Args:
        before: the body as it was, Markdown with HTML (``mixed``) or ``html``.
        after: what it was converted to.
        source: how to read ``before``.
        to: how to read ``after``; of plain text only the text is compared.

    Raises:
        ExceededError: one of them is too large to be rendered.
    """
    if before == after and (source, to) in (("mixed", "markdown"), ("html", "html")):
        return []
    old = _see(before, is_html=source == "html", attributes=to == "markdown")
    if to == "text":
        return _missing_texts(old.texts, squeeze(after))
    new = _see(after, is_html=to == "html", links_in_code=True)
    losses = _missing_texts(old.texts, "".join(squeeze(text) for text, _ in new.texts))
    losses += _missing_addresses("link", old.links, new.links)
    losses += _missing_addresses("picture", old.pictures, new.pictures)
    return sorted(losses, key=lambda loss: loss.line)


def _see(body: str, *, is_html: bool, attributes: bool = True, links_in_code: bool = False) -> _Seen:
    blocks, tags = Shelf(), Shelf()
    body = clean_references(clean(body) if is_dirty(body) else body)
    closed = protect.hide_blocks(body, blocks)
    shown = protect.shown(blocks, as_html=is_html)
    text = protect.hide(shown.restore(closed), tags, attributes=not is_html)
    pieces = [(text, 1)] if is_html else [*render_pieces(text)]
    html = "".join(piece for piece, _ in pieces)
    if not (attributes or is_html):
        html = protect.forget_attributes(html, tags)
    seen = _Seen([], [], [])
    _Walk(html, seen, tags.restore, links_in_code=links_in_code).run()
    steps = (of_pieces(pieces), of_stand_ins(text, tags), of_stand_ins(closed, blocks, shown))
    for found in (seen.texts, seen.links, seen.pictures):
        found[:] = [(text, _line_before(steps, line)) for text, line in found]
    return seen


def _line_before(steps: Iterable[LineOf], line: int) -> int:
    """The line of the body that a line after all the steps comes from."""
    for was in steps:
        line = was(line)
    return line


class _Walk:
    """Collects what a tree shows; the stack is ours, trees may be deep."""

    def __init__(self, html: str, seen: _Seen, restore: Callable[[str], str], *, links_in_code: bool) -> None:
        self._html = html
        self._root, self._text_type = read_any(html, positions=True)
        self._seen = seen
        self._restore = restore
        self._links_in_code = links_in_code
        self._line = 1
        self._preformatted = 0
        self._shown = [0]  # what each open link shows, the innermost last

    def run(self) -> None:
        """Walk all of it."""
        waiting: list[tuple[Node, Iterator[Node], Callable[[], None] | None]] = [(self._root, iter(self._root), None)]
        while waiting:
            element, children, leave = waiting[-1]
            for child in children:
                if type(child) is self._text_type:
                    self._text(child)
                elif not (tag := getattr(child, "tag", None)):
                    self._line += getattr(child, "data", "").count("\n")
                elif tag in _SHOWS_NOTHING or is_hidden(child):
                    self._line = max(_end(child), self._line)
                else:
                    waiting.append((child, iter(child), self._enter(child, tag)))
                    break
            else:
                waiting.pop()
                self._line = max(_end(element), self._line)
                if leave:
                    leave()

    def _text(self, node: Node) -> None:
        """Take a text line by line."""
        start = getattr(node, "line", self._line)
        lines = node.data.split("\n")
        for line, text in enumerate(lines, start):
            if text.strip():
                self._shown[-1] += 1
                self._seen.texts.append((self._restore(text), line))
        self._line = start + len(lines) - 1

    def _enter(self, element: Node, tag: str) -> Callable[[], None] | None:
        line = getattr(element, "source_line", None) or getattr(element, "line", None) or 1
        self._line = max(line, self._line)  # elements that parsers repeat after a wrong end tag have the old line
        if tag == "img":
            address = picture_address(element)
            if address:
                self._shown[-1] += 1
                self._seen.pictures.append((self._restore(address), self._line))
        elif tag in PREFORMATTED:
            self._preformatted += 1
            self._line += self._starts_on_next_line(element)
            return self._leave_preformatted
        elif tag == "a" and (address := element.attr("href") or "").strip():
            return self._link(self._restore(address), self._line)
        return None

    def _starts_on_next_line(self, block: Node) -> bool:
        """Whether the tag is followed by a line end, which parsers drop."""
        location = getattr(block, "source_location", None)
        return location is not None and self._html.startswith("\n", location.start_tag.end_offset)

    def _leave_preformatted(self) -> None:
        self._preformatted -= 1

    def _link(self, address: str, line: int) -> Callable[[], None]:
        self._shown.append(0)
        counts = self._links_in_code or not self._preformatted

        def leave() -> None:
            if self._shown.pop() and counts:
                self._seen.links.append((address, line))

        return leave


def _end(element: Node) -> int:
    """The line on which the tags of an element end; 0 where the tree does not know it."""
    location = getattr(element, "source_location", None)
    return int((location.end_tag or location.start_tag).end_line) if location else 0


def _missing_texts(old: list[tuple[str, int]], new: str) -> list[Loss]:
    return [Loss("text", _shorten(text), line) for text, line in islice(missing(old, new), _MOST)]


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _missing_addresses(
    kind: Literal["link", "picture"], old: list[tuple[str, int]], new: list[tuple[str, int]]
) -> list[Loss]:
    left = Counter(_plain_address(address) for address, _ in new)
    losses = []
    for address, line in old:
        key = _plain_address(address)
        if left[key]:
            left[key] -= 1
        else:
            losses.append(Loss(kind, address.strip(), line))
    return losses


_IGNORED = re.compile(r"[\s\x00-\x1f\ufffd]+")


def _plain_address(address: str) -> str:
    return _IGNORED.sub("", unquote(address))
