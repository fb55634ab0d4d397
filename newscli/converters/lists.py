"""Lists as they are met in the wild, made lists as HTML wants them."""

from typing import Literal

from turbohtml import Element, Node, Text

from newscli.converters.keep import keep_block
from newscli.converters.marks import GAP, Shelf
from newscli.converters.names import BLOCKS
from newscli.converters.tree import OPAQUE, Tree, holds, is_blank, is_plain, shows, worth

_APART = f"li table,li blockquote,li hr,li [{OPAQUE}]"
_WRITTEN = frozenset(("blockquote", "hr", "ol", "table", "ul"))
_LISTS = frozenset(("ol", "ul"))
_IN_LISTS = frozenset(("li", "ol", "ul"))
_ODD = "ul>ul,ul>ol,ol>ul,ol>ol,:not(ul,ol)>li"


def lists(tree: Tree) -> None:
    """Put what stands right in a list into the item before it, and items without a list into one."""
    for element in reversed([*tree.root.iter_elements(("ol", "ul"))]):  # those inside others first
        _clear(element, tree)
    for element in tree.root.select(_ODD):
        if element.tag == "li":
            _house(element)
        else:
            _nest(element)


def _clear(element: Element, tree: Tree) -> None:
    """Put what is no item and no list into the item before it, or before the list; a list of nothing else goes."""
    children = [*element]
    items = [child for child in children if isinstance(child, Element) and child.tag in _IN_LISTS]
    if sum(1 for child in children if type(child) is not Text or not child.data.isspace()) > len(items):
        _move_strays(element, children)
    for item in items:
        if item.tag == "li":
            _strip_start(item, tree)
    if not items and element.parent is not None:
        element.extract()


def _move_strays(element: Element, children: list[Node]) -> None:
    run: list[Node] = []
    for child in [*children, None]:
        if child is not None and not (isinstance(child, Element) and child.tag in _IN_LISTS):
            run.append(child)
            continue
        for part in worth(run):
            box = Element("div")
            part[0].wrap_siblings(box, until=part[-1])
            before = _element_before(box)
            if before is not None and before.tag == "li":
                before.append(box.extract())
            else:
                element.insert_before(box.extract())
        run = []


def _strip_start(item: Element, tree: Tree) -> None:
    """Drop what shows nothing before the first block of an item: Markdown's begin with one blank line at most."""
    first = next((child for child in item if not is_blank(child)), None)
    while isinstance(first, Element) and first.tag not in BLOCKS and not is_plain(first):
        if tree.has_block(first):
            while len(first) and is_blank(first[0]):
                first[0].extract()
            first = first[0] if len(first) else None
        elif shows(first):
            break
        else:
            shown_nothing, first = first, first.next_sibling
            shown_nothing.extract()
            while first is not None and is_blank(first):
                first = first.next_sibling


def _nest(inner: Element) -> None:
    before = _element_before(inner)
    if before is not None and before.tag == "li":
        before.append(inner.extract())
    else:
        inner.wrap(Element("li"))


def _house(item: Element) -> None:
    before = _element_before(item)
    if before is not None and before.tag == "ul" and before.attr("data-made") is not None:
        before.append(item.extract())
    else:
        item.wrap(Element("ul", {"data-made": ""}))


def _element_before(element: Element) -> Element | None:
    before = element.previous_sibling
    while before is not None and is_blank(before):
        before = before.previous_sibling
    return before if isinstance(before, Element) else None


def numbered(found: list[Element], shelf: Shelf) -> None:
    """Keep lists as HTML whose numbers Markdown cannot say: downwards, or from below zero."""
    for element in found:
        if (
            element.tag == "ol"
            and element.parent is not None
            and (element.attr("reversed") is not None or (element.attr("start") or "").strip().startswith("-"))
        ):
            keep_block(element, shelf)


def gaps(root: Element) -> None:
    """Put blank lines around blocks in items that readers would take for a part of what stands before or after them.

    The writer leaves none between the blocks of an item of short lines: ``---`` under a text is a heading then.
    """
    for element in root.select(_APART):
        if _has_beside(element, "previous_sibling"):
            element.insert_before(_gap())
        if element.attr(OPAQUE) is not None and _has_beside(element, "next_sibling"):
            element.insert_after(_gap())


def apart(found: list[Element]) -> None:
    """Put a blank line between a list and one of the other kind: kramdown nests the second in the first."""
    for element in found:
        before = _element_before(element)
        if before is not None and before.tag != element.tag and before.tag in _LISTS:
            element.insert_before(_gap())


def _gap() -> Element:
    return Element("p", {OPAQUE: ""}, [Text(GAP)])


def _has_beside(element: Element, side: Literal["previous_sibling", "next_sibling"]) -> bool:
    """Whether anything is written before or after the element in its item."""
    node: Node = element
    while isinstance(node, Element) and node.tag != "li":
        beside: Node | None = getattr(node, side)
        while beside is not None and not _is_written(beside):
            beside = getattr(beside, side)
        if beside is not None:
            return True
        parent = node.parent
        if parent is None:
            break
        node = parent
    return False


def _is_written(node: Node) -> bool:
    """Whether the writer writes anything for the node; it writes some blocks that show nothing."""
    if isinstance(node, Element):
        return shows(node) or node.tag in _WRITTEN or holds(node, _WRITTEN)
    return not is_blank(node)
