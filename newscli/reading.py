"""Reading many new posts: batches of rows ready for the index, with the help of a second process when it pays."""

from collections.abc import Iterable, Iterator

from newscli.pool import cores, shared
from newscli.rows import Packed, pack
from newscli.store import Store

Batch = tuple[int, list[Packed]]
"""How many files were read, and the posts among them."""

_BATCH = 500
_SHARED_FROM = 4000
"""Files from which on a second process pays."""
_OURS = 0.38
"""The share of this process, which has the rows to write, too."""


def read_packed(store: Store, folder: str, names: list[str]) -> Iterator[Batch]:
    """Read the files of a folder, in order."""
    parts = [names[start : start + _BATCH] for start in range(0, len(names), _BATCH)]

    def read(number: int) -> list[Packed]:
        return [pack(entry) for _, entry in store.read_entries(folder, parts[number]) if entry is not None]

    results: Iterable[list[Packed]] = map(read, range(len(parts)))
    if len(names) >= _SHARED_FROM and cores() > 1:
        results = shared(read, len(parts), jobs=2, joins=_OURS, failed=lambda number, _: read(number))
    for part, packed in zip(parts, results, strict=True):
        yield len(part), packed
