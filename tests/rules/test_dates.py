"""Dates: how they are mended, and what is read of them at a glance."""

from collections.abc import Callable
from typing import Any

import pytest

from newscli.errors import ConfigError
from newscli.operations.validate import FileResult, Finding, options_from
from newscli.rules.dates.reading import is_unusual, moment, named_day, written
from newscli.rules.subject import Subject

Found = Callable[..., list[Finding]]
Checked = Callable[..., list[FileResult]]
POST = "_posts/2022-06-07-example.md"
SITE = {"timezone": "Asia/Shanghai", "now": "2026-11-23T00:00:00+08:00"}


def subject(lines: str, path: str = POST, **flags: Any) -> Subject:
    return Subject(
        path, f"---\ntitle: a\n{lines}\n---\nx\n".encode(), options_from({}, engine="jekyll", **SITE | flags)
    )


@pytest.mark.parametrize(
    ("code", "date", "mended"),
    [
        ("D301", "2022/06/07", "2022-06-07"),
        ("D301", "2022.06.07 07:17", "2022-06-07 07:17:00 +0800"),
        ("D301", "2022年6月7日", "2022-06-07"),
        ("D301", "2022年6月7日 7时17分", "2022-06-07 07:17:00 +0800"),
        ("D301", "1654586240", "2022-06-07 15:17:20 +0800"),
        ("D306", "2022-06-07 07:17:20", "2022-06-07 07:17:20 +0800"),
        ("D306", "'2022-06-07 07:17:20'", "'2022-06-07 07:17:20 +0800'"),
        ("D309", "2022-6-7", "2022-06-07"),
        ("D309", "'2022-06-07'", "2022-06-07"),
        ("D309", '"2022-6-07 07:17:20 +0800"', "2022-06-07 07:17:20 +0800"),
    ],
)
def test_what_is_mended(code: str, date: str, mended: str, check: Checked) -> None:
    (result,) = check({POST: f"---\ntitle: a\ndate: {date}\n---\nx\n"}, select=[code], fix="unsafe", **SITE)
    assert result.fixed_text == f"---\ntitle: a\ndate: {mended}\n---\nx\n"


def test_without_a_zone_none_is_invented(check: Checked) -> None:
    text = "---\ntitle: a\ndate: 2022/06/07 07:17:20\n---\nx\n"
    (result,) = check({POST: text}, select=["D301"], fix="unsafe")
    assert result.fixed_text == text.replace("/", "-")


@pytest.mark.parametrize("date", ["06/07/2022", "tuesday", "20220607", "2022年13月7日", "2022/06/07 noon"])
def test_what_nobody_can_be_sure_of_is_left(date: str, find: Found) -> None:
    found = find(f"---\ntitle: a\ndate: {date}\n---\nx\n", select=["D301", "D302"], **SITE)
    assert [one.fix for one in found] == [None]


@pytest.mark.parametrize(
    ("line", "unusual"),
    [
        ("date: 2022-06-07", False),
        ("date: 2022-06-07 07:17:20 +0800", False),
        ("date: 2022-06-07 07:17:20 +08:00", False),
        ("date: '2022-06-07'", False),
        ("date: 2022-06-07 07:17:20", True),
        ("date: 2022-06-07 07:17:20 +0000", True),
        ("date: 2022-06-08", True),
        ("date: 2022-06-31", True),
        ("date: 2099-01-01", True),
        ("date: 2022-6-7", True),
        ("date: [2022-06-07]", True),
        ("date:", True),
        ("layout: post", True),
        ("date: 2022-06-07\nupdated: 2022-06-08", True),
        ("date: 2022-06-07\nx: {a: b}", True),
    ],
)
def test_what_is_a_usual_date(line: str, unusual: bool) -> None:
    assert is_unusual(subject(line)) == unusual


def test_what_is_usual_depends_on_the_site() -> None:
    assert is_unusual(subject("date: 2022-06-07", min_date="2022-06-08"))
    assert not is_unusual(subject("date: 2022-06-07", min_date="2022-06-07"))
    assert not is_unusual(subject("date: 2022-06-07 07:17:20", timezone="UTC"))
    assert not is_unusual(subject("date: 2022-06-08", "posts/a.md"))
    assert is_unusual(subject("date: 1970-01-01", "posts/a.md"))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("date: 2022-06-07", "2022-06-07"),
        ("date: 20220607\nx: {a: b}", "20220607"),
        ("date: [2022-06-07]", ""),
        ("date: [2022-06-07]\nx: {a: b}", ""),
        ("date:", ""),
        ("x: 1", ""),
        ("date: '  '", ""),
        ("date: 2022-06-07\nx: 'a", "2022-06-07"),
        ('date: "2022-06-07\nx: y', ""),
    ],
)
def test_the_text_of_a_date(lines: str, text: str) -> None:
    assert written(subject(lines)) == text


def test_dates_are_found_out_once() -> None:
    found = subject("date: 2022-06-07 07:17:20 +0800")
    assert moment(found) is moment(found) is not None
    assert named_day(found) is named_day(found) is not None
    assert moment(subject("date: tuesday")) is None
    assert named_day(subject("date: 2022-06-07", "posts/a.md")) is None


@pytest.mark.parametrize(
    ("min_date", "date", "count"), [("2022-06-08", "2022-06-07", 1), ("2022-06-07", "2022-06-07", 0)]
)
def test_a_day_before_the_site(min_date: str, date: str, count: int, find: Found) -> None:
    found = find(f"---\ntitle: a\ndate: {date}\n---\nx\n", select=["D310"], min_date=min_date)
    assert [one.message for one in found] == ["the date 2022-06-07 is before 2022-06-08"] * count


def test_a_future_that_is_not_allowed_is_an_error(find: Found) -> None:
    text = "---\ntitle: a\ndate: 2099-01-01\n---\nx\n"
    assert [one.severity.value for one in find(text, select=["D305"])] == ["warning"]
    (found,) = find({"newscli.toml": "[validate]\nfuture = false\n", POST: text}, select=["D305"])
    assert found.severity.value == "error"


def test_where_the_zone_is_utc_none_need_be_written(find: Found) -> None:
    text = "---\ntitle: a\ndate: 2022-06-07T07:17:20\n---\nx\n"
    assert find(text, select=["D306"], timezone="UTC") == []
    assert find(text, select=["D306"]) == []


@pytest.mark.parametrize(
    ("form", "date", "expected"),
    [
        ("%Y-%m-%d %H:%M:%S %z", "2022-06-07T07:17:20+08:00", "2022-06-07 07:17:20 +0800"),
        ("%Y-%m-%d %H:%M:%S %z", "2022-06-07 07:17 +0800", "2022-06-07 07:17:00 +0800"),
        ("%Y-%m-%dT%H:%M:%S%z", "2022-06-07 07:17:20 +0100", "2022-06-07T07:17:20+0100"),
        ("%Y-%m-%d %H:%M:%S %z", "2022-06-07 07:17:20 +0800", None),
        ("%Y-%m-%d %H:%M:%S %z", "2022-06-07 07:17:20", None),  # which zone is not said
        ("%Y-%m-%d %H:%M:%S %z", "2022-06-07", None),  # nor at what time
        ("%Y-%m-%d", "2022-06-07 07:17:20 +0800", None),  # nothing is dropped
        ("%Y-%m-%d %H:%M %z", "2022-06-07 07:17:20 +0800", None),
        ("%Y-%m-%d", "2022-6-7", "2022-06-07"),
    ],
)
def test_the_form_of_dates_can_be_settled(form: str, date: str, expected: str | None, check: Checked) -> None:
    text = f"---\ntitle: a\ndate: {date}\n---\nx\n"
    settings = {"date_format": form, "select": ["D309"], "timezone": "Asia/Shanghai", "fix": "safe"}
    (result,) = check({"_posts/2022-06-07-a.md": text}, **settings)
    assert result.fixed_text == (expected and text.replace(date, expected))
    assert not result.findings


def test_a_form_of_dates_that_gives_none() -> None:
    with pytest.raises(ConfigError, match="gives no date: 'D"):
        options_from({"date-format": "D.M."})
