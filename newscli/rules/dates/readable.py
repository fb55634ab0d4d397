"""D301, D302, D307: dates that cannot be read, do not exist, or mean several moments."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from newscli.dates import DateError, parse_date
from newscli.rules.dates.complaints import NAMED_ZONE, complaint
from newscli.rules.dates.reading import is_unusual, key_of, named_day, written
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_FIXABLE = re.compile(r"\d{4}[/.年]")
_EPOCH = re.compile(r"(?:1[0-9]{9}|[2-9][0-9]{8})\Z")


def _iso(subject: Subject, text: str) -> str:
    """The date in ISO's form, where nobody can doubt what is meant; else nothing."""
    zone = subject.options.zone or UTC
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text), zone).strftime("%Y-%m-%d %H:%M:%S %z")
    if not _FIXABLE.match(text):
        return ""
    try:
        found = parse_date(text, zone)
    except DateError:
        return ""
    if ":" not in text and "时" not in text:
        return found.strftime("%Y-%m-%d")
    offset = found.strftime(" %z") if subject.options.zone or re.search(r"[+-]\d\d:?\d\d|Z", text) else ""
    return found.strftime("%Y-%m-%d %H:%M:%S") + offset


def _of_code(subject: Subject, code: str, words: str) -> Iterator[Hit]:
    text = written(subject)
    found = complaint(subject, text) if text else None
    if found is None or found[0] != code:
        return
    start, end = subject.place((key_of(subject),))
    fix = None
    if code == "D301" and (iso := _iso(subject, text)):
        fix = edit(start, end, iso, f"write {iso}", safe=False)
    at = start
    if code == "D307" and (zone := NAMED_ZONE.search(subject.text[start:end].rstrip("\"'"))):
        at = start + zone.start(1)
    yield Hit(at, end, f"{words} {text}: {found[1]}", fix, (key_of(subject),))


@rule("D301", "unreadable-date", fix="unsafe", when=is_unusual)
def unreadable_date(subject: Subject) -> Iterator[Hit]:
    """The date cannot be read, or not without guessing.

    Why: one such date stops the whole Jekyll build.

    Bad::

        title: A title
        date: 2022/06/07

    Good::

        title: A title
        date: 2022-06-07

    Engines: Jekyll stops at most forms, but reads ``06/07/2022`` as 6 July; Hugo reads ``20220607`` as a day of 1970.
    Fix (unsafe): ``2022/06/07``, ``2022年6月7日`` and seconds since 1970 are written in ISO's form; day and month in
    doubt never are.
    """
    yield from _of_code(subject, "D301", "cannot read the date")


@rule("D302", "impossible-date", when=is_unusual)
def impossible_date(subject: Subject) -> Iterator[Hit]:
    """The date does not exist.

    Why: Jekyll stops at most of them, but silently publishes 30 February as 2 March.

    Bad::

        title: A title
        date: 2022-02-30

    Good::

        title: A title
        date: 2022-03-02

    Engines: Jekyll rolls over or stops; js-yaml rolls over; PyYAML raises ValueError; Hugo stops.
    """
    yield from _of_code(subject, "D302", "there is no date")
    named = named_day(subject)
    if isinstance(named, DateError):
        yield Hit(0, 0, f"the date in the file name does not exist: {named}; rename the file")


@rule("D307", "named-zone", when=is_unusual)
def named_zone(subject: Subject) -> Iterator[Hit]:
    """The zone is a name that means several things.

    Why: ``CST`` is China, Cuba or the middle of America.

    Bad::

        title: A title
        date: 2022-06-07 07:17:20 CST

    Good::

        title: A title
        date: 2022-06-07 07:17:20 +0800

    Engines: Jekyll takes CST for US Central; Hugo stops; PyYAML leaves a text.
    """
    yield from _of_code(subject, "D307", "cannot place the date")
