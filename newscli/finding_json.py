"""Findings as JSON, to be kept and to be sent to another process."""

import json
from collections.abc import Sequence
from typing import Any

from newscli.diagnostics import Edit, Fix, Severity
from newscli.finding import Finding

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def to_json(findings: Sequence[Finding]) -> str:
    """The findings as text; empty when there are none."""
    return _encode([_plain(finding) for finding in findings]) if findings else ""


def from_json(text: str) -> tuple[Finding, ...]:
    """The findings of such a text, but for the moment until which each holds."""
    return tuple(map(_finding, json.loads(text))) if text else ()


def _plain(each: Finding) -> list[Any]:
    fix = each.fix and [
        [[edit.start, edit.end, edit.text] for edit in each.fix.edits],
        each.fix.safe,
        each.fix.message,
        each.fix.rename,
    ]
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


def _finding(row: list[Any]) -> Finding:
    code, name, severity, path, line, column, end_line, end_column, message, fix, fingerprint, source_line, related = (
        row
    )
    return Finding(
        code, name, Severity(severity), path, line, column, end_line, end_column, message,
        fix and Fix(tuple(Edit(*edit) for edit in fix[0]), safe=fix[1], message=fix[2], rename=fix[3]),
        fingerprint, source_line, tuple((place, at, what) for place, at, what in related),
    )  # fmt: skip
