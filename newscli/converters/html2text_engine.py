"""The engine on html2text: always installed, and what is turned to where turbohtml is not or fails."""

import time

import html2text

from newscli.converters.base import Options
from newscli.converters.hidden import STYLE
from newscli.converters.limits import DEADLINE, ExceededError
from newscli.converters.marks import Shelf
from newscli.converters.names import EMPHASIS, NEVER_SHOWN, VOID

_ENDS_ITSELF = frozenset(("dd", "dt", "li", "option", "p", "td", "th", "tr"))
"""Elements that the start of another of their kind ends."""


class _Writer(html2text.HTML2Text):
    """html2text with its best options, one flaw mended, without hidden elements and with a limit to its time."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.body_width = 0
        self.unicode_snob = True
        self.escape_snob = True  # Liquid, which it would break, is not in the text
        self.protect_links = True
        self.wrap_links = False
        self.skip_internal_links = False
        self.ul_item_mark = "-"
        self.emphasis_mark = "*"
        self.pad_tables = False
        self.inline_links = options.links != "ref"
        self.ignore_links = options.links in ("text", "drop")
        self.ignore_images = options.images == "drop"
        self.images_to_alt = options.images == "alt"
        self._deadline = time.monotonic() + DEADLINE
        self._hidden = ""
        self._inside = 0  # elements open in the hidden one

    def handle_tag(self, tag: str, attrs: dict[str, str | None], start: bool) -> None:  # noqa: FBT001 - theirs
        if time.monotonic() > self._deadline:
            raise ExceededError("html2text took too long")
        if self._is_hidden(tag, attrs, start=start) or tag == "abbr":  # it writes what abbreviations mean as text
            return
        if tag in EMPHASIS and not self.preceding_data.endswith("*"):
            self.preceding_data = ""  # it adds a space before emphasis inside a word otherwise
        super().handle_tag(tag, attrs, start)

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
        self.preceding_stressed = False  # it adds a space behind every ``**`` otherwise
        super().handle_data(data, entity_char)


class Html2textEngine:
    """HTML to Markdown by html2text."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:  # noqa: ARG002 - it keeps nothing
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        return _Writer(options).handle(html).strip("\n")
