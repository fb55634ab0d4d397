"""The index: a disposable SQLite cache of entries, brought up to date with the files before it answers.

What counts as unchanged: every folder and file is compared with its *stamp* of the last look: modification and change
time in nanoseconds and size, folded into one number. Nothing is concluded from the clock alone, so a clock that jumps
misses no change. A stamp younger than :data:`newscli.sweep.SLACK` when it was taken cannot vouch for its file, since a
later write may bear the same time (git calls such entries racy): it is kept as "unsettled", which no file ever equals,
and the file is read again next time.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from newscli import __version__, rows
from newscli.caches import index_path
from newscli.entry import Entry
from newscli.errors import StoreError
from newscli.query import Query, one_by_one, register
from newscli.reading import read_packed
from newscli.store import Store
from newscli.sweep import UNSETTLED, Folder, Work, take_stamps

SCHEMA = 3
"""Raised whenever the tables, or what is read into them, change between releases."""
_WAIT = 60.0
_MANY = 2000
"""Matches from which on the newest ones are looked for one by one, rather than all found and sorted."""

Progress = Callable[[int, int], object]
"""Called with the number of files read since the last call, and how many are to be read in all."""


@dataclass(slots=True)
class Changes:
    """What a refresh found: how many posts came, changed and went; and the folders that could not be read."""

    added: int = 0
    modified: int = 0
    removed: int = 0
    unreadable: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.modified or self.removed)


class Index:
    """The entries of one store, in SQLite.

    Use as a context manager; :meth:`refresh` brings it up to date, :meth:`find` answers queries.

    Attributes:
        path: the file; None while it lives in memory because the cache folder cannot be written.
        note: what to tell the user about the index itself, such as that it was rebuilt; empty when nothing.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self.store = store
        path = index_path(store, folder)
        self.path: Path | None = path
        self.note = ""
        self._connection = self._open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # Opening

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return self._prepare(sqlite3.connect(path, timeout=_WAIT, isolation_level=None))
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return self._start_over(path, f"the index was damaged ({error}); building it anew")
            reason = str(error)
        except OSError as error:
            reason = error.strerror or str(error)
        self.note = f"the cache {path} cannot be written ({reason}); working in memory"
        self.path = None
        return self._prepare(sqlite3.connect(":memory:", isolation_level=None))

    def _start_over(self, path: Path, note: str) -> sqlite3.Connection:
        self.note = note
        remove_index(path)
        return self._prepare(sqlite3.connect(path, timeout=_WAIT, isolation_level=None))

    def _prepare(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")  # a cache: lost is rebuilt, damaged is noticed
        connection.execute("PRAGMA cache_size=-131072")
        register(connection)
        if self._is_current(connection):
            return connection
        connection.execute("BEGIN IMMEDIATE")
        if not self._is_current(connection):
            rows.create(connection)
            made = (("made for", self._fingerprint()), ("identity", os.urandom(8).hex()), ("revision", 0))
            connection.executemany("INSERT INTO state VALUES (?, ?)", made)
        connection.execute("COMMIT")
        return connection

    def _is_current(self, connection: sqlite3.Connection) -> bool:
        try:
            found = connection.execute("SELECT value FROM state WHERE name='made for'").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return False
            raise
        return found is not None and found[0] == self._fingerprint()

    def _fingerprint(self) -> str:
        """What rows depend on beside the files: another reading of front matter makes another index."""
        store = self.store
        return repr(
            (__version__, SCHEMA, str(store.root), store.start, repr(store.dialect), store.in_posts, store.ignore)
        )

    # Keeping up with the files

    def refresh(self, progress: Progress | None = None) -> Changes:
        """Bring the index up to date with the files.

        Args:
            progress: told of files as they are read.

        Raises:
            StoreError: another process has held the index for a minute.
        """
        known = self._folders()
        changed, gone = take_stamps(self.store, known)
        if not changed and not gone:
            return Changes()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the index is held by another newscli ({error}); wait for it, or list what it has with --no-sync"
            ) from error
        try:
            self._connection.execute("UPDATE state SET value = value + 1 WHERE name='revision'")
            changes = self._apply(changed, gone, progress or (lambda _done, _all: None))
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return changes

    def version(self) -> tuple[str, int]:
        """Which index this is, and its revision: a number that grows with every refresh that read or lost a file.

        The column ``revision`` of a post is that of the refresh that read it last.
        """
        found = dict(self._connection.execute("SELECT name, value FROM state WHERE name IN ('identity', 'revision')"))
        return str(found["identity"]), int(found["revision"])

    def _folders(self) -> dict[str, Folder]:
        found = self._connection.execute("SELECT path, stamp, files, folders, stamps FROM folders")
        had = rows.restored
        return {
            had(path): Folder(had(path), stamp, had(files), had(folders), stamps)
            for path, stamp, files, folders, stamps in found
        }

    def _apply(self, changed: Iterable[Folder], gone: Iterable[str], progress: Progress) -> Changes:
        changes = Changes()
        for path in gone:
            changes.removed += rows.delete_folder(self._connection, path)
        # Read again what is known: another process may have been here since the look that found the changes.
        known = self._folders()
        works = [Work.between(known.get(folder.path), folder) for folder in changed]
        total = sum(len(work.fresh) + len(work.stale) for work in works)
        for work in works:
            self._apply_folder(work, changes, lambda count: progress(count, total))
        rows.index(self._connection)
        return changes

    def _apply_folder(self, work: Work, changes: Changes, progress: Callable[[int], object]) -> None:
        folder = work.folder
        prefix = f"{folder.path}/" if folder.path else ""
        for name in work.gone:
            changes.removed += rows.delete(self._connection, prefix + name)
        for done, packed in read_packed(self.store, folder.path, work.fresh):
            rows.insert(self._connection, packed)
            changes.added += len(packed)
            progress(done)
        for name, entry in self.store.read_entries(folder.path, work.stale):
            self._replace(prefix + name, entry, work.before[name], changes)
            progress(1)
        if folder.error:
            changes.unreadable.append(f"{folder.path or '.'}: {folder.error}")
        self._connection.execute(
            "INSERT OR REPLACE INTO folders VALUES (?,?,?,?,?)",
            (rows.kept(folder.path), folder.stamp, rows.kept(folder.files), rows.kept(folder.folders), folder.stamps),
        )

    def _replace(self, path: str, entry: Entry | None, before: int, changes: Changes) -> None:
        if entry is None:
            changes.removed += rows.delete(self._connection, path)
            return
        outcome = rows.update(self._connection, entry)
        changes.added += outcome == "added"
        changes.modified += outcome == "modified" or (outcome == "same" and before != UNSETTLED)

    # Asking

    def find(self, query: Query, *, limit: int = 0, offset: int = 0) -> Iterator[Entry]:
        """The entries that match, in the query's order.

        Args:
            query: what to look for.
            limit: at most so many; 0 for all.
            offset: leave out so many first.
        """
        where, parameters = query.where()
        order, more = query.order()
        posts = "posts"
        if limit and query.is_newest_first and self._has_many(where, parameters):
            where, posts = one_by_one(where), "posts INDEXED BY newest"  # the newest are soon found from the front
        sql = f"SELECT {rows.COLUMNS} FROM {posts} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        with query.guard():
            for row in self._connection.execute(sql, (*parameters, *more, limit or -1, offset)):
                yield rows.to_entry(row)

    def _has_many(self, where: str, parameters: Sequence[Any]) -> bool:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM posts WHERE {where} LIMIT {_MANY})"  # noqa: S608
        return bool(self._connection.execute(sql, parameters).fetchone()[0] == _MANY)

    def count(self, query: Query) -> int:
        """How many entries match."""
        where, parameters = query.where()
        with query.guard():
            sql = f"SELECT count(*) FROM posts WHERE {where}"  # noqa: S608
            return int(self._connection.execute(sql, parameters).fetchone()[0])

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement; for the modules that aggregate over the tables."""
        return self._connection.execute(sql, parameters)

    def set_bodies(self, measured: Iterable[tuple[str, int, bool]]) -> None:
        """Keep what was counted in bodies: path, words, whether it holds HTML."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "UPDATE posts SET words=?, html=? WHERE path=?", ((words, html, path) for path, words, html in measured)
            )
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def uncounted(self) -> list[str]:
        """The paths of posts whose bodies nobody has looked at."""
        return [path for (path,) in self._connection.execute("SELECT path FROM posts WHERE words IS NULL")]

    def is_empty(self) -> bool:
        """Whether the archive was never looked at."""
        return self._connection.execute("SELECT 1 FROM folders LIMIT 1").fetchone() is None

    def keys(self) -> list[str]:
        """Every top-level front-matter key there is."""
        return [key for (key,) in self._connection.execute("SELECT DISTINCT key FROM posts, json_each(posts.meta)")]


def remove_index(path: Path) -> None:
    """Delete an index with the files SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the error says that the file is no sound database."""
    text = str(error)
    return not isinstance(error, sqlite3.OperationalError) or "malformed" in text or "not a database" in text
