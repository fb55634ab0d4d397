"""Scope: which files are checked, and as parts of which archive.

A file can be checked wherever it lies: as a post of the archive around the current folder, else of the one around the
file, else by itself.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newscli.census import Census
from newscli.config import Config
from newscli.config_files import load_config
from newscli.discovery import find_store, open_store
from newscli.errors import NewscliError, StoreError
from newscli.store import ENDINGS, Store

_MISNAMED = re.compile(r"\d+-\d+-\d+-.*\.te?xt\Z")
STDIN = "-"
"""The argument that stands for standard input."""


@dataclass(frozen=True, slots=True)
class Site:
    """What files are checked as parts of.

    Attributes:
        store: the archive, or a bare folder above the files.
        config: the settings in force.
        whole: whether it is an archive, with an index; else rules across posts have nothing to compare with.
    """

    store: Store
    config: Config
    whole: bool


def find_site(
    given: str | None,
    paths: Sequence[Path],
    *,
    here: Path,
    config_file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Site:
    """The archive that the files belong to.

    Args:
        given: the folder that ``-C`` names.
        paths: the files and folders to check, absolute; none: all the posts of the archive.
        here: the current folder.
        config_file: a file to read in place of the archive's settings.
        flags: settings given as options.

    Raises:
        StoreError: there is no archive and no path, or a path lies outside the archive that was named.
        ConfigError: a setting is wrong.
    """
    try:
        store, config = find_store(given, here=here, config_file=config_file, flags=flags)
    except StoreError:
        if given or not paths:
            raise
    else:
        outside = next((path for path in paths if not path.is_relative_to(store.root)), None)
        if outside is None and (given or _reaches(store, paths)):
            return Site(store, config, whole=True)
        if given:
            raise StoreError(f"{outside} lies outside the archive {store.root}")
    first = paths[0] if paths[0].is_dir() else paths[0].parent
    try:
        store, config = find_store(None, here=first, environment=_without_store(), config_file=config_file, flags=flags)
    except StoreError:
        pass
    else:
        if all(path.is_relative_to(store.root) for path in paths) and _reaches(store, paths):
            return Site(store, config, whole=True)
    root = here if all(path.is_relative_to(here) for path in paths) else _common(paths)
    config = load_config(root, file=config_file, flags=flags or {}, environment=os.environ)
    if not _reaches(open_store(root, config), paths):
        root = _common(paths)
    return Site(open_store(root, config), config, whole=False)


def _reaches(store: Store, paths: Iterable[Path]) -> bool:
    """Whether the store can have posts in each of the folders; a site beside a folder does not make it a part of it."""
    folders = [path.relative_to(store.root).as_posix() for path in paths if path.is_dir()]
    return not store.in_posts or all(store.holds_posts(folder) or _has_posts(store, folder) for folder in folders)


def _has_posts(store: Store, folder: str) -> bool:
    try:
        return any(files for _, files in replace(store, start="" if folder == "." else folder).folders())
    except OSError:  # that is told when the folder is read
        return True


def _without_store() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "NEWSCLI_STORE"}


def _common(paths: Sequence[Path]) -> Path:
    return Path(os.path.commonpath([path if path.is_dir() else path.parent for path in paths]))


def absolute(term: str, *folders: Path) -> Path:
    """The path that an argument names, seen from the first of the folders where it exists.

    Raises:
        NewscliError: it exists in none.
    """
    for folder in folders:
        path = Path(os.path.normpath(folder / term))
        if os.path.lexists(path):
            return path
    raise NewscliError(f"{term}: there is no such file or folder")


def iter_posts(store: Store, paths: Iterable[Path], census: Census | None = None) -> Iterator[str]:
    """The files to check, relative to the root, each once: files as they are named, of folders the posts in them.

    Args:
        store: what the files are parts of.
        paths: files and folders below its root, absolute.
        census: the store's posts; without it folders are looked through.

    Raises:
        NewscliError: a folder cannot be read.
    """
    seen: set[str] = set()
    for path in paths:
        relative = path.relative_to(store.root).as_posix()
        for name in _iter_folder(store, relative, census) if path.is_dir() else [relative]:
            if name not in seen:
                seen.add(name)
                yield name


def _misnamed(store: Store, prefix: str, folders: Iterable[str]) -> Iterator[str]:
    """Files among posts that have a post's name but for the ending, which Jekyll publishes as they are."""
    for folder in folders:
        if store.holds_posts(folder) and store.takes_all(folder) and f"{folder}/".startswith(prefix):
            try:
                names = os.listdir(store.root / folder)  # noqa: PTH208 - of many files only the names
            except OSError:  # it is gone since
                continue
            for name in sorted(name for name in names if name.endswith(("txt", "text")) and _MISNAMED.match(name)):
                yield f"{folder}/{name}" if folder else name


def _iter_folder(store: Store, folder: str, census: Census | None) -> Iterator[str]:
    if census is not None:
        prefix = "" if folder == "." else f"{folder}/"
        # a folder that has a post's name is told of, as one that cannot be read
        found = sorted(path for path in census.stamps if path.startswith(prefix) or path == folder)
        # Jekyll passes over names such as _TEMPLATE.md (EntryFilter)
        left_out = "_#~" if store.dialect.name == "jekyll" else ""
        yield from [path for path in found if path[path.rfind("/") + 1] not in left_out]
        yield from _misnamed(store, prefix, census.folders)
        return
    if folder.endswith(ENDINGS):  # a folder named like a post: reported as one that cannot be read
        yield folder
        return
    try:
        for entry in replace(store, start="" if folder == "." else folder).entries():
            yield entry.path
    except OSError as error:
        raise NewscliError(f"{store.root / folder}: {error.strerror or error}") from error
