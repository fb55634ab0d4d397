"""``junit``: JUnit XML as Jenkins reads it, a test case a file.

A file's findings are one failure, since not every schema allows several. Of more than :data:`ALL_CASES` files only
those with findings are listed; ``tests`` counts them all.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from newscli.finding import FileResult
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.regions import project_path

ALL_CASES = 1000
"""Files up to which those without findings are listed too."""
_FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What XML 1.0 has no way to write (section 2.2)."""


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield the document, a test case a piece."""
    tally = findings.read_all()
    counts = f'tests="{tally.files}" failures="{tally.faulty}" errors="0"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="newscli validate" {counts}>\n'
    yield f'  <testsuite name="newscli validate" {counts} skipped="0">\n'
    for result in findings:
        if result.findings:
            yield _failing(result, view)
        elif tally.files <= ALL_CASES:
            yield f"    {_case(result, view)}/>\n"
    yield "  </testsuite>\n</testsuites>\n"


def _failing(result: FileResult, view: View) -> str:
    lines = [f"{each.line}:{each.column} {each.code} {each.message}" for each in result.findings]
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    failure = f"<failure type={_attribute(result.findings[0].code)} message={_attribute(lines[0] + more)}>"
    return (
        f"    {_case(result, view)}>\n      {failure}{escape(_clean(chr(10).join(lines)))}</failure>\n    </testcase>\n"
    )


def _case(result: FileResult, view: View) -> str:
    return f'<testcase classname="newscli.validate" name={_attribute(project_path(result.path, view))}'


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return re.sub(_FORBIDDEN, "\ufffd", text)
