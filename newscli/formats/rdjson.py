"""``rdjson``: the Reviewdog Diagnostic Format, with fixes as suggestions.

The format: ``proto/rdf/reviewdog.proto`` of reviewdog. Its columns count bytes of UTF-8, not characters, and its ends
are one past the place. Suggestions are alternatives to one another, so the edits of a fix become one.
"""

from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.finding import FileResult, Finding, span_of
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.jsonl import encoder
from newscli.formats.regions import merged, project_path, region_of
from newscli.report import Report

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield the result object, a diagnostic a piece."""
    to_json = encoder(Report((), ()), View(terminal=view.terminal))
    yield '{"source": {"name": "newscli"}, "diagnostics": ['
    before = "\n"
    for result in findings:
        lines = Lines(result)
        for finding in result.findings:
            yield before + to_json(_diagnostic(finding, lines, view))
            before = ",\n"
    yield "]}\n" if before == "\n" else "\n]}\n"


class Lines:
    """The lines of a file, to count columns in bytes."""

    def __init__(self, result: FileResult) -> None:
        self.text = result.text
        text = result.text.removeprefix("\ufeff")
        self._lines = text.split("\n" if "\n" in text else "\r")
        self._known = {finding.line: finding.source_line.removeprefix("\ufeff") for finding in result.findings}

    def position(self, line: int, column: int) -> dict[str, int]:
        """Line and column of the format; where the line is not known, characters are taken for bytes."""
        text = self._lines[line - 1] if self.text and line <= len(self._lines) else self._known.get(line, "")
        before = text[: column - 1]
        return {"line": line, "column": column - len(before) + len(before.encode("utf-8", "surrogatepass"))}

    def range(self, region: tuple[int, int, int, int]) -> dict[str, dict[str, int]]:
        """A range of the format."""
        line, column, end_line, end_column = region
        return {"start": self.position(line, column), "end": self.position(end_line, end_column)}


def _diagnostic(finding: Finding, lines: Lines, view: View) -> dict[str, object]:
    diagnostic: dict[str, object] = {
        "message": finding.message,
        "location": {"path": project_path(finding.path, view), "range": lines.range(span_of(finding))},
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if finding.fix is not None and finding.fix.edits and lines.text:
        edit = merged(finding.fix, lines.text)
        diagnostic["suggestions"] = [{"range": lines.range(region_of(edit, lines.text)), "text": edit.text}]
    return diagnostic
