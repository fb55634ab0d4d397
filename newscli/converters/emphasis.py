"""Take emphasis out of the tree and leave marks in the text, to be made Markdown after the writing.

A mark is :data:`newscli.converters.marks.EMPHASIS` and the kind of emphasis, upper case where it opens.
"""

from turbohtml import Element, Node, Text

from newscli.converters.marks import EMPHASIS as MARK
from newscli.converters.tree import EMPHASIS, Tree, is_blank, shows


def emphasis(found: list[Element], tree: Tree) -> None:
    """Replace every element that emphasizes by marks."""
    for element in found:
        if element.parent is not None and _is_inside_its_like(element):
            element.unwrap()
    for element in found:
        if element.parent is None:
            continue
        kind = EMPHASIS[element.tag]
        if len(element) == 1 and type(only := element[0]) is Text:
            text = only.data
            element.replace_with(Text(text if text.isspace() else f"{MARK}{kind.upper()}{text}{MARK}{kind}"))
        elif not element.text.strip() or _is_undone(element):
            element.unwrap()
        elif tree.has_block(element):
            for run in tree.inline_runs(element):
                _mark(run, kind)
            element.unwrap()
        else:
            _mark([*element], kind)
            element.unwrap()


def _is_inside_its_like(element: Element) -> bool:
    kind = EMPHASIS[element.tag]
    return any(isinstance(above, Element) and EMPHASIS.get(above.tag) == kind for above in element.ancestors)


def _is_undone(element: Element) -> bool:
    """Google Docs wraps what it copies in a ``b`` of normal weight."""
    style = (element.attr("style") or "").replace(" ", "").lower()
    return "font-weight:normal" in style or "font-weight:400" in style or "font-style:normal" in style


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
