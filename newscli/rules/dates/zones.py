"""D306, D308: the zone of a date."""

from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.dates.reading import ISO, is_unusual, key_of, moment, written
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject


@rule("D306", "no-zone", Severity.WARNING, fix="safe", levels={"pyyaml": None}, when=is_unusual)
def no_zone(subject: Subject) -> Iterator[Hit]:
    """The date has a time but no zone, and the site's zone is not UTC.

    Why: the engines then read it hours apart.

    Bad::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        title: A title
        date: 2022-06-07 07:17:20

    Good::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        title: A title
        date: 2022-06-07 07:17:20 +0800

    Engines: Jekyll reads it as UTC, Hugo in the site's ``timeZone``, js-yaml as UTC.
    Fix (safe): the offset of the site's zone is written behind it.
    """
    zone = subject.options.zone
    if zone is None:
        return
    text = written(subject)
    match = ISO.match(text)
    if not match or match["zone"] or ":" not in text:
        return
    found = moment(subject)
    if found is None or not found.utcoffset():
        return
    start, end = subject.place((key_of(subject),))
    inner = end - (1 if subject.text[start : start + 1] in ("'", '"') else 0)
    offset = found.strftime("%z")
    fix = edit(inner, inner, f" {offset}", f"write {offset} behind it", safe=True)
    yield Hit(start, end, f"the time has no zone; write {offset} behind it", fix, (key_of(subject),))


@rule("D308", "zone-differs", Severity.INFO, default=False, when=is_unusual)
def zone_differs(subject: Subject) -> Iterator[Hit]:
    """The date is written in another zone than the site's.

    Why: the day may differ from the one written.

    Bad::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        title: A title
        date: 2022-06-07T07:17:20Z

    Good::

        ==> newscli.toml <==
        [validate]
        timezone = "Asia/Shanghai"
        ==> _posts/2022-06-07-example.md <==
        title: A title
        date: 2022-06-07 15:17:20 +0800

    Engines: all convert it to the site's zone.
    """
    zone, found = subject.options.zone, moment(subject)
    match = ISO.match(written(subject))
    if zone is None or found is None or not match or not match["zone"]:
        return
    if found.utcoffset() != found.astimezone(zone).utcoffset():
        message = f"the site's zone is {found.astimezone(zone).strftime('%z')}, the date's is {match['zone']}"
        yield Hit(*subject.place((key_of(subject),)), message, None, (key_of(subject),))
