"""Documents of Word: the text through mammoth (extra ``docx``), title, author and dates from the properties."""

from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Diagnostic
from newscli.importers.archive import Members, members
from newscli.importers.article import Article, Item
from newscli.importers.input import Input, Options
from newscli.importers.main_text import without_title
from newscli.importers.markup.plain import one_line
from newscli.importers.markup.repair import parse_leniently
from newscli.importers.markup.xml import Node
from newscli.importers.moments import dated
from newscli.importers.page import read_page
from newscli.importers.problems import Code, SourceError, warning
from newscli.importers.records import names

_XML = (".xml", ".rels")
_DECLARATION = (b"<!DOCTYPE", b"<!ENTITY")
_SHOWN = 5


def read(source: Input, options: Options) -> Iterator[Item]:
    """The document as one article."""
    convert = _mammoth()
    with members(source, options.limits) as found:
        _check(found)
        properties = _properties(found)
    try:
        with source.open() as stream:
            result = convert(stream)
    except Exception as error:  # mammoth raises whatever a broken document makes it do
        raise SourceError(Code.SYNTAX, f"mammoth cannot read it: {type(error).__name__}: {error}") from error
    date, raw = dated(properties.get("dcterms:created"), options.zone)
    title = one_line(properties.get("dc:title")) or _first_heading(result.value)
    yield Article(
        title=title,
        body=without_title(result.value, title),
        date=date,
        date_raw=raw,
        updated=dated(properties.get("dcterms:modified"), options.zone)[0],
        authors=tuple(names(properties.get("dc:creator"))),
        tags=tuple(names(properties.get("cp:keywords"))),
        categories=tuple(names(properties.get("cp:category"))),
        feed=options.feed,
        summary=one_line(properties.get("dc:description")),
        base_url=options.base_url,
        origin=source.name,
        alone=True,
        problems=tuple(_warnings(result.messages, source)),
    )


def _mammoth() -> Any:
    try:
        import mammoth
    except ImportError:
        raise SourceError(Code.LIBRARY, "reading .docx needs mammoth: pip install 'newscli[docx]'") from None
    return mammoth.convert_to_html


def _check(found: Members) -> None:
    """Refuse what the format forbids and a parser could be made to expand: document types in its XML."""
    if found.problems:
        raise SourceError(Code.MEMBER, f"{found.problems[0].path}: {found.problems[0].message}")
    for name, member in found.inputs.items():
        if name.lower().endswith(_XML):
            with member.open() as stream:
                content = stream.read().replace(b"\0", b"").upper()  # UTF-16 too
            if any(declaration in content for declaration in _DECLARATION):
                raise SourceError(Code.ENTITIES, "declares a document type in its XML: refused", name=member.name)


def _properties(found: Members) -> Node:
    member = found.inputs.get("docProps/core.xml")
    if member is None:
        return Node("")
    with member.open() as stream:
        text = stream.read().decode("utf-8-sig", "replace")
    try:
        return parse_leniently(text)[0]
    except SourceError:
        return Node("")


def _first_heading(body: str) -> str:
    return read_page(body).said("h1")


def _warnings(messages: list[Any], source: Input) -> Iterator[Diagnostic]:
    for message in messages[:_SHOWN]:
        yield warning(source.name, Code.RECORD, f"mammoth: {one_line(str(message.message))[:200]}")
