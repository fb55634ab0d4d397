"""Archives and folders: their members, never unpacked to disk, no link followed; each read by what it is."""

import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path, PurePosixPath

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Item, Skipped
from newscli.importers.detect import detect, detect_members
from newscli.importers.input import MIB, Input, Limits, Options
from newscli.importers.problems import Code, SourceError, fault, warning

_IGNORED = frozenset({"__macosx", ".git", ".svn", ".hg", "node_modules"})
_IGNORED_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_SHOWN = 10
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, ValueError, EOFError)


@dataclass(slots=True)
class Members:
    """The files of an archive or folder that may be read.

    Attributes:
        inputs: by their names, with ``/``, in order.
        problems: what was left out, and why.
    """

    inputs: dict[str, Input] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def find(self, *endings: str) -> Input | None:
        """The first member whose name ends so."""
        return next((member for name, member in self.inputs.items() if name.lower().endswith(endings)), None)


@contextmanager
def members(source: Input, limits: Limits) -> Iterator[Members]:
    """The members of an archive or folder, readable within the context.

    Raises:
        SourceError: it is no archive, or has more members or bytes than the limits allow.
    """
    if source.folder:
        yield _folder(source, source.folder, limits)
        return
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (*_BROKEN, NotImplementedError) as error:
            raise SourceError(Code.UNREADABLE, f"is no archive that can be read: {error}") from error
        with archive:
            yield _zip(source, archive, limits)


def read(source: Input, options: Options) -> Iterator[Item]:
    """The articles of all members, each read by what it is; exports of Medium and Substack as a whole."""
    with members(source, options.limits) as found:
        kind = detect_members(found.inputs)
        if kind == "folder":
            yield from found.problems
            yield from _each(source, found, options)
    if kind != "folder":
        yield from import_module("newscli.importers").load(kind)(source, options)


def _each(source: Input, found: Members, options: Options) -> Iterator[Item]:
    registry = import_module("newscli.importers")  # imports this module only when asked to: no circle at import time
    unknown: Counter[str] = Counter()
    for name, member in found.inputs.items():
        try:
            kind = detect(name, member.head())
        except SourceError as error:
            yield error.diagnostic(member.name)
            continue
        except OSError as error:
            yield fault(member.name, Code.UNREADABLE, f"cannot be read: {error.strerror or error}")
            continue
        if kind in registry.IMPORTERS and kind != "zip":
            yield from registry.read(kind, member, options)
        else:
            unknown[PurePosixPath(name).suffix.lower() or PurePosixPath(name).name] += 1
    yield from (Skipped(source.name, f"file {ending}", count) for ending, count in sorted(unknown.items()))


def _zip(source: Input, archive: zipfile.ZipFile, limits: Limits) -> Members:
    found = Members()
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise SourceError(Code.TOO_BIG, f"has {len(infos):,} members, more than {limits.members:,}")
    if sum(info.file_size for info in infos) > limits.unpacked:
        raise SourceError(Code.TOO_BIG, f"unpacks to more than {limits.unpacked:,} bytes")
    unpacker = _Unpacker(archive, limits)
    refused = 0
    for info in infos:
        name = _name(info)
        if info.is_dir() or _is_ignored(name):
            continue
        if reason := _refusal(info, name, limits):
            refused += 1
            if refused <= _SHOWN:
                found.problems.append(warning(f"{source.name}/{name}", Code.MEMBER, f"left out: {reason}"))
        else:
            place = f"{source.name}/{name}"
            found.inputs[name] = Input(place, partial(unpacker.open, info, place), source.url)
    if refused > _SHOWN:
        found.problems.append(warning(source.name, Code.MEMBER, f"{refused - _SHOWN:,} more members left out"))
    return found


def _refusal(info: zipfile.ZipInfo, name: str, limits: Limits) -> str | None:
    """Why a member is not read; None when it may be."""
    path = PurePosixPath(name)
    if ".." in path.parts or path.is_absolute() or ":" in path.parts[0] or not name.isprintable():
        return "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a symbolic link"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if info.file_size > limits.document:
        return f"it unpacks to more than {limits.document:,} bytes"
    if info.file_size > MIB and info.file_size > limits.ratio * max(1, info.compress_size):
        return f"it unpacks to more than {limits.ratio} times its size"
    return None


class _Unpacker:
    """Unpacks members in memory; keeps the last, for it is looked at before it is read."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._last: tuple[str, bytes] = ("", b"")

    def open(self, info: zipfile.ZipInfo, place: str) -> io.BytesIO:
        if self._last[0] != place:
            self._last = (place, self._unpack(info, place))
        return io.BytesIO(self._last[1])

    def _unpack(self, info: zipfile.ZipInfo, place: str) -> bytes:
        try:
            with self._archive.open(info) as member:
                return member.read(self._limits.document + 1)
        except (*_BROKEN, NotImplementedError, RuntimeError) as error:
            raise SourceError(Code.MEMBER, f"cannot be unpacked: {error}", name=place) from error


def _folder(source: Input, folder: Path, limits: Limits) -> Members:
    found = Members()
    for place, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name.lower() not in _IGNORED)
        for path in (Path(place, name) for name in [*sorted(files), *folders]):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found.problems.append(warning(str(path), Code.MEMBER, "left out: it is a symbolic link"))
            elif path.is_file() and not _is_ignored(name):
                found.inputs[name] = Input.of_path(path, f"{source.name.rstrip('/')}/{name}")
        if len(found.inputs) > limits.members:
            raise SourceError(Code.TOO_BIG, f"has more than {limits.members:,} files")
    return found


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; where its character set is not named, UTF-8 or GB 18030 rather than IBM's of 1981."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def _is_ignored(name: str) -> bool:
    parts = name.lower().split("/")
    return parts[-1] in _IGNORED_FILES or not _IGNORED.isdisjoint(parts)
