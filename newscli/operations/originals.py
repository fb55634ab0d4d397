"""Originals: the files that a command works on, named one by one, by folder, or all posts of a store."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newscli.config import Config
from newscli.discovery import open_store
from newscli.errors import NewscliError, StoreError
from newscli.store import Store


class Original(NamedTuple):
    """A post to work on.

    Attributes:
        store: the folder it is in, a site or just a folder, and how posts are read there.
        path: the file relative to the store's root, with ``/``.
        name: what messages and records call it: the path, or for a file outside the store what was typed.
    """

    store: Store
    path: str
    name: str

    @property
    def file(self) -> str:
        """Where it is."""
        return f"{self.store.root}/{self.path}"


def all_originals(store: Store, folder: str = "") -> Iterator[Original]:
    """Every post of a store, or of a folder in it (with ``/`` behind its name), in the order of the paths.

    Raises:
        StoreError: a folder cannot be read.
    """
    try:
        for inner, names in store.folders():
            prefix = f"{inner}/" if inner else ""
            if not prefix.startswith(folder):
                continue
            for name in names if store.takes_all(inner) else _posts(store, inner, names):
                yield Original(store, prefix + name, prefix + name)
    except OSError as error:
        raise StoreError(f"cannot read the folder {error.filename or store.root}: {error.strerror}") from error


def _posts(store: Store, folder: str, names: list[str]) -> Iterator[str]:
    """Of the names in a folder those of files that begin with front matter."""
    return (name for name, entry in store.read_entries(folder, names) if entry is not None)


def named_originals(paths: Iterable[str], here: Path, store: Store | None) -> list[Original]:
    """The files named, and the posts in the folders named; each once, in the order named.

    Args:
        paths: as typed: seen from ``here``, else from the store's root.
        here: the current folder.
        store: the store around; files outside it are read as they are.

    Raises:
        NewscliError: there is no such file.
    """
    found: dict[str, Original] = {}
    for path in paths:
        for source in _named(path, here, store):
            found.setdefault(source.file, source)
    return list(found.values())


def _named(path: str, here: Path, store: Store | None) -> Iterable[Original]:
    full = Path(os.path.normpath(here / path))
    if not os.path.lexists(full) and store and (store.root / path).exists():
        full = Path(os.path.normpath(store.root / path))
    if not os.path.lexists(full):
        raise NewscliError(f"{path}: there is no such file")
    if store and full.is_relative_to(store.root):
        relative = full.relative_to(store.root).as_posix()
        if full.is_dir():
            return all_originals(store, "" if relative == "." else f"{relative}/")
        return [Original(store, relative, relative)]
    if full.is_dir():
        return all_originals(open_store(full, Config()))
    real = full.resolve()
    return [Original(Store(real.parent), real.name, path)]
