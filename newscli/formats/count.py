"""``count``: how many results there are, as one number on a line."""

from collections.abc import Iterator

from newscli.formats import View
from newscli.report import Report


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the number; one that is known already costs no reading, and no limit lessens it."""
    total = sum(1 for _ in report.records) if report.total is None else report.total
    yield f"{total}{view.end}"
