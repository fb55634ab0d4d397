"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Iterator, Mapping
from typing import Any

from newscli.importers.article import Article, Item
from newscli.importers.input import Input, Options
from newscli.importers.json_stream import loads
from newscli.importers.markup.plain import plain, plain_title
from newscli.importers.moments import dated
from newscli.importers.problems import Code, SourceError, fault

_USED = frozenset({
    "id", "url", "title", "content_html", "content_text", "summary", "image", "banner_image", "date_published",
    "date_modified", "author", "authors", "tags",
})  # fmt: skip


def read_json_feed(text: str, source: Input, options: Options) -> Iterator[Item]:
    """The items of a JSON Feed.

    Raises:
        SourceError: it is no JSON, or holds no items.
    """
    try:
        feed = loads(text)
    except ValueError as error:
        raise SourceError(Code.SYNTAX, f"is no JSON: {error}", line=getattr(error, "lineno", 1)) from error
    items = feed.get("items") if isinstance(feed, Mapping) else None
    if not isinstance(items, list):
        raise SourceError(Code.SYNTAX, "is a JSON Feed without items")
    for number, item in enumerate(items, 1):
        if isinstance(item, Mapping):
            yield _article(item, feed, source, options)
        else:
            yield fault(source.name, Code.RECORD, f"item {number} is no object")


def _article(item: Mapping[str, Any], feed: Mapping[str, Any], source: Input, options: Options) -> Article:
    date, raw = dated(item.get("date_published"), options.zone)
    content = item.get("content_html")
    image = item.get("image") or item.get("banner_image") or ""
    return Article(
        title=plain_title(_text(item.get("title"))),
        body=_text(content or item.get("content_text")),
        body_format="html" if content else "text",
        date=date,
        date_raw=raw,
        updated=dated(item.get("date_modified"), options.zone)[0],
        authors=tuple(_names(item)) or tuple(_names(feed)),
        tags=tuple(_text(tag) for tag in _list(item.get("tags"))),
        source_url=_text(item.get("url")),
        source_id=_text(item.get("id")),
        feed=options.feed or _text(feed.get("feed_url")) or source.url or _text(feed.get("home_page_url")),
        summary=plain(_text(item.get("summary"))),
        image=_text(image),
        extra={key: value for key, value in item.items() if key not in _USED and value not in (None, "", [], {})},
        base_url=_text(item.get("url") or feed.get("home_page_url")) or options.base_url,
        origin=source.name,
    )


def _names(mapping: Mapping[str, Any]) -> Iterator[str]:
    for author in _list(mapping.get("authors")) or [mapping.get("author")]:
        if isinstance(author, Mapping):
            yield _text(author.get("name"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
