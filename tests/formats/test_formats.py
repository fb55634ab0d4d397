from collections.abc import Callable, Iterator

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


def test_one_line_keeps_data_but_for_tabs_and_line_ends() -> None:
    assert one_line("a\tb\nc\r\x1b[31m\u202e\\", View()) == "a\\tb\\nc\\r\x1b[31m\u202e\\"


def test_one_line_lets_nothing_command_a_terminal() -> None:
    assert one_line("a\tb\n\x1b[31m\u202e", View(terminal=True)) == "a\\tb\\n\\x1b[31m\\u202e"
