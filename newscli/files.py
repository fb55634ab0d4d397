"""Writing a file whole or not at all: beside it first, then in its place."""

import os
import re
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_TEMPORARY = re.compile(r"\.newscli-[0-9a-f]{16}\.tmp")
_LEFT_OVER = 3600
"""Seconds after which a temporary file is one that a killed process left behind."""


def replace(target: Path, pieces: Iterable[bytes], *, is_one_of_many: bool = False) -> None:
    """Put a file in the place of another, or where none is, in one step.

    The pieces go to a temporary file in the same folder, flushed to disk and renamed over the target: whoever is
    killed at any moment leaves the old file or the new one. An existing file keeps its permissions. Temporary files
    that killed writers left in the folder are deleted when they are over an hour old.

    Args:
        target: the file; a link is replaced, not followed.
        pieces: what to write, taken as it is written.
        is_one_of_many: the folder is not flushed: the caller does that with :func:`flush` when all are written. A
            power cut before leaves the old file, whole.

    Raises:
        OSError: it cannot be written; an existing file is as it was. So it is when ``pieces`` raises.
    """
    sweep(target.parent)
    beside = target.parent / f".newscli-{os.urandom(8).hex()}.tmp"
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    try:
        with beside.open("xb") as stream:
            if mode is not None:
                os.fchmod(stream.fileno(), mode)
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if not is_one_of_many:
        flush(target.parent)


def put(target: str, data: bytes, *, is_new: bool = False) -> None:
    """Write a file in one step, as :func:`replace` does, but leave it to the system when it goes to disk.

    For what can be made again, in any number: a killed process leaves no torn file, a power cut may leave an empty one.

    Args:
        target: the file.
        data: what it is to hold.
        is_new: there is no such file yet, of which the permissions would stay.

    Raises:
        OSError: it cannot be written; an existing file is as it was.
    """
    folder = target.rpartition("/")[0] or "."  # pathlib would take longer than the writing
    sweep(folder)
    beside = f"{folder}/.newscli-{os.urandom(8).hex()}.tmp"
    try:  # a signal most likely arrives while a file is opened: the handler runs before the next line does
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            if not is_new:
                with suppress(FileNotFoundError):
                    os.fchmod(file, stat.S_IMODE(os.stat(target).st_mode))  # noqa: PTH116
            written = os.write(file, data)
            while written < len(data):
                written += os.write(file, memoryview(data)[written:])
        finally:
            os.close(file)
        os.rename(beside, target)  # noqa: PTH104
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)  # noqa: PTH108
        raise


@lru_cache(maxsize=256)
def sweep(folder: Path | str) -> None:
    """Delete what killed writers left in a folder; once a process, for a folder may hold a hundred thousand posts."""
    before = time.time() - _LEFT_OVER
    with suppress(OSError), os.scandir(folder) as found:
        for item in found:
            if _TEMPORARY.fullmatch(item.name) and item.stat(follow_symlinks=False).st_mtime < before:
                Path(item.path).unlink(missing_ok=True)


def flush(folder: Path | str) -> None:
    """Have the new names in a folder on disk, too, where the file system can do so; the files are in any case."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def rename(source: Path, target: Path) -> None:
    """Give a file another name in its folder, and never that of a file that is there.

    The file has both names for a moment: whoever is killed then leaves it whole, under one of them or both.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be renamed; it has its old name then.
    """
    os.link(source, target, follow_symlinks=False)
    try:
        source.unlink()
    except OSError:
        target.unlink()
        raise
    flush(target.parent)
