"""Addresses: where a site generator puts a post, from its front matter, its path and the patterns of the site.

Sources: Jekyll 4.3 ``Drops::UrlDrop``, ``Document#populate_categories``, ``Utils.slugify``, ``Configuration`` (the
pattern of posts is that of their collection, else ``permalink``) and https://jekyllrb.com/docs/permalinks/; Hugo
https://gohugo.io/configuration/permalinks/.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from newscli.dates import DateError, date_from_name, parse_date

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
"""Jekyll's named patterns of posts."""
_HUGO_DEFAULT = "/:sections/:slugorcontentbasename/"
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-")
_JEKYLL_GAP = re.compile(r"[^\w.~!$&'()+,;=@-]+")
_HUGO_DROPPED = re.compile(r"[^\w\s./+~#-]")
_SCHEME_AND_HOST = re.compile(r"\A[a-z][a-z0-9+.-]*://[^/]*")
_KEYS = {"jekyll": ("permalink",), "hexo": ("permalink",), "hugo": ("url",)}
_STROKES = re.compile("/{2,}")
_TOKEN = re.compile(":([a-z]+(?:_[a-z]+)*)")
_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:-[a-z]{2,4})?)\Z")


@dataclass(frozen=True, slots=True)
class Permalinks:
    """The patterns of a site.

    Attributes:
        engine: ``jekyll`` or ``hugo``; other engines have no patterns.
        posts: the pattern of Jekyll's posts, spelled out, or of Hugo's pages without one of their own; empty where the
            site's configuration is not known.
        others: the patterns of Jekyll's other collections, or of Hugo's sections.
    """

    engine: str = ""
    posts: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


def read_permalinks(engine: str, site: Mapping[Any, Any]) -> Permalinks:
    """The patterns that a site's configuration sets.

    Args:
        engine: whose site it is.
        site: its ``_config.yml`` or ``hugo.toml``, parsed; empty where there is none.
    """
    if engine == "jekyll":
        given = _patterns(site.get("collections"), lambda value: value.get("permalink"))
        style = site.get("permalink")
        posts = given.pop("posts", style if isinstance(style, str) and style else "date")
        return Permalinks(engine, STYLES.get(posts, posts), given)
    if engine == "hugo":
        table = {str(key).lower(): value for key, value in site.items()}.get("permalinks")
        if isinstance(table, Mapping) and isinstance(table.get("page"), Mapping):
            table = table["page"]
        return Permalinks(engine, _HUGO_DEFAULT if site else "", _patterns(table, lambda value: value))
    return Permalinks(engine)


def _patterns(table: Any, pattern: Callable[[Any], Any]) -> dict[str, str]:
    found = {}
    for name, value in table.items() if isinstance(table, Mapping) else ():
        try:
            given = pattern(value)
        except AttributeError:  # a collection without a table of its own
            continue
        if isinstance(given, str) and given:
            found[str(name)] = given
    return found


class _Post(NamedTuple):
    """A post under a pattern: its keys, its path in parts, its moment in the zone of the site."""

    data: Mapping[Any, Any]
    folders: tuple[str, ...]
    stem: str
    collection: str
    moment: datetime | None


def address(permalinks: Permalinks, data: Mapping[Any, Any], path: str, zone: tzinfo | None) -> str:
    """The address of a post as a path; empty where it is not certain, or the post is not published.

    Args:
        permalinks: the patterns of the site.
        data: the front matter.
        path: the file, relative to the root of the site.
        zone: the zone of the site; None when nothing names one: then the day counts as written.
    """
    if data.get("published") is False or data.get("draft") is True:
        return ""
    find = _FINDERS.get(permalinks.engine)
    given = _given(data, permalinks.engine)
    is_pattern = permalinks.engine == "jekyll" and (":" in given or given in STYLES)
    if find is None or (given and not is_pattern):
        return plain_address(given) if given and ":" not in given else ""
    found = find(permalinks, data, path, zone)
    return plain_address(found) if found else ""


def plain_address(url: str) -> str:
    """An address as a path without what does not change the page: ``index.html``, ``.html``, strokes at the ends."""
    path = _SCHEME_AND_HOST.sub("", url) if "://" in url else url
    if "//" in path:
        path = _STROKES.sub("/", path)
    return "/" + path.strip("/").removesuffix("index.html").removesuffix(".html").strip("/")


def _given(data: Mapping[Any, Any], engine: str) -> str:
    """The address that the post itself names."""
    for key in _KEYS.get(engine, ("permalink", "url")):
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _fill(pattern: str, tokens: Mapping[str, Callable[[_Post], str]], post: _Post) -> str:
    """The pattern with its tokens filled in; empty when one is unknown or has nothing to say without a date."""
    start, parts = _parts(pattern)
    filled = [start]
    try:
        for name, text in parts:
            filled += (tokens[name](post), text)
    except (KeyError, _UndatedError):
        return ""
    return "".join(filled)


@lru_cache
def _parts(pattern: str) -> tuple[str, list[tuple[str, str]]]:
    """The pattern cut at its tokens: the text before the first; the name of each, and the text behind it."""
    start, *rest = _TOKEN.split(pattern)
    return start, list(zip(rest[::2], rest[1::2], strict=True))


class _UndatedError(Exception):
    """The post has no date that can be read."""


def _dated(form: Callable[[datetime], str]) -> Callable[[_Post], str]:
    def token(post: _Post) -> str:
        if post.moment is None:
            raise _UndatedError
        return form(post.moment)

    return token


def _moment(data: Mapping[Any, Any], name: str, zone: tzinfo | None) -> datetime | None:
    """When a post is dated; a time without a zone is taken for UTC, as Jekyll's reader does."""
    written = data.get("date")
    text = written if isinstance(written, str) else "" if written is None else str(written)
    try:
        if not text.strip():
            day = date_from_name(name)
            return _midnight(day) if day else None
        if _DAY.match(text):
            return _midnight(date.fromisoformat(text))
        moment = parse_date(text, UTC)
    except (DateError, ValueError):
        return None
    return moment.astimezone(zone) if zone else moment


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


# Jekyll


def _jekyll(permalinks: Permalinks, data: Mapping[Any, Any], path: str, zone: tzinfo | None) -> str:
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0]
    if "_posts" in folders:
        dated = _DATED.match(name)
        if not dated:
            return ""
        above, collection, pattern = folders[: folders.index("_posts")], "posts", permalinks.posts
        stem = stem[dated.end() :]
    else:
        collection = folders[0][1:] if folders and folders[0][:1] == "_" else ""
        above, pattern = folders[1:], permalinks.others.get(collection, "")
    if given := _given(data, "jekyll"):
        pattern = STYLES.get(given, given)
    post = _Post(data, tuple(above), stem, collection, _moment(data, name, zone))
    return _fill(pattern, _JEKYLL, post) if pattern else ""


def _categories(post: _Post) -> str:
    named = [post.data.get("categories"), post.data.get("category")]
    words = named[0].split() if isinstance(named[0], str) else named[0] if isinstance(named[0], list) else []
    more = named[1] if isinstance(named[1], list) else [named[1]] if named[1] else []
    above = post.folders if post.collection == "posts" else ()
    return "/".join(dict.fromkeys([str(name).lower() for name in (*above, *words, *more)]))


def _slug(post: _Post) -> str:
    """Jekyll's slug in the ``pretty`` mode, its letters kept."""
    given = post.data.get("slug")
    return _JEKYLL_GAP.sub("-", str(given) if given else post.stem).strip("-")


_JEKYLL: dict[str, Callable[[_Post], str]] = {
    "categories": _categories,
    "collection": lambda post: post.collection,
    "name": lambda post: _JEKYLL_GAP.sub("-", post.stem).strip("-").lower(),
    "output_ext": lambda _post: ".html",
    "path": lambda post: "/".join([*post.folders, post.stem]),
    "title": _slug,
    "slug": lambda post: _slug(post).lower(),
    "year": _dated(lambda moment: f"{moment.year:04}"),
    "short_year": _dated(lambda moment: f"{moment:%y}"),
    "month": _dated(lambda moment: f"{moment.month:02}"),
    "i_month": _dated(lambda moment: str(moment.month)),
    "short_month": _dated(lambda moment: f"{moment:%b}"),
    "long_month": _dated(lambda moment: f"{moment:%B}"),
    "day": _dated(lambda moment: f"{moment.day:02}"),
    "i_day": _dated(lambda moment: str(moment.day)),
    "y_day": _dated(lambda moment: f"{moment:%j}"),
    "short_day": _dated(lambda moment: f"{moment:%a}"),
    "long_day": _dated(lambda moment: f"{moment:%A}"),
    "week": _dated(lambda moment: f"{moment:%V}"),
    "w_day": _dated(lambda moment: f"{moment:%u}"),
    "w_year": _dated(lambda moment: f"{moment:%G}"),
    "hour": _dated(lambda moment: f"{moment:%H}"),
    "minute": _dated(lambda moment: f"{moment:%M}"),
    "second": _dated(lambda moment: f"{moment:%S}"),
}


# Hugo


def _hugo(permalinks: Permalinks, data: Mapping[Any, Any], path: str, zone: tzinfo | None) -> str:
    folders = path.removeprefix("content/").split("/")
    stem, language = folders.pop().rpartition(".")[0], ""
    if translated := _LANGUAGE.match(stem):
        stem, language = translated[1], f"/{translated[2]}"
    if stem == "_index" or data.get("headless") is True:
        return ""
    if stem == "index":
        stem = folders.pop() if folders else ""
    post = _Post(data, tuple(folders), stem, "", _moment(data, "", zone))
    pattern = (
        permalinks.others.get(folders[0] if folders else "", "") or permalinks.others.get("/", "") or permalinks.posts
    )
    filled = _fill(pattern, _HUGO, post) if "[" not in pattern else ""  # a slice, as in :sections[1:]
    return language + _urlized(filled) if filled else ""


def _urlized(text: str) -> str:
    """As Hugo writes it into an address: small letters, dashes for blanks, without most punctuation."""
    return re.sub(r"\s+", "-", _HUGO_DROPPED.sub("", text.strip())).lower()


def _text(post: _Post, key: str) -> str:
    value = post.data.get(key)
    return str(value).strip().replace("/", "-") if isinstance(value, str | int) else ""


_HUGO: dict[str, Callable[[_Post], str]] = {
    "contentbasename": lambda post: post.stem,
    "filename": lambda post: post.stem,
    "section": lambda post: post.folders[0] if post.folders else "",
    "sections": lambda post: "/".join(post.folders),
    "slug": lambda post: _text(post, "slug") or _text(post, "title") or post.stem,
    "slugorcontentbasename": lambda post: _text(post, "slug") or post.stem,
    "slugorfilename": lambda post: _text(post, "slug") or post.stem,
    "title": lambda post: _text(post, "title"),
    "year": _dated(lambda moment: f"{moment.year:04}"),
    "month": _dated(lambda moment: f"{moment.month:02}"),
    "monthname": _dated(lambda moment: f"{moment:%B}"),
    "day": _dated(lambda moment: f"{moment.day:02}"),
    "weekday": _dated(lambda moment: str(moment.isoweekday() % 7)),
    "weekdayname": _dated(lambda moment: f"{moment:%A}"),
    "yearday": _dated(lambda moment: f"{moment:%j}".lstrip("0")),
}

_FINDERS = {"hugo": _hugo, "jekyll": _jekyll}
