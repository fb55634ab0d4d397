"""Headings and cells: places for one line."""

from turbohtml import Element, Text

from newscli.converters.marks import BREAK
from newscli.converters.names import BLOCKS, PREFORMATTED
from newscli.converters.tree import holds, is_plain, shows

_BREAKING = BLOCKS | {"br"}
_NO_HEADING_HOLDS = PREFORMATTED | {"blockquote", "dl", "hr", "ol", "table", "ul"}


def one_line(element: Element) -> None:
    """Write breaks as marks and take blocks apart, a mark between them: ``element`` holds one line of Markdown."""
    for inner in [inner for inner in element.iter_elements() if inner.tag in _BREAKING]:
        if inner.tag == "br":
            inner.replace_with(Text(BREAK))
        else:
            inner.insert_before(Text(BREAK))
            inner.insert_after(Text(BREAK))
            inner.unwrap()


def headings(found: list[Element]) -> None:
    """Bring headings on one line; empty ones go."""
    for heading in found:
        if is_plain(heading):
            continue
        if holds(heading, _NO_HEADING_HOLDS):
            heading.tag = "div"
        elif shows(heading):
            one_line(heading)
        elif heading.parent is not None:
            heading.unwrap()
