"""What the tests of queries share: a fixed present, and the index's tables in memory."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone

import pytest

from newscli.entry import Entry
from newscli.query import Query, moment, names_folded, parse, register
from newscli.text import fold

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 12, tzinfo=ZONE)
UNKNOWN = -9223372036854775808

TABLES = """
CREATE TABLE posts (
  post INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, id TEXT NOT NULL, slug TEXT NOT NULL,
  title TEXT, title_folded TEXT, names_folded TEXT, moment INTEGER, date TEXT, date_raw TEXT,
  layout TEXT, draft INTEGER NOT NULL, words INTEGER, html INTEGER,
  broken INTEGER NOT NULL, problems TEXT NOT NULL, meta TEXT NOT NULL
);
CREATE TABLE names (
  kind TEXT, folded TEXT, name TEXT, moment INTEGER, post INTEGER, PRIMARY KEY (kind, folded, moment, post, name)
) WITHOUT ROWID;
"""

Ask = Callable[..., Query]
Find = Callable[[Query, Iterable[Entry]], list[str]]


def _rows(number: int, entry: Entry) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    when = None if entry.date is None else moment(entry.date)
    meta = json.dumps(entry.meta, ensure_ascii=False)
    post = (
        *(number, entry.path, entry.id, entry.slug, entry.title),
        *(None if entry.title is None else fold(entry.title), names_folded(entry), when),
        *(None if entry.date is None else entry.date.isoformat(), entry.date_raw, entry.layout, entry.draft),
        *(entry.words, entry.html, entry.is_broken, "[]", json.dumps(entry.meta) if "\ud800" in meta else meta),
    )
    kinds = (("tag", entry.tags), ("category", entry.categories), ("author", entry.authors))
    names: list[tuple[object, ...]] = [
        (kind, fold(name), name, UNKNOWN if when is None else when, number) for kind, many in kinds for name in many
    ]
    return post, names


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Parses terms at a fixed time in +08:00."""
    return lambda *terms, saved=None: parse(terms, zone=ZONE, now=NOW, saved=saved)


@pytest.fixture(scope="session")
def find() -> Find:
    """The paths of the entries that SQL finds for a query, in its order."""

    def found(query: Query, entries: Iterable[Entry]) -> list[str]:
        connection = sqlite3.connect(":memory:")
        connection.executescript(TABLES)
        register(connection)
        for number, entry in enumerate(entries):
            post, names = _rows(number, entry)
            connection.execute(f"INSERT INTO posts VALUES ({', '.join('?' * len(post))})", post)
            connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?, ?)", names)
        where, parameters = query.where()
        order, more = query.order()
        sql = f"SELECT path FROM posts WHERE {where} ORDER BY {order}"
        paths = [path for (path,) in connection.execute(sql, (*parameters, *more))]
        connection.close()
        return paths

    return found


@pytest.fixture(scope="session")
def scan() -> Find:
    """The same found and ordered by Python."""
    return lambda query, entries: [entry.path for entry in sorted(filter(query.matches, entries), key=query.order_key)]
