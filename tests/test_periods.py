from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.dates import DateError, parse_date
from newscli.periods import period

EAST = timezone(timedelta(hours=8))
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2022, 6, 9, 20, 30, tzinfo=UTC)  # in Shanghai 10 June, 4:30


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def between(start: str, end: str) -> tuple[datetime | None, datetime | None]:
    return (at(f"{start}+08:00") if start else None, at(f"{end}+08:00") if end else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", between("2022-01-01T00:00", "2023-01-01T00:00")),
        ("2022-06", between("2022-06-01T00:00", "2022-07-01T00:00")),
        ("2022-12", between("2022-12-01T00:00", "2023-01-01T00:00")),
        ("2022-06-07", between("2022-06-07T00:00", "2022-06-08T00:00")),
        ("2022/6/7", between("2022-06-07T00:00", "2022-06-08T00:00")),
        ("2022-12-31", between("2022-12-31T00:00", "2023-01-01T00:00")),
        ("2022-06-07T07", between("2022-06-07T07:00", "2022-06-07T08:00")),
        ("2022-06-07T07:17", between("2022-06-07T07:17", "2022-06-07T07:18")),
        ("2022-06-07 23:59:59", between("2022-06-07T23:59:59", "2022-06-08T00:00")),
        ("2022-06-07T07:17+09:00", between("2022-06-07T06:17", "2022-06-07T06:18")),
        ("2022-06-07T07Z", between("2022-06-07T15:00", "2022-06-07T16:00")),
        ("2022年", between("2022-01-01T00:00", "2023-01-01T00:00")),
        ("2022年6月", between("2022-06-01T00:00", "2022-07-01T00:00")),
        ("２０２２年６月７日", between("2022-06-07T00:00", "2022-06-08T00:00")),
        ("2022年6月7日 7:17", between("2022-06-07T07:17", "2022-06-07T07:18")),
        ("today", between("2022-06-10T00:00", "2022-06-11T00:00")),
        ("Today", between("2022-06-10T00:00", "2022-06-11T00:00")),
        ("昨天", between("2022-06-09T00:00", "2022-06-10T00:00")),
        ("yesterday", between("2022-06-09T00:00", "2022-06-10T00:00")),
        ("0d", between("2022-06-10T00:00", "2022-06-11T00:00")),
        ("7d", between("2022-06-03T00:00", "2022-06-04T00:00")),
        ("2w", between("2022-05-27T00:00", "2022-05-28T00:00")),
        ("3m", between("2022-03-10T00:00", "2022-03-11T00:00")),
        ("6m", between("2021-12-10T00:00", "2021-12-11T00:00")),
        ("1y", between("2021-06-10T00:00", "2021-06-11T00:00")),
        ("12h", between("2022-06-09T16:30", "2022-06-09T16:30:00.000001")),
        ("2022-06..2022-07", between("2022-06-01T00:00", "2022-08-01T00:00")),
        ("2022..2022", between("2022-01-01T00:00", "2023-01-01T00:00")),
        ("..2021", between("", "2022-01-01T00:00")),
        ("2022-06..", between("2022-06-01T00:00", "")),
        ("7d..", between("2022-06-03T00:00", "")),
        ("7d..yesterday", between("2022-06-03T00:00", "2022-06-10T00:00")),
        (" 2022 .. 2023 ", between("2022-01-01T00:00", "2024-01-01T00:00")),
        ("9999", between("9999-01-01T00:00", "")),
        ("9999-12", between("9999-12-01T00:00", "")),
        ("9999-12-31", between("9999-12-31T00:00", "")),
    ],
)
def test_the_period_a_query_names(text: str, expected: tuple[datetime | None, datetime | None]) -> None:
    assert period(text, zone=SHANGHAI, now=NOW) == expected


def test_the_month_before_a_longer_one_ends_earlier() -> None:
    now = datetime(2024, 3, 31, 12, tzinfo=EAST)
    assert period("1m", zone=EAST, now=now)[0] == at("2024-02-29T00:00+08:00")
    assert period("13m", zone=EAST, now=now)[0] == at("2023-02-28T00:00+08:00")


def test_a_day_may_last_25_hours() -> None:
    start, end = period("2022-11-06", zone=NEW_YORK, now=NOW)
    assert start
    assert end
    assert end - start == timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "offset", "reason"),
    [
        ("2022-13", 5, "month 13 does not exist"),
        ("2022-06-31", 8, "31 June does not exist"),
        ("2022-06-07T24:00", 11, "hour 24 does not exist"),
        ("2022-06-07T23:60", 14, "minute 60 does not exist"),
        ("0000", 0, "year 0 does not exist"),
        ("2022..2022-02-30", 14, "30 February does not exist"),
        ("2022.. 2022-13", 12, "month 13 does not exist"),
        ("2022-06-07T07:17 +99:00", 17, "offset +99:00 does not exist"),
        ("banana", 0, "not a date"),
        ("", 0, "not a date"),
        ("  x", 2, "not a date"),
        ("2022-06x", 7, "not a date"),
        ("20220607", 4, "not a date"),
        ("2022+0800", 4, "not a date"),
        ("2022..foo", 6, "not a date"),
        ("2022...", 6, "not a date"),
        ("..", 0, "a range needs a start or an end"),
        ("2023..2022", 6, "the range ends before it starts"),
        ("9999y", 0, "out of range"),
        ("999999d", 0, "out of range"),
        ("..999999w", 2, "out of range"),
    ],
)
def test_a_fault_in_a_period_has_its_place(text: str, offset: int, reason: str) -> None:
    with pytest.raises(DateError) as caught:
        period(text, zone=SHANGHAI, now=NOW)
    assert caught.value.offset == offset
    assert str(caught.value).startswith(reason)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"\A(2022|20[0-9]{2}-[01]?[0-9](-[0-3]?[0-9])?|[0-9]{1,7}[hdwmy]|today)?(\.\.)?[0-9-]{0,8}\Z"))
def test_a_period_starts_before_it_ends(text: str) -> None:
    try:
        start, end = period(text, zone=NEW_YORK, now=NOW)
    except DateError as error:
        place = error.offset
        start = end = None
    else:
        place = 0
    assert 0 <= place <= len(text)
    assert start is None or end is None or start < end


@settings(max_examples=100, deadline=None)
@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_moment_lies_in_its_own_year_month_day_and_minute(moment: datetime) -> None:
    there = parse_date(moment.isoformat(), SHANGHAI)
    for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        start, end = period(moment.strftime(form), zone=SHANGHAI, now=NOW)
        assert start is not None
        assert end is not None
        assert start <= there < end
