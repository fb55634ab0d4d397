import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import NewscliError
from newscli.formats import View, get_format
from newscli.report import Column, Report
from newscli.text import visible

Show = Callable[..., str]

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def paired(value: Any) -> Any:
    """The value as JSON has it: two halves of a surrogate pair side by side are one character."""
    return json.loads(json.dumps(value))


def test_one_array_with_an_object_a_line(show: Show) -> None:
    assert show("json", [{"title": "新华", "tags": []}, {"title": None, "tags": ["a"]}]) == (
        '[\n{"title": "新华", "tags": []},\n{"title": null, "tags": ["a"]}\n]\n'
    )


def test_jsonl_is_an_object_a_line(show: Show) -> None:
    assert show("jsonl", [{"title": "新华"}, {"title": None}]) == '{"title": "新华"}\n{"title": null}\n'


def test_no_records_are_an_empty_array_or_nothing(show: Show) -> None:
    assert show("json", []) == "[]\n"
    assert show("jsonl", []) == ""


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_marks_are_for_eyes_only_unless_asked_for(name: str, posts: Report, show: Show) -> None:
    assert '"mark"' not in show(name, posts)


def test_every_field_of_the_record_is_printed_columns_or_not(posts: Report, show: Show) -> None:
    first = json.loads(show("json", posts))[0]
    assert list(first) == ["path", "title", "date", "tags", "categories", "draft", "words", "meta"]


def test_fields_are_the_keys_in_order_and_null_when_missing(posts: Report, show: Show) -> None:
    lines = show("jsonl", posts, View(fields=("words", "mark", "source"))).splitlines()
    assert lines == [
        '{"words": 1200, "mark": "", "source": "新华日报"}',
        '{"words": null, "mark": "d", "source": null}',
        '{"words": 0, "mark": "!", "source": null}',
    ]


def test_a_field_that_no_record_can_have_is_refused(show: Show) -> None:
    with pytest.raises(NewscliError, match="no field 'tga'; did you mean 'tag'"):
        show("json", [{"tag": "a"}], View(fields=("tga",)))


def test_what_json_cannot_say_is_null(show: Show) -> None:
    record = {"a": math.nan, "b": [math.inf, 1.5], "c": {"d": -math.inf}, "e": "x"}
    assert json.loads(show("jsonl", [record])) == {"a": None, "b": [None, 1.5], "c": {"d": None}, "e": "x"}


def test_half_a_surrogate_pair_is_escaped_and_all_else_is_not(show: Show) -> None:
    assert show("jsonl", [{"a": "新\ud800\x85\u202e"}]) == '{"a": "新\\ud800\x85\u202e"}\n'


def test_a_terminal_gets_escapes_that_mean_the_same(show: Show) -> None:
    text = show("jsonl", [{"a": "新\x1b\x85\u202e\x7f\ud800\U000e0001\U0001f600"}], View(terminal=True))
    assert text == '{"a": "新\\u001b\\u0085\\u202e\\u007f\\ud800\\udb40\\udc01\U0001f600"}\n'


def test_on_a_terminal_json_escapes_whatever_other_formats_make_visible(show: Show) -> None:
    unsafe = "".join(character for code in range(0x110000) if visible(character := chr(code)) != character)
    text = show("jsonl", [{"a": unsafe}], View(terminal=True)).rstrip("\n")
    assert text.isascii()
    assert visible(text) == text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(TEXT, VALUES, max_size=4), max_size=4), st.booleans())
def test_a_reader_of_json_gets_the_values_back_whatever_they_are(records: list[dict[str, Any]], terminal: bool) -> None:
    view = View(terminal=terminal)
    columns = (Column("title"),)
    array = "".join(get_format("json")(Report(columns, records), view)).encode()
    lines = "".join(get_format("jsonl")(Report(columns, records), view)).encode()
    assert json.loads(array) == paired(records)
    assert [json.loads(line) for line in lines.split(b"\n")[:-1]] == paired(records)
