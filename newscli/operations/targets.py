"""Targets: which file each converted post becomes; what would go wrong is said before anything is written."""

from collections.abc import Sequence
from pathlib import Path

from newscli.errors import NewscliError
from newscli.operations.sources import Source
from newscli.text import visible

_SHOWN = 5


def in_place(sources: Sequence[Source]) -> list[Path]:
    """The posts themselves; where one is a link, what it points at."""
    return [source.file.resolve() if source.file.is_symlink() else source.file for source in sources]


def in_folder(sources: Sequence[Source], folder: Path, ending: str) -> list[Path]:
    """Files in a folder that has the tree of the store.

    Args:
        sources: the posts.
        folder: where the tree begins; it need not exist.
        ending: how their names end, such as ``.md``.

    Raises:
        NewscliError: two posts would become one file, a post would be overwritten, or a folder is in the way.
    """
    targets = [folder / Path(source.path).with_suffix(ending) for source in sources]
    _check_collisions(sources, targets)
    root = folder.resolve()
    own = {source.file for source in sources if source.file.is_relative_to(root)}
    for source, target in zip(sources, targets, strict=True):
        if own and root / target.relative_to(folder) in own:
            raise NewscliError(
                f"{visible(source.name)} would be written over; use --in-place for that, or another folder"
            )
        if target.is_dir():
            raise NewscliError(f"{visible(str(target))} is a folder, where {visible(source.name)} would be written")
    return targets


def _check_collisions(sources: Sequence[Source], targets: Sequence[Path]) -> None:
    first: dict[Path, Source] = {}
    clashes = []
    for source, target in zip(sources, targets, strict=True):
        other = first.setdefault(target, source)
        if other is not source:
            clashes.append(f"  {visible(other.name)} and {visible(source.name)}: {visible(str(target))}")
    if clashes:
        more = f"\n  and {len(clashes) - _SHOWN:,} more" if len(clashes) > _SHOWN else ""
        listed = "\n".join(clashes[:_SHOWN]) + more
        raise NewscliError(f"posts would become the same file; convert them apart, or rename one:\n{listed}")
