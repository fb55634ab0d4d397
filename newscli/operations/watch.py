"""Watch: whether files changed since, by looking at them again and again; nothing has to be installed for that."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

PERIOD = 0.5
"""Seconds between two looks, at least."""
SHARE = 10
"""Looking takes at most one part in so many of the time."""

State = dict[str, tuple[int, int, int] | None]
"""For each path its time of change (nanoseconds), its size and its inode; None where there is nothing."""


def state_of(paths: Collection[str]) -> State:
    """What can be told of files and folders without reading them."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - of many files, again and again
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def around(root: Path, paths: Collection[str], others: Collection[Path] = ()) -> set[str]:
    """What to look at so that no change is missed: the files, the folders in which files can come and go, and others.

    Args:
        root: what the paths are relative to.
        paths: the files that are checked.
        others: files that decide how they are checked.
    """
    folders = {folder for path in paths for folder in _above(path)}
    return {str(root), *(f"{root}/{name}" for name in (*paths, *folders)), *map(str, others)}


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def wait_for_change(state: State, sleep: Callable[[float], None] = time.sleep) -> None:
    """Return when the paths are not any more as they were.

    Args:
        state: how they were.
        sleep: waits for so many seconds.
    """
    while True:
        start = time.monotonic()
        if state_of(state.keys()) != state:
            return
        sleep(max(PERIOD, SHARE * (time.monotonic() - start)))
