"""``paths``: the path of each record relative to the current folder, one a line; for ``xargs`` and ``$(...)``."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from newscli.errors import NewscliError
from newscli.formats import View
from newscli.report import Report
from newscli.text import visible


def render(report: Report, view: View) -> Iterator[str]:
    """Yield a path a record, ended by a line end or by NUL; away from a terminal byte for byte."""
    seen = from_here(view.root)
    for record in report.records:
        path = record.get("path")
        if path is None:
            raise NewscliError("these results are no files: they have no paths to print")
        text = seen(path)
        yield (visible(text) if view.terminal else text) + view.end


def from_here(root: str) -> Callable[[str], str]:
    """How a path below ``root`` is written in the current folder."""
    here = Path.cwd()
    top = Path(root) if root else here
    if top == here:
        return str
    if not here.is_relative_to(top):
        before = os.path.relpath(top, here)
        return lambda path: f"{before}/{path}"
    inside = here.relative_to(top).as_posix() + "/"
    return lambda path: path.removeprefix(inside) if path.startswith(inside) else os.path.relpath(top / path, here)
