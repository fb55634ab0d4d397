"""``json``: one array of objects, an object a line, streamed, UTF-8."""

from collections.abc import Iterator

from newscli.formats import View
from newscli.formats.jsonl import encoder
from newscli.report import Report


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the array, an element a piece; no records are an empty array."""
    to_json = encoder(report, view)
    before = "[\n"
    for record in report.records:
        yield before + to_json(record)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
