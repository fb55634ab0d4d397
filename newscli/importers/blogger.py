"""Blogger exports: an Atom feed of posts, pages, comments, settings and templates, told apart by their kind."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Article, Item, Skipped
from newscli.importers.decoding import iter_text
from newscli.importers.input import Input, Options
from newscli.importers.markup.plain import plain_title
from newscli.importers.markup.repair import parse_leniently
from newscli.importers.markup.split import Fragment, split
from newscli.importers.markup.xml import NONE, Namespaces, Node, without_doctype
from newscli.importers.moments import dated
from newscli.importers.problems import Code, SourceError, fault, warning

_KIND = "http://schemas.google.com/g/2005#kind"
_LABEL = "http://www.blogger.com/atom/ns#"
_ARTICLES = frozenset({"post", "page"})
_PLACE = re.compile(r"/([^/]+?)(?:\.html?)?$")


@dataclass(slots=True)
class _Export:
    """An export: where it is read from, and what its head says."""

    source: Input
    options: Options
    namespaces: Namespaces = field(default_factory=lambda: NONE)
    feed: str = ""
    skipped: Counter[str] = field(default_factory=Counter)


def read(source: Input, options: Options) -> Iterator[Item]:
    """The posts and pages of an export, drafts marked; comments, settings and templates are counted."""
    found: list[Diagnostic] = []
    export = _Export(source, options, feed=options.feed)
    fragments = split(iter_text(source, options, found), "entry", options.limits.item)
    found.extend(_read_head(next(fragments), export))
    yield from found
    for fragment in fragments:
        yield from _entry(fragment, export)
    yield from (Skipped(source.name, what, count) for what, count in sorted(export.skipped.items()))


def _read_head(head: Fragment, export: _Export) -> Iterator[Diagnostic]:
    """Learn the prefixes in force and what the feed calls itself."""
    text = without_doctype(head.text)
    if "<" not in text:  # bare entries, cut out of an export
        return
    try:
        feed, _ = parse_leniently(text, depth=export.options.limits.depth)
    except SourceError as error:
        yield warning(export.source.name, error.code, f"the head of the feed {error}", line=error.line)
        return
    export.namespaces = feed.namespaces
    export.feed = export.feed or feed.get("id")


def _entry(fragment: Fragment, export: _Export) -> Iterator[Item]:
    name = export.source.name
    try:
        node, mended = parse_leniently(fragment.text, export.namespaces, depth=export.options.limits.depth)
    except SourceError as error:
        yield fault(name, error.code, f"an entry {error}", line=fragment.line + error.line - 1)
        return
    kind = _kind(node)
    if kind not in _ARTICLES or node.get("blogger:trashed"):
        export.skipped[kind if kind not in _ARTICLES else "trash"] += 1
        return
    problems: tuple[Diagnostic, ...] = ()
    if not fragment.complete:
        problems = (warning(name, Code.TRUNCATED, "the export ends within this entry", line=fragment.line),)
    elif mended:
        line = fragment.line + mended.line - 1
        problems = (warning(name, Code.SYNTAX, f"an entry {mended}; repaired", line=line),)
    yield _article(node, kind, export, problems)


def _kind(node: Node) -> str:
    """``post``, ``page``, ``comment``, … : the older export says so in a category, the one of Takeout in an element."""
    if found := node.get("blogger:type"):
        return found.lower()
    terms = (category.attributes for category in node.all("category"))
    return next((term["term"].rpartition("#")[2] for term in terms if term.get("scheme") == _KIND), "post")


def _article(node: Node, kind: str, export: _Export, problems: tuple[Diagnostic, ...]) -> Article:
    options = export.options
    links = {link.attributes.get("rel", ""): link.attributes.get("href", "") for link in node.all("link")}
    url = links.get("alternate", "")
    place = _PLACE.search(url or node.get("blogger:filename"))
    date, raw = dated(node.get("published"), options.zone)
    content = node.first("content")
    body = "" if content is None else content.markup() if content.attributes.get("type") == "xhtml" else content.text
    status = node.get("blogger:status").lower()
    is_draft = any(draft.text.strip().lower() == "yes" for draft in node.find("app:draft"))
    categories = (category.attributes for category in node.all("category"))
    return Article(
        title=plain_title(node.get("title")),
        body=body,
        date=date,
        date_raw=raw,
        updated=dated(node.get("updated"), options.zone)[0],
        authors=tuple(author.get("name") for author in node.all("author")),
        tags=tuple(term.get("term", "") for term in categories if term.get("scheme", _LABEL) == _LABEL),
        slug=place[1] if place else "",
        source_url=url,
        source_id=node.get("id"),
        feed=export.feed,
        draft=is_draft or status in ("draft", "scheduled"),
        summary=node.get("blogger:metaDescription"),
        kind=kind,
        base_url=url or options.base_url,
        origin=export.source.name,
        problems=problems,
    )
