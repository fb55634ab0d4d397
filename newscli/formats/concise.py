"""``concise``: ``path:line:col: CODE [*] message``, a line a finding; terminals and editors make it clickable.

``[*]`` marks what ``--fix`` mends.
"""

from collections.abc import Iterator

from newscli.finding import Finding
from newscli.findings import Findings
from newscli.formats import View, one_line
from newscli.formats.colors import code, paint


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield a line a finding."""
    for finding in findings.flat():
        yield heading(finding, view) + "\n"


def heading(finding: Finding, view: View) -> str:
    """Where, which rule, whether it can be fixed, what is wrong; within one line."""
    place = paint(one_line(finding.path, view), "1", view) + f":{finding.line}:{finding.column}:"
    return f"{place} {code(finding, view)} {mark(finding, view)}{one_line(finding.message, view)}"


def mark(finding: Finding, view: View) -> str:
    """``[*]`` and a blank for a finding that ``--fix`` mends, else nothing."""
    return f"[{paint('*', '36', view)}] " if finding.fix is not None and finding.fix.safe else ""
