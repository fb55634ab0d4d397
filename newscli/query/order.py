"""The order of a listing, as SQL and as a key for ``sorted``; both order the same."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from newscli.entry import Entry
from newscli.query.meta import sort_value
from newscli.query.terms import NOWHERE, Origin, Sql, moment
from newscli.text import fold

COLUMNS: dict[str, tuple[str, Callable[[Entry], Any]]] = {
    "date": ("moment", lambda entry: None if entry.date is None else moment(entry.date)),
    "title": ("title_folded", lambda entry: None if entry.title is None else fold(entry.title)),
    "path": ("path", lambda entry: entry.path),
    "words": ("words", lambda entry: entry.words),
    "slug": ("slug", lambda entry: entry.slug),
    "id": ("id", lambda entry: entry.id),
}
"""What is sorted by its own column; any other name is a key of the front matter."""


class SortKey(NamedTuple):
    """One field to sort by; posts without it come last, whichever the direction."""

    name: str
    descending: bool = False
    origin: Origin = NOWHERE

    def sql(self) -> Sql:
        """The term of ORDER BY. NULL is SQLite's least value, so that it is last in descending order anyway."""
        direction = "DESC" if self.descending else "ASC NULLS LAST"
        if self.name in COLUMNS:
            return f"{COLUMNS[self.name][0]} {direction}", []
        return f"newscli_sort(meta, ?) {direction}", [self.name]

    def value(self, entry: Entry) -> tuple[Any, ...]:
        """What ``sorted`` compares: numbers before texts, as SQLite has it."""
        value = COLUMNS[self.name][1](entry) if self.name in COLUMNS else sort_value(entry.meta, self.name)
        if value is None:
            return (1,)
        ranked = (isinstance(value, str), value)
        return 0, _Descending(ranked) if self.descending else ranked

    def explain(self) -> str:
        """The field and its direction."""
        return f"{self.name} descending" if self.descending else self.name


NEWEST_FIRST = (SortKey("date", descending=True),)
"""The order of a query that names none."""


class _Descending(tuple[bool, Any]):
    """A value that sorts the other way round."""

    __slots__ = ()

    def __lt__(self, other: tuple[Any, ...]) -> bool:
        return super().__gt__(other)


def order_sql(keys: tuple[SortKey, ...]) -> Sql:
    """The whole ORDER BY without these words; ties are broken by the path."""
    parts = [key.sql() for key in with_ties(keys)]
    return ", ".join(sql for sql, _ in parts), [name for _, names in parts for name in names]


def order_key(keys: tuple[SortKey, ...], entry: Entry) -> tuple[Any, ...]:
    """The same for ``sorted``."""
    return tuple(key.value(entry) for key in with_ties(keys))


def with_ties(keys: tuple[SortKey, ...]) -> tuple[SortKey, ...]:
    """The keys, newest first when there are none, and the path when it is not among them."""
    keys = keys or NEWEST_FIRST
    return keys if any(key.name == "path" for key in keys) else (*keys, SortKey("path"))


def parse_sort(origin: Origin) -> tuple[SortKey, ...]:
    """The keys of ``date-,title``: a ``-`` behind a name turns its direction round.

    Raises:
        QueryError: a name is missing or is none.
    """
    keys, start = [], 0
    for item in re.split("[,，]", origin.typed):
        place = origin.part(start, start + len(item))
        match = re.fullmatch(r"\s*([^\W\d][\w.\-]*?)([-+]?)\s*", item)
        if match is None:
            raise place.error("This is nothing to sort by.", "Write names with commas between: sort:date-,title")
        name = match[1].removeprefix("meta.")
        keys.append(SortKey(_built_in(name), match[2] == "-", place.part(match.start(1), match.end(1))))
        start += len(item) + 1
    return tuple(keys)


def _built_in(name: str) -> str:
    lowered = name.lower()
    return lowered if lowered in COLUMNS else name
