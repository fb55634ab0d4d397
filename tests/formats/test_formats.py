import importlib.metadata
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from newscli.errors import ExitCode, NewscliError
from newscli.formats import FORMATS, View, get_format, one_line
from newscli.report import Report

Show = Callable[..., str]


def test_the_table_of_formats_is_alphabetical() -> None:
    assert list(FORMATS) == sorted(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_posts_and_shows_nothing(name: str, posts: Report, show: Show) -> None:
    assert show(name, posts)
    assert isinstance(show(name, []), str)


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "paths", "tsv", "{title}"])
def test_a_record_is_written_before_the_next_is_read(name: str, posts: Report) -> None:
    read: list[int] = []

    def records() -> Iterator[dict[str, object]]:
        for number in range(5):
            read.append(number)
            yield {"title": number, "path": "x", "date": None, "tags": [], "categories": []}

    pieces = get_format(name)(Report(posts.columns, records()), View())
    next(pieces)
    assert read in ([], [0])


def test_an_unknown_format_is_a_use_error_with_the_nearest() -> None:
    with pytest.raises(NewscliError) as caught:
        get_format("tabel")
    assert str(caught.value) == "no format 'tabel'; did you mean 'table'?"
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_name_like_no_format_is_told_all_of_them() -> None:
    with pytest.raises(NewscliError) as caught:
        get_format("%s")
    assert str(caught.value) == (
        "no format '%s'; there are count, csv, hits, json, jsonl, paths, table, tsv, and templates such as '{title}'"
    )


def shout(report: Report, view: View) -> Iterator[str]:
    yield from (str(record["title"]).upper() + view.end for record in report.records)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third party's formats, one of which does not work, and one that takes a name that is taken."""
    group = "newscli.formats"
    points = EntryPoints(
        [
            EntryPoint("shout", f"{__name__}:shout", group),
            EntryPoint("broken", "newscli_no_such_module:render", group),
            EntryPoint("json", "newscli_no_such_module:render", group),
        ]
    )
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: points.select(group=group))
    monkeypatch.setattr(EntryPoint, "load", lambda point: shout if point.name == "shout" else __import__(point.module))


@pytest.mark.usefixtures("installed")
def test_a_third_party_adds_a_format(show: Show) -> None:
    assert show("shout", [{"title": "a"}, {"title": "b"}]) == "A\nB\n"


@pytest.mark.usefixtures("installed")
def test_a_third_party_cannot_take_a_built_in_name(show: Show) -> None:
    assert show("json", []) == "[]\n"


@pytest.mark.usefixtures("installed")
def test_a_format_that_cannot_be_loaded_is_named() -> None:
    with pytest.raises(
        NewscliError, match=r"^the format 'broken' \(newscli_no_such_module:render\) cannot be loaded: "
    ):
        get_format("broken")


@pytest.mark.usefixtures("installed")
def test_third_party_formats_are_suggested_too() -> None:
    with pytest.raises(NewscliError, match="did you mean 'shout'"):
        get_format("shuot")


def test_one_line_keeps_data_but_for_tabs_and_line_ends() -> None:
    assert one_line("a\tb\nc\r\x1b[31m\u202e\\", View()) == "a\\tb\\nc\\r\x1b[31m\u202e\\"


def test_one_line_lets_nothing_command_a_terminal() -> None:
    assert one_line("a\tb\n\x1b[31m\u202e", View(terminal=True)) == "a\\tb\\n\\x1b[31m\\u202e"
