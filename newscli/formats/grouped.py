"""``grouped``: the findings under the name of their file, in columns."""

from collections.abc import Iterator

from newscli.findings import Findings
from newscli.formats import View, one_line
from newscli.formats.colors import code, paint
from newscli.formats.concise import mark


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield a block a file with findings, an empty line behind it."""
    for result in findings:
        if result.findings:
            places = [f"{finding.line}:{finding.column}" for finding in result.findings]
            width = max(map(len, places))
            lines = [paint(one_line(result.path, view), "1;4", view)]
            lines += [
                f"  {place:>{width}}  {code(finding, view)} {mark(finding, view)}{one_line(finding.message, view)}"
                for place, finding in zip(places, result.findings, strict=True)
            ]
            yield "\n".join([*lines, "\n"])
