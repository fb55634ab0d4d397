"""Feeds: RSS of every version, Atom and RDF through feedparser, JSON Feed by itself.

feedparser is always given bytes of well-formed XML without a document type: its fallback for anything else is built on
``sgmllib``, whose cost grows with the square of what it is given. What is not well-formed is repaired first.
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Article, BodyFormat, Item
from newscli.importers.decoding import read_text
from newscli.importers.input import Input, Options
from newscli.importers.json_feed import read_json_feed
from newscli.importers.markup.plain import plain, plain_title
from newscli.importers.markup.repair import repair
from newscli.importers.markup.xml import without_doctype
from newscli.importers.moments import dated
from newscli.importers.problems import Code, SourceError, warning

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_ADDRESS = re.compile(r"\S+@\S+")
_DATES = ("published", "created", "updated")
_USED = frozenset({
    "title", "title_detail", "content", "summary", "summary_detail", "published", "published_parsed", "created",
    "created_parsed", "updated", "updated_parsed", "authors", "author", "author_detail", "tags", "id",
    "guidislink", "href", "link", "links", "source", "media_thumbnail", "media_content", "image",
})  # fmt: skip


def read(source: Input, options: Options) -> Iterator[Item]:
    """The entries of a feed; that a feed is not well-formed is a warning."""
    text = read_text(source, options)
    yield from text.problems
    content = text.text.lstrip()
    if content.startswith("{"):
        yield from read_json_feed(content, source, options)
        return
    problems: list[Diagnostic] = []
    parsed = _parse(_well_formed(content, source, options, problems), source)
    yield from problems
    if not parsed["version"] and not parsed["entries"]:
        raise SourceError(Code.SYNTAX, "is no feed")
    feed = dict(parsed["feed"])
    for entry in parsed["entries"]:
        yield _article(dict(entry), feed, source, options)


def _well_formed(text: str, source: Input, options: Options, problems: list[Diagnostic]) -> str:
    text = without_doctype(text)
    for attempt in (text, repair(text)):
        try:
            _check(attempt, options.limits.depth)
        except expat.ExpatError as error:
            message = f"is not well-formed XML: {expat.ErrorString(error.code)}; repaired"
            problems.append(warning(source.name, Code.SYNTAX, message, line=error.lineno))
        else:
            return attempt
    problem = problems.pop()
    raise SourceError(Code.SYNTAX, problem.message.removesuffix("; repaired"), line=problem.line)


def _check(text: str, limit: int) -> None:
    """See that a text is well-formed and not too deep."""
    depth = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > limit:
            raise SourceError(
                Code.TOO_BIG, f"has elements more than {limit} levels deep", line=parser.CurrentLineNumber
            )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(text, True)  # noqa: FBT003 - takes no keyword


def _parse(text: str, source: Input) -> Mapping[str, Any]:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8"} | (
        {"content-location": source.url} if source.url else {}
    )
    declared = text.partition("?>")[2] if text.startswith("<?xml") else text
    try:
        parsed = feedparser.parse(
            io.BytesIO(declared.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser promises none and raises AttributeError, KeyError, TypeError …
        raise SourceError(Code.SYNTAX, f"feedparser cannot read it: {type(error).__name__}: {error}") from error
    return {key: parsed.get(key) or default for key, default in (("version", ""), ("entries", []), ("feed", {}))}


def _article(entry: dict[str, Any], feed: dict[str, Any], source: Input, options: Options) -> Article:
    content, is_summary = _content(entry)
    body = str(content.get("value", ""))
    date, raw, updated = _dates(entry, options)
    detail = entry.get("title_detail") or {}
    title = str(entry.get("title", ""))
    url = str(entry.get("link", ""))
    return Article(
        title=plain(title) if detail.get("type") in _HTML_TYPES else plain_title(title),
        body=body,
        body_format=_format(content, body),
        date=date,
        date_raw=raw,
        updated=updated,
        authors=tuple(_names(entry)) or tuple(_names(feed) if not entry.get("source") else ()),
        tags=tuple(str(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", [])),
        source_url=url,
        source_id=str(entry.get("id", "")),
        feed=options.feed or _scope(feed, source),
        summary="" if is_summary or entry.get("summary") == body else plain(str(entry.get("summary", ""))),
        image=_image(entry),
        extra=_extra(entry),
        base_url=content.get("base") or url or str(feed.get("link", "")) or options.base_url,
        origin=source.name,
    )


def _content(entry: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The text of an entry, and whether it is its summary."""
    contents = [dict(content) for content in entry.get("content", []) if str(content.get("value", "")).strip()]
    if contents:
        return max(contents, key=lambda content: (content.get("type") in _HTML_TYPES, len(content["value"]))), False
    return dict(entry.get("summary_detail") or {"value": entry.get("summary", "")}), True


def _format(content: Mapping[str, Any], body: str) -> BodyFormat:
    kind = content.get("type")
    if kind == "text/markdown":
        return "markdown"
    if kind == "text/plain":
        return "text"
    return "html" if kind in _HTML_TYPES or "<" in body else "text"


def _dates(entry: dict[str, Any], options: Options) -> tuple[datetime | None, str | None, datetime | None]:
    """Published, what stands there when it cannot be read, and changed.

    feedparser's own reading of dates is not used: it makes 1 November of ``2004년 05월 28일``.
    """
    moments = {name: dated(entry.get(name), options.zone) for name in _DATES}
    date = next((moments[name][0] for name in _DATES if moments[name][0]), None)
    raw = next((moments[name][1] for name in _DATES if moments[name][1]), None)
    return date, None if date else raw, moments["updated"][0]


def _names(mapping: Mapping[str, Any]) -> list[str]:
    """The names of the authors; their addresses only when there are no names."""
    authors = mapping.get("authors") or []
    named = [str(author.get("name") or author.get("email") or "") for author in authors]
    return [name for name in named if not _ADDRESS.fullmatch(name)] or named


def _scope(feed: dict[str, Any], source: Input) -> str:
    """The feed's own address, where it names it; else whatever tells it from other feeds."""
    own = (str(link.get("href", "")) for link in feed.get("links", []) if link.get("rel") == "self")
    return next(own, "") or source.url or str(feed.get("id") or feed.get("link") or feed.get("title") or "")


def _image(entry: dict[str, Any]) -> str:
    for picture in entry.get("media_thumbnail") or []:
        return str(picture.get("url", ""))
    for link in [*(entry.get("media_content") or []), *entry.get("links", [])]:
        if str(link.get("type", "")).startswith("image/") or link.get("medium") == "image":
            return str(link.get("url") or link.get("href") or "")
    return str((entry.get("image") or {}).get("href", ""))


def _extra(entry: dict[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {
        key: value for key, value in entry.items() if key not in _USED and isinstance(value, str) and value.strip()
    }
    enclosures = [
        {key: str(link[key]) for key in ("href", "type", "length") if link.get(key)}
        for link in entry.get("links", [])
        if link.get("rel") == "enclosure"
    ]
    return extra | ({"enclosures": enclosures} if enclosures else {})
