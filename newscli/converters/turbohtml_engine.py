"""The engine on turbohtml: it parses and writes; passes over its tree in between bring it what it can write."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from turbohtml import Element, Text, parse_fragment

from newscli.converters import hidden
from newscli.converters.alignment import align
from newscli.converters.base import Options
from newscli.converters.breaks import breaks
from newscli.converters.code import blocks, languages, spans
from newscli.converters.emphasis import emphasis
from newscli.converters.escapes import escapes
from newscli.converters.headings import headings, one_line
from newscli.converters.keep import keep_piped_code
from newscli.converters.links import links, refer
from newscli.converters.lists import apart, gaps, lists, numbered
from newscli.converters.marks import BREAK, EMPHASIS, INLINE, PART, Shelf, clean_references, markup
from newscli.converters.media import embedded, pictures
from newscli.converters.names import CODE, EMBEDDED, NEVER_SHOWN, PREFORMATTED
from newscli.converters.names import EMPHASIS as EMPHASIZING
from newscli.converters.stars import emphasize
from newscli.converters.tables import tables
from newscli.converters.tree import Tree, shows

_RENAMED = dict.fromkeys(
    ("center", "dialog", "fieldset", "form", "frameset", "hgroup", "legend", "marquee", "search"), "div"
) | {"dir": "ul", "menu": "ul", "rp": "span"}
_RAISED = {"sup": ("u", "U"), "sub": ("d", "D")}
_KINDS = {
    "a": "links",
    "br": "breaks",
    "img": "pictures",
    "li": "items",
    "q": "quotes",
    "table": "tables",
    **dict.fromkeys(("ol", "ul"), "lists"),
    **dict.fromkeys(("blockquote", "hr"), "apart"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "headings"),
    **dict.fromkeys(CODE, "code"),
    **dict.fromkeys(EMBEDDED, "embedded"),
    **dict.fromkeys(EMPHASIZING, "emphasis"),
    **dict.fromkeys(NEVER_SHOWN, "hidden"),
    **dict.fromkeys(PREFORMATTED, "blocks"),
    **dict.fromkeys(_RAISED, "raised"),
    **dict.fromkeys(_RENAMED, "renamed"),
}
"""The kinds of elements that passes look at."""
_LOOKED_AT = tuple(_KINDS)
_BREAKS = re.compile(rf" *{BREAK}(?: *{BREAK})* *")
_TAG_AND_BREAK = re.compile(rf"({INLINE}[ckdu](?:{INLINE}[ckdu])*)(\s*\\?\n[ >]*)")
_LINE_START = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]) +)*#*")
_NUMBER = re.compile(r"^([ >]*(?:[-*+] +|[0-9]{1,9}[.)] +)*[0-9]+)\\([.)])(?=[^\s])", re.M)
_FENCE = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]) +)*(`{3,}|~{3,})")
_REFERENCE = re.compile(r"&#([0-9]+);")
_ONLY_REFERENCES = re.compile(r"[ >]*(?:(?:[-*+]|[0-9]{1,9}[.)]) +)*(?:&#[0-9]+;)+(?:\n|\Z)")
_FRAME = f"<div></div><p>{PART}</p>"


@dataclass(slots=True)
class _Work:
    """A tree and what the passes over it share."""

    tree: Tree
    options: Options
    shelf: Shelf
    found: defaultdict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    cells: list[Element] = field(default_factory=list)  # those of pipe tables that hold several lines


class TurbohtmlEngine:
    """HTML to Markdown by turbohtml."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:
        """HTML as Markdown; see :class:`newscli.converters.base.Engine`."""
        html = clean_references(html)
        root = parse_fragment(html, positions=False)
        text = root.text if "&" in html or "|" in html or "{" in html else ""
        return _write(Tree(html, root), text, options, shelf)

    def markdown_together(self, pieces: Sequence[str], options: Options, shelf: Shelf) -> list[str]:
        """Pieces as Markdown; see :class:`newscli.converters.base.TogetherEngine`.

        Each is parsed in a frame of its own: what one leaves open does not reach the next.
        """
        html = "".join(pieces)
        if "&#" in html:
            pieces = [*map(clean_references, pieces)]
        root = parse_fragment(_FRAME * len(pieces), positions=False)
        for frame, piece in zip([*root][::2], pieces, strict=True):
            frame.set_inner_html(piece)
        *texts, _ = _write(Tree(html, root), root.text, options, shelf).split(PART)
        return [text.lstrip("\n").rstrip(" \n") for text in texts]


def _write(tree: Tree, text: str, options: Options, shelf: Shelf) -> str:
    """What the passes and the writer make of a tree; ``text`` is all its text, or empty when nothing needs escapes."""
    root = tree.root
    hidden.drop(tree.html, root)
    work = _Work(tree, options, shelf)
    found = work.found
    for element in root.iter_elements(_LOOKED_AT):
        found[_KINDS[element.tag]].append(element)
    if "items" in found:
        found["lists"] += ()  # those without a list around them need one
    for kind, run in _PASSES:
        if kind in found:
            run(found[kind], work)
    if text:
        escapes(root, text, [*found["blocks"], *found["code"]])
    if options.links == "ref":
        refer(root, shelf)
    written = root.to_markdown()
    if "&" in written and "&#" in written and "&#" not in text:  # or it could be the page's own, in code
        written = _REFERENCE.sub(_write_space, written)
    return _finish(align(written) if "tables" in found else written)


def _drop(found: list[Element], work: _Work) -> None:  # noqa: ARG001 - a pass
    for element in found:
        element.decompose()


def _rename(found: list[Element], work: _Work) -> None:
    for element in found:
        element.tag = _RENAMED[element.tag]
        if element.tag == "ul":
            work.found["lists"].append(element)


def _quote(found: list[Element], work: _Work) -> None:  # noqa: ARG001 - a pass
    """Write the quotes of ``q`` as text."""
    for element in found:
        if element.parent is not None:
            element.insert(0, Text('"'))
            element.append(Text('"'))
            element.unwrap()


def _make_tables(found: list[Element], work: _Work) -> None:
    work.cells = tables(found, work.shelf, aligned="align" in work.tree.html.lower())


def _write_cells(found: list[Element], work: _Work) -> None:  # noqa: ARG001 - a pass
    if "code" in work.found and "|" in work.tree.html:
        keep_piped_code(work.tree, work.shelf)
    for cell in work.cells:
        one_line(cell)


def _part_blocks(found: list[Element], work: _Work) -> None:
    apart(found)
    if work.shelf.pieces or "tables" in work.found or "apart" in work.found:
        gaps(work.tree.root)


def _raise(found: list[Element], work: _Work) -> None:
    """Write ``sup`` and ``sub`` as tags: 10<sup>9</sup> is no 109."""
    for element in found:
        if element.parent is None:
            continue
        if shows(element) and not work.tree.has_block(element):
            first, last = _RAISED[element.tag]
            element.insert(0, Text(INLINE + first))
            element.append(Text(INLINE + last))
        element.unwrap()


_PASSES: tuple[tuple[str, Callable[[list[Element], _Work], None]], ...] = (
    ("hidden", _drop),
    ("renamed", _rename),
    ("quotes", _quote),
    ("pictures", lambda found, work: pictures(found, work.options.images)),
    ("links", lambda found, work: links(found, work.tree, work.options.links, work.shelf)),
    ("blocks", lambda found, work: blocks(found, work.shelf)),
    ("lists", lambda found, work: lists(work.tree)),  # noqa: ARG005 - a pass
    ("tables", _make_tables),
    ("lists", lambda found, work: numbered(found, work.shelf)),
    ("embedded", lambda found, work: embedded(found, work.shelf)),
    ("blocks", lambda found, work: languages(found)),  # noqa: ARG005 - a pass
    ("lists", _part_blocks),
    ("code", lambda found, work: spans(found, work.tree, keep=work.options.code == "html")),
    ("headings", lambda found, work: headings(found)),  # noqa: ARG005 - a pass
    ("tables", _write_cells),
    ("breaks", lambda found, work: breaks(found)),  # noqa: ARG005 - a pass
    ("emphasis", lambda found, work: emphasis(found, work.tree)),
    ("raised", _raise),
)
"""The passes in their order, each with the kind of elements it is run for; each leaves a tree the next can rely on."""


def _finish(text: str) -> str:
    """What the writer wrote, with the marks of the passes made Markdown."""
    if EMPHASIS in text:
        text = emphasize(text)
    if INLINE in text:
        text = _TAG_AND_BREAK.sub(r"\2\1", text)  # a tag alone on a line would start an HTML block
        if BREAK in text:
            text = _BREAKS.sub(_write_break, text)
        text = markup(text)
    if "\\" in text and ("\\." in text or "\\)" in text) and _NUMBER.search(text):
        return _unescape_numbers(text)
    return text


def _write_space(match: re.Match[str]) -> str:
    """A space as it is, where the writer made a reference of it; not where nothing else is in the line."""
    character = chr(int(match[1]))
    start = match.string.rfind("\n", 0, match.start()) + 1
    return character if character.isspace() and not _ONLY_REFERENCES.match(match.string, start) else match[0]


def _unescape_numbers(text: str) -> str:
    r"""The Markdown without the backslashes of numbers that start no item: ``1\.5`` at the start of a line."""
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark:
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence):
                fence = ""
        elif not fence:
            lines[number] = _NUMBER.sub(r"\1\2", line)
    return "\n".join(lines)


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
