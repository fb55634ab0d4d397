"""Results: what was found in files that have not changed since, under the same rules; a disposable cache.

A result is kept under the file's *stamp* (see :mod:`newscli.sweep`) and a mark of everything else it depends on: the
options, the settings, the files that these name. Beside it are the facts that the rules across posts compare, so that a
post is looked at once, whatever happens to others. A second run then costs what looking at the files costs. The last
few sets of options are kept side by side, so that a hook and a full run do not drive each other out.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, Self

from newscli import __version__, census
from newscli.census import Census
from newscli.finding import INTERNAL, UNREADABLE, Finding
from newscli.finding_json import from_json, to_json
from newscli.store import Store
from newscli.sweep import UNSETTLED

SETS = 4
"""Sets of options whose results are kept."""
_SCHEMA = 4
_PASSING = frozenset([INTERNAL, UNREADABLE])
"""Codes whose findings may be gone although the file stays: faults of the run."""
_ALWAYS = 1 << 40
"""The moment until which a result holds that nothing but the file decides."""
_TABLES = """
DROP TABLE IF EXISTS state; DROP TABLE IF EXISTS folders; DROP TABLE IF EXISTS census;
DROP TABLE IF EXISTS sets; DROP TABLE IF EXISTS results;
CREATE TABLE state (made_for TEXT);
CREATE TABLE sets (options TEXT PRIMARY KEY, used INTEGER, revision INTEGER);
CREATE TABLE results (options TEXT, path TEXT, stamp INTEGER, findings TEXT, until INTEGER, facts TEXT,
  PRIMARY KEY (options, path)) WITHOUT ROWID;
"""


_INSERT = "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)"
_USE = "INSERT OR REPLACE INTO sets SELECT ?, coalesce(max(used), 0) + 1, ? FROM sets"


class Result(NamedTuple):
    """What is known of a file.

    Attributes:
        path: the file, relative to the root.
        findings: what is wrong with it, as :func:`newscli.finding_json.to_json` gives it.
        until: the moment up to which that holds, in seconds of POSIX time.
        facts: what rules across posts compare.
    """

    path: str
    findings: str
    until: int
    facts: str


class Results:
    """The results of one store. Use as a context manager.

    A cache that cannot be read or written is none: nothing is known and nothing is kept.

    Args:
        path: the file; None keeps nothing beyond the run.
        store: whose posts they are of.
        sync: whether the files are looked at, rather than remembered.

    Attributes:
        census: the posts, as the last look found them.
    """

    def __init__(self, path: Path | None, store: Store, *, sync: bool = True) -> None:
        made_for = repr((__version__, _SCHEMA, store.start, store.dialect, store.in_posts, store.ignore))
        try:
            self._connection, self.census = _open(path, made_for, store, sync=sync)
        except sqlite3.DatabaseError as error:
            if path is not None and not isinstance(error, sqlite3.OperationalError):
                path.unlink(missing_ok=True)
            self._connection, self.census = _open(None, made_for, store, sync=sync)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def under(self, mark: str, now: int) -> "Kept":
        """The results under one set of options.

        Args:
            mark: what decides beside the files; equal for equal options only.
            now: the time, in seconds of POSIX time; 0 where the settings say what time it is.
        """
        return Kept(self._connection, self.census, mark, now)


def _open(path: Path | None, made_for: str, store: Store, *, sync: bool) -> tuple[sqlite3.Connection, Census]:
    if path is not None:
        with suppress(OSError):  # opening it will fail
            path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=5, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        if not _is_made_for(connection, made_for):
            connection.executescript(_TABLES + census.TABLES)
            connection.execute("INSERT INTO state VALUES (?)", (made_for,))
        return connection, census.take(connection, store, sync=sync)
    except BaseException:
        connection.close()
        raise


def _is_made_for(connection: sqlite3.Connection, made_for: str) -> bool:
    with suppress(sqlite3.OperationalError):  # there is no such table
        return bool(connection.execute("SELECT made_for FROM state").fetchone() == (made_for,))
    return False


class Kept:
    """The results under one set of options.

    Attributes:
        is_new: whether no run had these options.
    """

    def __init__(self, connection: sqlite3.Connection, posts: Census, mark: str, now: int) -> None:
        self._connection, self._census, self._now = connection, posts, now
        self._options = blake2b(mark.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        found: list[Any] = []
        with suppress(sqlite3.DatabaseError):
            found = self._select("SELECT revision FROM sets WHERE options = ?")
        self.is_new = not found
        self._is_current = found == [(posts.revision,)]

    def known(self, paths: Sequence[str]) -> tuple[list[str], dict[str, str]]:
        """Which of the files have no result that holds, and the findings of the posts that have some."""
        with suppress(sqlite3.DatabaseError), self._connection as connection:
            connection.execute("BEGIN")  # all that follows is read of one state
            if connection.execute("SELECT revision FROM census").fetchone() == (self._census.revision,):
                held = self._held()
                sql = "SELECT path, findings FROM results WHERE options = ? AND findings != '' AND until > ?"
                faulty = {path: found for path, found in self._select(sql, self._now) if path in held}
                sql = "SELECT path FROM results WHERE options = ? AND until <= ?"
                over = {path for (path,) in self._select(sql, self._now)}
                return [path for path in paths if path not in held or path in over], faulty
        return list(paths), {}

    def facts(self) -> dict[str, str]:
        """The facts of all posts that have a result."""
        with suppress(sqlite3.DatabaseError):
            rows = self._select("SELECT path, stamp, facts FROM results WHERE options = ?")
            return {path: facts for path, stamp, facts in rows if self._holds(path, stamp)}
        return {}

    def across(self, paths: Sequence[str], find: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        """What shows across all posts: from the cache where all of them are as they were, else found and kept.

        Args:
            paths: the files it is told of.
            find: finds it.
        """
        state = "\0".join((str(self._census.revision), *paths)).encode("utf-8", "surrogateescape")
        stamp = int.from_bytes(blake2b(state, digest_size=8).digest(), "big", signed=True)
        with suppress(sqlite3.DatabaseError):
            rows = self._select("SELECT findings FROM results WHERE options = ? AND path = '' AND stamp = ?", stamp)
            if rows:
                return from_json(rows[0][0])
        found = tuple(find())
        with suppress(sqlite3.DatabaseError):
            self._write(_INSERT, [(self._options, "", stamp, to_json(found), _ALWAYS, "")])
        return found

    def keep(self, results: Iterable[Result]) -> None:
        """Keep the results of posts."""
        stamps, options = self._census.stamps, self._options
        rows = [(options, path, stamps[path], *rest) for path, *rest in results if path in stamps]
        with suppress(sqlite3.DatabaseError):
            self._write(_INSERT, rows)

    def use(self) -> None:
        """Remember that these options were used last; drop what is known of files that changed, and options of old."""
        with suppress(sqlite3.DatabaseError):
            stale = [] if self._is_current else self._stamps()
            gone = [(self._options, path) for path, stamp in stale if not self._holds(path, stamp)]
            self._write("DELETE FROM results WHERE options = ? AND path = ?", gone)
            self._write(_USE, [(self._options, self._census.revision)])
            sql = "SELECT options FROM sets WHERE options != ? ORDER BY used DESC LIMIT -1 OFFSET ?"
            if old := self._select(sql, SETS - 1):
                self._write("DELETE FROM results WHERE options = ?", old)
                self._write("DELETE FROM sets WHERE options = ?", old)

    def _held(self) -> Mapping[str, object] | set[str]:
        """The posts that have a result."""
        count = self._select("SELECT count(*) FROM results WHERE options = ? AND path != ''")
        if self._is_current and count == [(len(self._census.stamps),)]:
            return self._census.stamps
        return {path for path, stamp in self._stamps() if self._holds(path, stamp)}

    def _stamps(self) -> list[tuple[str, int]]:
        return self._select("SELECT path, stamp FROM results WHERE options = ? AND path != ''")

    def _holds(self, path: str, stamp: int) -> bool:
        return stamp != UNSETTLED and self._census.stamps.get(path) == stamp

    def _select(self, sql: str, *more: object) -> list[Any]:
        return self._connection.execute(sql, (self._options, *more)).fetchall()

    def _write(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write, unless another process has looked at the posts since: what it keeps is newer."""
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT revision FROM census").fetchone() == (self._census.revision,):
                connection.executemany(sql, rows)


def until(findings: Sequence[Finding]) -> int:
    """The moment until which findings hold, when the first passes; 0 for faults of the run."""
    if any(finding.code in _PASSING for finding in findings):
        return 0
    return min((finding.until for finding in findings if finding.until), default=_ALWAYS)
