"""From a report to where it is read: which format, how many, to the terminal, a pipe or a file."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from newscli.cli.options import Context, Filters, Output
from newscli.cli.terminal import ENCODING_ERRORS, Terminal
from newscli.errors import NewscliError
from newscli.files import replace
from newscli.formats import View, get_format
from newscli.report import Record, Report

SCREENFUL = 50
"""Rows a terminal shows at most unless ``--limit`` says otherwise."""
LEAST_SCREENFUL = 10
_AROUND_THE_ROWS = 3
"""Lines of the window that are not rows: heading, footer, prompt."""
ENDINGS = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".tsv": "tsv"}
"""The formats that the name of an output file asks for."""


def write_report(report: Report, output: Output, context: Context, *, root: str = "") -> int:
    """Write the report as the options say, and on stderr what belongs beside it.

    Args:
        report: what to write; its records are read as they are written.
        output: the options.
        context: the global options.
        root: the folder that the records' paths are relative to.

    Returns:
        How many records there were.

    Raises:
        NewscliError: the options contradict one another, the report cannot be shown so, or the file cannot be written.
    """
    terminal = context.terminal
    name = format_name(output, terminal)
    render = get_format(name)
    records = _Counted(report.records)
    report.records = records
    pieces = render(report, _view(output, terminal, root))
    if _goes_to_file(output):
        write_file(Path(output.output or ""), pieces)
    else:
        terminal.stdout.writelines(pieces)
    if name == "count":
        return records.count if report.total is None else report.total
    _tell(report, records.count, terminal, is_screen=name == "table" and not _goes_to_file(output))
    return records.count


def limit_for(filters: Filters, output: Output, context: Context, *, screenful: int = SCREENFUL) -> int | None:
    """How many records to ask for: ``--limit``, else a screenful for a table on a terminal; None is all.

    Args:
        filters: the options that limit.
        output: the options of the form.
        context: the global options.
        screenful: the most that a terminal is shown unasked; 0 is all.
    """
    if filters.limit is not None:
        return filters.limit or None
    terminal = context.terminal
    if not terminal.is_terminal or _goes_to_file(output) or format_name(output, terminal) != "table" or not screenful:
        return None
    return min(screenful, max(LEAST_SCREENFUL, terminal.height - _AROUND_THE_ROWS))


def format_name(output: Output, terminal: Terminal) -> str:
    """The format asked for; else by the name of the file, a table on a terminal, TSV otherwise.

    Raises:
        NewscliError: more than one is asked for.
    """
    flags = {"json": output.json, "jsonl": output.jsonl, "paths": output.paths, "count": output.count}
    names = {name for name, given in flags.items() if given} | ({output.format} if output.format else set())
    if not names and output.print0:
        names = {"paths"}
    if len(names) > 1:
        raise NewscliError(f"one form of output at a time: {' or '.join(sorted(names))}")
    if output.print0 and not any(name == "paths" or "{" in name for name in names):
        raise NewscliError("--print0 goes with --paths and with templates")
    return names.pop() if names else _default_name(output, terminal)


def _default_name(output: Output, terminal: Terminal) -> str:
    if _goes_to_file(output):
        return ENDINGS.get(Path(output.output or "").suffix.lower(), "tsv")
    return "table" if terminal.is_terminal else "tsv"


def _goes_to_file(output: Output) -> bool:
    return output.output not in (None, "-")


def _view(output: Output, terminal: Terminal, root: str) -> View:
    to_file = _goes_to_file(output)
    return View(
        fields=output.field_names,
        terminal=terminal.is_terminal and not to_file,
        width=terminal.width,
        color=terminal.color and not to_file,
        null=output.print0,
        root=root,
    )


def _tell(report: Report, count: int, terminal: Terminal, *, is_screen: bool) -> None:
    if count == 0:
        if report.empty:
            terminal.note(report.empty)
    elif is_screen and terminal.is_terminal and report.total is not None and count < report.total:
        terminal.note(f"{count:,} of {report.total:,} · -n 0 for all")


class _Counted:
    """Records that know how many of them were read."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    An existing file is replaced and keeps its permissions; a link stays and what it points at is replaced; what is
    there and no file (a pipe, ``/dev/null``) is written directly.

    Raises:
        NewscliError: it cannot be written; an existing file is as it was.
    """
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise NewscliError(f"cannot write {path}: it is a folder")
        if mode is not None and not stat.S_ISREG(mode):
            with path.open("w", encoding="utf-8", errors=ENCODING_ERRORS, newline="") as stream:
                stream.writelines(pieces)
        else:
            replace(Path(os.path.realpath(path)), (piece.encode("utf-8", ENCODING_ERRORS) for piece in pieces))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NewscliError(f"cannot write {path}: {error.strerror}") from error
