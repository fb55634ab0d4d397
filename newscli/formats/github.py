"""``github``: the findings as annotations of a GitHub workflow run.

GitHub shows 10 annotations of each level a step and drops the others without a word: the plain report comes first, in a
group that folds; then 10 of each level, one a rule and file before a second; then how many more there are.
The syntax: "Workflow commands for GitHub Actions" in the manual of GitHub.
"""

import re
import secrets
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.finding import RANKS, Finding, span_of
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.concise import heading
from newscli.formats.regions import project_path

LIMIT = 10
"""Annotations of a level that GitHub keeps of one step."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SUMMARY_RULES = 100
"""Rules in the table of the step's summary at most; GitHub takes 1 MiB of text."""
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


class _Chosen:
    """The findings of one level that become annotations: those first of their rule and file, then others."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self._first: list[Finding] = []
        self._others: list[Finding] = []

    def offer(self, finding: Finding) -> None:
        """Keep the finding while there is room for it."""
        key = (finding.code, finding.path)
        if len(self._first) < LIMIT and key not in self._seen:
            self._seen.add(key)
            self._first.append(finding)
        elif len(self._others) < LIMIT:
            self._others.append(finding)

    def best(self) -> list[Finding]:
        """At most :data:`LIMIT` of them."""
        return [*self._first, *self._others][:LIMIT]


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield the plain report in a group, the annotations, and how many findings have none."""
    chosen = {severity: _Chosen() for severity in RANKS}
    count = 0
    for finding in findings.flat():
        if count == 0:
            # What follows quotes files, and a file must not be able to give commands to the runner.
            token = secrets.token_hex(16)
            yield f"::group::newscli validate\n::stop-commands::{token}\n"
        count += 1
        chosen[finding.severity].offer(finding)
        yield heading(finding, view) + "\n"
    if count:
        yield f"::{token}::\n::endgroup::\n"
    shown = [finding for severity in RANKS for finding in chosen[severity].best()]
    yield from (annotation(finding, view) + "\n" for finding in shown)
    if count > len(shown):
        yield f"… and {count - len(shown):,} more: GitHub shows {LIMIT} of a level; all are in the group above.\n"


def annotation(finding: Finding, view: View) -> str:
    """The workflow command that annotates the place of a finding."""
    line, column, end_line, end_column = span_of(finding)
    properties = {"file": project_path(finding.path, view), "line": line, "endLine": end_line, "col": column}
    if end_line == line and end_column > column:
        properties["endColumn"] = end_column  # GitHub takes it on one line only
    properties["title"] = f"newscli ({finding.code})"
    written = ",".join(f"{name}={_escape(str(value), _PROPERTY)}" for name, value in properties.items())
    return f"::{LEVELS[finding.severity]} {written}::{_escape(finding.message, _DATA)}"


def step_summary(findings: Findings) -> Iterator[str]:
    """Markdown for ``$GITHUB_STEP_SUMMARY``: how many findings of which rule; to be asked for when all were read."""
    tally = findings.tally
    yield "### newscli validate\n\n"
    if not tally.findings:
        yield f"Files checked: {tally.files:,}. Nothing found.\n\n"
        return
    yield f"Files checked: {tally.files:,}; with findings: {tally.faulty:,}; findings: {tally.findings:,}.\n\n"
    yield "| rule | | findings | files |\n|---|---|--:|--:|\n"
    for code, count in tally.codes.most_common(SUMMARY_RULES):
        rule = findings.rules.get(code)
        summary = re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", rule.summary if rule else "")
        yield f"| {code} | {summary} | {count:,} | {tally.files_by_code[code]:,} |\n"
    yield "\n"


def _escape(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
