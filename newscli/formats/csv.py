"""``csv``: RFC 4180 with a header; UTF-8 without a byte order mark, lines ended by CRLF.

Cells are written as they are: nothing is put before one that begins with ``=``, ``+``, ``-`` or ``@``, although
spreadsheets take it for a formula. The file is data first; a spreadsheet should import its columns as text.
"""

import csv
from collections.abc import Iterator

from newscli.formats import View
from newscli.report import Report, cell, value_of
from newscli.text import visible


class _Line:
    """A file for :func:`csv.writer` that keeps the one line written last."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the header, then a line a record; a line end within a cell makes it more than one."""
    for name in view.fields:
        report.check_field(name, meta=True)
    line = _Line()
    write = csv.writer(line).writerow
    names = [column.name for column in report.data_columns(view.fields)]
    write(names)
    yield line.text
    for record in report.records:
        cells = [cell(value_of(record, name)) for name in names]
        write(map(visible, cells) if view.terminal else cells)
        yield line.text
