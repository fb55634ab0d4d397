"""Dates of exports and feeds: the forms of newscli.dates, RFC 822, and seconds or milliseconds since 1970."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from newscli.dates import DateError, parse_date

_RFC822 = re.compile(r"(?:[A-Za-z]{3,9}\.?,?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\.?,?\s+\d{2,4}\b.{0,40}", re.ASCII)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,9})?", re.ASCII)
_MILLISECONDS = 100_000_000_000
_QUARTER = 15 * 60
_NO_MOMENT = ("", "0000-00-00", "0000-00-00 00:00:00")


def read_moment(value: object, zone: tzinfo) -> datetime:
    """The moment a source names; a date without offset takes ``zone``.

    Ten digits are seconds since 1970, thirteen are milliseconds. The named zones of RFC 822 have its offsets.

    Raises:
        DateError: the value is no date.
    """
    text = str(value).strip()
    if not isinstance(value, bool) and _EPOCH.fullmatch(text):
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC)
    try:
        return parse_date(text, zone)
    except DateError:
        if _RFC822.fullmatch(text) and not text.endswith("CST"):  # Chicago by the standard, China in Chinese feeds
            return _rfc822(text, zone)
        raise


def dated(value: object, zone: tzinfo) -> tuple[datetime | None, str | None]:
    """The moment a source names, and what it says instead when that is no date; both None when it says nothing."""
    text = "" if value is None else str(value).strip()
    if text in _NO_MOMENT or text.startswith("0000-"):
        return None, None
    try:
        return read_moment(value, zone), None
    except DateError:
        return None, text


def with_offset_of(local: str, utc: str, zone: tzinfo) -> datetime | None:
    """A moment given twice, as the clock of the place showed it and as UTC: the difference is the offset.

    Args:
        local: date and time without offset, at the place.
        utc: the same moment in UTC; may mean nothing, and ``zone`` is taken then.
        zone: the zone when the two do not tell.

    Returns:
        The moment; None when ``local`` is no date.
    """
    here, _ = dated(local, UTC)
    there, _ = dated(utc, UTC)
    if here is None or there is None:
        return dated(local, zone)[0] if here else there
    offset = timedelta(seconds=round((here - there).total_seconds() / _QUARTER) * _QUARTER)
    if abs(offset) >= timedelta(hours=24):  # not two readings of one moment
        return here.replace(tzinfo=zone)
    return here.replace(tzinfo=timezone(offset) if offset else UTC)


def _rfc822(text: str, zone: tzinfo) -> datetime:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise DateError(f"is no date: {error}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC if text.rstrip().endswith("-0000") else zone)
