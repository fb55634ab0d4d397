"""HTML pages: what they say about themselves in meta tags, OpenGraph, JSON-LD and microformats, and their article."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from newscli.importers import json_ld
from newscli.importers.article import Article, Item
from newscli.importers.decoding import read_text
from newscli.importers.input import Input, Options
from newscli.importers.main_text import main_html
from newscli.importers.markup.plain import plain, plain_title
from newscli.importers.moments import dated
from newscli.importers.page import Page, read_page

_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish_time", "publishtime", "publish-date", "og:published_time", "og:release_date", "article:create_at",
    "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.created", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "citation_publication_date", "weibo:article:create_at", "bytedance:published_time",
    "dt-published",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "citation_author")
_TAGS = ("article:tag", "og:article:tag", "keywords", "news_keywords", "parsely-tags", "tags")
_SEPARATOR = re.compile(r"[,，;；、|]")
_LONG = 200


def read(source: Input, options: Options) -> Iterator[Item]:
    """The article of a page."""
    text = read_text(source, options)
    yield article(text.text, source, options)
    yield from text.problems


def article(text: str, source: Input, options: Options) -> Article:
    """A page as an article."""
    page = read_page(text)
    thing = json_ld.find_article(page.json_ld)
    base = urljoin(source.url or options.base_url, page.base)
    url = _url(page, thing, source, base)
    title = _title(page, thing)
    date, raw = _date(page, thing, options)
    body, is_text = _body(page, thing, title, url)
    return Article(
        title=title,
        body=body,
        body_format="text" if is_text else "html",
        date=date,
        date_raw=raw,
        updated=_first_date([json_ld.text(thing.get("dateModified")), page.meta(*_UPDATED)], options)[0],
        authors=tuple(_authors(page, thing)),
        tags=tuple(_tags(page, thing)),
        categories=tuple(
            map(plain_title, page.all_metas("article:section") or json_ld.texts(thing.get("articleSection")))
        ),
        source_url=url,
        source_id=url,
        feed=options.feed or page.meta("og:site_name"),
        summary=plain(
            page.meta("description", "og:description", "twitter:description") or json_ld.text(thing.get("description"))
        ),
        image=page.meta("og:image", "og:image:url", "twitter:image") or json_ld.address(thing.get("image")),
        extra=_extra(page),
        base_url=base or url,
        origin=source.name,
        alone=True,
    )


def _url(page: Page, thing: Mapping[str, Any], source: Input, base: str) -> str:
    candidates = [*page.links["p-canonical"], *page.links["canonical"], page.meta("og:url"), source.url]
    candidates += [json_ld.address(thing.get("url")), json_ld.address(thing.get("mainEntityOfPage"))]
    return next((urljoin(base, candidate) for candidate in candidates if candidate), "")


def _title(page: Page, thing: Mapping[str, Any]) -> str:
    """What the page calls its article: of its names for it the first that is part of what the browser shows as title.

    The browser's title often adds the site; a description may stand where a name is expected.
    """
    shown, heading = page.said("title"), page.said("h1")
    names = (
        page.said("p-name", "headline"),
        json_ld.text(thing.get("headline")),
        page.meta("og:title", "twitter:title"),
    )
    found = [plain_title(name) for name in names if name]
    part = next((name for name in [*found, heading] if name and name in shown), "")
    return part or next(iter(found), "") or shown or heading


def _date(page: Page, thing: Mapping[str, Any], options: Options) -> tuple[datetime | None, str | None]:
    written = [
        json_ld.text(thing.get("datePublished")),
        *(value for name in _DATES for value in page.metas.get(name, ())),
    ]
    written += [
        page.said("datePublished"),
        *page.times[:1],
        page.said("dt-published"),
        json_ld.text(thing.get("dateCreated")),
    ]
    return _first_date(written, options)


def _first_date(written: Iterable[str], options: Options) -> tuple[datetime | None, str | None]:
    """The first that is a date; without one the first that says anything."""
    unreadable = None
    for text in written:
        date, raw = dated(text, options.zone)
        if date:
            return date, None
        unreadable = unreadable or raw
    return None, unreadable


def _authors(page: Page, thing: Mapping[str, Any]) -> list[str]:
    candidates = (
        json_ld.texts(thing.get("author")),
        page.texts["p-author"],
        *(page.metas.get(name, []) for name in _AUTHORS),
        page.texts["author"],
        page.texts["rel-author"],
    )
    for names in candidates:
        found = [plain_title(name) for name in names if name.strip() and "://" not in name]
        if found:
            return found
    return []


def _tags(page: Page, thing: Mapping[str, Any]) -> list[str]:
    candidates = (
        json_ld.texts(thing.get("keywords")),
        *(page.metas.get(name, []) for name in _TAGS),
        page.texts["p-tag"] or page.texts["p-category"],
        page.texts["rel-tag"],
    )
    values = next((values for values in candidates if any(value.strip() for value in values)), [])
    if len(values) == 1:
        values = _SEPARATOR.split(values[0])
    return [plain_title(value) for value in values]


def _body(page: Page, thing: Mapping[str, Any], title: str, url: str) -> tuple[str, bool]:
    """The article, and whether it is plain text: that of the JSON-LD where the page itself shows next to nothing."""
    body = main_html(page, title, url)
    described = json_ld.text(thing.get("articleBody"))
    if len(described) > _LONG and 2 * len(plain(body)) < len(described):
        return described, "<p" not in described
    return body, False


def _extra(page: Page) -> dict[str, Any]:
    found = {"language": page.language, "site_name": page.meta("og:site_name")}
    return {key: value for key, value in found.items() if value}
