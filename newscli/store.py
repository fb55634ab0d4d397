"""The store: where the posts of a site are, which files are posts, how they are read and written."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import PLAIN, Dialect, position
from newscli.entry import Entry, shown_path, summarize, unreadable
from newscli.errors import StoreError
from newscli.files import replace

if TYPE_CHECKING:
    from newscli.post import BrokenPost, Post

ENDINGS = (".md", ".markdown", ".html", ".htm", ".mdown", ".mkd", ".mkdn", ".mdx")
"""How the names of posts end."""

_HEAD = 4096
_OPEN = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_CLOSE = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?\n", re.M)
_SKIPPED = frozenset(["node_modules", "vendor"])
_WRITTEN = frozenset(["public", "resources"])  # by Hugo, in the site's own folder
_ZONE = re.compile(r"""^[ \t]*["']?time_?zone["']?[ \t]*[:=][ \t]*["']?([\w/+:-]+)""", re.M | re.I)


class UnreadableError(StoreError):
    """A file that cannot be read; ``diagnostic`` names it and says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of posts.

    Attributes:
        root: the site's folder; paths of posts are relative to it.
        start: the folder under the root where posts are looked for, ``""`` for the root itself.
        dialect: how the site reads its posts.
        in_posts: whether only ``_posts`` and ``_drafts`` folders hold posts (Jekyll); there every file with such a
            name is one. Elsewhere a post is a file that begins with front matter.
        ignore: globs of folders that are not entered.
    """

    root: Path
    start: str = ""
    dialect: Dialect = PLAIN
    in_posts: bool = False
    ignore: tuple[str, ...] = ()

    def holds_posts(self, folder: str) -> bool:
        """Whether files in the folder (relative to the root) can be posts."""
        return not self.in_posts or _in_posts_folder(folder)

    def takes_all(self, folder: str) -> bool:
        """Whether every file with a post's name in the folder is one, front matter or not."""
        return _in_posts_folder(folder) or self.root.name in ("_posts", "_drafts")

    def enters(self, folder: str, name: str) -> bool:
        """Whether a folder is looked into: not hidden ones, not what generators write, not what settings exclude."""
        if name.startswith("."):
            return False
        if not _in_posts_folder(folder) and (
            name in _SKIPPED
            or (self.in_posts and name.startswith("_") and name not in ("_posts", "_drafts"))
            or (not self.in_posts and not folder and name in _WRITTEN)
        ):
            return False
        if not self.ignore:
            return True
        from fnmatch import fnmatch

        path = f"{folder}/{name}" if folder else name
        return not any(fnmatch(path, glob) or fnmatch(name, glob) for glob in self.ignore)

    def scan(self, folder: str) -> tuple[list[str], list[str]]:
        """The names in a folder that can be posts, and those of the folders to look into, both sorted.

        Raises:
            OSError: the folder cannot be read.
        """
        files, folders = [], []
        takes = self.holds_posts(folder)
        with os.scandir(self.root / folder) as found:
            for item in found:
                is_named_so = takes and item.name.lower().endswith(ENDINGS) and not item.name.startswith(".")
                if is_named_so:
                    files.append(item.name)  # a folder of such a name is reported as a post that cannot be read
                elif item.is_dir(follow_symlinks=False) and self.enters(folder, item.name):
                    folders.append(item.name)
        return sorted(files), sorted(folders)

    def folders(self) -> Iterator[tuple[str, list[str]]]:
        """Every folder with the names in it that can be posts, top down."""
        waiting = [self.start]
        while waiting:
            folder = waiting.pop()
            files, inner = self.scan(folder)
            yield folder, files
            waiting += [f"{folder}/{name}" if folder else name for name in reversed(inner)]

    def entries(self) -> Iterator[Entry]:
        """The entry of every post, straight from the files."""
        for folder, names in self.folders():
            for _, entry in self.read_entries(folder, names):
                if entry is not None:
                    yield entry

    def read_entries(self, folder: str, names: Iterable[str]) -> Iterator[tuple[str, Entry | None]]:
        """The entries of files in one folder; None for a file that is no post. Reads heads, not bodies."""
        takes_all = self.takes_all(folder)
        prefix = f"{folder}/" if folder else ""
        try:
            handle = os.open(self.root / folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:  # gone since it was looked into, with all that was in it
            yield from ((name, None) for name in names)
            return
        try:
            for name in names:
                path = prefix + name
                if not _is_text(path):
                    yield name, unreadable(shown_path(path), "the file name is not UTF-8; rename the file")
                    continue
                try:
                    yield name, self._entry(path, name, handle, takes_all=takes_all)
                except OSError as error:
                    yield name, unreadable(path, f"cannot be read: {_reason(self.root / path, error)}")
        finally:
            os.close(handle)

    def _entry(self, path: str, name: str, folder: int, *, takes_all: bool) -> Entry | None:
        file = self._open(path, name, folder)
        try:
            data = os.read(file, _HEAD)
            if not data:
                _demand_file(file)
            opening = _OPEN.match(data)
            closing = _CLOSE.search(data, opening.end()) if opening else None
            if closing:
                try:
                    return summarize(data[: closing.end()].decode(), path, self.dialect)
                except UnicodeDecodeError:
                    pass
            elif not takes_all and not _may_begin(data.decode("utf-8", "replace")) and b"\x00" not in data[:64]:
                return None
            data += _rest(file)
        finally:
            os.close(file)
        text, _, problems = _decode(data, path)
        entry = summarize(text, path, self.dialect, problems)
        if not takes_all and any(problem.code == "F005" for problem in entry.problems):
            return None
        return entry

    def is_post(self, path: str) -> bool:
        """Whether a file outside of ``_posts`` is a post: it begins with front matter, or nobody can tell."""
        try:
            file = self._open(path, f"{self.root}/{path}")
            try:
                data = os.read(file, _HEAD)
                if _OPEN.match(data):
                    return True
                if not _may_begin(data.decode("utf-8", "replace")) and b"\x00" not in data[:64]:
                    return False
                data += _rest(file)
            finally:
                os.close(file)
        except (OSError, ValueError):  # reading it will say
            return True
        from newscli.front_matter.fences import find_fences

        fault = find_fences(_decode(data, path)[0]).fault
        return fault is None or fault.code != "F005"

    def _open(self, path: str, name: str, folder: int | None = None) -> int:
        """Open a file, given by its name in an open folder, or whole; a link is followed only inside the root.

        Raises:
            OSError: it cannot be opened.
        """
        try:
            return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        except OSError:
            target = self.root / path
            if not target.is_symlink():
                raise
        real = Path(os.path.realpath(target, strict=True))
        if not real.is_relative_to(self.root.resolve()):
            raise OSError(0, f"the link leads out of the store, to {real}; it is not followed")
        return os.open(real, os.O_RDONLY | os.O_NONBLOCK)

    def read(self, path: str) -> "Post | BrokenPost":
        """The post at a path relative to the root, whole.

        Raises:
            UnreadableError: the file cannot be read, or is a link out of the store.
        """
        from newscli.post import parse

        text, encoding, problems = self.read_text(path)
        return parse(text, path, self.dialect, encoding=encoding, problems=problems)

    def read_text(self, path: str) -> tuple[str, str, tuple[Diagnostic, ...]]:
        """The text of a file at a path relative to the root, the character set it is in, and what is wrong with that.

        Raises:
            UnreadableError: the file cannot be read, or is a link out of the store.
        """
        return _decode(self.read_bytes(path), path)

    def read_bytes(self, path: str) -> bytes:
        """What the file at a path relative to the root holds.

        Raises:
            UnreadableError: it cannot be read, or is a link out of the store.
        """
        try:
            file = self._open(path, f"{self.root}/{path}")
            try:
                size = _demand_file(file)
                data = os.read(file, size + 1)
                return data if len(data) == size else data + _rest(file)
            finally:
                os.close(file)
        except OSError as error:
            reason = f"cannot be read: {_reason(self.root / path, error)}"
            raise UnreadableError(Diagnostic(path, 1, 1, "F015", Severity.ERROR, reason)) from error

    def write(self, path: str, data: bytes) -> None:
        """Replace or create the file at a path relative to the root, atomically: whole or not at all, even when killed.

        Raises:
            StoreError: the path leads out of the store, or the file cannot be written.
        """
        target = self.root / path
        folder = target.parent
        if not folder.resolve().is_relative_to(self.root.resolve()):
            raise StoreError(f"{path} leads out of the store {self.root}; nothing was written")
        if target.is_symlink():
            target = Path(os.path.realpath(target))
            if not target.is_relative_to(self.root.resolve()):
                raise StoreError(f"{path} is a link out of the store {self.root}; nothing was written")
        write_atomically(target, data)


def write_atomically(target: Path, data: bytes, *, is_one_of_many: bool = False) -> None:
    """Write a file whole or not at all, see :func:`newscli.files.replace`.

    Raises:
        StoreError: it cannot be written; an old file is as it was.
    """
    try:
        replace(target, (data,), is_one_of_many=is_one_of_many)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror or error}") from error


def _in_posts_folder(folder: str) -> bool:
    parts = folder.split("/")
    return "_posts" in parts or "_drafts" in parts


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _may_begin(text: str) -> bool:
    from newscli.front_matter.fences import may_begin

    return may_begin(text)


def _demand_file(file: int) -> int:
    """The size of a file; raises OSError for a pipe or a device, which may never end."""
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):  # reading a folder is an error by itself
        raise OSError(0, "a pipe or a device, not a file")
    return status.st_size


def _rest(file: int) -> bytes:
    """The rest of an open file, whatever its size was when it was opened."""
    chunks = []
    while chunk := os.read(file, 1 << 20):
        chunks.append(chunk)
    return b"".join(chunks)


def _reason(path: Path, error: OSError) -> str:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return f"a link to {path.readlink()}, which does not exist"
    return error.strerror or str(error)


def _decode(data: bytes, path: str) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """The text, its character set, and the diagnostic of a file that is not UTF-8."""
    try:
        return data.decode(), "utf-8", ()
    except UnicodeDecodeError as error:
        from newscli.charsets import decode

        good = data[: error.start].decode()
        line, column = position(good, len(good))
        found = decode(data)
    sure = f"reads as {found.encoding}" if found.certain else f"may be {found.encoding}"
    message = f"not UTF-8 ({sure}); save the file as UTF-8"
    return found.text, found.encoding, (Diagnostic(path, line, column, "F001", Severity.ERROR, message),)


def site_zone(text: str) -> str | None:
    """The time zone that a site's configuration (``_config.yml``, ``hugo.toml``) names; None without one."""
    found = _ZONE.search(text)
    return found[1] if found else None
