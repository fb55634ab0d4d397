"""The full-text index: an SQLite file of its own beside the index of entries, brought up to date before it answers.

It never reads a post: whoever calls :meth:`TextIndex.sync` hands in what turns posts into documents. What is stale is
told by comparing revisions with the index of entries; a post whose file turns out to be the same is only ticked off. A
few thousand posts make a transaction: killed at any time, the next run goes on where the last one ended.

Rows of a contentless table cannot be changed: a changed post gets a new row, and no document points at the old one any
more. Once more than half of the rows are such leftovers, the file is built anew.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newscli.fulltext.documents import Document, Prepare, Readings, Work, delete, put
from newscli.fulltext.schema import create, explained, fingerprint, made_for
from newscli.fulltext.vocabulary import Vocabulary
from newscli.index import Index, is_damage, remove_index

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_WAIT = 60.0
_LEFTOVERS = 2000
Progress = Callable[[int, int], object]


def text_path(index: Path) -> Path:
    """The file of the full text beside that of the index of entries."""
    return index.with_name(f"{index.stem}-text.sqlite")


class TextIndex:
    """The full text of one store.

    Attributes:
        path: the file.
        note: what to tell the user about it, such as that it was rebuilt; empty when nothing.
    """

    def __init__(self, index: Index, settings: str = "") -> None:
        self.index = index
        self.note = ""
        self._settings = settings
        self._temporary = None if index.path else _temporary_folder()
        beside = index.path or Path(self._temporary.name if self._temporary else "") / "index.sqlite"
        self.path = text_path(beside)
        self._connection = self._open()
        self._attach()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._let_go()
        if self._temporary:
            self._temporary.cleanup()

    def _let_go(self) -> None:
        self._connection.close()
        with suppress(sqlite3.Error):  # a statement that was not read to its end
            self.index.execute("DETACH text")

    def start_over(self, note: str) -> None:
        """Drop the file and begin an empty one."""
        self._let_go()
        remove_index(self.path)
        self.note = note
        self._forget()
        self._connection = self._connect()
        self._attach()

    @property
    def is_whole(self) -> bool:
        """Whether it was once brought up to date to the end."""
        identity, revision = self._state("identity", "revision")
        return identity != "" and revision != "-1"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the texts."""
        return Vocabulary([chunk for (chunk,) in self._connection.execute("SELECT words FROM words ORDER BY chunk")])

    # Opening

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise explained(error, self.path) from error
            self.note = f"the text index was damaged ({error}); building it anew"
        remove_index(self.path)
        return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")  # a cache: lost is rebuilt, damaged is noticed
            found = made_for(connection)
            if found not in (None, self._fingerprint):
                connection.close()
                self.note = "the text index was made by another version or for other settings; building it anew"
                remove_index(self.path)
                return self._connect()
            if found is None:
                create(connection, self._fingerprint)
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def _fingerprint(self) -> str:
        return fingerprint(self._settings)

    def _attach(self) -> None:
        self.index.execute("ATTACH ? AS text", (str(self.path),))

    def _forget(self) -> None:
        self.__dict__.pop("vocabulary", None)

    # Keeping up with the posts

    def sync(
        self,
        prepare: Prepare,
        progress: Progress,
        waiting: Callable[[], object] = lambda: None,
        readings: Readings = lambda _: (),
    ) -> int:
        """Bring the index up to date with the index of entries.

        Args:
            prepare: makes documents of works.
            progress: told of posts as they are done, and of how many there are to do.
            waiting: called when another process is at it already, before waiting for it.
            readings: how characters are read, where posts are found by that.

        Returns:
            How many posts were looked at.

        Raises:
            StoreError: the disk is full, or the index is held by another process.
        """
        if self._state("identity", "revision") == self._version():
            return 0
        with self._alone(waiting):
            try:
                return self._catch_up(prepare, progress, readings)
            except sqlite3.OperationalError as error:
                if is_damage(error):
                    raise
                raise explained(error, self.path) from error
            finally:
                self._forget()

    def _catch_up(self, prepare: Prepare, progress: Progress, readings: Readings) -> int:
        identity, revision = self._version()
        if self._state("identity") != [identity]:
            self._adopt(identity)
        last, live = int(self._state("last")[0]), self._count("SELECT count(*) FROM docs")
        if last - live > max(live, _LEFTOVERS):
            self.start_over("")
        gone = self.index.execute("SELECT doc FROM text.docs WHERE post NOT IN (SELECT post FROM posts)").fetchall()
        works = self._stale()
        if gone:
            with self._transaction():
                delete(self._connection, "doc = ?", gone)
        done = 0
        for documents in prepare(works):
            self._put(works[done : done + len(documents)], documents, readings)
            done += len(documents)
            progress(len(documents), len(works))
        with self._transaction():
            self._set(identity=identity, revision=str(revision))
        return len(works)

    def _stale(self) -> list[Work]:
        sql = (
            "SELECT p.post, p.path, p.revision, p.moment, coalesce(p.title, ''),"
            " p.tags || char(10) || p.categories || char(10) || p.authors, d.file"
            " FROM posts p LEFT JOIN text.docs d ON d.post = p.post WHERE d.revision IS NOT p.revision"
            " ORDER BY p.moment, p.path"
        )
        return [
            Work(post, path, revision, moment, title, names.replace("\x1f", "\n"), file)
            for post, path, revision, moment, title, names, file in self.index.execute(sql)
        ]

    def _put(self, works: Sequence[Work], documents: Sequence[Document], readings: Readings) -> None:
        with self._transaction():
            last = int(self._state("last")[0])
            self._set(last=str(last + put(self._connection, last + 1, works, documents, readings)))

    def _adopt(self, identity: str) -> None:
        """Number the documents as a new index of entries does; their files are compared, not indexed again."""
        posts = dict(self.index.execute("SELECT path, post FROM posts").fetchall())
        docs = self._connection.execute("SELECT path, doc FROM docs").fetchall()
        with self._transaction():
            self._connection.executemany(
                "UPDATE docs SET post=?, revision=-1 WHERE doc=?", ((posts.get(path, -doc), doc) for path, doc in docs)
            )
            self._set(identity=identity, revision="-1")

    # State

    def _version(self) -> list[str]:
        identity, revision = self.index.version()
        return [identity, str(revision)]

    def _state(self, *names: str) -> list[str]:
        found = dict(self._connection.execute("SELECT name, value FROM state").fetchall())
        return [found[name] for name in names]

    def _set(self, **values: str) -> None:
        self._connection.executemany(
            "UPDATE state SET value=? WHERE name=?", [(value, name) for name, value in values.items()]
        )

    def _count(self, sql: str) -> int:
        return int(self._connection.execute(sql).fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite may have rolled back itself
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _alone(self, waiting: Callable[[], object]) -> Iterator[None]:
        """Hold the lock under which one process builds; it goes with the process, though its children live on."""
        try:
            import fcntl
        except ImportError:  # pragma: no cover - without it two processes do the same work, and no harm
            yield
            return
        handle = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.lockf(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _temporary_folder() -> "TemporaryDirectory[str]":
    from tempfile import TemporaryDirectory

    return TemporaryDirectory(prefix="newscli-")
