"""Documents: posts as the full-text index takes them, and how they are put into its tables."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

BATCH = 4000
"""Posts in a transaction."""


class Work(NamedTuple):
    """A post to be looked at.

    Attributes:
        post, path, revision, moment: as the index of entries has them.
        title: the title; an empty text when there is none.
        names: tags, categories and authors, a line each.
        file: the digest of what was indexed last; None for a new post.
    """

    post: int
    path: str
    revision: int
    moment: int | None
    title: str
    names: str
    file: bytes | None


class Document(NamedTuple):
    """A post as the index takes it.

    Attributes:
        file: the digest of all that the document depends on.
        texts: the tokens of title, tags and body; None when nothing changed since last time.
        grams: the grams of their words, in the same order.
        words: words that were not handed over before, a line each.
        body: a digest of the folded body.
        sketch: hashes by which posts that share sentences are told, four bytes each.
        pairs: two neighbouring characters that were not handed over before, pair after pair; only where posts are
            to be found by how their Chinese is read.
    """

    file: bytes
    texts: tuple[str, str, str] | None = None
    grams: tuple[str, str, str] = ("", "", "")
    words: str = ""
    body: bytes = b""
    sketch: bytes = b""
    pairs: str = ""


Prepare = Callable[[Sequence[Work]], Iterable[Sequence[Document]]]
"""Documents of works, in their order, in batches of at most :data:`BATCH`."""

Readings = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""How characters are read: a sound and a character with it each."""


def put(
    connection: sqlite3.Connection, first: int, works: Sequence[Work], documents: Sequence[Document], readings: Readings
) -> int:
    """Put the documents of works into the tables, within the transaction that is open.

    Args:
        connection: the file of the index.
        first: the number of the first new document.
        works: what the documents were made for.
        documents: the documents, in the same order.
        readings: how the characters of new pairs are read.

    Returns:
        How many documents are new.
    """
    pairs = list(zip(works, documents, strict=True))
    fresh = [(work, document) for work, document in pairs if document.texts is not None]
    rows = list(enumerate(fresh, first))
    insert = connection.executemany
    insert(
        "UPDATE docs SET revision=?, path=? WHERE post=?",
        ((work.revision, work.path, work.post) for work, document in pairs if document.texts is None),
    )
    delete(connection, "post = ?", [(work.post,) for work, _ in fresh])
    insert(
        "INSERT INTO docs VALUES (?,?,?,?,?,?)",
        ((doc, at.post, at.revision, at.moment, at.path, of.file) for doc, (at, of) in rows),
    )
    insert("INSERT INTO sketches VALUES (?,?,?)", ((doc, of.body, of.sketch) for doc, (_, of) in rows))
    insert(
        "INSERT INTO texts(rowid, title, tags, body) VALUES (?,?,?,?)",
        ((doc, *(of.texts or ())) for doc, (_, of) in rows),
    )
    insert("INSERT INTO grams(rowid, title, tags, body) VALUES (?,?,?,?)", ((doc, *of.grams) for doc, (_, of) in rows))
    if words := "\n".join(filter(None, (of.words for _, of in fresh))):
        connection.execute("INSERT INTO words(words) VALUES (?)", (words,))
    _put_pairs(connection, "".join(of.pairs for _, of in fresh), readings)
    return len(rows)


def _put_pairs(connection: sqlite3.Connection, pairs: str, readings: Readings) -> None:
    if not pairs:
        return
    insert = connection.executemany
    insert("INSERT OR IGNORE INTO pairs VALUES (?)", ((pairs[at : at + 2],) for at in range(0, len(pairs), 2)))
    known = {character for (character,) in connection.execute("SELECT character FROM sounds")}
    insert("INSERT OR IGNORE INTO sounds VALUES (?,?)", readings(set(pairs) - known))


def delete(connection: sqlite3.Connection, where: str, keys: Sequence[tuple[int]]) -> None:
    """Take the documents out for which the condition holds, for each of the keys."""
    connection.executemany(f"DELETE FROM sketches WHERE doc IN (SELECT doc FROM docs WHERE {where})", keys)  # noqa: S608
    connection.executemany(f"DELETE FROM docs WHERE {where}", keys)  # noqa: S608
