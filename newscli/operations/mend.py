"""Mend: what ``newscli validate --fix`` writes, and what ``--diff`` shows in its place."""

from collections.abc import Iterable, Iterator

from newscli.finding import FileResult
from newscli.operations.diffs import diff
from newscli.store import Store


def write_fixes(store: Store, results: Iterable[FileResult]) -> Iterator[FileResult]:
    """Pass results through, writing the files that were mended; each whole or not at all.

    Raises:
        StoreError: a file cannot be written; those before it are.
    """
    for result in results:
        if (data := result.fixed_bytes) is not None:
            store.write(result.path, data)
        yield result


def diff_of(result: FileResult) -> str:
    """What mending changes in a file, as a unified diff; nothing where it changes nothing."""
    return "" if result.fixed_text is None else diff(result.text, result.fixed_text, result.path)
