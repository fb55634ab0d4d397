"""Dates: every form met in the wild becomes an aware datetime, or an error that says why not; nothing is guessed."""

import os
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pathlib import Path

from newscli.errors import ConfigError
from newscli.text import nearest

_LONGEST = 100  # no date is longer: what a hostile value can cost ends here
_LOCALTIME = Path("/etc/localtime")

OFFSET = r"(?:GMT|UTC)?[+-]\d\d?(?::?\d\d(?::\d\d)?)?|[Zz]|GMT|UTC"
"""An offset from UTC, as an expression."""
_OFFSET_PARTS = r"([+-])(\d\d?)(?::?(\d\d)(?::(\d\d))?)?$"
_CLOCK = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
_TIME = rf"(?:(?:[ \t]*[Tt,][ \t]*|[ \t]+){_CLOCK})?(?:(?(hour)[ \t]*|[ \t]+)(?P<offset>{OFFSET}))?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d?)-(?P<day>\d\d?){_TIME}", re.ASCII)
_NAME = r"(\d{4})-(\d\d?)-(\d\d?)(?:[-_. ]|$)"

_MONTHS = "January February March April May June July August September October November December".split()
_RANGES = (("year", 1, 9999), ("month", 1, 12), ("day", 1, 31), ("hour", 0, 23), ("minute", 0, 59), ("second", 0, 59))


class DateError(ValueError):
    """A text that is no date; ``str()`` says why.

    Attributes:
        offset: the position in the text where the fault starts (0 unless :func:`newscli.periods.period` raised it).
    """

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.offset = offset


def parse_date(text: str, zone: tzinfo) -> datetime:
    """The moment the text names, with the offset it was written with; a date without one takes ``zone``.

    The result always has a fixed offset, so that dates compare as moments. Of an hour that ``zone`` has twice the
    first is meant; one that it skips is read with the offset before the jump.

    Raises:
        DateError: the text is no date, is ambiguous (day or month first, a named zone), or does not exist.
    """
    if match := _ISO.fullmatch(text):
        return _moment(match.groups(), zone)
    plain = _plain(text)
    for form in _forms():
        if match := form.fullmatch(plain):
            found = match.groupdict()
            found["month"] = _month_numbers().get(found["month"].lower(), found["month"])
            return _moment(tuple(found.get(name) for name in _ISO.groupindex), zone)
    raise DateError(_reason(plain))


def _plain(text: str) -> str:
    """The text without the quotes, blanks and remark in parentheses around a date, full-width forms narrowed."""
    if len(text) > _LONGEST:
        raise DateError("not a date")
    plain = unicodedata.normalize("NFKC", text).strip(" \t\r\n\"'“”‘’")
    return re.sub(r"[ \t]*\([^()]*\)$", "", plain)


@cache
def _month_numbers() -> dict[str, str]:
    """The English names of the months and their usual short forms."""
    names = [(name.lower(), str(number)) for number, name in enumerate(_MONTHS, 1)]
    return {name[:length]: number for name, number in names for length in (3, len(name))} | {"sept": "9"}


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """The rarer forms, compiled when the first of them is met; groups named as in ``_ISO``."""
    day, year = r"(?P<day>\d\d?)", r"(?P<year>\d{4})"
    month = rf"(?P<month>{'|'.join(sorted(_month_numbers(), key=len, reverse=True))})\.?"
    weekday = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?[ \t]+)?"
    chinese_weekday = r"(?:[ \t]*\(?(?:星期|周)[一二三四五六日天]\)?)?"
    chinese_clock = r"(?P<hour>\d\d?)[时時点:](?:(?P<minute>\d\d?)(?:[分:](?:(?P<second>\d\d?)秒?)?)?)?"
    chinese_time = rf"{chinese_weekday}(?:[ \t]*{chinese_clock}(?:[ \t]*(?P<offset>{OFFSET}))?)?"
    patterns = (
        _ISO.pattern,
        rf"{year}([/.])(?P<month>\d\d?)\2{day}{_TIME}",
        rf"{year}年[ \t]*(?P<month>\d\d?)月[ \t]*{day}[日号號]{chinese_time}",
        rf"{weekday}{day}[ \t-]+{month},?[ \t-]+{year}{_TIME}",
        rf"{weekday}{month}[ \t]+{day},?[ \t]+{year}{_TIME}",
        rf"{weekday}{month}[ \t]+{day}[ \t]+{_CLOCK}(?:[ \t]+(?P<offset>{OFFSET}))?[ \t]+{year}",
    )
    return tuple(re.compile(pattern, re.ASCII | re.IGNORECASE) for pattern in patterns)


def _reason(text: str) -> str:
    """Why the text is no date, in words that help to mend it."""
    reasons = (
        (r"", "empty"),
        (r"[+-]\d\d?:?\d\d", "an offset without a date"),
        (r"-?\d+(\.\d*)?", "digits alone can mean several things; write the date as 2022-06-07"),
        (r"\d\d?([-/.])\d\d?\1\d\d(\d\d)?([ \t].*)?", "day or month first? write the year first, as in 2022-06-07"),
        (r".*:\d\d[ \t]*[ap]\.?m\.?", "a 12-hour clock is not read; write the hours from 0 to 23"),
    )
    for pattern, reason in reasons:
        if re.fullmatch(pattern, text, re.IGNORECASE | re.ASCII):
            return reason
    if zone := re.fullmatch(r"\d.*:\d\d[ \t]*([A-Za-z][A-Za-z_/]+)", text):
        return f"the zone {zone[1]} is not read, such names are ambiguous; write the offset, as in +0800"
    return "not a date"


def _moment(found: tuple[str | None, ...], zone: tzinfo) -> datetime:
    """The moment of the groups of ``_ISO``."""
    year, month, day, hour, minute, second, fraction, offset = found
    if offset:
        zone = parse_offset(offset)
    parts = (int(year or 0), int(month or 0), int(day or 0), int(hour or 0), int(minute or 0), int(second or 0))
    try:
        moment = datetime(*parts, microsecond=int(f"{fraction:0<6.6}") if fraction else 0, tzinfo=zone)
    except ValueError:
        raise impossible(parts) from None
    if parts[0] in (1, 9999) and moment.date() in (date.min, date.max):
        raise DateError("out of range, another zone could not show it")
    return anchored(moment)


def impossible(parts: tuple[int, ...], positions: Sequence[int] = (0,) * len(_RANGES)) -> DateError:
    """Why the parts (year, month, day, hour, minute, second) are no date, at the position of the one at fault."""
    for part, (name, lowest, highest), position in zip(parts, _RANGES, positions, strict=False):
        if not lowest <= part <= highest:
            return DateError(f"{name} {part} does not exist", position)
    year, month, day = parts[:3]
    day_name = f"{day} {_MONTHS[month - 1]}" + (f" {year}" if (month, day) == (2, 29) else "")
    return DateError(f"{day_name} does not exist", positions[2])


def anchored(moment: datetime) -> datetime:
    """The moment with the offset its zone has then as a fixed one."""
    if isinstance(moment.tzinfo, timezone):
        return moment
    return moment.replace(tzinfo=_fixed(moment.utcoffset() or timedelta()))


@lru_cache(maxsize=256)
def _fixed(length: timedelta) -> timezone:
    return timezone(length) if length else UTC


@lru_cache(maxsize=256)
def parse_offset(text: str) -> timezone:
    """The zone of a text of the form :data:`OFFSET`: ``+0800``, ``+08:00``, ``-4``, ``GMT+8``, ``Z``."""
    found = re.search(_OFFSET_PARTS, text)
    if not found:
        return UTC
    sign, hours, minutes, seconds = found.groups()
    length = timedelta(hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0))
    if length >= timedelta(days=1) or max(int(minutes or 0), int(seconds or 0)) > _RANGES[4][2]:
        raise DateError(f"offset {text} does not exist")
    return _fixed(-length if sign == "-" else length)


def date_from_name(name: str) -> date | None:
    """The date that a file name begins with, as in ``2022-06-07-slug.md`` or ``2017-1-11-x.md``; None without one.

    Raises:
        DateError: the name begins with a date that does not exist.
    """
    match = re.match(_NAME, name, re.ASCII)
    if not match:
        return None
    parts = int(match[1]), int(match[2]), int(match[3])
    try:
        return date(*parts)
    except ValueError:
        raise impossible(parts) from None


def load_zone(name: str | None) -> tzinfo:
    """The zone of an IANA name (``Asia/Shanghai``) or an offset (``+08:00``, ``+0800``, ``Z``).

    None or an empty name is the local zone, with its whole history and not only today's offset where the system
    names it (``$TZ``, else ``/etc/localtime``).

    Raises:
        ConfigError: there is no such zone.
    """
    if not name:
        return _local_zone()
    if re.fullmatch(OFFSET, name, re.ASCII):
        try:
            return parse_offset(name)
        except DateError as error:
            raise ConfigError(f"Unknown time zone {name!r}: {error}.") from None
    zone = _named_zone(name)
    if zone is None:
        raise ConfigError(f"Unknown time zone {name!r}.{_like(name)} Write a name such as Asia/Shanghai, or +08:00.")
    return zone


def _named_zone(name: str) -> tzinfo | None:
    """The zone of an IANA name; None when there is none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _like(name: str) -> str:
    """The zone that was perhaps meant, as a question; the city alone will do. Short names (CST) are like too many."""
    from zoneinfo import available_timezones

    zones = {zone.rpartition("/")[2]: zone for zone in available_timezones()}
    near = nearest(name, zones.values()) or zones.get(nearest(name, zones) or "")
    return f" Did you mean {near}?" if near and len(name) > len("CEST") else ""


def _local_zone() -> tzinfo:
    """The zone of this machine."""
    name = os.environ.get("TZ")
    zone = _system_zone() if name is None else _named_zone(name.removeprefix(":")) if name else UTC
    return zone or datetime.now(UTC).astimezone().tzinfo or UTC


def _system_zone() -> tzinfo | None:
    """The zone of ``/etc/localtime``, by the name it links to; None where the system has no such file."""
    from zoneinfo import ZoneInfo

    try:
        target = str(_LOCALTIME.readlink()) if _LOCALTIME.is_symlink() else ""
        named = _named_zone(target.partition("zoneinfo/")[2])
        if named:
            return named
        with _LOCALTIME.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return None
