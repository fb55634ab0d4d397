"""Reading many new posts: batches of rows ready for the index, with the help of a second process when it pays."""

import marshal
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from newscli.rows import Packed, pack
from newscli.store import Store

Batch = tuple[int, list[Packed]]
"""How many files were read, and the posts among them."""

_BATCH = 500
_SHARED_FROM = 4000
"""Files from which on a second process pays."""
_THEIRS = 0.62
"""The share of the second process; the first one has the rows to write, too."""
_PIPE = 1 << 20
_LENGTH = struct.Struct("<II")


def read_packed(store: Store, folder: str, names: list[str]) -> Iterator[Batch]:
    """Read the files of a folder; batches in no particular order."""
    if len(names) < _SHARED_FROM or not hasattr(os, "fork") or (os.cpu_count() or 1) == 1:
        yield from _read_here(store, folder, names)
        return
    middle = int(len(names) * (1 - _THEIRS))
    yield from _read_in_two(store, folder, names[:middle], names[middle:])


def _read_here(store: Store, folder: str, names: list[str]) -> Iterator[Batch]:
    for start in range(0, len(names), _BATCH):
        part = names[start : start + _BATCH]
        yield len(part), [pack(entry) for _, entry in store.read_entries(folder, part) if entry is not None]


def _read_in_two(store: Store, folder: str, ours: list[str], theirs: list[str]) -> Iterator[Batch]:
    """Read ``ours`` here and ``theirs`` in a child; what a child that dies leaves undone is done here."""
    reader, writer = os.pipe()
    _widen(writer)
    child = os.fork()
    if child == 0:
        os.close(reader)
        _serve(store, folder, theirs, writer)
    os.close(writer)
    done = 0
    mine = _read_here(store, folder, ours)
    try:
        with os.fdopen(reader, "rb") as stream:
            while batch := _receive(stream):
                done += batch[0]
                yield batch
                yield from _next(mine)
    finally:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
    yield from mine
    yield from _read_here(store, folder, theirs[done:])


def _next(batches: Iterator[Batch]) -> Iterator[Batch]:
    for batch in batches:
        yield batch
        return


def _serve(store: Store, folder: str, names: list[str], writer: int) -> None:
    """Send the batches and end the process, whatever happens."""
    try:
        with os.fdopen(writer, "wb") as stream:
            for count, packed in _read_here(store, folder, names):
                data = marshal.dumps(packed)
                stream.write(_LENGTH.pack(count, len(data)) + data)
    finally:
        os._exit(0)


def _receive(stream: BinaryIO) -> Batch | None:
    """The next batch; None when the child has sent all it will."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    count, length = _LENGTH.unpack(head)
    data = stream.read(length)
    return (count, marshal.loads(data)) if len(data) == length else None  # noqa: S302 - from our own child


def _widen(pipe: int) -> None:
    """Let the child run ahead, where the system has pipes of another size (Linux)."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
