"""Mend: what ``newscli validate --fix`` writes, and what ``--diff`` shows in its place."""

import os
from collections.abc import Iterable, Iterator

from newscli.finding import FileResult
from newscli.operations.diffs import diff
from newscli.store import Store


def write_fixes(store: Store, results: Iterable[FileResult], *, keep_mtime: bool = False) -> Iterator[FileResult]:
    """Pass results through, writing the files that were mended; each whole or not at all.

    Args:
        store: what the files are parts of.
        results: what was checked.
        keep_mtime: whether a file keeps the time of its last change.

    Raises:
        StoreError: a file cannot be written; those before it are.
    """
    for result in results:
        if (data := result.fixed_bytes) is not None:
            path = store.root / result.path
            before = path.stat() if keep_mtime and path.exists() else None
            store.write(result.path, data)
            if before:
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        yield result


def diff_of(result: FileResult) -> str:
    """What mending changes in a file, as a unified diff; nothing where it changes nothing."""
    return "" if result.fixed_text is None else diff(result.text, result.fixed_text, result.path)
