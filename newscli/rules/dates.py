"""D: the dates in the front matter."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from newscli.dates import DateError, date_from_name, parse_date
from newscli.diagnostics import Severity
from newscli.rules.model import Hit, edit, only, rule
from newscli.rules.subject import Subject

_ISO = re.compile(
    r"(?P<day>\d{4}-(?P<m>\d\d?)-(?P<d>\d\d?))(?:(?:[Tt]|[ \t]+)\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"[ \t]*(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?\d\d(?::\d\d)?|[+-]\d\d?)?\Z",
    re.ASCII,
)
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_NAMED_ZONE = re.compile(r"\d[ \t]*\b([A-Z][A-Za-z]{1,4}|[A-Z][A-Za-z]+/[A-Za-z_]+)\Z")
_FIXABLE = re.compile(r"\d{4}[/.年]")
_EPOCH = re.compile(r"(?:1[0-9]{9}|[2-9][0-9]{8})\Z")
_LATER = ("last_modified_at", "updated", "lastmod", "modified", "updated_at")
_DAY = timedelta(days=1)


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


def _complaint(subject: Subject, text: str) -> tuple[str, str] | None:
    """The code and reason against a date; None when the engine reads it as it is meant. Found out once."""
    kept = subject.__dict__.get("_complaint", 0)
    if kept == 0:
        kept = subject.__dict__["_complaint"] = _judge(subject, text)
    return kept  # type: ignore[no-any-return]


def _judge(subject: Subject, text: str) -> tuple[str, str] | None:
    if moment(subject) is not None and _ISO.match(text):
        return None
    try:
        parse_date(text, subject.options.zone or UTC)
    except DateError as error:
        reason = str(error)
        if "does not exist" in reason and not reason.startswith("offset"):
            return "D302", reason
        if zone := _NAMED_ZONE.search(text):
            return "D307", f"the zone {zone[1]} means several things"
        return "D301", reason
    return _unlike(subject.engine, text)


def _unlike(engine: str, text: str) -> tuple[str, str] | None:
    """What an engine makes of a date that is clear to people but not of ISO's form."""
    if "年" in text or (engine == "hugo" and not _ISO.match(text)):
        return "D301", f"{engine} does not read it"
    if engine == "jekyll" and not _ENGLISH.match(text.lstrip("0123456789 ")) and not _ISO.match(text):
        return "D301", "YAML leaves it a text, and what it means is left to guessing"
    return None


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
    complaint = _complaint(subject, text) if text else None
    if complaint is None or complaint[0] != code:
        return
    start, end = subject.place(("date",))
    fix = None
    if code == "D301" and (iso := _iso(subject, text)):
        fix = edit(start, end, iso, f"write {iso}", safe=False)
    at = start
    if code == "D307" and (zone := _NAMED_ZONE.search(subject.text[start:end].rstrip("\"'"))):
        at = start + zone.start(1)
    yield Hit(at, end, f"{words} {text}: {complaint[1]}", fix, ("date",))


@rule("D301", "unreadable-date", fix="unsafe")
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


@rule("D302", "impossible-date")
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


@rule("D304", "name-date-mismatch", Severity.WARNING, levels=only("jekyll", "hexo"))
def name_date_mismatch(subject: Subject) -> Iterator[Hit]:
    """The file name and the front matter give different days.

    Why: the front matter decides about the address, the name about ``post_url`` and the order; readers find neither.

    Bad::

        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        date: 2022-06-09 07:17:20 +0800
        ---

    Good::

        ==> _posts/2022-06-09-example.md <==
        ---
        title: A title
        date: 2022-06-09 07:17:20 +0800
        ---

    Engines: Jekyll uses ``date:`` for the address, in the zone of the site.
    """
    named = named_day(subject)
    if not isinstance(named, date):
        return
    found = moment(subject)
    if found is None or _complaint(subject, written(subject)):
        return
    if subject.options.zone is not None and ":" in written(subject):
        found = found.astimezone(subject.options.zone)
    if found.date() != named:
        start, end = subject.place(("date",))
        message = f"the file name says {named}, the date is {found.date()}"
        yield Hit(start, end, f"{message}; make them agree", None, ("date",))


@rule("D305", "future-date", Severity.WARNING)
def future_date(subject: Subject) -> Iterator[Hit]:
    """The date lies in the future.

    Why: the post is left out of the site until then.

    Bad::

        title: A title
        date: 2999-01-01

    Good::

        title: A title
        date: 2022-06-07

    Engines: Jekyll and Hugo leave it out and exit with 0; Jekyll prints one line.
    """
    text, found = written(subject), moment(subject)
    if found is None and subject.engine == "jekyll" and "date" not in subject.data:
        day = named_day(subject)
        found = datetime.combine(day, time(), subject.options.zone or UTC) if isinstance(day, date) else None
    if found is None:
        return
    if found > subject.options.now and not (text and _complaint(subject, text)):
        severity = None if subject.options.future else Severity.ERROR
        message = f"the date {found.date()} is in the future; the post is left out until then"
        yield Hit(*subject.place(("date",)), message, None, ("date",), severity, until=found.date())


@rule("D306", "no-zone", Severity.WARNING, fix="safe", levels={"pyyaml": None})
def no_zone(subject: Subject) -> Iterator[Hit]:
    """The date has a time but no zone, and the site's zone is not UTC.

    Why: the engines then read it hours apart.

    Bad::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        date: 2022-06-07 07:17:20
        ---

    Good::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        date: 2022-06-07 07:17:20 +0800
        ---

    Engines: Jekyll reads it as UTC, Hugo in the site's ``timeZone``, js-yaml as UTC.
    Fix (safe): the offset of the site's zone is written behind it.
    """
    zone = subject.options.zone
    if zone is None:
        return
    text = written(subject)
    match = _ISO.match(text)
    if not match or match["zone"] or ":" not in text:
        return
    found = moment(subject)
    if found is None or not found.utcoffset():
        return
    start, end = subject.place(("date",))
    inner = end - (1 if subject.text[start : start + 1] in ("'", '"') else 0)
    offset = found.strftime("%z")
    fix = edit(inner, inner, f" {offset}", f"write {offset} behind it", safe=True)
    yield Hit(start, end, f"the time has no zone; write {offset} behind it", fix, ("date",))


@rule("D307", "named-zone")
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


@rule("D308", "zone-differs", Severity.INFO, default=False)
def zone_differs(subject: Subject) -> Iterator[Hit]:
    """The date is written in another zone than the site's.

    Why: the day may differ from the one written.

    Bad::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        date: 2022-06-07T07:17:20Z
        ---

    Good::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        date: 2022-06-07 15:17:20 +0800
        ---

    Engines: all convert it to the site's zone.
    """
    zone, found = subject.options.zone, moment(subject)
    match = _ISO.match(written(subject))
    if zone is None or found is None or not match or not match["zone"]:
        return
    if found.utcoffset() != found.astimezone(zone).utcoffset():
        message = f"the site's zone is {found.astimezone(zone).strftime('%z')}, the date's is {match['zone']}"
        yield Hit(*subject.place(("date",)), message, None, ("date",))


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
    match = _ISO.match(text)
    if not match or moment(subject) is None:
        return
    start, end = subject.place(("date",))
    short = len(match["m"]) < 2 or len(match["d"]) < 2
    quoted = subject.text[start : start + 1] in ("'", '"') and subject.front_matter.format == "yaml"
    if short or quoted:
        year = match["day"].split("-")[0]
        tidy = f"{year}-{int(match['m']):02}-{int(match['d']):02}" + text[match.end("day") :]
        fix = edit(start, end, tidy, f"write {tidy}", safe=True)
        yield Hit(start, end, f"write the date as {tidy}", fix, ("date",))


@rule("D310", "implausible-date", Severity.WARNING)
def implausible_date(subject: Subject) -> Iterator[Hit]:
    """The date is that of the first second of 1970, or before the site's first day.

    Why: it is what a program writes that knew no date.

    Bad::

        title: A title
        date: 1970-01-01 08:00:00 +0800

    Good::

        title: A title
        date: 2022-06-07

    Engines: all take it as it is.
    """
    found = moment(subject)
    if found is None:
        return
    least = subject.options.min_date
    if abs(found - datetime(1970, 1, 1, tzinfo=UTC)) <= _DAY or found.year < 2:
        message = f"the date {found.date()} is what programs write that know none"
    elif least and found.date() < least:
        message = f"the date {found.date()} is before {least}"
    else:
        return
    yield Hit(*subject.place(("date",)), message, None, ("date",))


@rule("D312", "order-of-dates", Severity.WARNING)
def order_of_dates(subject: Subject) -> Iterator[Hit]:
    """The post was changed before it was written.

    Why: one of the two dates is wrong.

    Bad::

        title: A title
        date: 2022-06-07
        last_modified_at: 2022-06-01

    Good::

        title: A title
        date: 2022-06-01
        last_modified_at: 2022-06-07

    Engines: feeds and site maps show the wrong order.
    """
    for key in _LATER:
        if key not in subject.data or not (text := written(subject, key)):
            continue
        found = moment(subject)
        try:
            later = parse_date(text, subject.options.zone or UTC)
        except DateError:
            continue
        if found and (later < found if ":" in text else later.date() < found.date()):
            yield Hit(*subject.place((key,)), f"{key} {text} is before the date {written(subject)}", None, (key,))
