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
from newscli.converters.marks import BREAK, INLINE, Shelf, clean_references, markup
from newscli.converters.marks import EMPHASIS as EMPHASIS_MARK
from newscli.converters.media import embedded, pictures
from newscli.converters.tables import tables
from newscli.converters.tree import CODE, EMBEDDED, EMPHASIS, PREFORMATTED, Tree, shows

_RENAMED = dict.fromkeys(
    ("center", "dialog", "fieldset", "form", "frameset", "hgroup", "legend", "marquee", "search"), "div"
) | {"dir": "ul", "menu": "ul", "rp": "span"}
_RAISED = {"sup": ("u", "U"), "sub": ("d", "D")}
_PASSES = {
    "a": "links",
    "img": "pictures",
    "br": "breaks",
    "table": "tables",
    "ul": "lists",
    "ol": "numbered",
    **dict.fromkeys(("blockquote", "hr"), "apart"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "headings"),
    **dict.fromkeys(EMPHASIS, "emphasis"),
    **dict.fromkeys(CODE, "code"),
    **dict.fromkeys(PREFORMATTED, "blocks"),
    **dict.fromkeys(EMBEDDED, "embedded"),
    **dict.fromkeys(hidden.NEVER_SHOWN, "hidden"),
    **dict.fromkeys(_RENAMED, "renamed"),
    **dict.fromkeys(_RAISED, "raised"),
}
"""The pass that looks at an element."""
_LOOKED_AT = tuple(_PASSES)
_BREAKS = re.compile(rf" *{BREAK}(?: *{BREAK})* *")
_LINE_START = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]) +)*#*")
_REFERENCES = Markdown(links=Markdown.Links(style="reference"))


class TurbohtmlEngine:
    """HTML to Markdown by turbohtml."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        root = parse_fragment(html, positions=False)
        text = root.text if "&" in html or "|" in html or "{" in html else ""
        if EMPHASIS_MARK in text or INLINE in text:  # from references: the characters themselves are gone by now
            html = clean_references(html)
            root = parse_fragment(html, positions=False)
        hidden.drop(html, root)
        found: defaultdict[str, list[Element]] = defaultdict(list)
        for element in root.iter_elements(_LOOKED_AT):
            found[_PASSES[element.tag]].append(element)
        if found or "<li" in html:
            _prepare(Tree(html, root), found, options, shelf)
        if text:
            escapes(root, text, [*found["blocks"], *found["code"]])
        return finish(root.to_markdown(_REFERENCES) if options.links == "ref" else root.to_markdown())


def finish(text: str) -> str:
    """What the writer wrote, with the marks of the passes made Markdown."""
    if EMPHASIS_MARK in text:
        text = emphasize(text)
    if INLINE in text:
        if BREAK in text:
            text = _BREAKS.sub(_write_break, text)
        text = markup(text)
    return text


def _prepare(tree: Tree, found: dict[str, list[Element]], options: Options, shelf: Shelf) -> None:
    """Run the passes over the elements found; each leaves a tree that the next can rely on."""
    for element in found.get("hidden", ()):
        element.decompose()
    for element in found.get("renamed", ()):
        element.tag = _RENAMED[element.tag]
    if "pictures" in found:
        pictures(found["pictures"], options.images)
    if "lists" in found or "numbered" in found or tree.root.select_one("li") is not None:
        lists(tree.root)
    if "links" in found:
        links(found["links"], tree, options.links)
    cells = tables(found["tables"], shelf) if "tables" in found else []
    if "numbered" in found:
        numbered(found["numbered"], shelf)
    if "blocks" in found:
        blocks(found["blocks"], shelf)
    if "embedded" in found:
        embedded(found["embedded"], shelf)
    if "lists" in found and (shelf.pieces or "tables" in found or "apart" in found):
        gaps(tree.root)
    if "code" in found:
        spans(found["code"], tree, keep=options.code == "html")
    if "headings" in found:
        headings(found["headings"])
    for cell in cells:
        one_line(cell)
    if "breaks" in found:
        breaks(found["breaks"])
    if "emphasis" in found:
        emphasis(found["emphasis"], tree)
    for element in found.get("raised", ()):
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
