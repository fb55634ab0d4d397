"""Where a new post goes: the folder and the form of name that the site's generator wants, and never over a file."""

import os
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Self

from newscli.errors import StoreError
from newscli.files import sweep
from newscli.store import Store

ENDING = ".md"
_NUMBERS = range(2, 21)
"""Suffixes tried for posts of one name before a hash is taken: names must not cost more the more there are."""


def folder_for(store: Store, *, dated: bool) -> str:
    """The folder of a new post, relative to the root, empty for the root itself.

    Jekyll and Hexo do not publish what lies in ``_drafts``; a post without a date goes there under Jekyll, which wants
    one in every name.
    """
    name = store.dialect.name
    if store.root.name in ("_posts", "_drafts") or name == "plain":
        return ""
    if name in ("hugo", "astro"):
        usual = "posts" if name == "hugo" else "blog"
        known = (f"{store.start}/{folder}" for folder in ("posts", "post", "blog", "news"))
        return next((folder for folder in known if (store.root / folder).is_dir()), f"{store.start}/{usual}")
    if name == "hexo":
        return f"{store.start}/_posts".lstrip("/")
    return "_posts" if dated else "_drafts"


def stem_for(store: Store, slug: str, date: datetime | None) -> str:
    """The name of a new post without its ending: with the day in front where the generator wants it."""
    if date is None or store.dialect.name in ("astro", "hexo", "hugo"):
        return slug
    return f"{date.year:04}-{date:%m-%d}-{slug}"


class Places:
    """Makes new files in the folders of a store. Use as a context manager.

    Folders are opened once, without following links, and files are made in what was opened: a folder that is replaced
    by a link meanwhile leads nowhere.
    """

    def __init__(self, root: Path, *, dry: bool = False) -> None:
        self._root = root
        self._dry = dry
        self._folders: dict[str, int] = {}
        self._taken: set[str] = set()  # of a dry run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._folders.values():
            with suppress(OSError):
                os.fsync(handle)
            os.close(handle)

    def create(self, folder: str, stem: str, identity: str, data: bytes, *, ending: str = ENDING) -> str:
        """Make a new file of the first name that is free.

        Args:
            folder: relative to the root; made when it is missing.
            stem: the name wanted; ``-2`` and so on are added when it is taken.
            identity: what tells the post from others, for when twenty have its name.
            data: what it holds; it is there whole or not at all.
            ending: behind the name.

        Returns:
            The path relative to the root.

        Raises:
            StoreError: it cannot be written, or would lie outside the root.
        """
        digest = blake2b(identity.encode("utf-8", "replace"), digest_size=6).hexdigest()
        for suffix in ("", *(f"-{number}" for number in _NUMBERS), f"-{digest}"):
            name = f"{stem}{suffix}{ending}"
            path = f"{folder}/{name}" if folder else name
            if self._make(folder, name, path, data):
                return path
        raise StoreError(f"{path} and all names like it are taken")

    def _make(self, folder: str, name: str, path: str, data: bytes) -> bool:
        """Make the file; False when the name is taken."""
        if "/" in name or "\0" in name or name.startswith(".") or ".." in folder.split("/"):
            raise StoreError(f"{path!r} is no name for a post")
        if self._dry:
            is_free = path not in self._taken and not os.path.lexists(self._root / path)
            self._taken.add(path)
            return is_free
        handle = self._open(folder)
        try:
            return _link(handle, name, data)
        except OSError as error:
            raise StoreError(f"cannot write {self._root / path}: {error.strerror or error}") from error

    def _open(self, folder: str) -> int:
        if folder not in self._folders:
            try:
                self._folders[folder] = _enter(self._root, folder)
                sweep(self._root / folder)
            except OSError as error:
                reason = "it is a link or no folder" if error.errno in _NO_FOLDER else error.strerror
                raise StoreError(f"cannot write into {self._root / folder}: {reason}") from error
        return self._folders[folder]


_NO_FOLDER = (20, 40)  # ENOTDIR, ELOOP


def _enter(root: Path, folder: str) -> int:
    """Open a folder below the root, made where it is missing; no part of its path may be a link or lead upwards."""
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in filter(None, folder.split("/")):
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=handle)
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = inner
    except BaseException:
        os.close(handle)
        raise
    return handle


def _link(folder: int, name: str, data: bytes) -> bool:
    """Write a file beside its place and link it there: no name is ever taken over, and a kill leaves no half."""
    temporary = f".newscli-{os.urandom(8).hex()}.tmp"  # the form that newscli.files sweeps
    try:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666, dir_fd=folder)
        with os.fdopen(file, "wb") as stream:
            stream.write(data)
        try:
            os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except FileExistsError:
            return False
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
    return True
