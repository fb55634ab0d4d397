"""OPML: lists of feeds (http://opml.org/spec2.opml)."""

from collections.abc import Iterator

from newscli.importers.article import Item, Source
from newscli.importers.decoding import read_text
from newscli.importers.input import Input, Options
from newscli.importers.markup.repair import parse_leniently
from newscli.importers.markup.xml import Node
from newscli.importers.problems import Code, warning


def read(source: Input, options: Options) -> Iterator[Item]:
    """The feeds of a list, each with the names of the folders it stands in."""
    text = read_text(source, options)
    root, mended = parse_leniently(text.text.lstrip(), depth=options.limits.depth)
    yield from text.problems
    if mended:
        yield warning(source.name, Code.SYNTAX, f"{mended}; repaired", line=mended.line)
    for body in root.all("body"):
        yield from _outlines(body, ())


def _outlines(node: Node, folders: tuple[str, ...]) -> Iterator[Source]:
    """The feeds below a node; as deep as the parser allows."""
    for outline in node.all("outline"):
        attributes = {name.lower(): value for name, value in outline.attributes.items()}
        title = attributes.get("title") or attributes.get("text") or ""
        if address := attributes.get("xmlurl"):
            yield Source(address, title, "feed", tags=folders)
        yield from _outlines(outline, (*folders, title) if title and not address else folders)
