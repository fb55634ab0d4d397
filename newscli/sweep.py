"""The sweep: which folders and files of a store differ from what they were at the last look."""

import os
import time
from array import array
from dataclasses import dataclass
from stat import S_ISREG
from typing import Self

from newscli.pool import cores, shared
from newscli.store import Store

SLACK = 2_000_000_000
"""Nanoseconds within which two writes may bear the same time: the coarsest file system clock (FAT) ticks every 2 s."""
UNSETTLED = 0
"""The stamp that vouches for nothing."""
_SHARED_FROM = 20_000
"""Files from which on half of them are left to a second process."""


@dataclass(slots=True)
class Folder:
    """A folder as it was looked at.

    Attributes:
        path: relative to the root; an empty string for the root.
        stamp: its own stamp; its names are known for as long as it stays.
        files: the names that can be posts, joined with ``/``.
        folders: the names of the folders to look into, joined with ``/``.
        stamps: one number a file, 8 bytes each, in the order of ``files``.
        error: why it cannot be read; empty when it can.
    """

    path: str
    stamp: int
    files: str
    folders: str
    stamps: bytes
    error: str = ""

    @property
    def is_unsettled(self) -> bool:
        """Whether a file in it must be read again whatever its stamp says."""
        return UNSETTLED in array("q", self.stamps)

    def stamps_by_name(self) -> dict[str, int]:
        """The stamp of each file."""
        return dict(zip(self.files.split("/"), array("q", self.stamps), strict=True)) if self.files else {}


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do in one folder: names that are new, to be read again, gone; those known before with stamps."""

    folder: Folder
    fresh: list[str]
    stale: list[str]
    gone: list[str]
    before: dict[str, int]

    @classmethod
    def between(cls, known: Folder | None, now: Folder) -> Self:
        """What there is to do where a folder was known and is now as it is."""
        before = known.stamps_by_name() if known else {}
        after = now.stamps_by_name()
        fresh = [name for name in after if name not in before]
        stale = [
            name for name, stamp in after.items() if name in before and (stamp == UNSETTLED or before[name] != stamp)
        ]
        return cls(now, fresh, stale, [name for name in before if name not in after], before)


def stamp_of(found: os.stat_result) -> int:
    """Modification time, change time and size in one number; two states of a file never share it in practice."""
    return found.st_mtime_ns ^ (found.st_ctime_ns << 1) ^ found.st_size


def take_stamps(store: Store, known: dict[str, Folder]) -> tuple[list[Folder], list[str]]:
    """Look at every folder and file of a store.

    Returns:
        The folders that differ from those known or hold unsettled files, and the paths of known ones that are gone.
    """
    changed: list[Folder] = []
    seen: set[str] = set()
    waiting = [store.start]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        folder = _look(store, path, known.get(path))
        if folder.folders:
            waiting += [f"{path}/{name}" if path else name for name in folder.folders.split("/")]
        if folder != known.get(path) or folder.is_unsettled:
            changed.append(folder)
    return changed, [path for path in known if path not in seen]


def _look(store: Store, path: str, known: Folder | None) -> Folder:
    place = store.root / path
    started = time.time_ns()
    try:
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        return Folder(path, UNSETTLED, "", "", b"", error.strerror or str(error))
    try:
        stamp = _settled(os.fstat(handle), started)
        if known and stamp != UNSETTLED and stamp == known.stamp:
            files, folders = known.files, known.folders
        else:
            names, inner = store.scan(path)
            files, folders = "/".join(names), "/".join(inner)
        stamps = _stamps(handle, files.split("/") if files else [], started - SLACK)
    except OSError as error:
        return Folder(path, UNSETTLED, "", "", b"", error.strerror or str(error))
    finally:
        os.close(handle)
    return Folder(path, stamp, files, folders, stamps)


def _settled(found: os.stat_result, now: int) -> int:
    latest = max(found.st_mtime_ns, found.st_ctime_ns)
    return stamp_of(found) if latest < now - SLACK else UNSETTLED


def _stamps(handle: int, names: list[str], horizon: int) -> bytes:
    if len(names) < _SHARED_FROM or cores() == 1:
        return _stamps_here(handle, names, horizon)
    middle = len(names) // 2
    halves = names[:middle], names[middle:]

    def stamps(number: int) -> bytes:
        return _stamps_here(handle, halves[number], horizon)

    return b"".join(shared(stamps, 2, jobs=2, joins=0.5, failed=lambda number, _: stamps(number)))


def _stamps_here(handle: int, names: list[str], horizon: int) -> bytes:
    look = os.stat
    found = array("q")
    add = found.append
    for name in names:
        try:
            at = look(name, dir_fd=handle)
        except (OSError, ValueError):  # gone since, a dead link, a name the system refuses: reading it will say
            add(UNSETTLED)
            continue
        written, touched = at.st_mtime_ns, at.st_ctime_ns
        if touched >= horizon or written >= horizon or not S_ISREG(at.st_mode):
            add(UNSETTLED)
        else:
            add(written ^ (touched << 1) ^ at.st_size)
    return found.tobytes()
