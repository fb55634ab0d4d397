"""The engine on turbohtml: it parses and writes; passes over its tree in between bring it what it can write."""

import re
from collections import defaultdict

from turbohtml import Element, Markdown, Text, parse_fragment

from newscli.converters import hidden
from newscli.converters.base import Options
from newscli.converters.breaks import breaks
from newscli.converters.code import blocks, spans
from newscli.converters.emphasis import emphasis
from newscli.converters.escapes import escapes
from newscli.converters.flanking import emphasize
from newscli.converters.headings import headings, one_line
from newscli.converters.links import links
from newscli.converters.lists import gaps, lists, numbered
from newscli.converters.marks import BREAK, INLINE, Shelf, markup
from newscli.converters.media import embedded, pictures
from newscli.converters.tables import tables
from newscli.converters.tree import CODE, EMBEDDED, EMPHASIS, PREFORMATTED, Tree, shows

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_RENAMED = dict.fromkeys(
    ("center", "dialog", "fieldset", "form", "frameset", "hgroup", "legend", "marquee", "search"), "div"
) | {"dir": "ul", "menu": "ul", "rp": "span"}
_RAISED = {"sup": ("u", "U"), "sub": ("d", "D")}
_INTERESTING = tuple(
    frozenset(EMPHASIS)
    | CODE
    | PREFORMATTED
    | _HEADINGS
    | EMBEDDED
    | hidden.NEVER_SHOWN
    | frozenset(_RENAMED)
    | frozenset(_RAISED)
    | {"a", "blockquote", "br", "hr", "img", "li", "ol", "table", "ul"}
)
_BREAKS = re.compile(rf" *{BREAK}(?: *{BREAK})* *")
_LINE_START = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]) +)*#*")
_REFERENCES = Markdown(links=Markdown.Links(style="reference"))


class TurbohtmlEngine:
    """HTML to Markdown by turbohtml."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        root = parse_fragment(html, positions=False)
        hidden.drop(html, root)
        found: defaultdict[str, list[Element]] = defaultdict(list)
        for element in root.iter_elements(_INTERESTING):
            found[element.tag].append(element)
        if found:
            _prepare(Tree(root), found, options, shelf)
        escapes(html, root)
        text = root.to_markdown(_REFERENCES) if options.links == "ref" else root.to_markdown()
        return finish(text)


def finish(text: str) -> str:
    """What the writer wrote, with the marks of the passes made Markdown."""
    text = emphasize(text)
    if BREAK in text:
        text = _BREAKS.sub(_write_break, text)
    return markup(text) if INLINE in text else text


def _prepare(tree: Tree, found: dict[str, list[Element]], options: Options, shelf: Shelf) -> None:
    """Run the passes over the elements found; each leaves a tree that the next can rely on."""

    def of(tags: frozenset[str]) -> list[Element]:
        kinds = tags & found.keys()
        if len(kinds) == 1:
            return found[kinds.pop()]
        if not kinds:
            return []
        return [element for element in tree.root.iter_elements(tuple(kinds))]

    for element in of(hidden.NEVER_SHOWN):
        element.decompose()
    for element in of(frozenset(_RENAMED)):
        element.tag = _RENAMED[element.tag]
    if "img" in found:
        pictures(found["img"], options.images)
    if "li" in found or "ul" in found or "ol" in found:
        lists(tree.root)
    if "a" in found:
        links(found["a"], tree, options.links)
    cells = tables(found["table"], shelf) if "table" in found else []
    if "ol" in found:
        numbered(found["ol"], shelf)
    blocks(of(PREFORMATTED), shelf)
    embedded(of(EMBEDDED), shelf)
    if "li" in found and (shelf.pieces or not found.keys().isdisjoint(("table", "blockquote", "hr"))):
        gaps(tree.root)
    spans(of(CODE), tree, keep=options.code == "html")
    headings(of(_HEADINGS))
    for cell in cells:
        one_line(cell)
    if "br" in found:
        breaks(found["br"])
    emphasis(of(frozenset(EMPHASIS)), tree)
    for element in of(frozenset(_RAISED)):
        _raise(element, tree)


def _raise(element: Element, tree: Tree) -> None:
    """Write ``sup`` and ``sub`` as tags: 10<sup>9</sup> is no 109."""
    if element.parent is None:
        return
    if shows(element) and not tree.has_block(element):
        first, last = _RAISED[element.tag]
        element.insert(0, Text(INLINE + first))
        element.append(Text(INLINE + last))
    element.unwrap()


def _write_break(match: re.Match[str]) -> str:
    """One break for any number in a row, none at the edges of a heading or a cell."""
    text, start, end = match.string, match.start(), match.end()
    if text[start - 1 : start] == "|" and text[start - 2 : start - 1] not in ("\\", INLINE):
        return " "
    if text[end : end + 1] in ("", "\n"):
        return ""
    if text[end] == "|":
        return " "
    if _LINE_START.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
        return " " if text[start - 1 : start] == "#" else match[0].replace(BREAK, "").replace("  ", " ")
    return BREAK
