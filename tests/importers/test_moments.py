from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.dates import DateError
from newscli.importers.moments import dated, read_moment, with_offset_of

CHINA = timezone(timedelta(hours=8))


def moment(*parts: int, hours: float = 0) -> datetime:
    year, month, day, *rest = parts
    clock = [*rest, 0, 0, 0]
    return datetime(year, month, day, clock[0], clock[1], clock[2], tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-06-07", moment(2022, 6, 7, hours=8)),
        ("2022-06-07 07:17:20 +0800", moment(2022, 6, 7, 7, 17, 20, hours=8)),
        ("2022-06-07T07:17:20Z", moment(2022, 6, 7, 7, 17, 20)),
        ("Wed, 05 Jun 2024 16:04:48 +0000", moment(2024, 6, 5, 16, 4, 48)),
        ("Wed, 05 Jun 2024 16:04:48 GMT", moment(2024, 6, 5, 16, 4, 48)),
        ("05 Jun 24 16:04 EST", moment(2024, 6, 5, 16, 4, hours=-5)),
        ("Sat, 07 Sep 02 09:42:31 -0400", moment(2002, 9, 7, 9, 42, 31, hours=-4)),
        ("Mon, 7 Sep 02 09:42:31", moment(2002, 9, 7, 9, 42, 31, hours=8)),
        ("Mon, 7 Sep 02 09:42:31 -0000", moment(2002, 9, 7, 9, 42, 31)),
        ("1654557440", moment(2022, 6, 6, 23, 17, 20)),
        (1654557440, moment(2022, 6, 6, 23, 17, 20)),
        (1654557440.0, moment(2022, 6, 6, 23, 17, 20)),
        ("1654557440000", moment(2022, 6, 6, 23, 17, 20)),
        (1654557440000, moment(2022, 6, 6, 23, 17, 20)),
    ],
)
def test_the_forms_of_feeds_and_exports(written: object, expected: datetime) -> None:
    found = read_moment(written, CHINA)
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "written",
    [
        "tuesday",
        "20220607",
        "06/07/2022",
        165455744,
        True,
        "Wed, 35 Jun 24 16:04:48 GMT",
        "Mon, 99 Foo 02 09:42:31",
        "",
    ],
)
def test_what_is_no_date_raises(written: object) -> None:
    with pytest.raises(DateError):
        read_moment(written, CHINA)


def test_the_zone_that_means_chicago_and_china_is_not_guessed() -> None:
    assert dated("Wed, 05 Jun 24 16:04:48 CST", UTC) == (None, "Wed, 05 Jun 24 16:04:48 CST")


@pytest.mark.parametrize("nothing", [None, "", "  ", "0000-00-00", "0000-00-00 00:00:00", "0000-00-00T00:00:00"])
def test_nothing_is_neither_a_date_nor_unreadable(nothing: object) -> None:
    assert dated(nothing, UTC) == (None, None)


def test_what_cannot_be_read_is_kept() -> None:
    assert dated(" some day ", UTC) == (None, "some day")
    assert dated("2022-06-07", UTC) == (moment(2022, 6, 7), None)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_every_text_is_a_date_or_kept(text: str) -> None:
    date, raw = dated(text, UTC)
    assert date is None or (raw is None and date.tzinfo is not None)
    assert raw in (None, text.strip())


@pytest.mark.parametrize(
    ("local", "utc", "expected"),
    [
        ("2014-05-03 14:20:32", "2014-05-03 13:20:32", moment(2014, 5, 3, 14, 20, 32, hours=1)),
        ("2014-05-03 14:20:32", "2014-05-03 14:20:32", moment(2014, 5, 3, 14, 20, 32)),
        ("2014-05-03 14:20:32", "2014-05-03 08:50:32", moment(2014, 5, 3, 14, 20, 32, hours=5.5)),
        ("2014-05-03 01:00:00", "2014-05-03 08:00:00", moment(2014, 5, 3, 1, hours=-7)),
        ("2014-05-03 14:20:32", "0000-00-00 00:00:00", moment(2014, 5, 3, 14, 20, 32, hours=8)),
        ("2014-05-03 14:20:32", "", moment(2014, 5, 3, 14, 20, 32, hours=8)),
        ("0000-00-00 00:00:00", "2014-05-03 14:20:32", moment(2014, 5, 3, 14, 20, 32)),
        ("2014-05-03 14:20:32", "2012-05-03 14:20:32", moment(2014, 5, 3, 14, 20, 32, hours=8)),
    ],
)
def test_a_moment_written_twice_tells_its_offset(local: str, utc: str, expected: datetime) -> None:
    found = with_offset_of(local, utc, CHINA)
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()


def test_two_times_nothing_is_no_moment() -> None:
    assert with_offset_of("", "0000-00-00 00:00:00", CHINA) is None
