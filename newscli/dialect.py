"""What a site generator makes of a front matter: tags, categories, authors, drafts, dates, and what breaks a post.

The readings are those of Jekyll 4 (``Utils.pluralized_array_from_hash``, ``Document#populate_categories`` and
``#categories_from_path``), Hugo (a string is one term; keys of any case), Hexo (a string is one term; categories may
nest) and Astro (a string is one term; the site names its keys, most of them as the starters do).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newscli.dates import DateError, date_from_name, parse_date
from newscli.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from newscli.front_matter import Fault

NAMES = ("astro", "hexo", "hugo", "jekyll", "plain")
"""The dialects; ``plain`` is a folder that no generator claims and is read as Jekyll reads."""

ASTRO_DATES = ("pubDate", "pubDatetime", "publishDate")
"""What Astro's starters and common themes call the date, where there is no ``date``."""
SEPARATOR = "\x1f"
"""What no name of a tag, category or author holds (ASCII's unit separator)."""
_DATED = re.compile(r"^\d{2,4}-\d{1,2}-\d{1,2}-")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a site reads its posts.

    Attributes:
        name: one of :data:`NAMES`.
        zone: the zone of dates written without one.
        tags, categories, authors: keys read instead of the dialect's own, tried in order; dotted when nested.
        drafts: whether every post is a draft (the store is a ``_drafts`` folder).
    """

    name: str = "plain"
    zone: tzinfo = UTC
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    drafts: bool = False
    _splits: bool = field(init=False, repr=False, compare=False, default=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_splits", self.name in ("jekyll", "plain"))

    def keyed(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data under the keys that are looked for; Hugo takes a key in any case."""
        if self.name != "hugo":
            return data
        return {str(key).lower(): value for key, value in data.items()} | dict(data)

    def tags_of(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """The tags; ``tag`` is one value and wins over ``tags`` (Jekyll)."""
        if self.tags:
            return self._first_of(data, self.tags)
        data = self.keyed(data)
        if _is_set(one := data.get("tag")):
            return _unique(_flat(one))
        return self._terms(data, "tags")

    def categories_of(self, data: Mapping[str, Any], path: str) -> tuple[str, ...]:
        """The categories: under Jekyll the folders above ``_posts``, then ``categories``, then ``category``."""
        above = _folders_above_posts(path.rpartition("/")[0]) if self.name == "jekyll" else ()
        if self.categories:
            named = self._first_of(data, self.categories)
        else:
            data = self.keyed(data)
            named = self._terms(data, "categories")
            if _is_set(one := data.get("category")):
                named = _unique((*named, *_flat(one)))
        return _unique((*above, *named)) if above else named

    def authors_of(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """The authors; a string is one name, a mapping is its ``name``."""
        data = self.keyed(data)
        for key in self.authors or ("author", "authors"):
            if value := lookup(data, key):
                return _unique(_flat(value))
        return ()

    def _first_of(self, data: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
        """The terms under the first of the keys that is there."""
        value = next((value for key in keys if (value := lookup(data, key)) is not None), None)
        return self._split(value)

    def _terms(self, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """The terms under a key, else those in Zola's table of taxonomies."""
        if (value := data.get(key)) is None and isinstance(taxonomies := data.get("taxonomies"), dict):
            value = taxonomies.get(key)
        return self._split(value)

    def _split(self, value: Any) -> tuple[str, ...]:
        if type(value) is str and self._splits:
            return _words(value)
        if type(value) is bool and self._splits:
            return ()  # Jekyll takes texts and lists
        return _unique(_flat(value)) if value is not None else ()

    def date_of(self, data: Mapping[str, Any], path: str) -> tuple[datetime | None, str | None, str]:
        """When the post was published: the key of the date, else the file name, else nothing.

        Returns:
            The date, the raw value when it cannot be read, and the reason why it cannot (or an empty string).
        """
        data = self.keyed(data)
        written = data.get(date_key(data, self.name))
        if written is not None and written != "":
            text = written if isinstance(written, str) else str(written)
            try:
                return parse_date(text, self.zone), None, ""
            except DateError as error:
                return None, text, str(error)
        name = path.rpartition("/")[2]
        try:
            day = date_from_name(name)
        except DateError as error:
            return None, name, str(error)
        return (datetime(day.year, day.month, day.day, tzinfo=self.zone) if day else None), None, ""

    def is_draft(self, data: Mapping[str, Any], path: str) -> bool:
        """Whether the post is not to be published: ``draft: true``, ``published: false``, or a ``_drafts`` folder."""
        data = self.keyed(data)
        return data.get("draft") is True or data.get("published") is False or self.drafts or "/_drafts/" in f"/{path}"

    def severity(self, fault: "Fault") -> Severity | None:
        """How much a fault of the reader matters here; None when this dialect accepts the form."""
        if fault.code == "F004" and self.name == "hexo" and "Hexo" in fault.message:
            return None
        if fault.code == "Y106" or (fault.code == "F007" and self.name != "jekyll"):
            return Severity.WARNING
        return Severity.ERROR


def date_key(data: Mapping[Any, Any], name: str) -> str:
    """The key that holds the date: ``date``, or the one that stands in for it on an Astro site."""
    if name != "astro" or "date" in data:
        return "date"
    return next((key for key in ASTRO_DATES if key in data), "date")


PLAIN = Dialect()
"""A folder that no generator claims, in UTC."""


def lookup(data: Mapping[str, Any], key: str) -> Any:
    """The value of a key, dotted when nested (a key that itself holds the dot comes first); None without one."""
    if key in data:
        return data[key]
    first, dot, rest = key.partition(".")
    inner = data.get(first) if dot else None
    return lookup(inner, rest) if isinstance(inner, dict) else None


def _flat(value: Any) -> Iterable[str]:
    """The names in a value: lists flattened, mappings by their ``name``, nothing for null."""
    if isinstance(value, list | tuple | set):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        yield from _flat(value.get("name") or list(value))
    elif value is not None:
        yield ("true" if value else "false") if isinstance(value, bool) else str(value).replace(SEPARATOR, " ").strip()


def _is_set(value: Any) -> bool:
    """Whether a value counts in Ruby: all but null and false do."""
    return value is not None and value is not False


def _unique(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(name) for name in names if name is not None and name != ""))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return _unique(text.split())


@lru_cache(maxsize=1024)
def _folders_above_posts(folder: str) -> tuple[str, ...]:
    folders = folder.split("/")
    place = next((place for place, name in enumerate(folders) if name in ("_posts", "_drafts")), 0)
    return tuple(folders[:place])


def slug_of(data: Mapping[str, Any], path: str) -> str:
    """The slug: what the front matter says, else the file name without date and ending (a bundle's folder name)."""
    written = data.get("slug")
    if isinstance(written, str) and written.strip():
        return written.strip()
    folder, _, name = path.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    stem = stem if dot else name
    if stem in ("index", "_index") and folder:
        stem = folder.rpartition("/")[2]
    return _DATED.sub("", stem) or stem or name


def diagnose(text: str, path: str, faults: Iterable["Fault"], dialect: Dialect) -> tuple[Diagnostic, ...]:
    """The reader's faults as diagnostics with line and column in the file."""
    found = []
    for fault in faults:
        if (severity := dialect.severity(fault)) is not None:
            line, column = position(text, fault.offset)
            message = fault.message.encode("utf-8", "replace").decode()  # it may name what is no character
            found.append(Diagnostic(path, line, column, fault.code, severity, message))
    return tuple(found)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in code points; a byte order mark takes no column."""
    end = "\r" if "\n" not in text else "\n"
    line_start = text.rfind(end, 0, offset) + 1
    mark = 1 if line_start == 0 and text.startswith("\ufeff") and offset else 0
    return text.count(end, 0, offset) + 1, offset - line_start + 1 - mark
