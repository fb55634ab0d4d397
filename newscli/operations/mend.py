"""Mend: what ``newscli validate --fix`` writes, and what ``--diff`` shows in its place."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from newscli.finding import FileResult
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


def diff_of(result: FileResult) -> Iterator[str]:
    """What mending changes in a file, as a unified diff; nothing where it changes nothing."""
    if result.fixed_text is None or result.fixed_text == result.text:
        return
    before, after = (text.splitlines(keepends=True) for text in (result.text, result.fixed_text))
    for line in unified_diff(before, after, f"a/{result.path}", f"b/{result.path}"):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
