"""Code spans and blocks: Markdown's hold text only."""

import re

from turbohtml import Element, Node, Text

from newscli.converters.keep import keep_block
from newscli.converters.marks import COMMENT, INLINE, Shelf
from newscli.converters.names import BLOCKS, CODE, EMPHASIS, PREFORMATTED, SHOWN_WITHOUT_TEXT
from newscli.converters.tree import Tree, holds, is_blank, is_plain, shows

_LANGUAGE = re.compile(r"(?:^|\s)(?:brush:\s*|lang-|language-|highlight-source-|sourceCode\s+)([A-Za-z0-9+#_-]+)")
_OF_LANGUAGE = "language-"
_SPACE = " \t\n\r\f"
_INSIDE_OUT = frozenset(EMPHASIS) | {"a", "font", "span", "u"}
_MIXES = frozenset(EMPHASIS) | CODE | {"a", "br", "img"}
_BREAKS_A_SPAN = SHOWN_WITHOUT_TEXT | {"a", "br"}
_WRITES_MARKS = BLOCKS | frozenset(EMPHASIS) | {"a", "br", "sub", "sup"}
"""What puts something between the code in it and the code beside it."""


def spans(found: list[Element], tree: Tree, *, keep: bool) -> None:
    """Make every code span one that Markdown can say.

    Around a single link or emphasis the code moves inside it; links, pictures and breaks among text split it, or, with
    ``keep``, the span stays an HTML tag with Markdown inside. Emphasis of a part of the code goes.
    """
    for span in found:
        if span.tag == "tt":
            span.tag = "code"
        if len(span) == 1 and type(only := span[0]) is Text:
            text = only.data
            if text[0] not in _SPACE and text[-1] not in _SPACE:
                continue
        if span.parent is None:
            continue
        if is_plain(span):
            _move_space(span)
        elif tree.has_block(span):
            _push_down(span, tree)
        else:
            _mend(span, keep=keep)
    if len(found) > 1:
        _part(tree)


def _part(tree: Tree) -> None:
    """Put a comment between spans that touch: two would be one, and kramdown reads no Markdown in ``<code>``."""
    for span in [*tree.root.iter_elements(CODE)]:
        if _touches(span):
            span.insert_before(Text(COMMENT))


def _touches(span: Element) -> bool:
    """Whether another span ends right before this one."""
    after: Element = span
    while (before := _beside(after.previous_sibling)) is None:
        if not isinstance(after.parent, Element) or after.parent.tag in _WRITES_MARKS:
            return False
        after = after.parent
    while isinstance(before, Element) and before.tag not in CODE | _WRITES_MARKS:
        before = _beside(before[-1] if len(before) else None)
    return isinstance(before, Element) and before.tag in CODE


def _beside(node: Node | None) -> Node | None:
    """The node, or the first before it of which something is written; line breaks are."""
    while node is not None and not isinstance(node, Text):
        if isinstance(node, Element) and (node.tag == "br" or shows(node)):
            break
        node = node.previous_sibling
    return node


def _push_down(span: Element, tree: Tree) -> None:
    for run in tree.inline_runs(span):
        inner = Element("code")
        run[0].wrap_siblings(inner, until=run[-1])
        if is_plain(inner):
            _move_space(inner)
        else:
            _mend(inner, keep=False)
    span.unwrap()


def _mend(span: Element, *, keep: bool) -> None:
    only = _only_child(span)
    inside = {inner.tag for inner in span.iter_elements()}
    if not shows(span):
        span.unwrap()
    elif keep and inside & _MIXES and (only is None or inside & CODE):
        _keep(span)
    elif only is not None and only.tag in _INSIDE_OUT:
        _turn_inside_out(span, only)
    elif inside & _BREAKS_A_SPAN:
        _split(span)
        span.unwrap()
    else:
        span.text = span.text
        _move_space(span)


def _keep(span: Element) -> None:
    """Leave the span as tags, with Markdown between them."""
    first, last = ("k", "K") if span.tag == "kbd" else ("c", "C")
    span.insert_before(Text(INLINE + first))
    span.insert_after(Text(INLINE + last))
    span.unwrap()


def _move_space(span: Element) -> None:
    """Readers strip a space from both ends of a code span: put it outside."""
    text = span[0].text
    stripped = text.strip(_SPACE)
    if stripped != text:
        if text[0] in _SPACE:
            span.insert_before(Text(" "))
        if text[-1] in _SPACE:
            span.insert_after(Text(" "))
        span.text = stripped


def _only_child(element: Element) -> Element | None:
    """The one element that holds everything there is."""
    children = [child for child in element if not (type(child) is Text and not child.data.strip(_SPACE))]
    return children[0] if len(children) == 1 and isinstance(children[0], Element) else None


def _turn_inside_out(span: Element, only: Element) -> None:
    """``<code><a>f</a></code>`` becomes ``<a><code>f</code></a>``, through any number of such elements."""
    span.unwrap()
    inner: Element | None = only
    while inner is not None and inner.tag in _INSIDE_OUT:
        only, inner = inner, _only_child(inner)
    if len(only):
        code = only.wrap_children(Element("code"))
        if is_plain(code):
            _move_space(code)
        else:
            _mend(code, keep=False)


def _split(span: Element) -> None:
    """Wrap the texts of the span each in a span of its own; what cannot stand in one is left between them."""
    waiting: list[Element] = [span]
    while waiting:
        run: list[Node] = []
        for child in [*waiting.pop()]:
            if isinstance(child, Element) and (child.tag in _BREAKS_A_SPAN or holds(child, _BREAKS_A_SPAN)):
                _wrap(run)
                run = []
                if child.tag not in SHOWN_WITHOUT_TEXT:
                    waiting.append(child)
            else:
                run.append(child)
        _wrap(run)


def _wrap(run: list[Node]) -> None:
    """One code span around the run: its text alone."""
    text = "".join(node.text for node in run)
    if text.strip():
        code = Element("code", None, [Text(text)])
        run[0].insert_before(code)
        _move_space(code)
        for node in run:
            node.extract()


def blocks(found: list[Element], shelf: Shelf) -> None:
    """Make every preformatted element one that can be fenced: one text, its language as its class.

    One with a picture, or that consists of links, stays HTML.
    """
    gone: set[Element] = set()
    for block in found:
        if block.parent is None or block in gone:
            continue
        if block.tag != "pre":
            block.tag = "pre"
        language = _language(block)
        if not is_plain(block):
            if not shows(block):
                block.decompose()
                continue
            if holds(block, SHOWN_WITHOUT_TEXT) or all(is_blank(child) or _is_link(child) for child in block):
                keep_block(block, shelf)
                continue
            gone.update(inner for inner in block.iter_elements() if inner.tag in PREFORMATTED)
            for line_break in [*block.iter_elements("br")]:
                line_break.replace_with(Text("\n"))
            block.text = block.text
        if language:
            block.attrs["class"] = f"{_OF_LANGUAGE}{language}"


def _is_link(node: Node) -> bool:
    return isinstance(node, Element) and node.attr("href") is not None


def languages(found: list[Element]) -> None:
    """Wrap the text of blocks whose language is known in code that says so to the writer."""
    for block in found:
        name = block.attr("class") or ""
        if name.startswith(_OF_LANGUAGE) and len(block):
            block.wrap_children(Element("code", {"class": name}))


def _language(block: Element) -> str:
    """What the classes of a block, or of the code in it, say of its language."""
    for element in (block, *block.iter_elements("code")):
        found = _LANGUAGE.search(element.attr("class") or "")
        if found:
            return found[1]
    return ""
