"""The engine on html2text: always installed, and what is turned to where turbohtml is not or fails."""

import re
import time
from functools import partial

import html2text

from newscli.converters.base import Options
from newscli.converters.hidden import STYLE
from newscli.converters.limits import DEADLINE, ExceededError
from newscli.converters.marks import EMPHASIS as MARK
from newscli.converters.marks import KEPT, Shelf, clean_references
from newscli.converters.names import BLOCKS, EMPHASIS, NEVER_SHOWN, VOID
from newscli.converters.stars import emphasize
from newscli.settings import HTML2TEXT_SETTINGS

_ENDS_ITSELF = frozenset(("dd", "dt", "li", "option", "p", "td", "th", "tr"))
"""Elements that the start of another of their kind ends."""
_ROW = re.compile(rf"^{KEPT}([0-9]+){KEPT}(?=.*\|)", re.M)
_INDENTING = frozenset(("blockquote", "dd", "li", "ol", "ul"))


class _Writer(html2text.HTML2Text):
    """html2text with the options asked for, our emphasis, without hidden elements and with a limit to its time."""

    def __init__(self, options: Options, shelf: Shelf) -> None:
        super().__init__()
        for setting in HTML2TEXT_SETTINGS:
            setattr(self, setting.name.rpartition(".")[2], setting.default)
        for name, value in options.html2text:
            setattr(self, name, value)
        self.protect_links = self.protect_links and not self.baseurl  # it would join the address and ``<u>``
        self._refers = options.links == "ref" and not self.baseurl
        self.ignore_links = self.ignore_links or options.links in ("text", "drop")
        self.ignore_images = self.ignore_images or options.images == "drop"
        self.images_to_alt = self.images_to_alt or options.images == "alt"
        self._shelf = shelf
        self._deadline = time.monotonic() + DEADLINE
        self._hidden = ""
        self._inside = 0  # elements open in the hidden one
        self._open: list[str] = []  # the emphasis that is open, the innermost last
        self._is_marked = True  # all of it has its mark; at the end of a block it is closed for the time being
        is_usual = (self.emphasis_mark, self.strong_mark) == ("*", "**")
        self._marks = is_usual and not (self.google_doc or self.ignore_emphasis)

    def handle_tag(self, tag: str, attrs: dict[str, str | None], start: bool) -> None:  # noqa: FBT001 - theirs
        if time.monotonic() > self._deadline:
            raise ExceededError("html2text took too long")
        if self._is_hidden(tag, attrs, start=start) or tag == "abbr":  # it writes what abbreviations mean as text
            return
        if (start == self.pre) if tag == "pre" else (self.pre and tag in _INDENTING):
            return  # the fence of one would not end where it should
        if self._marks and (tag in EMPHASIS or tag == "u"):
            self._emphasize(EMPHASIS.get(tag), start=start)
            return
        if tag == "a" and self._refers and (address := attrs.get("href")) and not self._skips(address):
            attrs["href"] = self._shelf.put_address(address)
        if tag in BLOCKS:
            self._interrupt()
        elif start:
            self._resume()
        super().handle_tag(tag, attrs, start)

    def _skips(self, address: str) -> bool:
        """Whether it makes no link of an address."""
        return self.skip_internal_links and address.startswith("#")

    def _emphasize(self, kind: str | None, *, start: bool) -> None:
        """Write marks in place of stars: it knows neither where these would not close nor how to keep white space."""
        if kind is None or self.quiet or self.pre or self.code:
            return
        if start:
            self._resume()
            if self.maybe_automatic_link is not None:  # a link is open whose ``[`` waits for text
                self.o("[")
                self.maybe_automatic_link, self.empty_link = None, False
            self._open.append(kind)
            self.o(MARK + kind.upper())
        while not start and kind in self._open:
            closed = self._open.pop()
            if self._is_marked:
                self.o(MARK + closed)
            if closed == kind:
                break

    def _interrupt(self) -> None:
        """Close what is open until more is written."""
        if self._is_marked:
            for kind in reversed(self._open):
                self.o(MARK + kind)
        self._is_marked = not self._open

    def _resume(self) -> None:
        if not (self._is_marked or self.quiet or self.pre or self.code):
            for kind in self._open:
                self.o(MARK + kind.upper())
            self._is_marked = True

    def close(self) -> None:
        """End the document."""
        super().close()
        self._interrupt()

    def _is_hidden(self, tag: str, attrs: dict[str, str | None], *, start: bool) -> bool:
        """Whether the tag belongs to a hidden element; nothing is written while there is one."""
        if self._hidden:
            if not self._ends_hidden(tag, start=start):
                return True
            was_hidden, self._hidden = self._hidden, ""
            self.quiet -= 1
            if tag == was_hidden and not start:
                return True
        if start and (tag in NEVER_SHOWN or "hidden" in attrs or STYLE.search(attrs.get("style") or "")):
            if tag not in VOID:
                self._hidden, self._inside = tag, 0
                self.quiet += 1
            return True
        return False

    def _ends_hidden(self, tag: str, *, start: bool) -> bool:
        """Whether a tag ends the hidden element: its end tag, the start of its like, or the end tag around it."""
        if tag in _ENDS_ITSELF:
            return tag == self._hidden and not self._inside
        if not start and not self._inside:
            return True
        if tag not in VOID:
            self._inside += 1 if start else -1
        return False

    def handle_data(self, data: str, entity_char: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        if data and not data.isspace():
            self._resume()
        super().handle_data(data, entity_char)

    def handle_entityref(self, name: str) -> None:
        """Take a reference; a ``<`` stays one where it could start a tag of Markdown."""
        if name == "lt" and not (self.pre or self.code):
            self.handle_data("&lt;", entity_char=True)
        else:
            super().handle_entityref(name)

    def handle_charref(self, name: str) -> None:
        """The same by number."""
        if self.charref(name) == "<":
            self.handle_entityref("lt")
        else:
            super().handle_charref(name)


class Html2textEngine:
    """HTML to Markdown by html2text."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        writer = _Writer(options, shelf)
        if "```" in html:  # its fences would end there
            writer.backquote_code_style = False
        text = emphasize(writer.handle(clean_references(html))).strip("\n")
        return _ROW.sub(partial(_open_row, shelf), text) if KEPT in text else text


def _open_row(shelf: Shelf, match: re.Match[str]) -> str:
    """A row of a table with the mark at its start that may be left out: a line that starts with a comment is HTML."""
    return f"| {match[0]}" if shelf.pieces[int(match[1])].startswith("<!--") else match[0]
