"""Results: what was found in files that have not changed since, under the same rules; a disposable cache.

A result is kept under the file's *stamp* (see :mod:`newscli.sweep`) and a fingerprint of everything else it depends on:
the version, the options, the settings. A second run then costs what looking at the files costs. The last few sets of
options are kept side by side, so that a hook and a full run do not drive each other out.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from newscli import __version__
from newscli.diagnostics import Edit, Fix, Severity
from newscli.finding import INTERNAL, UNREADABLE, FileResult, Finding
from newscli.sweep import UNSETTLED, Folder

SETS = 4
"""Sets of options whose results are kept."""
_SCHEMA = f"2 {__version__}"
_PASSING = frozenset([INTERNAL, UNREADABLE])
"""Codes whose findings may be gone although the file stays: faults of the run."""
_ALWAYS = 1 << 40
"""The day until which a result holds that nothing but the file decides."""

_Row = tuple[str, str, int, str, int]
Check = Callable[[Sequence[str]], Iterable[FileResult]]
"""Checks files: a result for each path, in their order."""


def results_path(index: Path) -> Path:
    """The file of the results, beside the index."""
    return index.with_suffix(".results.sqlite")


def stamps_of(folders: Iterable[Folder]) -> dict[str, int]:
    """The stamp of every file, by its path relative to the root."""
    stamps: dict[str, int] = {}
    for folder in folders:
        prefix = f"{folder.path}/" if folder.path else ""
        stamps.update({prefix + name: stamp for name, stamp in folder.stamps_by_name().items()})
    return stamps


class Results:
    """The results of one set of options. Use as a context manager.

    A cache that cannot be read or written is none: nothing is known and nothing is kept.
    """

    def __init__(self, path: Path, options: str, today: date) -> None:
        self._today = today.toordinal()
        self._options = blake2b(options.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._connection = self._open(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _open(self, path: Path | None) -> sqlite3.Connection:
        connection = sqlite3.connect(path or ":memory:", timeout=5, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            (version,) = connection.execute("SELECT sum(name = ?) FROM sqlite_master", ("sets",)).fetchone()
            known = version and connection.execute("SELECT version FROM sets LIMIT 1").fetchone()
            if not version or (known and known[0] != _SCHEMA):
                _create(connection)
            self._use(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _use(self, connection: sqlite3.Connection) -> None:
        """Make this the set of options used last, and drop those not used for long."""
        connection.execute("BEGIN IMMEDIATE")
        (last,) = connection.execute("SELECT coalesce(max(used), 0) FROM sets").fetchone()
        connection.execute("INSERT OR REPLACE INTO sets VALUES (?, ?, ?)", (self._options, last + 1, _SCHEMA))
        old = connection.execute("SELECT options FROM sets ORDER BY used DESC LIMIT -1 OFFSET ?", (SETS,)).fetchall()
        for table in ("results", "sets"):
            connection.executemany(f"DELETE FROM {table} WHERE options = ?", old)  # noqa: S608
        connection.execute("COMMIT")

    def through(
        self,
        paths: Sequence[str],
        stamps: Mapping[str, int],
        check: Check,
        read_text: Callable[[str], str] | None = None,
        singly: Collection[str] | None = None,
    ) -> Iterator[FileResult]:
        """A result for each path, in order: from the cache where the stamp is the same, else checked and kept.

        Args:
            paths: the files.
            stamps: the stamps of files, as they were before anything was read.
            check: checks those that are not known.
            read_text: the text of a file, for known results whose fixes refer to it; None where nobody asks for it.
            singly: the paths that must have a result of their own; other files that are known to be clean come first,
                all in one. None is every path.
        """
        clean, faulty = self._known(stamps)
        fresh = iter(check([path for path in paths if path not in clean and path not in faulty]))
        kept: list[_Row] = []
        if singly is not None:
            rest = [path for path in paths if path not in clean or path in singly]
            if len(rest) < len(paths):
                yield FileResult("", clean=len(paths) - len(rest))
            paths = rest
        for path in paths:
            if path in clean:
                yield FileResult(path)
                continue
            if path in faulty:
                yield _revive(path, faulty[path], read_text)
                continue
            result = next(fresh)
            yield result
            stamp = stamps.get(path, UNSETTLED)
            if stamp != UNSETTLED and not any(finding.code in _PASSING for finding in result.findings):
                kept.append((path, self._options, stamp, _to_json(result.findings), _until(result.findings)))
        self._keep(kept)

    def whole(
        self, paths: Sequence[str], stamps: Mapping[str, int], find: Callable[[], Iterable[Finding]]
    ) -> tuple[Finding, ...]:
        """What shows across all files: from the cache where all of them are as they were, else found and kept.

        Args:
            paths: the files it is told of.
            stamps: the stamps of all files.
            find: finds it.
        """
        state = _state_of(paths, stamps)
        with suppress(sqlite3.DatabaseError):
            row = self._connection.execute(
                "SELECT findings FROM results WHERE options = ? AND path = '' AND stamp = ?", (self._options, state)
            ).fetchone()
            if row:
                return tuple(map(_from_json, json.loads(row[0] or "[]")))
        found = tuple(find())
        if state != UNSETTLED:
            self._keep([("", self._options, state, _to_json(found), _ALWAYS)])
        return found

    def _known(self, stamps: Mapping[str, int]) -> tuple[set[str], dict[str, str]]:
        """The files whose stamp is the one they were checked under: clean ones, and the findings of others as JSON."""
        get = stamps.get
        with suppress(sqlite3.DatabaseError):
            sql = "SELECT path, stamp FROM results WHERE options = ? AND findings = ''"
            clean = dict(self._connection.execute(sql, (self._options,)).fetchall())
            sql = "SELECT path, stamp, findings FROM results WHERE options = ? AND findings != '' AND until > ?"
            rows = self._connection.execute(sql, (self._options, self._today)).fetchall()
            faulty = {path: findings for path, stamp, findings in rows if get(path) == stamp}
            return {path for path, _ in clean.items() & stamps.items()}, faulty
        return set(), {}

    def _keep(self, rows: list[_Row]) -> None:
        if not rows:
            return
        with suppress(sqlite3.DatabaseError, UnicodeEncodeError):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise


def _state_of(paths: Sequence[str], stamps: Mapping[str, int]) -> int:
    """One number for the files checked and the stamps of all; unsettled while any of them is."""
    if UNSETTLED in stamps.values():
        return UNSETTLED
    state = "\0".join([*paths, "", *(f"{path}\0{stamp}" for path, stamp in sorted(stamps.items()))])
    digest = blake2b(state.encode("utf-8", "surrogateescape"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def _create(connection: sqlite3.Connection) -> None:
    connection.executescript(
        "DROP TABLE IF EXISTS sets; DROP TABLE IF EXISTS results;"
        "CREATE TABLE sets (options TEXT PRIMARY KEY, used INTEGER, version TEXT);"
        "CREATE TABLE results (path TEXT, options TEXT, stamp INTEGER, findings TEXT, until INTEGER,"
        " PRIMARY KEY (options, path)) WITHOUT ROWID"
    )


def _revive(path: str, findings: str, read_text: Callable[[str], str] | None) -> FileResult:
    result = FileResult(path, tuple(map(_from_json, json.loads(findings))))
    if read_text is not None and any(finding.fix for finding in result.findings):
        return replace(result, text=read_text(path))
    return result


def _until(findings: Sequence[Finding]) -> int:
    """The day until which findings hold; one before the first that passes, whatever the zone."""
    return min((finding.until - 1 for finding in findings if finding.until), default=_ALWAYS)


def _to_json(findings: Sequence[Finding]) -> str:
    return json.dumps([_plain(finding) for finding in findings], separators=(",", ":")) if findings else ""


def _plain(each: Finding) -> list[Any]:
    fix = each.fix and [[[edit.start, edit.end, edit.text] for edit in each.fix.edits], each.fix.safe, each.fix.message]
    place = [each.path, each.line, each.column, each.end_line, each.end_column]
    return [
        each.code,
        each.name,
        each.severity.value,
        *place,
        each.message,
        fix,
        each.fingerprint,
        each.source_line,
        each.related,
    ]


def _from_json(row: list[Any]) -> Finding:
    code, name, severity, path, line, column, end_line, end_column, message, fix, fingerprint, source_line, related = (
        row
    )
    return Finding(
        code, name, Severity(severity), path, line, column, end_line, end_column, message,
        fix and Fix(tuple(Edit(*edit) for edit in fix[0]), safe=fix[1], message=fix[2]),
        fingerprint, source_line, tuple((place, at, what) for place, at, what in related),
    )  # fmt: skip
