"""Periods: the stretch of time that a query names, from its first moment to the first moment after it."""

import re
from datetime import date, datetime, timedelta, tzinfo

from newscli.dates import OFFSET, DateError, anchored, impossible, parse_offset

_STEPS = (r"(\d{4})", r"[-/年](\d\d?)", r"[-/月](\d\d?)", r"日?(?:[Tt]|[ \t]+)(\d\d?)", r":(\d\d)", r":(\d\d)")
_ENDS = ("", "年?", "月?", "日?", *(rf"(?:[ \t]*({OFFSET}))?",) * 3)  # what may follow that many steps
_RELATIVE = r"(\d{1,6})([hdwmy])"
_DAYS_AGO = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_WIDE = str.maketrans("０１２３４５６７８９－／：．", "0123456789-/:.")  # one for one, so that positions stay

Period = tuple[datetime | None, datetime | None]
"""A stretch of time: ``start <= moment < end``; None is without end."""


def period(text: str, *, zone: tzinfo, now: datetime) -> Period:
    """The time that a query names: from its first moment to the first moment after it.

    A point is a year, month, day, hour, minute or second (``2022``, ``2022-06``, ``2022-06-07T07:17``, ``2022年6月``),
    ``today``, ``yesterday``, or so many hours, days, weeks, months or years ago (``12h`` that moment; ``7d`` ``2w``
    ``3m`` ``1y`` that whole day). A range is ``A..B``, ``A..`` or ``..B``, both ends included whole.

    Args:
        text: what was typed; full-width digits count.
        zone: where days begin, unless the text names an offset.
        now: the present, aware.

    Raises:
        DateError: the text names no time; ``offset`` is the place of the fault.
    """
    narrow = text.translate(_WIDE)
    first, dots, last = narrow.partition("..")
    if not dots:
        return _point(narrow, 0, zone, now)
    place = len(first) + len(dots)
    if not (first.strip() or last.strip()):
        raise DateError("a range needs a start or an end")
    start = _point(first, 0, zone, now)[0] if first.strip() else None
    end = _point(last, place, zone, now)[1] if last.strip() else None
    if start and end and end <= start:
        raise DateError("the range ends before it starts", place)
    return start, end


def _point(text: str, place: int, zone: tzinfo, now: datetime) -> Period:
    """The period of a text without ``..`` that starts at ``place`` of what was typed."""
    place += len(text) - len(text.lstrip())
    word = text.strip().lower()
    try:
        if word in _DAYS_AGO:
            return _day(now.astimezone(zone).date() - timedelta(days=_DAYS_AGO[word]), zone)
        if ago := re.fullmatch(_RELATIVE, word, re.ASCII):
            return _ago(int(ago[1]), ago[2], zone, now)
    except OverflowError:
        raise DateError("out of range", place) from None
    return _calendar(text.strip(), place, zone)


def _day(day: date, zone: tzinfo) -> Period:
    """The whole day in the zone."""
    return _calendar(day.isoformat(), 0, zone)


def _ago(count: int, unit: str, zone: tzinfo, now: datetime) -> Period:
    """The day, or with ``h`` the moment, that long ago."""
    if unit == "h":
        moment = anchored(now.astimezone(zone)) - timedelta(hours=count)
        return moment, moment + timedelta.resolution
    today = now.astimezone(zone).date()
    if unit in "dw":
        return _day(today - timedelta(days=count * (7 if unit == "w" else 1)), zone)
    year, month = divmod(today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1), 12)
    if year < date.min.year:
        raise OverflowError
    return _day(date(year, month + 1, min(today.day, _days(year, month + 1))), zone)


def _calendar(text: str, place: int, zone: tzinfo) -> Period:
    """The year, month, day, hour, minute or second that the text names."""
    found: list[re.Match[str]] = []
    position = 0
    for step in _STEPS:
        if not (match := re.compile(step, re.ASCII).match(text, position)):
            break
        found.append(match)
        position = match.end()
    ending = re.compile(_ENDS[len(found)], re.ASCII).match(text, position)
    if ending is None or ending.end() < len(text) or not found:
        raise DateError("not a date; write 2022, 2022-06, 2022-06-07, 7d or today", place + position)
    year, month, day, hour, minute, second = [int(match[1]) for match in found] + [0, 1, 1, 0, 0, 0][len(found) :]
    try:
        zone = parse_offset(ending[1]) if ending.re.groups and ending[1] else zone
        start = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except DateError as error:
        raise DateError(str(error), place + ending.start(1)) from None
    except ValueError:
        positions = tuple(place + match.start(1) for match in found)
        raise impossible((year, month, day, hour, minute, second), positions) from None
    after = _after(start, len(found))
    return anchored(start), after and anchored(after)


def _after(start: datetime, precision: int) -> datetime | None:
    """The first moment after the year (precision 1), month, … or second (6) that starts; None after the last year."""
    years, months = divmod(start.month, 12)
    lengths = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))
    try:
        if precision == 1:
            return start.replace(year=start.year + 1)
        if precision == 2:
            return start.replace(year=start.year + years, month=months + 1)
        return start + lengths[precision - 3]
    except (ValueError, OverflowError):
        return None


def _days(year: int, month: int) -> int:
    """How many days the month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
