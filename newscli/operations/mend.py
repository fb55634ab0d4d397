"""Mend: what ``newscli validate --fix`` writes, and what ``--diff`` shows in its place."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newscli.errors import StoreError
from newscli.files import rename
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
        if result.renamed:
            _rename(store, result)
        yield result


def _rename(store: Store, result: FileResult) -> None:
    try:
        rename(store.root / result.path, store.root / result.renamed)
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"cannot rename {result.path} to {result.renamed}: {reason}") from error


def without_clashes(store: Store, results: Iterable[FileResult]) -> Iterator[FileResult]:
    """The results, in which files keep their names where the new ones are those of other files."""
    taken: set[str] = set()
    for result in results:
        if result.renamed and (result.renamed in taken or os.path.lexists(store.root / result.renamed)):
            yield _unnamed(result)
        else:
            taken.add(result.renamed)
            yield result


def _unnamed(result: FileResult) -> FileResult:
    """The result of a file that keeps its name; what is wrong with the name is left."""
    fixed = tuple(each for each in result.fixed if not (each.fix and each.fix.rename))
    left = [
        replace(each, fix=None, path=result.path, message=f"{each.message} ({result.renamed} is there already)")
        for each in result.fixed
        if each not in fixed
    ]
    found = sorted(
        [*left, *(each.moved(result.path, each.related) for each in result.findings)],
        key=lambda each: (each.line, each.column, each.code),
    )
    return replace(result, renamed="", fixed=fixed, findings=tuple(found))


def diff_of(result: FileResult) -> str:
    """What mending changes in a file, as a unified diff, names as git tells them; nothing where it changes nothing."""
    changes = "" if result.fixed_text is None else diff(result.text, result.fixed_text, result.path, result.renamed)
    if not result.renamed:
        return changes
    old, new = result.path, result.renamed
    return f"diff --git a/{old} b/{new}\nrename from {old}\nrename to {new}\n{changes}"
