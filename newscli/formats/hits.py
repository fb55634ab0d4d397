"""``hits``: what a search found as a person reads it: path, date and title on a line, the snippets indented below.

The words that matched are bold where there is colour; a wide character is never split.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newscli.formats import View
from newscli.report import Record, Report, cell, value_of
from newscli.text import display_width, visible, wrap

INDENT = "    "
_PATH, _DATE, _TITLE, _MATCH, _PROBLEM, _OFF = "\x1b[35m", "\x1b[36m", "\x1b[1m", "\x1b[1;31m", "\x1b[1;31m", "\x1b[0m"
_LEAST_WIDTH = 20


def render(report: Report, view: View) -> Iterator[str]:
    """Yield a hit a piece."""
    for name in view.fields:
        report.check_field(name, meta=True)
    for place, record in enumerate(report.records):
        yield ("\n" if place and record.get("snippets") else "") + "".join(_hit(record, view))


def _hit(record: Record, view: View) -> Iterator[str]:
    mark = cell(record.get("mark"))
    if mark:
        yield _styled(mark, _PROBLEM, view) + " "
    yield _styled(visible(cell(record.get("path"))), _PATH, view)
    if date := cell(record.get("date"))[:10]:
        yield " · " + _styled(visible(date), _DATE, view)
    if title := cell(record.get("title")):
        yield " · " + _styled(visible(title), _TITLE, view)
    yield "\n"
    for name in view.fields:
        yield f"{INDENT}{name}: {visible(cell(value_of(record, name)))}\n"
    for snippet in record.get("snippets") or ():
        yield from _snippet(snippet, view)


def _snippet(snippet: Mapping[str, Any], view: View) -> Iterator[str]:
    """The lines of a snippet, broken where the window wants it, the matches marked on each."""
    text: str = snippet["text"]
    place = 0
    for line in wrap(text, max(_LEAST_WIDTH, view.width - display_width(INDENT))):
        start = text.find(line, place)
        place = start + len(line)
        yield INDENT + _marked(line, start, snippet["matches"], view) + "\n"


def _marked(line: str, start: int, matches: Sequence[Sequence[int]], view: View) -> str:
    pieces, place = [], 0
    for begin, end in matches:
        first, last = max(begin - start, place), min(end - start, len(line))
        if first < last:
            pieces += [visible(line[place:first]), _styled(visible(line[first:last]), _MATCH, view)]
            place = last
    return "".join([*pieces, visible(line[place:])])


def _styled(text: str, style: str, view: View) -> str:
    return f"{style}{text}{_OFF}" if view.color else text
