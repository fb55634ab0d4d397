"""Keep an element as HTML where Markdown has no words for it."""

import re

from turbohtml import Element, Text

from newscli.converters.marks import Shelf
from newscli.converters.names import CODE, PREFORMATTED, names
from newscli.converters.protect import MORE
from newscli.converters.tree import OPAQUE, Tree

_ATTRIBUTES = names(
    "align alt colspan controls height href loop muted open poster reversed rowspan scope src srcset start title type"
    " value width"
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup")
_LINES = ("<thead", "<tbody", "<tfoot", "<tr", "<caption", "<colgroup", "</table")
_ACTIVE = re.compile(r"[*_`\[\]\\~|{}$]")
_ACTIVE_IN_TEXT = re.compile(r"[*_`\[\]\\~|{}$&<>]")
_TEXT = re.compile(r">([^<>]*)<")


def _tidy(element: Element) -> None:
    """Drop attributes that say nothing about the content, and blocks that only Markdown needs."""
    for block in element.select(f"[{MORE}],[{OPAQUE}]"):
        block.unwrap()
    for inner in element.iter_elements(include_self=True):
        attributes = inner.attrs
        for name in [name for name in attributes if name not in _ATTRIBUTES]:
            del attributes[name]


def _one_line(element: Element, shelf: Shelf) -> str:
    """The HTML of an element without line ends: a blank line would end an HTML block, even in ``pre``."""
    if any(True for _ in element.iter_elements(PREFORMATTED, include_self=True)):
        element.normalize()
        for node in [*element.descendants]:
            if isinstance(node, Text) and not any(
                getattr(above, "tag", "") in PREFORMATTED for above in node.ancestors
            ):
                node.data = _SPACE.sub(" ", node.data)
        return shelf.on_one_line(element.html.replace("\n", "&#10;"))
    return shelf.on_one_line(b" ".join(element.html.encode().split()).decode())  # ASCII white space only


def keep_table(table: Element, shelf: Shelf) -> None:
    """Replace a table by a stand-in for its HTML, a line for every row."""
    _tidy(table)
    markup = _one_line(table, shelf)
    for part in _PARTS:
        markup = markup.replace(f"> <{part}", f"><{part}").replace(f"> </{part}", f"></{part}")
    for start in _LINES:
        markup = markup.replace(start, f"\n{start}")
    _stand_in(table, shelf, markup)


def keep_block(element: Element, shelf: Shelf) -> None:
    """Replace a block by a stand-in for its HTML, on one line."""
    _tidy(element)
    _stand_in(element, shelf, _one_line(element, shelf))


def keep_embedded(element: Element, shelf: Shelf) -> None:
    """Replace something embedded by a stand-in for its HTML, with all its attributes.

    Markdown reads what stands between inline tags: its marks become references. A frame at the start of a line would
    take the lines up to the next blank one with it: frames are blocks.
    """
    markup = _TEXT.sub(lambda text: f">{_ACTIVE.sub(_reference, text[1])}<", _one_line(element, shelf))
    if element.tag == "iframe":
        _stand_in(element, shelf, markup)
    else:
        element.replace_with(Text(shelf.put(markup)))


def keep_piped_code(tree: Tree, shelf: Shelf) -> None:
    r"""Replace code with a ``|`` in a cell by a stand-in for HTML: kramdown shows the backslash of ``\|`` in a span."""
    for table in tree.root.iter_elements("table"):
        for span in [*table.iter_elements(CODE)]:
            text = " ".join(span.text.split("\n"))
            if "|" in text:
                span.replace_with(Text(shelf.put(f"<code>{_ACTIVE_IN_TEXT.sub(_reference, text)}</code>")))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _stand_in(element: Element, shelf: Shelf, markup: str) -> None:
    element.replace_with(Element("div", {OPAQUE: ""}, [Text(shelf.put(markup, indented=True))]))
