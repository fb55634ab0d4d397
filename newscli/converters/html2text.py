"""The engine on html2text: always installed, and what is turned to where turbohtml is not or fails."""

import time

import html2text

from newscli.converters.base import Options
from newscli.converters.limits import DEADLINE, ExceededError
from newscli.converters.marks import Shelf


class _Writer(html2text.HTML2Text):
    """html2text with its best options, one flaw mended and a limit to the time it takes."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.body_width = 0
        self.unicode_snob = True
        self.protect_links = True
        self.wrap_links = False
        self.ul_item_mark = "-"
        self.emphasis_mark = "*"
        self.pad_tables = False
        self.inline_links = options.links != "ref"
        self.ignore_links = options.links in ("text", "drop")
        self.ignore_images = options.images == "drop"
        self.images_to_alt = options.images == "alt"
        self._deadline = time.monotonic() + DEADLINE

    def handle_tag(self, tag: str, attrs: dict[str, str | None], start: bool) -> None:  # noqa: FBT001 - theirs
        if time.monotonic() > self._deadline:
            raise ExceededError("html2text took too long")
        super().handle_tag(tag, attrs, start)

    def handle_data(self, data: str, entity_char: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        self.preceding_stressed = False  # it adds a space behind every ``**`` otherwise
        super().handle_data(data, entity_char)


class Html2textEngine:
    """HTML to Markdown by html2text."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:  # noqa: ARG002 - it keeps nothing
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        return _Writer(options).handle(html).strip("\n")
