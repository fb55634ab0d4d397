"""``table``: the results as a person reads them on a terminal, fitted to its window.

Columns give way as the window narrows, dates and counts are never cut, widths are cells, and a wide character is never
split. Below 40 cells, or where the columns leave the main one no room, a record takes two lines: the main column, then
the rest. A table is laid out a batch at a time, so that a long one needs no more memory than a short one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newscli.formats import View
from newscli.report import Column, Record, Report, cell, value_of
from newscli.text import display_width, truncate, visible

if TYPE_CHECKING:
    from rich.style import Style

BATCH = 1000
"""Records laid out together; the widths of columns may differ from batch to batch."""
GAP = "  "
STACKED_BELOW = 40
"""Windows narrower than this (cells) take two lines a record, unless all fits into one."""
MAIN_LEAST = 12
"""Cells below which the main column is too narrow to be read, so that records are stacked."""
TIMES_FROM = 72
"""The width (cells) from which dates are shown with the time of day."""
SIDE_SHARE = 6
"""While the main column is cut, another that may be cut gets at most one part in so many of the window."""
HEADING_STYLE = "dim"
MARK_STYLES = {"!": "bold red", "d": "yellow"}
"""Styles of the marks in a column named ``mark``."""

_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})|$)")

Items = tuple[str, ...]
"""The text of a cell, item by item, so that a list can be cut between its items."""


class Span(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""


Line = list[Span]
Painter = Callable[[Iterable[Line]], str]


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the table, a batch of records a piece; no records are no text."""
    for name in view.fields:
        report.check_field(name, meta=True)
    columns = [column for column in report.table_columns(view.fields) if column.narrowest <= view.width]
    paint = _styled if view.color else _plain
    records, headed = iter(report.records), False
    while batch := list(islice(records, BATCH)):
        shown = columns if view.fields else [column for column in columns if _is_used(column, batch)]
        yield paint(_lay_out(shown, batch, view.width, headed=headed))
        headed = True


def _lay_out(columns: Sequence[Column], records: Sequence[Record], width: int, *, headed: bool) -> Iterator[Line]:
    rows = [[_items(column, record, width) for column in columns] for record in records]
    widths = _widths(columns, rows, width)
    if widths is None:
        for row in rows:
            yield from _stacked(columns, row, width)
        return
    if not headed and any(column.heading for column in columns):
        heading = [(column.heading,) for column in columns]
        yield [Span(span.text, HEADING_STYLE if span.text.strip() else "") for span in _row(columns, heading, widths)]
    for row in rows:
        yield _row(columns, row, widths)


def _is_used(column: Column, records: Sequence[Record]) -> bool:
    """Whether any record has something to show there; tables leave out columns that would be blank."""
    return any(_items(column, record, 0) for record in records)


def _items(column: Column, record: Record, width: int) -> Items:
    value = value_of(record, column.name)
    if value in (None, "", []) and column.fallback:
        value = value_of(record, column.fallback)
    if isinstance(value, list | tuple):
        return tuple(visible(cell(item)) for item in value)
    text = visible(_number(value) if column.right else cell(value))
    if column.date:
        text = _date(text, width)
    return (text,) if text else ()


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else cell(value)


def _date(text: str, width: int) -> str:
    """Day and time, or the day; what is no date is cut to the same room."""
    day = _ISO.match(text)
    if width < TIMES_FROM:
        return text[:10] if day else truncate(text, len("2022-06-07"))
    return f"{day[1]} {day[2]}" if day and day[2] else truncate(text, len("2022-06-07 07:17"))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Items]], width: int) -> list[int] | None:
    """How wide each column is, in cells; None when the records are better stacked."""
    natural = [
        max(display_width(column.heading), *(display_width(", ".join(row[place])) for row in rows))
        for place, column in enumerate(columns)
    ]
    room = width - len(GAP) * (len(columns) - 1)
    if sum(natural) <= room:
        return natural
    main = _main(columns)
    if main is None or width < STACKED_BELOW:
        return None
    widths = [
        wide
        if place == main or _is_whole(column)
        else min(wide, max(display_width(column.heading), width // SIDE_SHARE))
        for place, (column, wide) in enumerate(zip(columns, natural, strict=True))
    ]
    widths[main] = 0
    spare = room - sum(widths)
    widths[main] = min(natural[main], spare)
    spare -= widths[main]
    for place, wide in enumerate(natural):
        more = min(wide - widths[place], spare) if place != main else 0
        widths[place] += more
        spare -= more
    return widths if widths[main] >= min(MAIN_LEAST, natural[main]) else None


def _is_whole(column: Column) -> bool:
    return column.whole or column.date


def _main(columns: Sequence[Column]) -> int | None:
    """The place of the column that takes the room the others leave; None when none may be cut."""
    flexible = [place for place, column in enumerate(columns) if not _is_whole(column)]
    return next((place for place in flexible if columns[place].main), flexible[0] if flexible else None)


def _row(columns: Sequence[Column], row: Sequence[Items], widths: Sequence[int]) -> Line:
    line: Line = []
    for column, items, width in zip(columns, row, widths, strict=True):
        text = _fit(items, width)
        cell_span, blanks = Span(text, _style(column, text)), Span(" " * (width - display_width(text)))
        line += (blanks, cell_span, Span(GAP)) if column.right else (cell_span, blanks, Span(GAP))
    return _trimmed(line)


def _stacked(columns: Sequence[Column], row: Sequence[Items], width: int) -> Iterator[Line]:
    """The main column on a line of its own, then the others, indented, on as few lines as they need."""
    main = next((place for place, column in enumerate(columns) if column.main), _main(columns))
    if main is not None:
        text = ", ".join(row[main]) if _is_whole(columns[main]) else _fit(row[main], width)
        yield [Span(text, _style(columns[main], text))]
    line, used = [Span(GAP)], len(GAP)
    for place, (column, items) in enumerate(zip(columns, row, strict=True)):
        if place == main or not items:
            continue
        text = ", ".join(items) if _is_whole(column) else _fit(items, width - len(GAP))
        if len(line) > 1 and used + display_width(text) > width:
            yield _trimmed(line)
            line, used = [Span(GAP)], len(GAP)
        line += (Span(text, _style(column, text)), Span(GAP))
        used += display_width(text) + len(GAP)
    if len(line) > 1:
        yield _trimmed(line)


def _fit(items: Items, width: int) -> str:
    """The items in ``width`` cells: as many whole ones as fit and how many more there are, or the text cut."""
    text = ", ".join(items)
    if display_width(text) <= width:
        return text
    for count in range(len(items) - 1, 0, -1):
        short = f"{', '.join(items[:count])} +{len(items) - count}"
        if display_width(short) <= width:
            return short
    return truncate(text, width)


def _style(column: Column, text: str) -> str:
    return MARK_STYLES.get(text, column.style) if column.name == "mark" else column.style


def _trimmed(line: Line) -> Line:
    """The line without blanks at its end."""
    while line and not line[-1].text.strip():
        line.pop()
    return line


def _plain(lines: Iterable[Line]) -> str:
    return "".join("".join(span.text for span in line) + "\n" for line in lines)


def _styled(lines: Iterable[Line]) -> str:
    from rich.console import Console
    from rich.segment import Segment, Segments

    # The 16 standard colours are those of the reader's own theme; whether there is colour at all was decided before.
    console = Console(
        file=StringIO(), force_terminal=True, color_system="standard", no_color=False, legacy_windows=False
    )
    styles: dict[str, Style] = {}
    segments = []
    for line in lines:
        for text, name in line:
            if name not in styles:
                styles[name] = console.get_style(name or "none")
            segments.append(Segment(text, styles[name]))
        segments.append(Segment.line())
    with console.capture() as captured:
        console.print(Segments(segments), soft_wrap=True, end="")
    return captured.get()
