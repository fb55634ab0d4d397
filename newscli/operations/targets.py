"""Targets: which file each converted post becomes; what would go wrong is said before anything is written.

Names are strings here and files are opened by the system's own calls: pathlib would take longer than the conversion.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from newscli.errors import NewscliError, StoreError
from newscli.files import put
from newscli.operations.originals import Original
from newscli.text import visible

_SHOWN = 5


def in_place(sources: Sequence[Original]) -> list[str]:
    """The posts themselves; where one is a link, what it points at."""
    return [os.path.realpath(source.file) if os.path.islink(source.file) else source.file for source in sources]  # noqa: PTH114


def outside(sources: Sequence[Original], folder: Path) -> list[Original]:
    """The posts that are not results of an earlier run into the folder; all, when all are in it."""
    prefix = f"{folder.resolve()}/"
    return [source for source in sources if not source.file.startswith(prefix)] or list(sources)


def in_folder(sources: Sequence[Original], folder: Path, ending: str) -> list[str]:
    """Files in a folder that has the tree of the store.

    Args:
        sources: the posts.
        folder: where the tree begins; it need not exist.
        ending: how their names end, such as ``.md``.

    Raises:
        NewscliError: two posts would become one file, a post would be overwritten, or a folder is in the way.
    """
    start = f"{folder}/"
    targets = [f"{start}{_stem(source.path)}{ending}" for source in sources]
    if len(set(targets)) < len(targets):
        _refuse_collisions(sources, targets)
    if folder.is_dir():
        _check_folder(sources, targets, folder)
    return targets


def _stem(path: str) -> str:
    """The path without the ending of its name."""
    stem, _, ending = path.rpartition(".")
    return stem if stem and not stem.endswith("/") and "/" not in ending else path


def _check_folder(sources: Sequence[Original], targets: Sequence[str], folder: Path) -> None:
    """Refuse targets in an existing folder that are posts or folders."""
    prefix = f"{folder.resolve()}/"
    own = {source.file for source in sources if source.file.startswith(prefix)}
    for source, target in zip(sources, targets, strict=True):
        if own and prefix + target[len(str(folder)) + 1 :] in own:
            raise NewscliError(
                f"{visible(source.name)} would be written over; use --in-place for that, or another folder"
            )
        if os.path.isdir(target):  # noqa: PTH112
            raise NewscliError(f"{visible(target)} is a folder, where {visible(source.name)} would be written")


def _refuse_collisions(sources: Sequence[Original], targets: Sequence[str]) -> None:
    """Raise NewscliError with the posts that would become the same file."""
    first: dict[str, Original] = {}
    clashes = []
    for source, target in zip(sources, targets, strict=True):
        other = first.setdefault(target, source)
        if other is not source:
            clashes.append(f"  {visible(other.name)} and {visible(source.name)}: {visible(target)}")
    more = f"\n  and {len(clashes) - _SHOWN:,} more" if len(clashes) > _SHOWN else ""
    listed = "\n".join(clashes[:_SHOWN]) + more
    raise NewscliError(f"posts would become the same file; convert them apart, or rename one:\n{listed}")


def holds(target: str, data: bytes) -> bool:
    """Whether a file holds exactly this; False when there is none."""
    try:
        with open(target, "rb", opener=_open_at_once) as stream:
            return stream.read() == data
    except OSError:
        return False


def _open_at_once(target: str, flags: int) -> int:
    """Open a file, without waiting for someone to write where it is a pipe."""
    return os.open(target, flags | os.O_NONBLOCK)


def write(target: str, data: bytes, *, is_new: bool = False) -> None:
    """Write a file in one step, and the folders it is in if need be.

    Args:
        target: the file.
        data: what it is to hold.
        is_new: there is no such file yet.

    Raises:
        StoreError: it cannot be written.
    """
    try:
        try:
            put(target, data, is_new=is_new)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            put(target, data, is_new=is_new)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror}") from error
