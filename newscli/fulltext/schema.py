"""The tables of the full-text index, and what its errors mean to the user."""

import sqlite3
from pathlib import Path

from newscli.errors import StoreError

SCHEMA = 3
"""Raised whenever the tables, or what is put into them, change."""

# Every character of a token counts as part of it; blanks alone separate tokens. Quotation marks are doubled for SQL.
_MARKS = "!#$%&''()*+,-./:;<=>?@[\\]^_`{|}~\"\""
_TABLES = f"""
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE docs (doc INTEGER PRIMARY KEY, post INTEGER, revision INTEGER, moment INTEGER, path TEXT, file BLOB);
CREATE INDEX posts_of_docs ON docs (post);
CREATE TABLE sketches (doc INTEGER PRIMARY KEY, body BLOB, sketch BLOB);
CREATE TABLE words (chunk INTEGER PRIMARY KEY, words TEXT);
CREATE TABLE pairs (pair TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE sounds (sound TEXT, character TEXT, PRIMARY KEY (sound, character)) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5(title, tags, body, content='', tokenize="ascii tokenchars '{_MARKS}'");
CREATE VIRTUAL TABLE grams USING fts5(title, tags, body, content='', detail=column, columnsize=0, tokenize="ascii");
INSERT INTO texts(texts, rank) VALUES ('hashsize', 67108864);
INSERT INTO grams(grams, rank) VALUES ('hashsize', 16777216)"""  # noqa: S608


def fingerprint(settings: str) -> str:
    """What an index depends on beside the posts."""
    return repr((SCHEMA, settings))


def made_for(connection: sqlite3.Connection) -> str | None:
    """The fingerprint of an index; None for an empty file."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='state'").fetchone():
        return None
    found = connection.execute("SELECT value FROM state WHERE name='made for'").fetchone()
    return str(found[0]) if found else ""


def create(connection: sqlite3.Connection, mark: str) -> None:
    """Make the tables, unless another process was faster; ``mark`` is the fingerprint."""
    connection.execute("BEGIN IMMEDIATE")
    if made_for(connection) is None:
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        rows = (("made for", mark), ("identity", ""), ("revision", "0"), ("last", "0"))
        connection.executemany("INSERT INTO state VALUES (?, ?)", rows)
    connection.execute("COMMIT")


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """The error as the user needs it."""
    if "full" in str(error) or "disk I/O" in str(error):
        return StoreError(
            f"the disk is full: the text index {path} cannot grow. What was indexed stays; free some space and search "
            "again, or move the cache with XDG_CACHE_HOME"
        )
    return StoreError(f"the text index {path} cannot be used ({error}); wait for the other newscli, or delete the file")
