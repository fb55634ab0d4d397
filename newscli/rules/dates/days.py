"""D304, D305, D310, D312: days that do not go together."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from newscli.dates import DateError, parse_date
from newscli.diagnostics import Severity
from newscli.rules.dates.complaints import complaint, sure_day
from newscli.rules.dates.reading import DATED, LATER, is_unusual, key_of, moment, named_day, written
from newscli.rules.model import Hit, only, rename, rule
from newscli.rules.subject import Subject

_DAY = timedelta(days=1)


@rule("D304", "name-date-mismatch", Severity.WARNING, fix="unsafe", levels=only("jekyll", "hexo"), when=is_unusual)
def name_date_mismatch(subject: Subject) -> Iterator[Hit]:
    """The file name and the front matter give different days.

    Why: the front matter decides about the address, the name about ``post_url`` and the order; one of the two is wrong.

    Bad::

        ==> _posts/2022-06-07-example.md <==
        title: A title
        date: 2022-06-09 07:17:20 +0800

    Good::

        ==> _posts/2022-06-09-example.md <==
        title: A title
        date: 2022-06-09 07:17:20 +0800

    Engines: Jekyll uses ``date:`` for the address, in the zone of the site.
    Fix (unsafe): the file is renamed, as its address stays then; ``post_url`` tags that name it do not follow.
    """
    named = named_day(subject)
    if not isinstance(named, date):
        return
    found = sure_day(subject)
    if found is not None and found != named:
        start, end = subject.place((key_of(subject),))
        message = f"the file name says {named}, the date is {found}"
        fix = rename(DATED.sub(f"{found}-", subject.name))
        yield Hit(start, end, f"{message}; make them agree", fix, (key_of(subject),))


@rule("D305", "future-date", Severity.WARNING, when=is_unusual)
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
    if found > subject.options.now and not (text and complaint(subject, text)):
        severity = None if subject.options.future else Severity.ERROR
        message = f"the date {found.date()} is in the future; the post is left out until then"
        yield Hit(*subject.place((key_of(subject),)), message, None, (key_of(subject),), severity, until=found)


@rule("D310", "implausible-date", Severity.WARNING, when=is_unusual)
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
    text, found = written(subject), moment(subject)
    if found is None:
        if text and (blame := complaint(subject, text)) and blame[0] == "D310":
            yield Hit(
                *subject.place((key_of(subject),)),
                f"the date {text} is what programs write that know none",
                None,
                (key_of(subject),),
            )
        return
    least = subject.options.min_date
    if abs(found - datetime(1970, 1, 1, tzinfo=UTC)) <= _DAY or found.year < 2:
        message = f"the date {found.date()} is what programs write that know none"
    elif least and found.date() < least:
        message = f"the date {found.date()} is before {least}"
    else:
        return
    yield Hit(*subject.place((key_of(subject),)), message, None, (key_of(subject),))


@rule("D312", "order-of-dates", Severity.WARNING, when=is_unusual)
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
    for key in LATER:
        if key not in subject.data or not (text := written(subject, key)):
            continue
        found = moment(subject)
        try:
            later = parse_date(text, subject.options.zone or UTC)
        except DateError:
            continue
        if found and (later < found if ":" in text else later.date() < found.date()):
            yield Hit(*subject.place((key,)), f"{key} {text} is before the date {written(subject)}", None, (key,))
