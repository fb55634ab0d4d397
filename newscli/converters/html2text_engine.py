"""The engine on html2text: always installed, and what is turned to where turbohtml is not or fails."""

import time

import html2text

from newscli.converters.base import Options
from newscli.converters.hidden import STYLE
from newscli.converters.limits import DEADLINE, ExceededError
from newscli.converters.marks import Shelf
from newscli.converters.names import NEVER_SHOWN, VOID

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
        self._depth = 0

    def handle_tag(self, tag: str, attrs: dict[str, str | None], start: bool) -> None:  # noqa: FBT001 - theirs
        if time.monotonic() > self._deadline:
            raise ExceededError("html2text took too long")
        if self._is_hidden(tag, attrs, start=start) or tag == "abbr":  # it writes what abbreviations mean as text
            return
        super().handle_tag(tag, attrs, start)

    def _is_hidden(self, tag: str, attrs: dict[str, str | None], *, start: bool) -> bool:
        """Whether the tag belongs to a hidden element; nothing is written while there is one."""
        if tag == self._hidden:
            self._depth += 1 if start and tag not in _ENDS_ITSELF else -1
            if self._depth <= 0:
                self._hidden = ""
                self.quiet -= 1
            return not start
        if self._hidden:
            return True
        if start and (tag in NEVER_SHOWN or "hidden" in attrs or STYLE.search(attrs.get("style") or "")):
            if tag not in VOID:
                self._hidden, self._depth = tag, 1
                self.quiet += 1
            return True
        return False

    def handle_data(self, data: str, entity_char: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        self.preceding_stressed = False  # it adds a space behind every ``**`` otherwise
        super().handle_data(data, entity_char)


class Html2textEngine:
    """HTML to Markdown by html2text."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:  # noqa: ARG002 - it keeps nothing
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        return _Writer(options).handle(html).strip("\n")
