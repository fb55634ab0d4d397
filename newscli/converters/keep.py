"""Keep an element as HTML where Markdown has no words for it."""

import re

from turbohtml import Element, Text

from newscli.converters.marks import Shelf
from newscli.converters.tree import OPAQUE, PREFORMATTED

_ATTRIBUTES = frozenset(
    "align alt colspan controls height href loop muted open poster reversed rowspan scope src srcset start title type"
    " value width".split()
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PART = re.compile(r" ?(</?(?:table|thead|tbody|tfoot|tr|caption|colgroup)(?: [^<>]*)?>) ?")
_NEW_LINE = re.compile(r"(?<=.)(?=<(?:thead|tbody|tfoot|tr|caption|colgroup|/table)[ >])", re.S)
_ACTIVE = re.compile(r"[*_`\[\]\\~|{}$]")
_TEXT = re.compile(r">([^<>]*)<")


def _tidy(element: Element) -> None:
    """Drop attributes that say nothing about the content, and white space that shows nowhere."""
    for inner in element.iter_elements(include_self=True):
        for name in [name for name in inner.attrs if name not in _ATTRIBUTES]:
            del inner.attrs[name]
    for node in [*element.descendants]:
        if isinstance(node, Text) and not any(getattr(above, "tag", "") in PREFORMATTED for above in node.ancestors):
            node.data = _SPACE.sub(" ", node.data)


def _one_line(markup: str) -> str:
    """An HTML block of CommonMark ends at a blank line: no line end may be left, not even in ``pre``."""
    return markup.replace("\r", "").replace("\n", "&#10;")


def keep_table(table: Element, shelf: Shelf) -> None:
    """Replace a table by a stand-in for its HTML, a line for every row."""
    _tidy(table)
    _stand_in(table, shelf, _NEW_LINE.sub("\n", _PART.sub(r"\1", _one_line(table.html))))


def keep_block(element: Element, shelf: Shelf) -> None:
    """Replace a block by a stand-in for its HTML, on one line."""
    _tidy(element)
    _stand_in(element, shelf, _one_line(element.html))


def keep_embedded(element: Element, shelf: Shelf) -> None:
    """Replace something embedded by a stand-in for its HTML, with all its attributes.

    Markdown reads what stands between inline tags: its marks become references. A frame at the start of a block starts
    an HTML block, which would take the rest of the line with it: it becomes a block of its own.
    """
    markup = _TEXT.sub(lambda text: f">{_ACTIVE.sub(_reference, text[1])}<", _one_line(element.html))
    if element.tag == "iframe" and element.previous_sibling is None:
        _stand_in(element, shelf, markup)
    else:
        element.replace_with(Text(shelf.put(markup)))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _stand_in(element: Element, shelf: Shelf, markup: str) -> None:
    element.replace_with(Element("div", {OPAQUE: ""}, [Text(shelf.put(markup, indented=True))]))
