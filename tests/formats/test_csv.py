import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import NewscliError
from newscli.formats import View, get_format
from newscli.report import Column, Report

Show = Callable[..., str]


def test_a_header_and_quotes_where_they_are_needed(show: Show) -> None:
    text = show("csv", [{"title": 'say "hi"', "tags": ["a", "b"], "words": 3}, {"title": "two\nlines", "tags": []}])
    assert text == 'title,tags,words\r\n"say ""hi""","a, b",3\r\n"two\nlines",,\r\n'


def test_no_records_are_a_header(posts: Report, show: Show) -> None:
    assert show("csv", Report(posts.columns, [])) == "date,title,tags,categories\r\n"


def test_cells_are_data_even_when_a_spreadsheet_would_calculate_them(show: Show) -> None:
    assert show("csv", [{"title": "=1+1"}, {"title": "-x"}]) == "title\r\n=1+1\r\n-x\r\n"


def test_a_terminal_gets_no_commands(posts: Report, show: Show) -> None:
    text = show("csv", posts, View(terminal=True, fields=("title",)))
    assert text.splitlines()[2] == "Hostile \\x1b]0;x\\x07 and \\u202e end"


def test_fields_are_the_header(posts: Report, show: Show) -> None:
    assert show("csv", posts, View(fields=("words", "source"))).splitlines()[:2] == ["words,source", "1200,新华日报"]


def test_a_field_that_no_record_can_have_is_refused_before_the_header() -> None:
    report = Report((Column("tag"),), [{"tag": "a"}])
    with pytest.raises(NewscliError, match="no field 'tga'"):
        next(get_format("csv")(report, View(fields=("tga",))))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(), st.text())))
def test_a_reader_of_csv_gets_the_cells_back(rows: list[tuple[str, str]]) -> None:
    report = Report((Column("a"), Column("b")), [{"a": a, "b": b} for a, b in rows])
    text = "".join(get_format("csv")(report, View()))
    assert [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))] == [("a", "b"), *rows]
