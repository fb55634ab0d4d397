r"""``tsv``: one line a record, cells separated by tabs, no header, nothing cut; for ``cut``, ``awk`` and ``sort``.

Tabs and line ends within a cell are written ``\t``, ``\n`` and ``\r``; dates are ISO 8601; lists are joined by ``, ``.
"""

from collections.abc import Iterator

from newscli.formats import View, one_line
from newscli.report import Report, value_of


def render(report: Report, view: View) -> Iterator[str]:
    """Yield a line a record."""
    for name in view.fields:
        report.check_field(name, meta=True)
    names = [column.name for column in report.data_columns(view.fields)]
    for record in report.records:
        yield "\t".join([one_line(value_of(record, name), view) for name in names]) + "\n"
