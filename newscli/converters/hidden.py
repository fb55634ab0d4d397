"""Drop what a page never shows."""

import re
from typing import TYPE_CHECKING

from newscli.converters.pictures import HasAttributes

if TYPE_CHECKING:  # this module also serves where turbohtml is not installed
    from turbohtml import Element

SELECTOR = '[hidden],[style*="none" i],[style*="hidden" i]'
STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_WHITE_SPACE = re.compile(r"white-space[^;]*;?")


def is_hidden(element: HasAttributes) -> bool:
    """Whether the element's attributes hide it."""
    return element.attr("hidden") is not None or STYLE.search(element.attr("style") or "") is not None


def drop(html: str, root: "Element") -> None:
    """Remove hidden elements from the tree that was read from ``html``."""
    for element in root.select(SELECTOR):
        if is_hidden(element):
            element.decompose()
    if "=" in html and "white-space" in html:
        _forget_white_space(root)


def _forget_white_space(root: "Element") -> None:
    """Take ``white-space`` out of styles: the writer makes code blocks of what word processors mark so."""
    for element in root.select('[style*="white-space"]'):
        element.attrs["style"] = _WHITE_SPACE.sub("", element.attr("style") or "")
