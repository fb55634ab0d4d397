import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscli.emit import Moment, dump
from newscli.front_matter import read

TEXT = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(code) for code in range(32) if code not in (9, 10)]
    ).filter(lambda character: character not in "\x7f\ufffe\uffff" and not "\x80" <= character <= "\x9f")
)
HARD = st.text(st.sampled_from("a1 \n\t:#@-'\"\\,[]{}&*!|>%`?=~.e+0新，：“😀\u2028\ufeffyon"), max_size=12)
STRINGS = TEXT | HARD | st.from_regex(r"[0-9:,_.eExXo+-]{1,8}", fullmatch=True)
VALUES = st.recursive(
    STRINGS | st.booleans() | st.integers() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=6,
)
TITLES = [
    'He said "yes": 5 # of 7 @ home', "苏州：驶上“新赛道”", "快讯: 地铁3号线", "a\nb\n\n c", "🩺 医生", "  both ends  ",
    "- list", "yes", "null", "1,000", ":symbol", "1e3", "0o17", "2022-06-07", "12:30:45", "{{ page }}",
    "@handle", "`code`", "100%", "'", '"', "\\", "", "a: b", "a #b", "---", "? key", "! tag", "& anchor",
    "* alias", "| block", "> folded", "=", "<<", "~", "y", "N", "off",
]  # fmt: skip


def reread(data: dict[str, Any]) -> dict[str, Any]:
    found = read(f"---\n{dump(data)}---\nbody\n")
    assert not found.faults
    return found.data


@pytest.mark.parametrize("title", TITLES)
def test_titles_that_break_pasted_yaml_come_back(title: str) -> None:
    assert reread({"layout": "post", "title": title, "tags": [title, "b"]}) == {
        "layout": "post",
        "title": title,
        "tags": [title, "b"],
    }


@given(st.lists(STRINGS, max_size=4), STRINGS)
@settings(max_examples=200, deadline=None)
@example([], "\ufeff")
def test_any_text_comes_back(tags: list[str], title: str) -> None:
    data = {"title": title, "tags": tags}
    assert reread(data) == data


@given(st.dictionaries(STRINGS, VALUES, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_json_value_comes_back_under_any_key(extra: dict[str, Any]) -> None:
    assert json.dumps(reread(extra)) == json.dumps(extra)


@given(STRINGS)
@settings(max_examples=150, deadline=None)
def test_other_parsers_see_a_text_too(title: str) -> None:
    assert yaml.safe_load(dump({"title": title})) == {"title": title}


def test_what_reads_well_is_not_quoted() -> None:
    text = dump(
        {"title": "苏州：驶上科技招商“新赛道”", "author": "Maya Osei", "source_url": "https://example.org/a.html"}
    )
    assert text == "title: 苏州：驶上科技招商“新赛道”\nauthor: Maya Osei\nsource_url: https://example.org/a.html\n"


def test_numbers_to_ruby_and_to_yaml_1_2_are_quoted() -> None:
    text = dump({"a": "1,000", "b": ":symbol", "c": "1e3", "d": "0o17", "e": "Yes"})
    assert text == "a: '1,000'\nb: ':symbol'\nc: '1e3'\nd: '0o17'\ne: 'Yes'\n"


def test_a_date_stays_plain() -> None:
    assert dump({"date": Moment("2022-06-07 07:17:20 +0800")}) == "date: 2022-06-07 07:17:20 +0800\n"
    assert reread({"date": Moment("2022-06-07T07:17:20+08:00")}) == {"date": "2022-06-07T07:17:20+08:00"}


def test_lists_stand_line_by_line_and_emoji_as_they_are() -> None:
    assert dump({"tags": ["城市新闻", "Q&A", "🩺"]}) == "tags:\n- 城市新闻\n- Q&A\n- '🩺'\n"


def test_nothing_is_nothing() -> None:
    assert dump({}) == ""


def test_other_values_are_yaml() -> None:
    assert dump({"draft": True, "count": 3, "none": None, "rate": 0.5, "empty": []}) == (
        'draft: true\ncount: 3\n"none":\nrate: 0.5\nempty: []\n'
    )
