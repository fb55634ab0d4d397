"""D309: how a date is written."""

from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.dates.reading import ISO, key_of, moment, written
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject


@rule("D309", "date-style", Severity.INFO, default=False, fix="safe", levels={"hugo": Severity.ERROR})
def date_style(subject: Subject) -> Iterator[Hit]:
    """The date is quoted or written with one digit where two are usual.

    Why: YAML 1.1 takes ``2022-6-7`` for a text, and Hugo stops at it.

    Bad::

        title: A title
        date: 2022-6-7

    Good::

        title: A title
        date: 2022-06-07

    Engines: Jekyll reads ``2022-6-7``; Hugo stops.
    Fix (safe): zeros are added, quotes dropped.
    """
    text = written(subject)
    match = ISO.match(text)
    if not match or moment(subject) is None:
        return
    start, end = subject.place((key_of(subject),))
    short = len(match["m"]) < 2 or len(match["d"]) < 2
    quoted = subject.text[start : start + 1] in ("'", '"') and subject.front_matter.format == "yaml"
    if short or quoted:
        year = match["day"].split("-")[0]
        tidy = f"{year}-{int(match['m']):02}-{int(match['d']):02}" + text[match.end("day") :]
        fix = edit(start, end, tidy, f"write {tidy}", safe=True)
        yield Hit(start, end, f"write the date as {tidy}", fix, (key_of(subject),))
