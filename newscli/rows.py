"""Entries as rows of the index's tables, and back."""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import SEPARATOR
from newscli.entry import Entry, shown_path
from newscli.text import fold

_TABLES = """
DROP TABLE IF EXISTS state;
DROP TABLE IF EXISTS folders;
DROP TABLE IF EXISTS names;
DROP TABLE IF EXISTS posts;
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE folders (path TEXT PRIMARY KEY, stamp INTEGER, files TEXT, folders TEXT, stamps BLOB) WITHOUT ROWID;
CREATE TABLE posts (
  post INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, id TEXT NOT NULL, slug TEXT NOT NULL,
  title TEXT, title_folded TEXT, names_folded TEXT NOT NULL,
  moment INTEGER, date TEXT, date_raw TEXT,
  tags TEXT NOT NULL, categories TEXT NOT NULL, authors TEXT NOT NULL,
  layout TEXT, draft INTEGER NOT NULL, words INTEGER, html INTEGER,
  broken INTEGER NOT NULL, problems TEXT NOT NULL, meta TEXT NOT NULL, revision INTEGER NOT NULL
);
CREATE TABLE names (
  kind TEXT, folded TEXT, name TEXT, moment INTEGER, post INTEGER, PRIMARY KEY (kind, folded, moment, post, name)
) WITHOUT ROWID;
"""
_INDEXES = {
    "newest": "posts (moment DESC, path)",
    "broken": "posts (broken) WHERE broken = 1",
    "slugs": "posts (slug)",
}
COLUMNS = "path, id, slug, title, date, date_raw, tags, categories, authors, layout, draft, words, html, problems, meta"
"""What :func:`to_entry` reads, in order."""

_REVISION = "(SELECT CAST(value AS INTEGER) FROM state WHERE name = 'revision')"
_VALUES = f"INTO posts VALUES ({', '.join('?' * 20)}, {_REVISION})"
_INSERT_NAME = "INSERT OR IGNORE INTO names VALUES (?,?,?,?,?)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NEVER = -(1 << 63)
_KINDS = ("tag", "category", "author")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


Name = tuple[str, str, str, int]
"""Kind, folded, as written, when."""
Packed = tuple[tuple[Any, ...], list[Name]]
"""A row of posts without its number, and its rows of names."""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables anew, within the transaction that is open."""
    for statement in _TABLES.split(";"):
        connection.execute(statement)


def index(connection: sqlite3.Connection) -> None:
    """Make the tables quick to search; cheaper after the first posts are in than before."""
    for name, what in _INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")


def pack(entry: Entry) -> Packed:
    """What :func:`insert` needs of an entry; plain values that another process can send."""
    names = _names(entry)
    return _row(entry, names), names


def insert(connection: sqlite3.Connection, packed: Iterable[Packed]) -> None:
    """Add the entries of new paths."""
    first = connection.execute("SELECT coalesce(max(post), 0) + 1 FROM posts").fetchone()[0]
    posts, names = [], []
    for post, (row, named) in enumerate(packed, first):
        posts.append((post, *row))
        names += [(*name, post) for name in named]
    connection.executemany(f"INSERT {_VALUES}", posts)
    connection.executemany(_INSERT_NAME, names)


def update(connection: sqlite3.Connection, entry: Entry) -> str:
    """Make the row of the entry's path say what the entry says.

    Returns:
        ``added``, ``modified`` or ``same``.
    """
    found = connection.execute(f"SELECT post, {COLUMNS} FROM posts WHERE path=?", (entry.path,)).fetchone()  # noqa: S608
    if found is None:
        insert(connection, [pack(entry)])
        return "added"
    post, old = found[0], to_entry(found[1:])
    if replace(old, words=None, html=None) == entry:
        forgotten = f"UPDATE posts SET words=NULL, html=NULL, revision={_REVISION} WHERE post=?"  # noqa: S608
        connection.execute(forgotten, (post,))  # the body may have changed
        return "same"
    _forget_names(connection, post, old)
    row, names = pack(entry)
    connection.execute(f"REPLACE {_VALUES}", (post, *row))
    connection.executemany(_INSERT_NAME, [(*name, post) for name in names])
    return "modified"


def delete(connection: sqlite3.Connection, path: str) -> int:
    """Remove the post at a path; answers how many there were (0 or 1)."""
    path = shown_path(path)
    found = connection.execute(f"SELECT post, {COLUMNS} FROM posts WHERE path=?", (path,)).fetchone()  # noqa: S608
    if found is None:
        return 0
    _forget_names(connection, found[0], to_entry(found[1:]))
    connection.execute("DELETE FROM posts WHERE post=?", (found[0],))
    return 1


def kept(name: str) -> str | bytes:
    """A name of the file system as SQLite takes it: bytes where it is not UTF-8 and so no text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def restored(name: str | bytes) -> str:
    """The name that was kept."""
    return os.fsdecode(name)


def delete_folder(connection: sqlite3.Connection, path: str) -> int:
    """Remove a folder and the posts in it (not below it); answers how many posts there were."""
    row = connection.execute("SELECT files FROM folders WHERE path=?", (kept(path),)).fetchone()
    connection.execute("DELETE FROM folders WHERE path=?", (kept(path),))
    names = restored(row[0]).split("/") if row and row[0] else []
    return sum(delete(connection, f"{path}/{name}" if path else name) for name in names)


def _forget_names(connection: sqlite3.Connection, post: int, entry: Entry) -> None:
    connection.executemany(
        "DELETE FROM names WHERE kind=? AND folded=? AND moment=? AND post=?",
        [(kind, folded, moment, post) for kind, folded, _, moment in _names(entry)],
    )


def _row(entry: Entry, names: Sequence[Name]) -> tuple[Any, ...]:
    return (
        entry.path,
        entry.id,
        entry.slug,
        entry.title,
        None if entry.title is None else fold(entry.title),
        "\n".join([folded for _, folded, *_ in names]),
        None if entry.date is None else _moment(entry.date),
        None if entry.date is None else entry.date.isoformat(),
        entry.date_raw,
        SEPARATOR.join(entry.tags),
        SEPARATOR.join(entry.categories),
        SEPARATOR.join(entry.authors),
        entry.layout,
        entry.draft,
        entry.words,
        entry.html,
        entry.is_broken,
        "[]" if not entry.problems else _json([_problem(problem) for problem in entry.problems]),
        _json(entry.meta),
    )


def _names(entry: Entry) -> list[Name]:
    moment = _NEVER if entry.date is None else _moment(entry.date)
    groups = zip(_KINDS, (entry.tags, entry.categories, entry.authors), strict=True)
    return [(kind, fold(name), name, moment) for kind, names in groups for name in names]


def _moment(date: datetime) -> int:
    return (date - _EPOCH) // _MICROSECOND


def _problem(problem: Diagnostic) -> list[Any]:
    return [problem.line, problem.column, problem.code, problem.severity.value, problem.message]


def to_entry(row: Sequence[Any]) -> Entry:
    """The entry of a row of :data:`COLUMNS`."""
    (
        path,
        post_id,
        slug,
        title,
        date,
        date_raw,
        tags,
        categories,
        authors,
        layout,
        draft,
        words,
        html,
        problems,
        meta,
    ) = row
    return Entry(
        path,
        post_id,
        slug,
        title,
        None if date is None else datetime.fromisoformat(date),
        date_raw,
        _split(tags),
        _split(categories),
        _split(authors),
        layout,
        bool(draft),
        words,
        None if html is None else bool(html),
        () if problems == "[]" else tuple(_diagnostic(path, problem) for problem in json.loads(problems)),
        json.loads(meta),
    )


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(SEPARATOR)) if names else ()


def _diagnostic(path: str, values: Sequence[Any]) -> Diagnostic:
    line, column, code, severity, message = values
    return Diagnostic(path, line, column, code, Severity(severity), message)
