"""Select: from the words and options of a command to one query; words that name files are files, others are terms."""

import json
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from newscli.entry import Entry
from newscli.errors import NewscliError
from newscli.query import Query, parse
from newscli.query.terms import NOWHERE, Origin
from newscli.store import ENDINGS, Store


class Files(NamedTuple):
    """A term of the query: the post is one of these files, or lies in one of these folders.

    Attributes:
        paths: files relative to the root.
        folders: folders relative to the root, each with a ``/`` behind it; an empty text is the root.
        origin: the words that were typed.
    """

    paths: frozenset[str]
    folders: tuple[str, ...] = ()
    origin: Origin = NOWHERE
    key: str | None = None
    needs_body: bool = False

    def matches(self, entry: Entry) -> bool:
        """Whether the entry's file is meant."""
        return entry.path in self.paths or entry.path.startswith(self.folders)

    def where(self) -> tuple[str, list[Any]]:
        """The same in SQL."""
        parts = ["path IN (SELECT value FROM json_each(?))", *["substr(path, 1, ?) = ?"] * len(self.folders)]
        sizes = [value for folder in self.folders for value in (len(folder), folder)]
        return f"({' OR '.join(parts)})", [json.dumps(sorted(self.paths)), *sizes]

    def explain(self) -> str:
        """The files in words."""
        names = sorted([*self.paths, *(folder or "." for folder in self.folders)])
        return f"file is {names[0]}" if len(names) == 1 else f"file is one of {len(names):,} named"


def is_path(term: str, here: Path) -> bool:
    """Whether a word names a file: it exists, or holds ``/`` and ends like a post."""
    if term[:1] in "-^(" or not term:
        return False
    if "/" in term and term.lower().endswith(ENDINGS) and ":" not in term.partition("/")[0]:
        return True
    if any(mark in term for mark in ':"~\n') or len(os.fsencode(term)) > 4096:
        return False
    return (here / term).exists()


def absent_file(terms: Iterable[str], here: Path) -> str | None:
    """The first word that is called like the file of a post where no such file is; it may still be a word of posts."""
    for term in terms:
        plain = term[:1] not in ("-", "^", "(") and not any(mark in term for mark in ':"~\n')
        if plain and term.lower().endswith(ENDINGS) and not os.path.lexists(here / term):
            return term
    return None


def build_query(
    terms: Sequence[str], store: Store, *, now: datetime, saved: dict[str, str], here: Path | None = None
) -> Query:
    """The query of the words of a command line.

    Raises:
        QueryError: the words are no query.
        NewscliError: a path lies outside the store.
    """
    here = here or Path.cwd()
    paths = [term for term in terms if is_path(term, here)]
    query = parse([term for term in terms if term not in paths], zone=store.dialect.zone, now=now, saved=saved)
    return only_files(query, paths, store, here) if paths else query


def only_files(query: Query, paths: Iterable[str], store: Store, here: Path) -> Query:
    """The query, of these files and folders only.

    Raises:
        NewscliError: a path lies outside the store.
    """
    files, folders = set(), []
    for path in paths:
        full = _inside(path, store, here)
        relative = full.relative_to(store.root).as_posix()
        if full.is_dir():
            folders.append("" if relative == "." else relative + "/")
        else:
            files.add(relative)
    term = Files(frozenset(files), tuple(folders), Origin(" ".join(paths), 0, 0))
    return query.and_(Query(term, ""))


def _inside(path: str, store: Store, here: Path) -> Path:
    """The path under the store's root: as seen from the current folder, else from the root."""
    full = Path(os.path.normpath(here / path))
    if full.is_relative_to(store.root) and full.exists():
        return full
    from_root = Path(os.path.normpath(store.root / path))
    if from_root.is_relative_to(store.root):
        return from_root
    raise NewscliError(f"{path} lies outside the archive {store.root}")


def read_names(text: str) -> list[str]:
    """The names in a list of files: one a line, or with NUL between when there is one."""
    names = text.split("\0") if "\0" in text else text.splitlines()
    return [name for name in names if name]
