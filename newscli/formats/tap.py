"""``tap``: TAP version 14, a test point a file; the findings in its YAML block, the plan at the end.

The format: https://testanything.org/tap-version-14-specification.html.
"""

from collections.abc import Iterator

from newscli.finding import FIELDS, to_record
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.jsonl import encoder
from newscli.report import Report
from newscli.text import visible


def render(findings: Findings, view: View) -> Iterator[str]:  # noqa: ARG001 - a format's signature
    """Yield a test point a file."""
    # A line of JSON is a line of YAML once what YAML calls unprintable is escaped.
    to_json = encoder(Report((), ()), View(terminal=True))
    yield "TAP version 14\n"
    number = 0
    for number, result in enumerate(findings, 1):
        description = visible(result.path).replace("\\", "\\\\").replace("#", "\\#")
        if not result.findings:
            yield f"ok {number} - {description}\n"
            continue
        yield f"not ok {number} - {description}\n  ---\n  findings:\n"
        for finding in result.findings:
            record = to_record(finding)
            yield f"    - {to_json({name: record[name] for name in FIELDS if name != 'path'})}\n"
        yield "  ...\n"
    yield f"1..{number}\n"
