"""``gitlab``: the JSON array of a GitLab Code Quality report.

The format: "Code Quality", section "Code Quality report format", in the manual of GitLab. Paths are relative to the
project and have no ``./``.
"""

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from newscli.diagnostics import Severity
from newscli.finding import FileResult, Finding, span_of
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.jsonl import encoder
from newscli.formats.regions import project_path
from newscli.report import Report

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
CRITICAL = ("H7", "Y102")
"""Beginnings of the codes whose errors are critical: attacks on the reader, posts published without a head."""


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield the array, an element a finding."""
    to_json = encoder(Report((), ()), View(terminal=view.terminal))
    before = "[\n"
    for result in findings:
        for finding, fingerprint in zip(result.findings, fingerprints(result, view), strict=True):
            yield before + to_json(_element(finding, fingerprint, view))
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def fingerprints(result: FileResult, view: View) -> Iterator[str]:
    """A hash for each finding of a file that stays while lines move; equal findings are counted."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in result.findings:
        what = (finding.code, finding.fingerprint)
        key = [project_path(finding.path, view), *what, seen[what]]
        seen[what] += 1
        yield sha256(json.dumps(key).encode()).hexdigest()


def _element(finding: Finding, fingerprint: str, view: View) -> dict[str, object]:
    line, column, end_line, end_column = span_of(finding)
    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": severity_of(finding),
        "location": {
            "path": project_path(finding.path, view),
            "positions": {
                "begin": {"line": line, "column": column},
                "end": {"line": end_line, "column": end_column},
            },
        },
    }


def severity_of(finding: Finding) -> str:
    """The severity in the words of GitLab."""
    if finding.severity is Severity.ERROR and finding.code.startswith(CRITICAL):
        return "critical"
    return SEVERITIES[finding.severity]
