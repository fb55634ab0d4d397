"""An article as a post: what its front matter and its body say, and the text of the file."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

from newscli import __version__
from newscli.dialect import ASTRO_DATES
from newscli.emit import Moment, dump
from newscli.importers.article import Article
from newscli.importers.clean import clean
from newscli.importers.liquid import wrap_liquid
from newscli.importers.markup.plain import one_line, plain
from newscli.ledger import Identity, identify
from newscli.text import fold

Target = Literal["markdown", "text"]
HASH = "source_hash"
_LONGEST_EXTRA = 1 << 14
"""Characters of a key of the source that is kept; longer ones are texts of their own."""
_MARKDOWN = re.compile(r"\n[ \t]*\n {0,3}!?\[[^\[\]\n]+\]\([^()\s]+\)")
"""A paragraph that begins with a link or picture of Markdown: what scrapers put beneath the HTML of a page."""
_OWN = frozenset(["layout", "title", "date", "categories", "tags", "author", "source_url", "source_id", HASH])
_READ = frozenset(["category", "tag", "authors", "published", "draft"])  # what a generator reads; not for extras
_NAMES: Mapping[str, tuple[str, str, str]] = {  # of the date, of that of the last change, and of the summary
    "jekyll": ("date", "last_modified_at", "excerpt"),
    "plain": ("date", "updated", "summary"),
    "astro": (ASTRO_DATES[0], "updatedDate", "description"),
    "hugo": ("date", "lastmod", "summary"),
    "hexo": ("date", "updated", "excerpt"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How articles become posts.

    Attributes:
        dialect: whose keys and forms are written.
        to: what HTML in bodies is converted to; None leaves it.
        raw: whether scripts and Liquid from outside stay as they are.
        layout: the layout; None for the source's or the dialect's own.
        tags, categories: added to every post.
        values: keys with values that every post gets, over its own.
        date_key: the key of the date; empty for the dialect's own.
    """

    dialect: str = "jekyll"
    to: Target | None = None
    raw: bool = False
    layout: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    date_key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A post that is ready to be written.

    Attributes:
        data: its front matter, keys in order.
        body: its body.
        warnings: what went otherwise than asked, and what was left out.
    """

    data: Mapping[str, Any]
    body: str
    warnings: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """The ``source_hash`` it bears."""
        return str(self.data[HASH])

    @property
    def text(self) -> str:
        """The text of the file."""
        return f"---\n{dump(self.data)}---\n{self.body}"


def identity_of(article: Article) -> Identity:
    """What tells the article from all others."""
    content = ""
    if not article.source_id and not article.source_url:
        body = (article.body_format == "html" and plain(article.body)) or one_line(
            article.body
        )  # a picture has no text
        content = "\n".join([fold(article.title), article.date.isoformat() if article.date else "", fold(body)])
    return identify(
        feed=article.feed,
        guid=article.source_id,
        url=article.source_url,
        origin=article.origin,
        content=content,
        title=fold(article.title) if article.alone else "",
    )


def cleaned(article: Article, style: Style) -> Article:
    """The article with a body that is safe to keep and its links whole; Liquid is dealt with at the very end."""
    return clean(article, raw=style.raw, liquid=False)


def draft(article: Article, identity: Identity, style: Style) -> Draft:
    """The post of an article that was cleaned.

    Raises:
        ConfigError: a library that the conversion needs is not installed.
    """
    body, warnings = _body(article, style)
    data = {**_front_matter(article, identity, style), HASH: ""}
    extra, left_out = _extra(article, frozenset(data))
    data |= extra | dict(style.values)
    data[HASH] = fingerprint(data, body)
    return Draft(data, body, (*warnings, *left_out))


def fingerprint(data: Mapping[str, Any], body: str) -> str:
    """The hash of what a post says: the values of its front matter, in whatever form they are written, and its body."""
    values = {key: value for key, value in data.items() if key != HASH}
    written = json.dumps(values, sort_keys=True, ensure_ascii=True, default=str) + "\n" + body
    return blake2b(written.encode("utf-8", "replace"), digest_size=12).hexdigest()


def digest(article: Article, style: Style) -> bytes:
    """A hash of all that a post is made of: the article as it was read, the style, this version of newscli."""
    said = (__version__, replace(article, problems=(), origin=""), style)
    return blake2b(repr(said).encode("utf-8", "replace"), digest_size=12).digest()


def _body(article: Article, style: Style) -> tuple[str, tuple[str, ...]]:
    body: str = article.body
    warnings: tuple[str, ...] = ()
    if style.to:
        from newscli.converters import convert

        is_html = article.body_format == "html" and not _MARKDOWN.search(body)
        conversion = convert(body, to=style.to, source="html" if is_html else "mixed")
        body, warnings = conversion.text, conversion.warnings
    if not style.raw and style.dialect not in ("astro", "hugo"):
        body = wrap_liquid(body)
    body = body.strip("\n")
    return (f"{body}\n" if body.strip() else ""), warnings


def _front_matter(article: Article, identity: Identity, style: Style) -> dict[str, Any]:
    """The keys that have a place of their own, those without a value left out."""
    published, changed, summary = _NAMES[style.dialect]
    values: dict[str, Any] = {
        "layout": style.layout or _layout(article, style),
        "title": article.title,
        style.date_key or published: _date(article.date, style) if article.date else None,
        "source_date": article.date_raw if article.date is None else None,  # as a date it would stop a generator
        "categories": _names(article.categories, style.categories),
        "tags": _names(article.tags, style.tags),
        "author": article.authors[0] if len(article.authors) == 1 else list(article.authors),
        "source_url": identity.url,
        "source_id": identity.id,
        changed: _date(article.updated, style) if article.updated else None,
        summary: article.summary,
        "image": article.image,
    }
    found = {key: value for key, value in values.items() if value not in (None, "", [])}
    if article.draft:
        found |= {"draft": True} if style.dialect in ("astro", "hugo", "plain") else {"published": False}
    return found


def _layout(article: Article, style: Style) -> str | None:
    if article.layout or style.dialect in ("astro", "hugo", "plain"):
        return article.layout
    return "page" if article.kind == "page" else "post"


def _date(moment: datetime, style: Style) -> Moment:
    """A date with its zone, in the form that the generator's parser takes for one."""
    if style.dialect in ("astro", "hugo", "hexo"):
        return Moment(moment.isoformat())
    fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
    return Moment(f"{moment.year:04}{moment:-%m-%d %H:%M:%S}{fraction} {moment:%z}")


def _names(own: tuple[str, ...], added: tuple[str, ...]) -> list[str]:
    """The names, each once whatever the case of its letters."""
    return list({fold(name): name for name in reversed((*own, *added))}.values())[::-1]


def _extra(article: Article, taken: frozenset[str]) -> tuple[dict[str, Any], list[str]]:
    """The keys of the source that have no place of their own, and what to say of those that are not kept."""
    found: dict[str, Any] = {}
    left_out = []
    left = _OWN | _READ
    for key, value in article.extra.items():
        if key in taken or key.lower() in left | taken or value in (None, "", [], {}):
            continue
        size = len(value) if isinstance(value, str) else len(json.dumps(value, default=str))
        if size > _LONGEST_EXTRA or len(key) > 200:
            left_out.append(f"the key {key[:40]!r} is left out: its value has {size:,} characters")
        else:
            found[key] = value
    return found, left_out


def with_labels(style: Style, tags: tuple[str, ...], categories: tuple[str, ...]) -> Style:
    """The style with the tags and categories of one source beside its own."""
    if not tags and not categories:
        return style
    return replace(style, tags=(*style.tags, *tags), categories=(*style.categories, *categories))
