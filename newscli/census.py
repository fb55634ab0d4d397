"""The census: which files of a store are posts and what stamp each has, told without an index.

What is known of the last look is kept in the tables of :data:`TABLES`, so that a folder that did not change is not
listed again, and a file that did not change is not asked again whether it is a post.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newscli.entry import shown_path
from newscli.rows import kept, restored
from newscli.store import Store
from newscli.sweep import Folder, Work, take_stamps

TABLES = """
CREATE TABLE folders (path TEXT PRIMARY KEY, stamp INTEGER, files TEXT, folders TEXT, stamps BLOB, others TEXT);
CREATE TABLE census (revision INTEGER);
INSERT INTO census VALUES (0);
"""
"""What :func:`take` keeps: the folders, with the names in them that are no posts; how often something had changed."""


@dataclass(frozen=True, slots=True)
class Census:
    """The posts of a store.

    Attributes:
        stamps: the stamp of every post, by its path relative to the root.
        folders: the paths of the folders that were looked into.
        revision: a number that grows whenever a look finds something changed; under the same one all stamps are the
            same, and settled.
    """

    stamps: Mapping[str, int]
    folders: tuple[str, ...]
    revision: int


def take(connection: sqlite3.Connection, store: Store, *, sync: bool) -> Census:
    """Look at every folder and file, and remember what was seen.

    Args:
        connection: holds the tables.
        store: where to look.
        sync: whether to look; else what was seen at the last look counts, where there was one.

    Raises:
        sqlite3.DatabaseError: the tables cannot be read or written.
    """
    known = {restored(row[0]): _restored(*row) for row in connection.execute("SELECT * FROM folders")}
    (revision,) = connection.execute("SELECT revision FROM census").fetchone()
    if sync or not known:
        before = {path: folder for path, (folder, _) in known.items()}
        changed, gone = take_stamps(store, before)
        if changed or gone:
            seen = {
                folder.path: (folder, _others(store, folder, *known.get(folder.path, (None, [])))) for folder in changed
            }
            revision = _remember(connection, seen, gone)
            known = {path: row for path, row in {**known, **seen}.items() if path not in gone}
    stamps = {path: stamp for folder, others in known.values() for path, stamp in _posts(folder, others)}
    return Census(stamps, tuple(sorted(known)), revision)


def _restored(
    path: str | bytes, stamp: int, files: str | bytes, folders: str | bytes, stamps: bytes, others: str | bytes
) -> tuple[Folder, list[str]]:
    folder = Folder(restored(path), stamp, restored(files), restored(folders), stamps)
    return folder, restored(others).split("/") if others else []


def _others(store: Store, folder: Folder, known: Folder | None, others: list[str]) -> list[str]:
    """The names in a folder that are no posts; only files that are new or changed are asked."""
    if store.takes_all(folder.path):
        return []
    work = Work.between(known, folder)
    prefix = f"{folder.path}/" if folder.path else ""
    asked = {*work.fresh, *work.stale}
    stayed = set(others) - asked - set(work.gone)
    return sorted(stayed.union(name for name in asked if not store.is_post(prefix + name)))


def _remember(connection: sqlite3.Connection, seen: Mapping[str, tuple[Folder, list[str]]], gone: list[str]) -> int:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("DELETE FROM folders WHERE path = ?", [(kept(path),) for path in gone])
        rows = [
            (kept(path), folder.stamp, kept(folder.files), kept(folder.folders), folder.stamps, kept("/".join(others)))
            for path, (folder, others) in seen.items()
        ]
        connection.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("UPDATE census SET revision = revision + 1")
        (revision,) = connection.execute("SELECT revision FROM census").fetchone()
    return int(revision)


def _posts(folder: Folder, others: list[str]) -> Iterator[tuple[str, int]]:
    prefix = f"{folder.path}/" if folder.path else ""
    stamps = folder.stamps_by_name()
    for name in others:
        del stamps[name]
    if prefix.isascii() and folder.files.isascii():
        return zip([prefix + name for name in stamps], stamps.values(), strict=True)
    return ((shown_path(prefix + name), stamp) for name, stamp in stamps.items())
