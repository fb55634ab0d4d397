"""Colours of the formats that are written line by line, without Rich."""

from newscli.diagnostics import Severity
from newscli.finding import Finding
from newscli.formats import View

STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
"""ANSI styles of the severities."""


def paint(text: str, style: str, view: View) -> str:
    """The text in an ANSI style such as ``1;31``, where colours are wanted."""
    return f"\x1b[{style}m{text}\x1b[0m" if view.color else text


def code(finding: Finding, view: View) -> str:
    """The code of a finding in the colour of its severity."""
    return paint(finding.code, STYLES[finding.severity], view)
