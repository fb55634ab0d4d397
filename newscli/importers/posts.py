"""Posts: one file with front matter in any dialect (Jekyll, Hugo, Hexo, Pelican, Zola), or Markdown without any.

A folder of them is read by :mod:`newscli.importers.archive`, which hands every file that looks like a post to here.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import Dialect, lookup, slug_of
from newscli.importers.article import Article, BodyFormat, Item
from newscli.importers.decoding import decode
from newscli.importers.input import Input, Options
from newscli.importers.markup.plain import plain_title
from newscli.importers.moments import dated
from newscli.post import BrokenPost, Post, parse

_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)|\s*(\S.*)\n=+[ \t]*(?:\n|\Z)")
_UPDATED = ("last_modified_at", "lastmod", "updated", "modified", "update")
_SUMMARY = ("description", "excerpt", "summary")
_IMAGE = ("image", "cover", "thumbnail", "featured_image")
_READ = frozenset([
    "author", "authors", "categories", "category", "date", "draft", "layout", "published", "slug", "source_hash",
    "source_id", "source_url", "status", "tag", "tags", "title",
])  # fmt: skip
_HTML = frozenset([".html", ".htm"])
_NOT_PUBLIC = frozenset(["draft", "hidden", "private"])


def read(source: Input, options: Options) -> Iterator[Item]:
    """The post of a file; one that does not parse is an article of what could be recovered, with its faults."""
    content = decode(source.read(options.limits.document), source, options)
    text = content.text.replace("\r\n", "\n").replace("\r", "\n")
    post = parse(text, source.name, Dialect(zone=options.zone))
    data = {str(key): value for key, value in post.data.items()}
    if post.front_matter.format:
        faults = tuple(_as_warning(problem) for problem in post.problems if problem.code not in ("F004", "F007"))
        yield _article(data, post.body, source, options, _dialect(post, source, options), (*content.problems, *faults))
    else:
        yield _bare(text, source, options, content.problems)


def _dialect(post: Post | BrokenPost, source: Input, options: Options) -> Dialect:
    """Whose reading counts: by the form of the front matter, then by the folder."""
    place = f"/{source.name}"
    if post.front_matter.format == "toml" or "/content/" in place:
        return Dialect("hugo", options.zone)
    if post.front_matter.format == "members" or "/source/" in place:
        return Dialect("hexo", options.zone)
    if any(problem.code == "F004" for problem in post.problems):  # without fences: Hexo or Pelican
        return Dialect("hexo", options.zone)
    return Dialect("jekyll", options.zone)


def _article(
    written: Mapping[str, Any],
    body: str,
    source: Input,
    options: Options,
    dialect: Dialect,
    problems: tuple[Diagnostic, ...],
) -> Article:
    is_pelican = any(key[:1].isupper() for key in written) and dialect.name == "hexo"
    data = {key.lower(): value for key, value in written.items()} if is_pelican else dict(written)
    name = PurePosixPath(source.name).name
    date, raw, _ = dialect.date_of(data, name)
    tags, categories = dialect.tags_of(data), dialect.categories_of(data, "")
    if is_pelican:
        tags, categories = _by_commas(tags), _by_commas(categories)
    used = set(_READ)
    slug = slug_of(data, source.name)
    return Article(
        title=_text(data.get("title")) or _words(slug),
        body=body,
        body_format=_format(name),
        date=date,
        date_raw=raw,
        updated=next((moment for key in _UPDATED if (moment := _take(data, key, used, options))), None),
        authors=dialect.authors_of(data),
        tags=tags,
        categories=categories,
        slug=slug,
        source_url=_text(data.get("source_url") or data.get("canonical_url")),
        source_id=_text(data.get("source_id")),
        feed=options.feed,
        layout=_text(data.get("layout")) or None,
        draft=dialect.is_draft(data, source.name) or _text(data.get("status")).lower() in _NOT_PUBLIC,
        summary=_first(data, _SUMMARY, used),
        image=_picture(data, used),
        extra={key: value for key, value in data.items() if key not in used and not _is_taxonomy(key, data)},
        base_url=options.base_url,
        origin=source.name,
        alone=True,
        problems=problems,
    )


def _bare(text: str, source: Input, options: Options, problems: tuple[Diagnostic, ...]) -> Article:
    """A text without front matter: its first heading is the title, else the name of the file."""
    name = PurePosixPath(source.name).name
    heading = _HEADING.match(text) if _format(name) == "markdown" else None
    date, _, _ = Dialect("jekyll", options.zone).date_of({}, name)
    slug = slug_of({}, name)
    title = plain_title(heading[1] or heading[2]) if heading else _words(slug)
    body = text[heading.end() :] if heading else text
    return Article(
        title=title,
        body=body,
        body_format=_format(name),
        date=date,
        slug=slug,
        base_url=options.base_url,
        origin=source.name,
        alone=True,
        problems=problems,
    )


def _words(slug: str) -> str:
    """The name of a file as a title, as generators make one; empty where it has no letters."""
    return slug.replace("-", " ").replace("_", " ").strip() if any(map(str.isalpha, slug)) else ""


def _format(name: str) -> BodyFormat:
    return "html" if PurePosixPath(name).suffix.lower() in _HTML else "markdown"


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _take(data: Mapping[str, Any], key: str, used: set[str], options: Options) -> Any:
    """The moment under a key, which is used up then; None when it is no date."""
    moment, _ = dated(data.get(key), options.zone) if not isinstance(data.get(key), dict | list) else (None, None)
    if moment:
        used.add(key)
    return moment


def _first(data: Mapping[str, Any], keys: tuple[str, ...], used: set[str]) -> str:
    """The text under the first of these keys that has one; it is used up then."""
    key = next((key for key in keys if isinstance(data.get(key), str) and data[key].strip()), None)
    if key is None:
        return ""
    used.add(key)
    return str(data[key])


def _picture(data: Mapping[str, Any], used: set[str]) -> str:
    """The picture, where it has an address of the web; a path of the site stays under its own key."""
    key = next((key for key in _IMAGE if str(data.get(key, "")).startswith(("http://", "https://"))), None)
    if key is None:
        return ""
    used.add(key)
    return str(data[key])


def _is_taxonomy(key: str, data: Mapping[str, Any]) -> bool:
    """Whether it is Zola's table of tags and categories and holds nothing else."""
    return key == "taxonomies" and not set(lookup(data, key) or {}) - {"tags", "categories"}


def _by_commas(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())


def _as_warning(problem: Diagnostic) -> Diagnostic:
    """A fault of the reader; the post is imported all the same."""
    return Diagnostic(problem.path, problem.line, problem.column, problem.code, Severity.WARNING, problem.message)
