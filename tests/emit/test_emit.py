import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.emit import EmitError, Format, write_head
from newscli.front_matter import read

FORMATS: tuple[Format, ...] = ("yaml", "toml", "json")

YAML = """---
# about the post
layout: post  # as the theme wants it
title: "苏州：“新赛道” #1"
date: 2022-06-07 07:17:20 +0800
day: 2022-06-07
never: 2022-13-45
version: 1.10
flag: yes
# what it is about
tags:  # by hand
  # the first
  - 新华 # mine
  - "a: b"
text: | # in lines
  line one
   # no comment

  line two
source:
  name: X # whose
  url: http://example.org/#part
  deep: {a: 1, b: [2, 3]}
people:
  - name: a
    age: 1
  - name: b
# the end
---
"""

TOML = """+++
# about the post
layout = "post"  # as the theme wants it
title = "苏州：“新赛道” #1"
date = 2022-06-07T07:17:20+08:00
day = 2022-06-07
never = "2022-13-45"
version = 1.10
flag = true
# what it is about
# the first
# mine
tags = ["新华", "a: b"]  # by hand
text = \"\"\"
line one
 # no comment

line two
\"\"\"  # in lines
# whose
source = { name = "X", url = "http://example.org/#part", deep = { a = 1, b = [2, 3] } }
people = [{ name = "a", age = 1 }, { name = "b" }]
# the end
+++
"""

JSON = """{
  "layout": "post",
  "title": "苏州：“新赛道” #1",
  "date": "2022-06-07 07:17:20 +0800",
  "day": "2022-06-07",
  "never": "2022-13-45",
  "version": 1.10,
  "flag": true,
  "tags": ["新华", "a: b"],
  "text": "line one\\n # no comment\\n\\nline two\\n",
  "source": {
    "name": "X",
    "url": "http://example.org/#part",
    "deep": {
      "a": 1,
      "b": [2, 3]
    }
  },
  "people": [
    {
      "name": "a",
      "age": 1
    },
    {
      "name": "b"
    }
  ]
}
"""


def emit(head: str, to: Format) -> str:
    return write_head(head, read(head), to)[0]


def test_yaml_as_toml_keeps_order_comments_and_dates() -> None:
    assert emit(YAML, "toml") == TOML


def test_yaml_as_json_keeps_order_and_numbers_and_says_that_comments_are_gone() -> None:
    assert write_head(YAML, read(YAML), "json") == (JSON, ["JSON holds no comments; they are left out"])


def test_toml_as_yaml_keeps_order_comments_and_dates() -> None:
    assert (
        emit(TOML, "yaml")
        == """---
# about the post
layout: post  # as the theme wants it
title: '苏州：“新赛道” #1'
date: 2022-06-07T07:17:20+08:00
day: 2022-06-07
never: '2022-13-45'
version: 1.10
flag: true
# what it is about
# the first
# mine
tags:  # by hand
- 新华
- 'a: b'
text: |  # in lines
  line one
   # no comment

  line two
# whose
source:
  name: X
  url: 'http://example.org/#part'
  deep:
    a: 1
    b:
    - 2
    - 3
people:
- name: a
  age: 1
- name: b
# the end
---
"""
    )


@pytest.mark.parametrize("head", [YAML, TOML, JSON])
def test_a_head_in_its_own_format_stays_byte_for_byte(head: str) -> None:
    assert emit(head, read(head).format) == head  # type: ignore[arg-type]


@pytest.mark.parametrize("to", FORMATS)
def test_no_front_matter_stays_none(to: Format) -> None:
    assert emit("just text\n", to) == "just text\n"


@pytest.mark.parametrize("to", ["toml", "json"])
def test_mark_and_line_ends_stay(to: Format) -> None:
    head = "\ufeff---\r\ntitle: x\r\ntags: [a, b]\r\n---\r\n"
    written = emit(head, to)
    assert written.startswith("\ufeff")
    assert "\n" not in written.replace("\r\n", "")
    assert read(written).data == {"title": "x", "tags": ["a", "b"]}


def test_hexo_members_become_an_object() -> None:
    head = '"title": "x",\n"tags": ["a"]\n;;;\n'
    assert emit(head, "json") == '{\n  "title": "x",\n  "tags": ["a"]\n}\n'


def test_mappings_at_the_end_become_tables_and_earlier_ones_stay_in_line() -> None:
    head = "---\na: {x: 1}\nb: 2\nc:  # of c\n  # of y\n  y: 3\nd:\n  z: 4\n---\n"
    assert emit(head, "toml") == "+++\na = { x = 1 }\nb = 2\n\n[c]  # of c\n# of y\ny = 3\n\n[d]\nz = 4\n+++\n"


def test_only_tables() -> None:
    assert emit("---\nc:\n  y: 3\n---\n", "toml") == "+++\n[c]\ny = 3\n+++\n"


def test_nothing_between_the_fences() -> None:
    assert emit("---\n---\n", "toml") == "+++\n+++\n"
    assert emit("---\n---\n", "json") == "{}\n"


def test_long_lists_take_a_line_an_item() -> None:
    words = [f"word-{number}-of-many" for number in range(8)]
    block = "".join(f"- {word}\n" for word in words)
    toml = emit(f"---\ntags:\n{block}---\n", "toml")
    assert toml == "+++\ntags = [\n" + "".join(f'  "{word}",\n' for word in words) + "]\n+++\n"
    assert emit(toml, "yaml") == "---\ntags:\n" + "".join(f"- {word}\n" for word in words) + "---\n"
    assert emit(toml, "json").count("\n") == 12


def test_comments_in_a_list_of_toml_go_to_its_items_holder() -> None:
    head = '+++\na = [\n  # first\n  "x", # beside\n]\n# last\n+++\n'
    assert emit(head, "yaml") == "---\n# first\na:  # beside\n- x\n# last\n---\n"


def test_a_second_comment_behind_the_same_key_goes_above_it() -> None:
    head = '+++\na = [ # one\n  "x", # two\n]\n+++\n'
    assert emit(head, "yaml") == "---\n# two\na:  # one\n- x\n---\n"


def test_a_hash_in_a_text_is_no_comment() -> None:
    head = "---\na: x#y\nb: 'x # y'\nc: >\n  x # y\nd: \"# z\"\n---\n"
    assert emit(head, "toml") == '+++\na = "x#y"\nb = "x # y"\nc = """\nx # y\n"""\nd = "# z"\n+++\n'


@pytest.mark.parametrize(
    ("written", "toml"),
    [
        ("2022-06-07", "2022-06-07"),
        ("2022-06-07 07:17:20", "2022-06-07T07:17:20"),
        ("2022-06-07 07:17:20 +0800", "2022-06-07T07:17:20+08:00"),
        ("2022-06-07T07:17:20.002+08:00", "2022-06-07T07:17:20.002+08:00"),
        ("2022-06-07 07:17:20 Z", "2022-06-07T07:17:20Z"),
        ("2022-06-07t07:17:20z", "2022-06-07T07:17:20Z"),
        ('"2022-06-07"', '"2022-06-07"'),
        ("2022-02-30", '"2022-02-30"'),
        ("2022-06-07 7:17", '"2022-06-07 7:17"'),
        ("2021年10月01日", '"2021年10月01日"'),
        ("+0800", '"+0800"'),
    ],
)
def test_dates_stay_what_they_say(written: str, toml: str) -> None:
    assert emit(f"---\ndate: {written}\n---\n", "toml") == f"+++\ndate = {toml}\n+++\n"


def test_a_time_of_toml_is_text_elsewhere() -> None:
    assert emit("+++\nat = 07:17:20\n+++\n", "yaml") == "---\nat: '07:17:20'\n---\n"


def test_dates_in_lists_of_toml() -> None:
    assert emit("+++\ndays = [2022-06-07, 2022-06-08T01:02:03Z]\n+++\n", "yaml") == (
        "---\ndays:\n- 2022-06-07\n- 2022-06-08T01:02:03+00:00\n---\n"
    )


@pytest.mark.parametrize(
    ("block", "to", "reason", "offset"),
    [
        ("title: x\nauthor:\n", "toml", "author: TOML has no null; give the key a value or delete it", 13),
        ("tags: [a, ~]\n", "toml", "tags.1: TOML has no null", 14),
        ("a: .inf\n", "json", "a: JSON has no inf", 4),
        ("a: 99999999999999999999\n", "toml", "a: TOML holds integers of 64 bits at most", 4),
        ("2022: x\n", "json", "2022: this key is no text", 4),
        ("a: !!binary aGk=\n", "json", "a: JSON has no bytes", 4),
        ("a: x\na: y\n", "toml", "Y106 the key a stands twice", 9),
        ("a: 'x\n", "json", "Y1", 7),
    ],
)
def test_what_a_format_cannot_hold_is_refused_with_its_place(block: str, to: Format, reason: str, offset: int) -> None:
    with pytest.raises(EmitError) as refused:
        emit(f"---\n{block}---\n", to)
    assert str(refused.value).startswith(reason)
    assert refused.value.offset == offset


def test_null_and_infinity_where_they_can_be_held() -> None:
    assert emit('{"a": null, "b": [null]}\n', "yaml") == "---\na:\nb:\n- null\n---\n"
    assert emit("---\na: .inf\nb: -.inf\nc: .nan\n---\n", "toml") == "+++\na = inf\nb = -inf\nc = nan\n+++\n"
    assert emit("+++\na = +inf\nb = nan\nc = 1_000.5\n+++\n", "yaml") == "---\na: .inf\nb: .nan\nc: 1000.5\n---\n"
    assert emit('{"a": NaN}\n', "toml") == "+++\na = nan\n+++\n"


@pytest.mark.parametrize(
    "text", ["yes", "no", "null", "~", "1.0", "12", "a: b", "a #b", "- a", "", " a", "a ", "x:", "@a"]
)
def test_text_that_yaml_would_read_otherwise_is_quoted(text: str) -> None:
    written = emit(json.dumps({"a": text}) + "\n", "yaml")
    assert read(written).data == {"a": text}
    assert "'" in written


def test_quotes_and_backslashes_read_best_between_single_quotes() -> None:
    assert emit(json.dumps({"a": 'say "it\'s": \\x'}) + "\n", "yaml") == "---\na: 'say \"it''s\": \\x'\n---\n"


@pytest.mark.parametrize(
    ("number", "yaml"), [("5e-324", "5.0e-324"), ("1E5", "1.0e+5"), ("-1.5e7", "-1.5e+7"), ("2.5", "2.5")]
)
def test_numbers_with_an_exponent_stay_numbers_in_yaml(number: str, yaml: str) -> None:
    written = emit(f'{{"a": {number}}}\n', "yaml")
    assert written == f"---\na: {yaml}\n---\n"
    assert read(written).data == {"a": float(number)}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6).filter(lambda key: key != "<<")
LEAVES = TEXT | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False)
LINES = st.lists(TEXT, min_size=2, max_size=4).map("\n".join)
VALUES = st.recursive(
    LEAVES | LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def same(one: Any, other: Any) -> bool:
    """Equal, keys in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-15)
    return type(one) is type(other) and one == other


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4), st.lists(st.sampled_from(FORMATS), min_size=1, max_size=3))
def test_whatever_way_a_front_matter_goes_it_says_the_same(data: dict[str, Any], way: list[Format]) -> None:
    head = json.dumps(data, indent=1) + "\n"
    for to in way:
        head = emit(head, to)
    found = read(head)
    assert not found.faults
    assert same(found.data, data)


@pytest.mark.parametrize(
    ("number", "written"), [("1e-05", "1.0e-05"), ("2.5E7", "2.5e+7"), ("-1e+3", "-1.0e+3"), ("1.50", "1.50")]
)
def test_numbers_with_an_exponent_are_numbers_in_yaml(number: str, written: str) -> None:
    head = emit(f'{{"x": {number}}}\n', "yaml")
    assert f"x: {written}\n" in head
    assert read(head).data == {"x": float(number)}
