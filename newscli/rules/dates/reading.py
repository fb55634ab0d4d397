"""The dates of a post as the engines and people read them; each is found out once."""

import re
from datetime import UTC, date, datetime

from newscli.dates import DateError, date_from_name, parse_date
from newscli.rules.subject import Subject

ISO = re.compile(
    r"(?P<day>\d{4}-(?P<m>\d\d?)-(?P<d>\d\d?))(?:(?:[Tt]|[ \t]+)\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"[ \t]*(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?\d\d(?::\d\d)?|[+-]\d\d?)?\Z",
    re.ASCII,
)
_USUAL = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?P<zone> ?[+-]\d\d:?\d\d)?)?", re.ASCII)
LATER = ("last_modified_at", "updated", "lastmod", "modified", "updated_at")
"""The keys that tell when a post was changed."""
_FIRST_YEARS = 1971
_DATE_ALONE = len("2022-06-07")


def written(subject: Subject, key: str = "date") -> str:
    """The text of a date; empty when it is missing or not to be read for sure."""
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
    """Whether a rule about dates may have something to say: most posts have one date, in ISO's form, in its place."""
    if not subject.is_plain or not subject.data.keys().isdisjoint(LATER):
        return True
    match, found = _USUAL.fullmatch(written(subject)), moment(subject)
    if match is None or found is None or found.year < _FIRST_YEARS or found > subject.options.now:
        return True
    named, zone, least = named_day(subject), subject.options.zone, subject.options.min_date
    here = found
    if zone is not None:
        here = found.astimezone(zone)
        if here.utcoffset() != found.utcoffset() or (here.utcoffset() and not match["zone"] and len(match[0]) > _DATE_ALONE):
            return True
    return (named is not None and named != here.date()) or (least is not None and here.date() < least)
