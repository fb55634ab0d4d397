"""Records: an article from a mapping with any keys, by a map of its keys or by what keys are usually called."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from newscli.diagnostics import Diagnostic
from newscli.errors import ConfigError
from newscli.importers.article import Article, BodyFormat, Item, Skipped
from newscli.importers.input import Input, Options
from newscli.importers.json_stream import loads
from newscli.importers.markup.entities import unescape
from newscli.importers.markup.plain import plain, plain_title
from newscli.importers.moments import dated
from newscli.importers.problems import Code, warning
from newscli.importers.wrapped import unwrap

Record = Mapping[str, Any]

GUESSES: dict[str, str] = {
    "title": "title headline name subject webtitle posttitle articletitle 标题 文章标题 題目",
    "body": "contenthtml bodyhtml html richhtml contentmarkdown bodymarkdown markdown articlebody body content "
    "fulltext contenttext bodytext plaincontent plaintext text 正文 内容 內容",
    "date": "date published publishedat datepublished publisheddate publishdate publishedon pubdate pubtime "
    "publishtime publicationdate postdate postedat showtime firstpublishedat dategmt createdat created datetime "
    "timestamp time 日期 发布时间 发布日期 时间",
    "updated": "updated updatedat dateupdated updatetime modified modifiedat datemodified modifiedgmt lastmodified "
    "lastpublisheddate lastpublishedat",
    "authors": "authors author byline creator writer custombyline 作者",
    "tags": "tags tag keywords labels contenttags topics 标签 关键词",
    "categories": "categories category section maincategory channel column 栏目 分类",
    "slug": "slug urlslug postname urlkey",
    "source_url": "canonicalurl sourceurl url link permalink href liveurl weburl postpageurl",
    "source_id": "id guid uuid uid postid",
    "summary": "summary excerpt description dek subtitle websubtitle abstract customexcerpt digest lead 摘要",
    "image": "featuredimage featureimage coverimage heroimage image imageurl thumbnailurl thumbnail cover",
    "draft": "draft isdraft status publicationstatus ispublished published",
    "kind": "posttype type kind",
    "layout": "layout",
}
"""Field of an article -> what its key may be called, the surest first, in lower case without ``_-`` and blanks."""

_RANKS: dict[str, list[tuple[str, int]]] = {}
for _field, _names in GUESSES.items():
    for _rank, _name in enumerate(_names.split()):
        _RANKS.setdefault(_name, []).append((_field, _rank))
RECORDS = "records"
"""What a map calls the place of the list in a JSON document."""
_NOT_PUBLIC = frozenset({"draft", "pending", "private", "unpublished", "false", "0", "no"})
_PUBLIC_KEYS = frozenset({"ispublished", "published"})
_INNER = (
    "rendered",
    "html",
    "name",
    "displayName",
    "fullOrUserName",
    "title",
    "url",
    "href",
    "value",
    "text",
    "#text",
    "_",
)
_BLOCKS = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|table|blockquote|img|a|section|article|figure|span|strong|em)[\s/>]", re.I
)
_LIST = re.compile(r"[,，;；、|\n]")
_KINDS = frozenset({"post", "page"})
_WEAK_TITLES = frozenset({"name"})


def check_mapping(mapping: Mapping[str, str]) -> None:
    """See that a map names fields of an article.

    Raises:
        ConfigError: a field does not exist.
    """
    for name in mapping:
        if name not in GUESSES and name != RECORDS:
            raise ConfigError(f"--map: an article has no field {name!r}; it has {', '.join(sorted(GUESSES))}.")


def keys(record: Record, mapping: Mapping[str, str]) -> dict[str, str]:
    """Which key of the record holds which field: as the map says, the others as they are usually called."""
    candidates: dict[str, list[tuple[int, str]]] = {}
    seen: set[str] = set()
    for key in record:
        name = _plain_key(str(key))
        for field, rank in () if name in seen else _RANKS.get(name, ()):
            candidates.setdefault(field, []).append((rank, str(key)))
        seen.add(name)
    found = {name: key for name, key in mapping.items() if key and name != RECORDS}
    taken = set(found.values())
    for name in GUESSES:
        for _, key in sorted(candidates.get(name, ())) if name not in mapping else ():
            if key not in taken and _suits(name, key, record[key]):
                found[name] = key
                taken.add(key)
                break
    if found.get("title", "").lower() in _WEAK_TITLES and "title" not in mapping and "body" not in found:
        del found["title"]  # the name of a person or a tag, not of an article
    return found


@lru_cache(maxsize=1024)
def _plain_key(key: str) -> str:
    """A key as the guesses write it."""
    return re.sub(r"[\s_-]", "", key.lower())


def _suits(name: str, key: str, value: object) -> bool:
    """Whether a value can be what its key is taken for: ``published: true`` is no date, a number no title."""
    if value in (None, "", [], {}):
        return False
    if name in ("date", "updated"):
        return not isinstance(value, bool) and any(character.isdigit() for character in str(value))
    return name != "kind" or key == "post_type" or str(value) in _KINDS


def article(record: Record, source: Input, options: Options, *, line: int = 1) -> Article | None:
    """The article a record holds; None when it has neither a title nor a body."""
    record = unwrap(record, options.zone)
    found = keys(record, options.mapping)
    values = {name: pick(record, key) for name, key in found.items()}
    missing = [key for name, key in options.mapping.items() if key and name != RECORDS and values.get(name) is None]
    title, body = text(values.get("title")), text(values.get("body"))
    if not title.strip() and not body.strip():
        return None
    date, raw = _moment(values.get("date"), options)
    problems = [warning(source.name, Code.RECORD, f"the record has no {key!r}", line=line) for key in missing]
    if raw:
        problems.append(warning(source.name, Code.DATE, f"{raw[:80]!r} is no date; kept as source_date", line=line))
    return Article(
        title=plain_title(title),
        body=body,
        body_format=options.body_format or body_format(found.get("body", ""), body),
        date=date,
        date_raw=raw,
        updated=_moment(values.get("updated"), options)[0],
        authors=tuple(names(values.get("authors"))),
        tags=tuple(names(values.get("tags"))),
        categories=tuple(names(values.get("categories"))),
        slug=text(values.get("slug")),
        source_url=text(values.get("source_url")),
        source_id=text(values.get("source_id")),
        feed=options.feed or source.url,
        layout=text(values.get("layout")) or None,
        draft=_draft(found.get("draft", ""), values.get("draft"), record),
        summary=plain(text(values.get("summary"))),
        image=text(values.get("image")),
        kind=text(values.get("kind")) or "post",
        extra=_rest(record, found.values()),
        base_url=options.base_url,
        origin=source.name,
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record and the line it starts on."""

    line: int
    record: Record


def from_records(records: Iterable[Numbered | Diagnostic | Skipped], source: Input, options: Options) -> Iterator[Item]:
    """The articles of records; those without a title and a body are reported once and counted."""
    without = bodyless = 0
    for item in records:
        if not isinstance(item, Numbered):
            yield item
        elif found := article(item.record, source, options, line=item.line):
            yield found
            bodyless += not found.body.strip()
        else:
            without += 1
            if without == 1:
                yield _no_article(item.record, source, item.line)
    if without:
        yield Skipped(source.name, "record without title and body", without)
    if bodyless:
        they = "1 record has" if bodyless == 1 else f"{bodyless:,} records have"
        message = f"{they} a title and no text: if another key holds it, name it with --map body=KEY"
        yield warning(source.name, Code.EMPTY, message)


def pick(record: Record, key: str) -> Any:
    """The value under a key, which may lead through nested mappings and lists by dots; None without one."""
    if key in record:
        return record[key]
    value: Any = record
    for part in key.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def text(value: object) -> str:
    """A value as text: of a mapping what it is for (``rendered``, ``name``, …), of a list its first."""
    for _ in range(4):
        if isinstance(value, Mapping):
            value = next((value[key] for key in _INNER if value.get(key)), None)
        elif isinstance(value, list):
            value = value[0] if value else None
        else:
            break
    return "" if value is None or isinstance(value, bool | Mapping | list) else str(value)


def names(value: object) -> list[str]:
    """The names in a value: a list, a list written as text (JSON, or separated by commas and the like), or one."""
    if isinstance(value, str):
        value = _listed(value)
    parts = value if isinstance(value, list) else [value]
    return [name for part in parts if (name := unescape(_person(part)).strip())]


def _listed(written: str) -> list[Any]:
    """The names in a text: a list in JSON, or names with commas and the like between them."""
    if written.startswith("["):
        try:
            found = loads(written)
        except ValueError:
            written = written.strip("[]")
        else:
            return list(found)
    return _LIST.split(unescape(written))


def _person(value: object) -> str:
    """A name, also where it is written in parts or wrapped once more."""
    if isinstance(value, Mapping):
        if isinstance(inner := value.get("author") or value.get("data"), Mapping):
            value = inner
        parts = [value.get(key) for key in ("first_names", "last_name")]
        if any(parts):
            return " ".join(str(part) for part in parts if part)
    return text(value)


def body_format(key: str, body: str) -> BodyFormat:
    """What a body is written in, by what its key is called, then by what is in it."""
    name = key.lower()
    if "markdown" in name:
        return "markdown"
    if "html" in name:
        return "html"
    return "html" if _BLOCKS.search(body) else "text"


def _moment(value: object, options: Options) -> tuple[datetime | None, str | None]:
    return dated(text(value) if isinstance(value, Mapping | list) else value, options.zone)


def _draft(key: str, value: object, record: Record) -> bool:
    name = re.sub(r"[\s_-]", "", key.lower())
    if isinstance(value, bool) or name in _PUBLIC_KEYS:
        is_yes = value if isinstance(value, bool) else str(value).strip().lower() not in _NOT_PUBLIC
        return not is_yes if name in _PUBLIC_KEYS else bool(is_yes)
    if name in ("draft", "isdraft"):
        return str(value).strip().lower() in ("true", "1", "yes")
    return str(value).strip().lower() in _NOT_PUBLIC or record.get("published") is False


def _rest(record: Record, used: Iterable[str]) -> dict[str, Any]:
    """The keys of the record that nothing was made of; of nested ones what is left."""
    whole = {key for key in used if key in record}
    rest = {str(key): value for key, value in record.items() if key not in whole and value not in (None, "", [], {})}
    for key in used:
        top, _, inner = key.partition(".")
        if key not in whole and isinstance(rest.get(top), dict):
            rest[top] = {
                name: value for name, value in rest[top].items() if name != inner.partition(".")[0] or "." in inner
            }
            if not rest[top]:
                del rest[top]
    return rest


def _no_article(record: Record, source: Input, line: int) -> Diagnostic:
    """What to say of a record that has neither a title nor a body."""
    known = ", ".join(str(key)[:40] for key in list(record)[:12])
    message = f"no title and no body in a record with the keys {known}: name them with --map title=KEY --map body=KEY"
    return warning(source.name, Code.RECORD, message, line=line)
