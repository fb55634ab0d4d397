"""Line breaks: two in a row are the end of a paragraph."""

from turbohtml import Element, Node

from newscli.converters.names import BLOCKS, CODE, EMPHASIS
from newscli.converters.tree import is_blank

_ONE_PIECE = frozenset(EMPHASIS) | CODE | {"a", "sub", "sup"}
"""Inline elements that hold no paragraphs."""


def breaks(found: list[Element]) -> None:
    """Drop breaks that break nothing, and make two in a row a new paragraph, or one break inside a link or emphasis."""
    for line_break in found:
        if line_break.parent is None:
            continue
        before = _shown_before(line_break)
        if before is None:
            line_break.extract()
        elif before.tag == "br":
            if not _is_in_one_piece(line_break) and not _is_in_one_piece(before):
                before.replace_with(Element("div"))
            line_break.extract()


def _shown_before(line_break: Element) -> Element | None:
    """The element that shows last before a break, on its line; None when the break starts its block."""
    node: Node = line_break
    while True:
        before = node.previous_sibling
        while before is not None and is_blank(before):
            before = before.previous_sibling
        if before is not None:
            return _last(before, line_break)
        parent = node.parent
        if not isinstance(parent, Element) or parent.tag in BLOCKS:
            return None
        node = parent


def _last(node: Node, default: Element) -> Element | None:
    """The break or block at the end of a node; ``default`` when it ends with neither, None for a block."""
    while isinstance(node, Element):
        if node.tag in BLOCKS:
            return None
        if node.tag == "br":
            return node
        children = [child for child in node if not is_blank(child)]
        if not children:
            break
        node = children[-1]
    return default.parent if isinstance(default.parent, Element) else default


def _is_in_one_piece(line_break: Element) -> bool:
    for above in line_break.ancestors:
        if isinstance(above, Element):
            if above.tag in BLOCKS:
                return False
            if above.tag in _ONE_PIECE:
                return True
    return False
