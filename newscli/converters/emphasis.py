"""Take emphasis out of the tree and leave marks in the text, to be made Markdown after the writing.

A mark is :data:`newscli.converters.marks.EMPHASIS` and the kind of emphasis, upper case where it opens.
"""

import re

from turbohtml import Element, Node, Text

from newscli.converters.marks import EMPHASIS as MARK
from newscli.converters.names import EMPHASIS
from newscli.converters.tree import Tree, is_blank, shows

_UNDOES = re.compile(r"(?:^|;)\s*(?:font-weight\s*:\s*(?:normal|400)|font-style\s*:\s*normal)", re.I)
_LIKE = {kind: tuple(tag for tag in EMPHASIS if EMPHASIS[tag] == kind) for kind in EMPHASIS.values()}


def emphasis(found: list[Element], tree: Tree) -> None:
    """Replace every element that emphasizes by marks."""
    simple: list[tuple[Element, str]] = []
    for element in found:
        if element.parent is None:
            continue
        if len(element) == 1 and type(only := element[0]) is Text:
            simple.append((element, only.data))
        else:
            _take_out(element, tree)
    for element, text in simple:
        if element.parent is not None:
            if text.isspace() or _is_undone(element):
                element.unwrap()
            else:
                kind = EMPHASIS[element.tag]
                element.replace_with(Text(f"{MARK}{kind.upper()}{text}{MARK}{kind}"))


def _take_out(element: Element, tree: Tree) -> None:
    """Replace an element that holds others by marks, also those of its kind within."""
    kind = EMPHASIS[element.tag]
    if not element.text.strip() or _is_undone(element):
        element.unwrap()
        return
    for inner in [*element.iter_elements(_LIKE[kind])]:
        inner.unwrap()
    if tree.has_block(element):
        for run in tree.inline_runs(element):
            _mark(run, kind)
    else:
        _mark([*element], kind)
    element.unwrap()


def _is_undone(element: Element) -> bool:
    """Google Docs wraps what it copies in a ``b`` of normal weight."""
    style = element.attr("style")
    return style is not None and _UNDOES.search(style) is not None


def _mark(run: list[Node], kind: str) -> None:
    """Put marks around neighbouring inline nodes; breaks and white space at the edges stay outside."""
    while run and _is_edge(run[0]):
        run = run[1:]
    while run and _is_edge(run[-1]):
        run = run[:-1]
    if not run:
        return
    only = run[0] if len(run) == 1 else None
    if isinstance(only, Element) and only.tag == "a" and len(only):
        _mark([*only], kind)
        return
    run[0].insert_before(Text(MARK + kind.upper()))
    run[-1].insert_after(Text(MARK + kind))


def _is_edge(node: Node) -> bool:
    return is_blank(node) or (isinstance(node, Element) and (node.tag == "br" or not shows(node)))
