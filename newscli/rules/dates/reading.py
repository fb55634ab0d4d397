"""The dates of a post as the engines and people read them; each is found out once."""

import re
from datetime import UTC, date, datetime, timedelta

from newscli.dates import DateError, date_from_name, parse_date
from newscli.dialect import date_key
from newscli.rules.subject import Subject

ISO = re.compile(
    r"(?P<day>\d{4}-(?P<m>\d\d?)-(?P<d>\d\d?))(?P<clock>(?:[Tt]|[ \t]+)\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"[ \t]*(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?\d\d(?::\d\d)?|[+-]\d\d?)?\Z",
    re.ASCII,
)
DATED = re.compile(r"\A\d{2,4}-\d{1,2}-\d{1,2}-")
"""The day at the beginning of the name of a file."""
_USUAL = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d(?: (?P<clock>\d\d:\d\d:\d\d))?)(?: ?(?P<offset>[+-]\d\d:?\d\d))?", re.ASCII
)
_FIRST = date(1971, 1, 1)
_DAY = timedelta(days=1)
LATER = ("last_modified_at", "updated", "lastmod", "modified", "updated_at", "updatedDate", "modDatetime")
"""The keys that tell when a post was changed."""
_LATER = frozenset(LATER)


def key_of(subject: Subject) -> str:
    """The key of the date."""
    return date_key(subject.data, subject.engine)


def written(subject: Subject, key: str = "") -> str:
    """The text of a date, by default that of the post; empty when it is missing or not to be read for sure."""
    key = key or key_of(subject)
    value = subject.data.get(key)
    if subject.is_plain and type(value) is str:
        return value.strip(" ")
    if value is None or isinstance(value, list | dict):
        return ""
    text = value if isinstance(value, str) else str(value)
    if not subject.is_plain and not subject.reads and (key,) not in subject.values:
        return ""
    return text.strip(" ") if text.strip() else ""


def moment(subject: Subject) -> datetime | None:
    """When the post is dated, in the zone of the site; None without a readable date. Found out once."""
    kept = subject.__dict__.get("_moment", 0)
    if kept == 0:
        text = written(subject)
        try:
            kept = parse_date(text, subject.options.zone or UTC) if text else None
        except DateError:
            kept = None
        subject.__dict__["_moment"] = kept
    return kept  # type: ignore[no-any-return]


def named_day(subject: Subject) -> date | DateError | None:
    """The day in the file name, or why it is none; None without one. Found out once."""
    kept = subject.__dict__.get("_named_day", 0)
    if kept == 0:
        try:
            kept = date_from_name(subject.name) if subject.name[:1].isdigit() else None
        except DateError as error:
            kept = error
        subject.__dict__["_named_day"] = kept
    return kept  # type: ignore[no-any-return]


def is_unusual(subject: Subject) -> bool:
    """Whether a rule about dates may have something to say.

    Most posts have one date, in ISO's form, of the past, with the offset of the site and the day of the file name.
    """
    data, options = subject.data, subject.options
    text = data.get("date")
    if not subject.is_plain or type(text) is not str or not _LATER.isdisjoint(data):
        return True
    match = _USUAL.fullmatch(text)
    if match is None or (subject.name[:1].isdigit() and subject.name[:10] != text[:10]):
        return True
    try:
        found = datetime.fromisoformat(match["time"] + (match["offset"] or ""))
    except ValueError:
        return True
    day, least = found.date(), options.min_date
    if not _FIRST < day < options.now.date() - _DAY or (least is not None and day < least):
        return True
    if options.zone is None or (match["clock"] is None):
        return False
    return options.zone.utcoffset(found) != (found.utcoffset() or timedelta())
