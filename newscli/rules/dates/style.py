"""D309: how a date is written."""

from collections.abc import Iterator
from datetime import UTC
from re import Match

from newscli.dates import DateError, parse_date
from newscli.diagnostics import Severity
from newscli.rules.dates.reading import ISO, key_of, moment, written
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject


@rule("D309", "date-style", Severity.INFO, default=False, fix="safe", levels={"hugo": Severity.ERROR})
def date_style(subject: Subject) -> Iterator[Hit]:
    """The date is quoted, written with one digit where two are usual, or not in the form of ``date-format``.

    Why: YAML 1.1 takes ``2022-6-7`` for a text, and Hugo stops at it.

    Bad::

        title: A title
        date: 2022-6-7

    Good::

        title: A title
        date: 2022-06-07

    Engines: Jekyll reads ``2022-6-7``; Hugo stops.
    Fix (safe): zeros are added, quotes dropped. With ``[validate] date-format = "%Y-%m-%d %H:%M:%S %z"`` the same
    moment is written in that form, where the date has the same parts: no time and no zone is added or dropped.
    """
    text = written(subject)
    match = ISO.match(text)
    if not match or moment(subject) is None:
        return
    start, end = subject.place((key_of(subject),))
    formed = _formed(subject, match)
    if formed and formed != text:
        fix = edit(start, end, formed, f"write {formed}", safe=True)
        yield Hit(start, end, f"write the date as {formed}", fix, (key_of(subject),), Severity.INFO)
        return
    short = len(match["m"]) < 2 or len(match["d"]) < 2
    quoted = subject.text[start : start + 1] in ("'", '"') and subject.front_matter.format == "yaml"
    if short or quoted:
        year = match["day"].split("-")[0]
        tidy = f"{year}-{int(match['m']):02}-{int(match['d']):02}" + text[match.end("day") :]
        fix = edit(start, end, tidy, f"write {tidy}", safe=True)
        yield Hit(start, end, f"write the date as {tidy}", fix, (key_of(subject),))


def _formed(subject: Subject, match: Match[str]) -> str:
    """The same date in the form that the settings want; empty where that would add or drop something."""
    found, form = moment(subject), subject.options.date_format
    if not form or found is None:
        return ""
    text = found.strftime(form)
    other = ISO.match(text)
    if other is None or any(bool(other[part]) != bool(match[part]) for part in ("clock", "zone")):
        return ""
    try:
        return text if parse_date(text, subject.options.zone or UTC) == found else ""
    except DateError:
        return ""
