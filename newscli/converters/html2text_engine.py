"""The engine on html2text: always installed, and what is turned to where turbohtml is not or fails."""

import time

import html2text

from newscli.converters.base import Options
from newscli.converters.hidden import STYLE
from newscli.converters.limits import DEADLINE, ExceededError
from newscli.converters.marks import Shelf
from newscli.converters.names import EMPHASIS, NEVER_SHOWN, VOID
from newscli.settings import HTML2TEXT_SETTINGS

_ENDS_ITSELF = frozenset(("dd", "dt", "li", "option", "p", "td", "th", "tr"))
"""Elements that the start of another of their kind ends."""


class _Writer(html2text.HTML2Text):
    """html2text with the options asked for, one flaw mended, without hidden elements and with a limit to its time."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        for setting in HTML2TEXT_SETTINGS:
            setattr(self, setting.name.rpartition(".")[2], setting.default)
        for name, value in options.html2text:
            setattr(self, name, value)
        self.protect_links = self.protect_links and not self.baseurl  # it would join the address and ``<u>``
        self.inline_links = self.inline_links and options.links != "ref"
        self.ignore_links = self.ignore_links or options.links in ("text", "drop")
        self.ignore_images = self.ignore_images or options.images == "drop"
        self.images_to_alt = self.images_to_alt or options.images == "alt"
        self._deadline = time.monotonic() + DEADLINE
        self._hidden = ""
        self._inside = 0  # elements open in the hidden one
        self._next = ""  # the character behind the start tag
        self._owes_space = False  # white space at the end of emphasis, to be written behind it

    def handle_tag(self, tag: str, attrs: dict[str, str | None], start: bool) -> None:  # noqa: FBT001 - theirs
        if time.monotonic() > self._deadline:
            raise ExceededError("html2text took too long")
        if self._is_hidden(tag, attrs, start=start) or tag == "abbr":  # it writes what abbreviations mean as text
            return
        if tag in EMPHASIS and not self.preceding_data.endswith("*"):
            self.preceding_data = ""  # it adds a space before emphasis inside a word otherwise
        if start or tag not in EMPHASIS:
            self._pay_space(owes=start and tag in EMPHASIS and self._next.isspace())
        super().handle_tag(tag, attrs, start)

    def parse_starttag(self, i: int) -> int:
        """Read a start tag; what follows is noted."""
        end = self.check_for_whole_start_tag(i)
        self._next = self.rawdata[end : end + 1] if end > 0 else ""
        return super().parse_starttag(i)

    def _pay_space(self, *, owes: bool = False) -> None:
        """Write the space that is owed before what comes next."""
        if self._owes_space or owes:
            self.space = not "".join(self.outtextlist[-1:])[-1:].isspace()
            self._owes_space = False

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
        """Take text; white space stays where it is, at the edges of emphasis outside of it."""
        self._pay_space()
        self._owes_space = self.stressed and data[-1:].isspace() and not data.isspace()
        self.preceding_stressed = False  # it adds a space behind every ``**`` otherwise
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

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:  # noqa: ARG002 - it keeps nothing
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        return _Writer(options).handle(html).strip("\n")
