"""Drop what a page never shows."""

import re

from turbohtml import Element

SELECTOR = '[hidden],[style*="none" i],[style*="hidden" i]'
STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_WHITE_SPACE = re.compile(r"white-space[^;]*;?")
NEVER_SHOWN = frozenset(
    "area base canvas datalist head link map meta meter noembed noframes noscript param progress script select source"
    " style svg template textarea title track".split()
)
"""Elements without a place in a text: their content is code, a choice, a drawing or shown by no browser of today."""


def is_hidden(element: Element) -> bool:
    """Whether the element's attributes hide it."""
    return element.attr("hidden") is not None or STYLE.search(element.attr("style") or "") is not None


def drop(html: str, root: Element) -> None:
    """Remove hidden elements from the tree that was read from ``html``."""
    for element in root.select(SELECTOR):
        if is_hidden(element):
            element.decompose()
    if "white-space" in html:
        _forget_white_space(root)


def _forget_white_space(root: Element) -> None:
    """Take ``white-space`` out of styles: the writer makes code blocks of what word processors mark so."""
    for element in root.select('[style*="white-space"]'):
        element.attrs["style"] = _WHITE_SPACE.sub("", element.attr("style") or "")
