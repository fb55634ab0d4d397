"""Line breaks: two in a row are the end of a paragraph."""

from turbohtml import Element

from newscli.converters.names import BLOCKS, CODE, EMPHASIS
from newscli.converters.tree import before_on_line

_ONE_PIECE = frozenset(EMPHASIS) | CODE | {"a", "sub", "sup"}
"""Inline elements that hold no paragraphs."""


def breaks(found: list[Element]) -> None:
    """Drop breaks that break nothing, and make two in a row a new paragraph, or one break inside a link or emphasis."""
    for line_break in found:
        if line_break.parent is None:
            continue
        before = before_on_line(line_break)
        if before is None:
            line_break.extract()
        elif isinstance(before, Element) and before.tag == "br":
            if not _is_in_one_piece(line_break) and not _is_in_one_piece(before):
                before.replace_with(Element("div"))
            line_break.extract()


def _is_in_one_piece(line_break: Element) -> bool:
    for above in line_break.ancestors:
        if isinstance(above, Element):
            if above.tag in BLOCKS:
                return False
            if above.tag in _ONE_PIECE:
                return True
    return False
