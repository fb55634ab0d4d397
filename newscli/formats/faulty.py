"""``paths`` of findings: each file that has any, once; for ``xargs`` and ``$EDITOR``."""

from collections.abc import Iterator

from newscli.findings import Findings
from newscli.formats import View
from newscli.text import visible


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield a path a file with findings, ended by a line end or by NUL; away from a terminal byte for byte."""
    for result in findings:
        if result.findings:
            yield (visible(result.path) if view.terminal else result.path) + view.end
