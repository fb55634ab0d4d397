from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli import dates
from newscli.dates import DateError, date_from_name, load_zone, parse_date
from newscli.errors import ConfigError

EAST = timezone(timedelta(hours=8))
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-06-07", "2022-06-07T00:00:00+08:00"),
        ("2022-06-07 07:17:20 +0800", "2022-06-07T07:17:20+08:00"),
        ("2022-06-07 07:17:20 +08:00", "2022-06-07T07:17:20+08:00"),
        ("2022-06-07 07:17:20+0800", "2022-06-07T07:17:20+08:00"),
        ("2022-06-07 07:17:20 -4", "2022-06-07T07:17:20-04:00"),
        ("2022-06-07 07:17:20 +0530", "2022-06-07T07:17:20+05:30"),
        ("2022-06-07 07:17:20 -0330", "2022-06-07T07:17:20-03:30"),
        ("2022-06-07 07:17:20 GMT+8", "2022-06-07T07:17:20+08:00"),
        ("2022-06-07 07:17:20 UTC", "2022-06-07T07:17:20+00:00"),
        ("2022-06-07 +0900", "2022-06-07T00:00:00+09:00"),
        ("2022-06-07T07:17:20.002+08:00", "2022-06-07T07:17:20.002000+08:00"),
        ("2022-06-07T07:17:20.123456789Z", "2022-06-07T07:17:20.123456+00:00"),
        ("2022-06-07T07:17:20,5Z", "2022-06-07T07:17:20.500000+00:00"),
        ("2022-06-07T07:17:20Z", "2022-06-07T07:17:20+00:00"),
        ("2022-06-07t07:17:20z", "2022-06-07T07:17:20+00:00"),
        ("2022-06-07, 07:17", "2022-06-07T07:17:00+08:00"),
        ("2017-1-11", "2017-01-11T00:00:00+08:00"),
        ("2014-12-06 17:06", "2014-12-06T17:06:00+08:00"),
        ("2014-12-06 7:17", "2014-12-06T07:17:00+08:00"),
        ("2022-06-07\t07:17", "2022-06-07T07:17:00+08:00"),
        ("2022/06/07", "2022-06-07T00:00:00+08:00"),
        ("2022/6/7 7:17:20", "2022-06-07T07:17:20+08:00"),
        ("2022.06.07", "2022-06-07T00:00:00+08:00"),
        ("2021年10月01日", "2021-10-01T00:00:00+08:00"),
        ("2021年10月1日 7时5分3秒", "2021-10-01T07:05:03+08:00"),
        ("2021年10月1日7点", "2021-10-01T07:00:00+08:00"),
        ("2021年10月1日 07:17", "2021-10-01T07:17:00+08:00"),
        ("2021年10月1日（星期五）07：17", "2021-10-01T07:17:00+08:00"),
        ("２０２１年１０月１号", "2021-10-01T00:00:00+08:00"),
        ("Fri Oct 09 2020 02:04:03 GMT+0000 (Coordinated Universal Time)", "2020-10-09T02:04:03+00:00"),
        ("Tue, 07 Jun 2022 07:17:20 +0800", "2022-06-07T07:17:20+08:00"),
        ("7 Jun 2022 07:17 GMT", "2022-06-07T07:17:00+00:00"),
        ("07-Jun-2022", "2022-06-07T00:00:00+08:00"),
        ("June 7, 2022", "2022-06-07T00:00:00+08:00"),
        ("Sept. 7, 2022", "2022-09-07T00:00:00+08:00"),
        ("Wednesday, May 4 2022 9:05", "2022-05-04T09:05:00+08:00"),
        ("Tue Jun  7 07:17:20 UTC 2022", "2022-06-07T07:17:20+00:00"),
        ("Tue Jun  7 07:17:20 2022", "2022-06-07T07:17:20+08:00"),
        ("  2022-06-07  ", "2022-06-07T00:00:00+08:00"),
        ("'2022-06-07'", "2022-06-07T00:00:00+08:00"),
        ('"2022-06-07 07:17:20 +0800"', "2022-06-07T07:17:20+08:00"),
        ("“2022-06-07”", "2022-06-07T00:00:00+08:00"),
        ("2024-02-29", "2024-02-29T00:00:00+08:00"),
        ("2000-02-29", "2000-02-29T00:00:00+08:00"),
        ("0001-01-02", "0001-01-02T00:00:00+08:00"),
    ],
)
def test_every_form_is_read(text: str, expected: str) -> None:
    moment = parse_date(text, EAST)
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  ''", "empty"),
        (" +0800", "an offset without a date"),
        ("tuesday", "not a date"),
        ("2022-06", "not a date"),
        ("2022/06-07", "not a date"),
        ("2022-06-07-04", "not a date"),
        ("2022-06-07 07:17:20 +0800 x", "not a date"),
        ("20220607", "digits alone can mean several things; write the date as 2022-06-07"),
        ("1654586240", "digits alone can mean several things; write the date as 2022-06-07"),
        ("1654586240.25", "digits alone can mean several things; write the date as 2022-06-07"),
        ("06/07/2022", "day or month first? write the year first, as in 2022-06-07"),
        ("31.12.2022 07:17", "day or month first? write the year first, as in 2022-06-07"),
        ("22-06-07", "day or month first? write the year first, as in 2022-06-07"),
        ("2022-06-07 7:17 PM", "a 12-hour clock is not read; write the hours from 0 to 23"),
        ("2022-13-45", "month 13 does not exist"),
        ("2022-00-01", "month 0 does not exist"),
        ("2022-01-00", "day 0 does not exist"),
        ("2022-01-32", "day 32 does not exist"),
        ("2022-02-30", "30 February does not exist"),
        ("2022-02-29", "29 February 2022 does not exist"),
        ("1900-02-29", "29 February 1900 does not exist"),
        ("2022年4月31日", "31 April does not exist"),
        ("31 June 2022", "31 June does not exist"),
        ("0000-01-01", "year 0 does not exist"),
        ("2022-06-07 25:61", "hour 25 does not exist"),
        ("2022-06-07 23:60", "minute 60 does not exist"),
        ("2022-06-07 23:59:60", "second 60 does not exist"),
        ("2022-06-07 07:17 +9999", "offset +9999 does not exist"),
        ("2022-06-07 07:17 +08:60", "offset +08:60 does not exist"),
        ("0001-01-01T00:00:00Z", "out of range, another zone could not show it"),
        ("9999-12-31", "out of range, another zone could not show it"),
        ("2022-06-07" + " " * 200, "not a date"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text, EAST)
    assert str(caught.value) == reason


@pytest.mark.parametrize("zone", ["CST", "EDT", "Asia/Shanghai"])
def test_the_name_of_a_zone_is_refused_with_the_way_out(zone: str) -> None:
    with pytest.raises(DateError, match=rf"zone {zone} is not read.*\+0800"):
        parse_date(f"2022-06-07 07:17:20 {zone}", EAST)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-01-15 12:00", "2022-01-15T12:00:00-05:00"),
        ("2022-07-15 12:00", "2022-07-15T12:00:00-04:00"),
        ("2022-11-06 01:30", "2022-11-06T01:30:00-04:00"),  # comes twice: the first
        ("2022-03-13 02:30", "2022-03-13T02:30:00-05:00"),  # is skipped: the offset before
    ],
)
def test_a_date_without_offset_takes_the_one_its_zone_has_then(text: str, expected: str) -> None:
    moment = parse_date(text, NEW_YORK)
    assert moment.isoformat() == expected
    assert moment == at(expected)


def test_a_zone_without_offsets_counts_as_utc() -> None:
    class Nowhere(tzinfo):
        def utcoffset(self, moment: datetime | None) -> None:
            return None

        dst = tzname = utcoffset

    assert parse_date("2022-06-07", Nowhere()).isoformat() == "2022-06-07T00:00:00+00:00"


offsets = st.integers(-23 * 3600, 23 * 3600).map(lambda seconds: timezone(timedelta(seconds=seconds)))
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=offsets)  # noqa: DTZ001


@settings(max_examples=100, deadline=None)
@given(moments)
def test_what_is_written_is_read_back(moment: datetime) -> None:
    read = parse_date(moment.isoformat(), EAST)
    assert read == moment
    assert read.utcoffset() == moment.utcoffset()
    assert parse_date(moment.isoformat(" "), NEW_YORK) == moment


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"\A[0-9]{1,5}[-/年.][0-9]{1,3}[-/月][0-9T: +-]{1,20}\Z")))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        moment = parse_date(text, SHANGHAI)
    except DateError:
        return
    assert moment.astimezone(timezone(timedelta(hours=-23))) == moment.astimezone(timezone(timedelta(hours=23)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2022-06-07-slug.md", date(2022, 6, 7)),
        ("2022-06-07-苏州.md", date(2022, 6, 7)),
        ("2017-1-11-x.md", date(2017, 1, 11)),
        ("2022-06-07.md", date(2022, 6, 7)),
        ("2022-06-07", date(2022, 6, 7)),
        ("2022-06-07_x.md", date(2022, 6, 7)),
        ("-202205262391921712.md", None),
        ("20220607-x.md", None),
        ("2022-06-071-x.md", None),
        ("2022-06-x.md", None),
        ("draft-2022-06-07-x.md", None),
        ("index.html", None),
    ],
)
def test_the_date_a_file_name_begins_with(name: str, expected: date | None) -> None:
    assert date_from_name(name) == expected


@pytest.mark.parametrize(
    ("name", "reason"),
    [("2022-13-45-x.md", "month 13 does not exist"), ("2023-2-29-x.md", "29 February 2023 does not exist")],
)
def test_a_file_name_with_an_impossible_date(name: str, reason: str) -> None:
    with pytest.raises(DateError) as caught:
        date_from_name(name)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("name", "offset"),
    [("Z", 0), ("UTC", 0), ("+08:00", 8), ("+0800", 8), ("-4", -4), ("UTC+8", 8), ("Asia/Shanghai", 8)],
)
def test_zones_are_loaded_by_name_or_offset(name: str, offset: int) -> None:
    assert load_zone(name).utcoffset(datetime(2022, 6, 7)) == timedelta(hours=offset)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Asia/Shangai", "Did you mean Asia/Shanghai?"),
        ("asia/shanghai", "Did you mean Asia/Shanghai?"),
        ("Shanghai", "Did you mean Asia/Shanghai?"),
        ("New_York", "Did you mean America/New_York?"),
        ("+99:00", "offset +99:00 does not exist"),
        ("CST", "Unknown time zone 'CST'. Write a name"),
        ("Qqqqqqqqqq", "Unknown time zone 'Qqqqqqqqqq'. Write a name"),
        ("../../etc/passwd", "Write a name such as Asia/Shanghai, or +08:00."),
        ("a\0b", "Write a name such as Asia/Shanghai, or +08:00."),
    ],
)
def test_an_unknown_zone_is_a_config_error_with_a_way_out(name: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_zone(name)
    assert hint in str(caught.value)


@pytest.mark.parametrize("name", [None, ""])
@pytest.mark.parametrize("variable", ["Asia/Shanghai", ":Asia/Shanghai"])
def test_the_local_zone_is_the_one_of_tz(name: str | None, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", variable)
    assert load_zone(name) == SHANGHAI


def test_an_empty_tz_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "")
    assert load_zone(None) is UTC


def test_a_tz_that_names_nothing_leaves_the_offset_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "NOWHERE/AT_ALL")
    assert load_zone(None).utcoffset(datetime.now(UTC)) == datetime.now(UTC).astimezone().utcoffset()


def zone_file(name: str) -> bytes:
    for folder in TZPATH:
        if Path(folder, name).is_file():
            return Path(folder, name).read_bytes()
    pytest.skip("no zone files on this system")


def test_the_local_zone_is_the_one_the_system_links_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Shanghai")
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(dates, "_LOCALTIME", link)
    assert load_zone(None) == SHANGHAI


def test_a_copied_zone_file_gives_the_whole_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "localtime"
    copy.write_bytes(zone_file("America/New_York"))
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(dates, "_LOCALTIME", copy)
    zone = load_zone(None)
    assert parse_date("2022-01-15", zone).utcoffset() == timedelta(hours=-5)
    assert parse_date("2022-07-15", zone).utcoffset() == timedelta(hours=-4)


@pytest.mark.parametrize("content", [None, b"rubbish"])
def test_without_a_zone_file_the_offset_of_now_remains(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "localtime"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(dates, "_LOCALTIME", path)
    assert load_zone(None).utcoffset(datetime.now(UTC)) == datetime.now(UTC).astimezone().utcoffset()
