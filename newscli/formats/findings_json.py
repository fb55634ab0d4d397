"""``json`` of findings: one object, its ``diagnostics`` streamed; what they add up to comes last."""

import json
from collections.abc import Iterator

from newscli import __version__
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.jsonl import encoder
from newscli.report import Report


def render(findings: Findings, view: View) -> Iterator[str]:
    """Yield the object: ``version``, ``diagnostics``, ``files_checked``, ``summary``."""
    to_json = encoder(findings.report(), view)
    plain = encoder(Report((), ()), View(terminal=view.terminal))
    yield '{"version": ' + json.dumps(__version__) + ', "diagnostics": ['
    before = "\n"
    for record in findings.records():
        yield before + to_json(record)
        before = ",\n"
    end = "]" if before == "\n" else "\n]"
    tally = findings.tally
    yield f'{end}, "files_checked": {tally.files}, "summary": {plain(tally.as_record())}}}\n'
