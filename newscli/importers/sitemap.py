"""Sitemaps and lists of sitemaps (https://www.sitemaps.org/protocol.html), plain or packed with gzip."""

import gzip
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newscli.importers.article import Item, Source
from newscli.importers.decoding import iter_text
from newscli.importers.input import Input, Options
from newscli.importers.markup.plain import plain_title
from newscli.importers.markup.repair import parse_leniently
from newscli.importers.markup.split import Fragment, split
from newscli.importers.markup.xml import Namespaces, without_doctype
from newscli.importers.moments import dated
from newscli.importers.problems import Code, SourceError, fault

if TYPE_CHECKING:
    from newscli.diagnostics import Diagnostic

_GZIP = b"\x1f\x8b"


def read(source: Input, options: Options) -> Iterator[Item]:
    """The addresses of a sitemap, with the titles that a news sitemap gives."""
    if source.head(2) == _GZIP:
        source = _unpacked(source, options)
    found: list[Diagnostic] = []
    # A list of sitemaps has <sitemap> where a sitemap has <url>.
    name, kind = ("sitemap", "sitemap") if b"<sitemapindex" in source.head() else ("url", "page")
    fragments = split(iter_text(source, options, found), name, options.limits.item)
    head = next(fragments)
    yield from found
    namespaces = parse_leniently(without_doctype(head.text) + "<!-- -->")[0].namespaces if "<" in head.text else {}
    for fragment in fragments:
        yield _source(fragment, namespaces, kind, source, options)


def _source(fragment: Fragment, namespaces: Namespaces, kind: str, source: Input, options: Options) -> Item:
    try:
        node, _ = parse_leniently(fragment.text, namespaces, depth=options.limits.depth)
    except SourceError as error:
        return fault(source.name, error.code, f"an address {error}", line=fragment.line + error.line - 1)
    title = next((found.text for found in node.find("news:title")), "")
    written = next((found.text for found in node.find("news:publication_date")), "") or node.get("lastmod")
    return Source(node.get("loc"), plain_title(title), kind, dated(written, options.zone)[0])


def _unpacked(source: Input, options: Options) -> Input:
    limit = options.limits.document
    try:
        with source.open() as stream, gzip.GzipFile(fileobj=stream) as unpacked:
            content = unpacked.read(limit + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise SourceError(Code.UNREADABLE, f"cannot be unpacked: {error}") from error
    if len(content) > limit:
        raise SourceError(Code.TOO_BIG, f"unpacks to more than {limit:,} bytes")
    return Input.of_bytes(source.name, content, url=source.url)
