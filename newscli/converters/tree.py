"""What the passes over an HTML tree share: what elements hold, what they show, runs of inline content."""

from collections.abc import Iterator
from functools import cached_property

from turbohtml import Element, Node, Text

from newscli.converters.names import BLOCKS, PREFORMATTED, SHOWN_WITHOUT_TEXT

_LINES = BLOCKS | {"br"}
_APART = BLOCKS | {"iframe"}
"""What no link and no emphasis can go across: a frame at the start of a line is a block of Markdown."""
_OF_NO_TEXT = PREFORMATTED | {"iframe"}
_FEW = 16
"""The elements that are looked at before all blocks of the tree are: it must not take long however deep it is."""
OPAQUE = "data-kept"
"""The attribute of an element that holds nothing but a stand-in."""


def is_plain(element: Element) -> bool:
    """Whether the element holds one text that is not blank, and nothing else."""
    return len(element) == 1 and type(first := element[0]) is Text and not first.data.isspace()


def holds(element: Element, tags: frozenset[str]) -> bool:
    """Whether the element has one of such elements inside."""
    return any(inner.tag in tags for inner in element.iter_elements())


def shows(element: Element) -> bool:
    """Whether a reader sees anything of the element."""
    return bool(element.text.strip()) or any(True for _ in element.iter_elements(SHOWN_WITHOUT_TEXT, include_self=True))


def is_blank(node: Node) -> bool:
    """Whether the node is a text of white space or no text and no element at all, such as a comment."""
    return not isinstance(node, Element) and (not isinstance(node, Text) or not node.data.strip())


def before_on_line(node: Node) -> Node | None:
    """What stands before a node on its line; None at the start of a block, a break at the start of another line."""
    while True:
        before = node.previous_sibling
        while before is not None and _leaves_no_trace(before):
            before = before.previous_sibling
        if before is not None:
            return _end_of(before)
        parent = node.parent
        if not isinstance(parent, Element) or parent.tag in BLOCKS:
            return None
        node = parent


def _leaves_no_trace(node: Node) -> bool:
    if isinstance(node, Element):
        return node.tag != "br" and node.tag not in BLOCKS and not shows(node) and not holds(node, _LINES)
    return is_blank(node)


def _end_of(node: Node) -> Node | None:
    """The break or text at the end of a node; None for a block."""
    while isinstance(node, Element) and node.tag != "br":
        if node.tag in BLOCKS:
            return None
        children = [child for child in node if not _leaves_no_trace(child)]
        if not children:
            return node
        node = children[-1]
    return node


class Tree:
    """A parsed body while passes work on it.

    Attributes:
        html: what was parsed.
        root: the element around the body.
    """

    def __init__(self, html: str, root: Element) -> None:
        self.html = html
        self.root = root

    @cached_property
    def block_parents(self) -> set[Node]:
        """Every element that has a block somewhere inside, as of the first look."""
        parents: set[Node] = set()
        for block in self.root.iter_elements(_APART):
            parent = block.parent
            while parent is not None and parent not in parents:
                parents.add(parent)
                parent = parent.parent
        return parents

    def has_block(self, element: Element) -> bool:
        """Whether the element has a block inside."""
        for number, inner in enumerate(element.iter_elements()):
            if inner.tag in _APART:
                return True
            if number == _FEW:
                return element in self.block_parents
        return False

    def inline_runs(self, element: Element) -> Iterator[list[Node]]:
        """The runs of neighbouring inline nodes inside ``element`` that show something, block by block.

        Preformatted text and stand-ins are left out: emphasis and links have no place there.
        """
        waiting = [element]
        while waiting:
            run: list[Node] = []
            for child in [*waiting.pop()]:
                if isinstance(child, Element) and (child.tag in _APART or child in self.block_parents):
                    if child.tag not in _OF_NO_TEXT and child.attr(OPAQUE) is None:
                        waiting.append(child)
                    yield from worth(run)
                    run = []
                else:
                    run.append(child)
            yield from worth(run)


def worth(run: list[Node]) -> Iterator[list[Node]]:
    """The run without white space at its ends, if it shows anything."""
    while run and is_blank(run[0]):
        run.pop(0)
    while run and is_blank(run[-1]):
        run.pop()
    if run and any(not isinstance(node, Element) or shows(node) for node in run):
        yield run
