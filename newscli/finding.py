"""Finding: one fault that a rule found in a file, and what becomes of a file that is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newscli.diagnostics import Fix, Severity

RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
"""The severities, the worst first."""
UNREADABLE = "F015"
"""The code of a file that cannot be read."""
INTERNAL = "N900"
"""The code of a rule that failed itself."""
FIELDS = tuple("path line column end_line end_column code name severity message fix".split())
"""The keys of a finding in JSON."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that a rule found.

    Attributes:
        code: the rule, such as ``Y102``.
        name: the rule's name, such as ``unescaped-quote``.
        severity: how much it matters here.
        path: the file, with ``/``.
        line, column: where the fault starts, from 1, in code points.
        end_line, end_column: one past its end; 0, or the start again, where only the start is known.
        message: what is wrong and, where it is known, what to do.
        fix: how it can be mended; None when only a person can.
        fingerprint: a hash that stays while lines move.
        source_line: the line of the file, without its end.
        related: other places that belong to it: path, line, what is there.
        until: the moment at which it is no fault any more, in seconds of POSIX time; 0 for one that stays.
    """

    code: str
    name: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    fix: Fix | None = None
    fingerprint: str = ""
    source_line: str = ""
    related: tuple[tuple[str, int, str], ...] = ()
    until: int = 0

    def moved(self, path: str, related: tuple[tuple[str, int, str], ...]) -> "Finding":
        """The same in a file of another name; far quicker than ``dataclasses.replace``."""
        return Finding(
            self.code, self.name, self.severity, path, self.line, self.column, self.end_line, self.end_column,
            self.message, self.fix, self.fingerprint, self.source_line, related, self.until,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file, checked.

    Attributes:
        path: the file, with ``/``.
        findings: what is wrong with it, in the order of the text.
        text: the file's text; empty where nothing refers to it.
        fixed_text: its text after fixing; None when nothing was to be fixed.
        fixed: what was fixed.
        encoding: the character set in which ``fixed_text`` is written.
        renamed: its path after fixing; empty where it keeps its name.
        clean: of how many other files, in which nothing is wrong, it tells at the same time; the path is empty then.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    text: str = ""
    fixed_text: str | None = None
    fixed: tuple[Finding, ...] = ()
    encoding: str = "utf-8"
    renamed: str = ""
    clean: int = 0

    @property
    def fixed_bytes(self) -> bytes | None:
        """What to write; None when nothing was fixed."""
        from newscli.charsets import encode

        return None if self.fixed_text is None else encode(self.fixed_text, self.encoding)


@dataclass(frozen=True, slots=True)
class RuleText:
    """What formats tell of a rule.

    Attributes:
        code, name: such as ``Y102`` and ``unescaped-quote``.
        severity: how much it matters on this site when nothing else is said.
        summary: what it finds, in one line.
        doc: its manual, in Markdown.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    doc: str


def shown_as(result: FileResult, rename: Callable[[str], str]) -> FileResult:
    """The result with its paths as they are to be shown."""
    path = rename(result.path)
    if path == result.path or result.clean:
        return result
    if not (result.findings or result.fixed or result.text):
        return FileResult(path)
    findings = tuple(
        each.moved(rename(each.path), tuple((rename(at), line, what) for at, line, what in each.related))
        for each in result.findings
    )
    fixed = tuple(each.moved(rename(each.path), each.related) for each in result.fixed)
    renamed = rename(result.renamed) if result.renamed else ""
    return FileResult(path, findings, result.text, result.fixed_text, fixed, result.encoding, renamed)


def to_record(finding: Finding) -> dict[str, Any]:
    """A finding as JSON values."""
    line, column, end_line, end_column = span_of(finding)
    return {
        "path": finding.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "fix": fix_kind(finding),
        "place": f"{finding.path}:{line}:{column}",
    }


def fix_kind(finding: Finding) -> str | None:
    """``safe``, ``unsafe``, or None without a fix."""
    return None if finding.fix is None else "safe" if finding.fix.safe else "unsafe"


def span_of(finding: Finding) -> tuple[int, int, int, int]:
    """Line and column of the start and of the end, one past it; where only the start is known, one character."""
    if (finding.end_line, finding.end_column) > (finding.line, finding.column):
        return finding.line, finding.column, finding.end_line, finding.end_column
    more = 1 if finding.column <= len(finding.source_line) else 0
    return finding.line, finding.column, finding.line, finding.column + more
