"""What an engine has against the way a date is written."""

import re
from datetime import UTC, date

from newscli.dates import DateError, parse_date
from newscli.rules.dates.reading import ISO, moment, written
from newscli.rules.subject import Subject

_ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMED_ZONE = re.compile(r"\d[ \t]*\b((?![AP]M\b)[A-Z][A-Za-z]{1,4}|[A-Z][A-Za-z]+/[A-Za-z_]+)\Z")


def complaint(subject: Subject, text: str) -> tuple[str, str] | None:
    """The code and reason against a date; None when the engine reads it as it is meant. Found out once."""
    kept = subject.__dict__.get("_complaint", 0)
    if kept == 0:
        kept = subject.__dict__["_complaint"] = _judge(subject, text)
    return kept  # type: ignore[no-any-return]


def _judge(subject: Subject, text: str) -> tuple[str, str] | None:
    if moment(subject) is not None and ISO.match(text):
        return None
    try:
        parse_date(text, subject.options.zone or UTC)
    except DateError as error:
        reason = str(error)
        if "does not exist" in reason and not reason.startswith("offset"):
            return "D302", reason
        if reason.startswith("out of range"):
            return "D310", reason
        if zone := NAMED_ZONE.search(text):
            return "D307", f"the zone {zone[1]} means several things"
        return "D301", reason
    return _unlike(subject.engine, text)


def _unlike(engine: str, text: str) -> tuple[str, str] | None:
    """What an engine makes of a date that is clear to people but not of ISO's form."""
    if "年" in text or (engine == "hugo" and not ISO.match(text)):
        return "D301", f"{engine} does not read it"
    if engine == "jekyll" and not _ENGLISH.match(text.lstrip("0123456789 ")) and not ISO.match(text):
        return "D301", "YAML leaves it a text, and what it means is left to guessing"
    return None


def sure_day(subject: Subject) -> date | None:
    """The day of the post in the zone of the site; None where its date is missing or something is wrong with it."""
    found, text = moment(subject), written(subject)
    if found is None or complaint(subject, text):
        return None
    if subject.options.zone is not None and ":" in text:
        found = found.astimezone(subject.options.zone)
    return found.date()
