"""``sarif``: SARIF 2.1.0 as GitHub code scanning and editors read it.

The format: OASIS "Static Analysis Results Interchange Format Version 2.1.0"; what GitHub asks for beyond it: "SARIF
support for code scanning" in its manual. GitHub takes 25,000 results a run: the worst are kept, which a notification
says.
"""

import heapq
from collections.abc import Iterator
from typing import Any

from newscli import __version__
from newscli.diagnostics import Severity
from newscli.finding import RANKS, Finding, fix_kind, span_of
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.jsonl import encoder
from newscli.formats.regions import Region, project_uri, region_of
from newscli.report import Report

LIMIT = 25_000
"""Results that GitHub takes of a run."""
DESCRIPTION = 1024
"""Characters that GitHub takes of a description."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SECURITY = {"H701": "7.5", "H702": "7.5", "H703": "8.0"}
"""Rules that protect the readers of a site, with their severity from 0 to 10."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_Worst = list[tuple[int, int, Finding, str]]


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield the log: the results, the worst first, then the tool that found them."""
    to_json = encoder(Report((), ()), View(terminal=view.terminal))
    count, worst = _worst(findings)
    rules: dict[str, int] = {}
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", "results": ['
    before = "\n"
    for _, _, finding, text in worst:
        index = rules.setdefault(finding.code, len(rules))
        yield before + to_json(_result(finding, index, text, view))
        before = ",\n"
    yield '\n], "tool": ' + to_json({"driver": _driver([_rule(code, findings) for code in rules])})
    yield ', "automationDetails": {"id": "newscli-validate/"}'
    yield f', "invocations": [{to_json(_invocation(count))}]}}]}}\n'


def _worst(findings: Findings) -> tuple[int, _Worst]:
    """How many findings there are, and the worst of them in order, each with the text its fix refers to."""
    count = 0

    def ranked() -> Iterator[tuple[int, int, Finding, str]]:
        nonlocal count
        for result in findings:
            for finding in result.findings:
                count += 1
                yield RANKS[finding.severity], count, finding, result.text if finding.fix else ""

    worst = heapq.nsmallest(LIMIT, ranked(), key=lambda each: each[:2])
    return count, worst


def _result(finding: Finding, index: int, text: str, view: View) -> dict[str, Any]:
    place = _artifact(finding.path, view)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": _region(span_of(finding))}}],
        # Not primaryLocationLineHash: upload-sarif computes that and warns where another value stands.
        "partialFingerprints": {"newscli/v1": finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": {"artifactLocation": _artifact(path, view), "region": {"startLine": line}},
                "message": {"text": message},
            }
            for number, (path, line, message) in enumerate(finding.related, 1)
        ]
    if finding.fix is not None and text:
        replacements = [
            {"deletedRegion": _region(region_of(edit, text)), "insertedContent": {"text": edit.text}}
            for edit in finding.fix.edits
        ]
        change = {"artifactLocation": place, "replacements": replacements}
        description = {"text": f"{finding.fix.message} ({fix_kind(finding)})"}
        if replacements:
            result["fixes"] = [{"description": description, "artifactChanges": [change]}]
    return result


def _artifact(path: str, view: View) -> dict[str, str]:
    return {"uri": project_uri(path, view), "uriBaseId": "%SRCROOT%"}


def _region(region: Region) -> dict[str, int]:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), region, strict=True))


def _driver(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": "newscli", "version": __version__, "semanticVersion": __version__, "rules": rules}


def _rule(code: str, findings: Findings) -> dict[str, Any]:
    rule = findings.rules.get(code)
    name = rule.name if rule else code
    summary = (rule.summary if rule else "") or name
    text = (rule.doc if rule else "") or summary
    severity = rule.severity if rule else Severity.WARNING
    tags = ["front matter", code.rstrip("0123456789")]
    properties: dict[str, Any] = {
        "precision": "high",
        "problem.severity": "recommendation" if severity is Severity.INFO else severity.value,
        "tags": tags,
    }
    if code in SECURITY:
        properties["security-severity"] = SECURITY[code]
        tags.append("security")
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": summary[:DESCRIPTION]},
        "fullDescription": {"text": text[:DESCRIPTION]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": properties,
    }


def _invocation(count: int) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if count > LIMIT:
        message = f"{count:,} findings; the {LIMIT:,} worst are here, because GitHub takes no more"
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": message}}]
    return invocation
