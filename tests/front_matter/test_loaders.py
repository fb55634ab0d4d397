import math
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.front_matter.loaders import (
    MOST_CHARACTERS,
    LoadError,
    compose,
    load_json,
    load_members,
    load_toml,
    load_yaml,
)

ODD = st.lists(
    st.sampled_from(
        [*"-?:,[]{}#&*!|>'\"%@` \t\n\r=.~<", "a", "&a", "*a", "<<: ", "!!", "!!int ", "!!set ", "1", "\x00"]
    )
)
Load = Callable[[str], Any]


def fault(load: Load, block: str) -> tuple[str, int, str]:
    """The code, the place and the words with which a block is refused."""
    with pytest.raises(LoadError) as caught:
        load(block)
    assert str(caught.value) == caught.value.fault.message
    return caught.value.fault.code, caught.value.fault.offset, caught.value.fault.message


@settings(max_examples=200, deadline=None)
@given(ODD.map("".join) | st.text())
@pytest.mark.parametrize("load", [load_yaml, load_toml, load_json, load_members])
def test_nothing_but_a_load_error_is_raised(load: Load, block: str) -> None:
    fault = None
    try:
        load(block)
    except LoadError as error:
        fault = error.fault
    assert fault is None or (0 <= fault.offset <= len(block) and "\n" not in fault.message)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("", {}),
        ("# remark\n", {}),
        (
            "date: 2022-06-07\nupdated: 2022-06-07 07:17:20 +08:00\n",
            {"date": "2022-06-07", "updated": "2022-06-07 07:17:20 +08:00"},
        ),
        ("date: 2022-02-30\nt: 12:61:61\n", {"date": "2022-02-30", "t": "12:61:61"}),
        ("date: !!timestamp 2022-06-07\n", {"date": "2022-06-07"}),
        ("title: =\n", {"title": "="}),
        (
            "a: no\nb: 0o7\nc: 0777\nd: 12:30\ne: 1e3\nf: 1.10\n",
            {"a": False, "b": "0o7", "c": 511, "d": 750, "e": "1e3", "f": 1.1},
        ),
        ("a: 08\nb: 0b\nc: 1_\n", {"a": "08", "b": "0b", "c": 1}),
        ("on: push\n2022: x\nnull: y\n1.5: z\n", {True: "push", 2022: "x", None: "y", 1.5: "z"}),
        ("base: &b {x: 1}\nmore:\n  <<: *b\n  y: 2\n", {"base": {"x": 1}, "more": {"x": 1, "y": 2}}),
        ("a: !!set {x, y}\nb: !!binary aGk=\nc: !!omap [x: 1]\n", {"a": {"x", "y"}, "b": b"hi", "c": [("x", 1)]}),
        ("a: .inf\nb: -.INF\n", {"a": math.inf, "b": -math.inf}),
        ("a: &x [b]\nc: *x\n", {"a": ["b"], "c": ["b"]}),
        ("? [a, b]\n: c\n", None),
        ("a: \"\\u82cf\"\nb: 'it''s'\nc: |\n  x\n", {"a": "苏", "b": "it's", "c": "x\n"}),
        ("a: " + "9" * 5000 + "\n", {"a": "9" * 5000}),
        ("a:\n  b: 1\r\n", {"a": {"b": 1}}),
        ("a: \ufffd\n", {"a": "\ufffd"}),
    ],
)
def test_yaml_is_read(block: str, expected: dict[Any, Any] | None) -> None:
    if expected is None:
        assert fault(load_yaml, block)[0] == "Y101"
    else:
        assert load_yaml(block) == (expected, None)


@pytest.mark.parametrize(
    ("block", "offset", "key"),
    [("title: a\nb: 1\ntitle: c\n", 14, "title"), ("1: a\n? [x]\n: y\n", -1, ""), ("a: 1\n'a': 2\na: 3\n", 5, "a")],
)
def test_the_last_of_a_repeated_key_counts_and_the_first_repetition_is_named(block: str, offset: int, key: str) -> None:
    if offset < 0:
        assert fault(load_yaml, block)[0] == "Y101"
        return
    _, wrong = load_yaml(block)
    assert wrong is not None
    assert (wrong.code, wrong.offset) == ("Y106", offset)
    assert f"the key {key} stands twice" in wrong.message


@pytest.mark.parametrize(
    ("block", "code", "offset", "words"),
    [
        ("- a\n- b\n", "Y112", 0, "no mapping"),
        ("# remark\n  text\n", "Y112", 11, "no mapping"),
        ("~\n", "Y112", 0, "no mapping"),
        ("a: 'b\n", "Y101", 6, "while scanning a quoted scalar, found unexpected end of stream"),
        ("a: *b\n", "Y101", 3, "undefined alias"),
        ("a: !!python/object:os.system x\n", "Y101", 3, "could not determine a constructor"),
        ("a: !!float x\n", "Y101", 0, "not valid YAML: could not convert string to float"),
        ("a: !!bool x\n", "Y101", 0, "not valid YAML"),
        ("<<: x\n", "Y101", 4, "expected a mapping"),
        ("a: b\x00\n", "F012", 4, "control character U+0000; delete it"),
        ("a: \x7f", "F012", 3, "U+007F"),
        ("a: \ud800", "F012", 3, "U+D800"),
        ("a: b\ufeff", "F012", 4, "U+FEFF"),
        ("a: &a [*a]\n", "Y116", 3, "expand"),
        ("&a\nb: *a\n", "Y116", 0, "expand"),
        ("a: " + "[" * 100 + "]" * 100 + "\n", "Y117", 0, "100 levels"),
        ("a: " + "[" * 900 + "]" * 900 + "\n", "Y117", 0, "nested"),
        ("a: " + "[" * 2000 + "]" * 2000 + "\n", "Y117", 0, "too deep"),
        ("a: " + "x" * MOST_CHARACTERS, "Y117", 0, "1,048,576 characters"),
    ],
)
def test_yaml_is_refused(block: str, code: str, offset: int | None, words: str) -> None:
    found = fault(load_yaml, block)
    assert found[0] == code
    assert offset is None or found[1] == offset
    assert words in found[2]


def test_an_alias_bomb_is_refused_at_the_node_that_explodes_and_a_harmless_alias_is_not() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    block = "a0: &a0 [x, x]\n" + levels
    code, offset, _ = fault(load_yaml, block)
    assert (code, block[offset - 4 : offset + 4]) == ("Y116", "a5: &a5 ")
    assert load_yaml("a0: &a0 [x, x]\n" + levels[: levels.index("a4: ")])[1] is None


def test_a_hundred_levels_are_read() -> None:
    data, _ = load_yaml("a: " + "[" * 99 + "]" * 99 + "\n")
    assert list(data) == ["a"]
    assert load_json('{"a":' * 100 + "1" + "}" * 100)["a"]


def test_the_tree_has_places() -> None:
    root = compose("a: b\n")
    assert isinstance(root, yaml.MappingNode)
    assert root.value[0][1].start_mark.index == 3
    assert compose("") is None


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("", {}),
        ("a = 1\n[t]\nb = ['x']\n[[l]]\nc = true\n", {"a": 1, "t": {"b": ["x"]}, "l": [{"c": True}]}),
        (
            "a = 2022-06-07\nb = 2022-06-07T07:17:20+08:00\nc = [2022-06-07 07:17:20.5]\n[t]\nd = 07:17:00\n",
            {
                "a": "2022-06-07",
                "b": "2022-06-07T07:17:20+08:00",
                "c": ["2022-06-07T07:17:20.500000"],
                "t": {"d": "07:17:00"},
            },
        ),
        ("a = inf\n", {"a": math.inf}),
    ],
)
def test_toml_is_read_with_its_dates_as_text(block: str, expected: dict[str, Any]) -> None:
    assert load_toml(block) == expected


@pytest.mark.parametrize(
    ("block", "code", "offset", "words"),
    [
        ("a = 1\nb = x\n", "Y101", 10, "not valid TOML: Invalid value"),
        ("a = 1\r\nb =\r\n", "Y101", None, "not valid TOML"),
        ("a = 'x\n", "Y101", None, "not valid TOML"),
        ("a = 1\na = 2\n", "Y101", None, "not valid TOML"),
        ("a = [", "Y101", 5, "not valid TOML: Invalid value (at end of document)"),
        ("a = " + "9" * 5000, "Y101", 5004, "not valid TOML"),
        ("a = " + "[" * 100 + "]" * 100, "Y117", 0, "100 levels"),
        ("a = " + "[" * 100_000, "Y117", 0, "too deep"),
    ],
)
def test_toml_is_refused(block: str, code: str, offset: int | None, words: str) -> None:
    found = fault(load_toml, block)
    assert found[0] == code
    assert offset is None or found[1] == offset
    assert words in found[2]
    assert "line " not in found[2]


@pytest.mark.parametrize(
    ("load", "block", "expected"),
    [
        (load_json, '{"a": [1, {"b": null}], "苏": 1.5}', {"a": [1, {"b": None}], "苏": 1.5}),
        (load_json, "{}", {}),
        (load_members, '"a": 1,\n"b": "x"\n', {"a": 1, "b": "x"}),
        (load_members, "", {}),
    ],
)
def test_json_is_read(load: Load, block: str, expected: dict[str, Any]) -> None:
    assert load(block) == expected


@pytest.mark.parametrize(
    ("load", "block", "code", "offset", "words"),
    [
        (load_json, '{"a": }', "Y101", 6, "not valid JSON: Expecting value"),
        (load_json, '{"a": 1,}', "Y101", 8, "not valid JSON"),
        (load_json, "[1]", "Y112", 0, "no object"),
        (load_json, '{"a": ' + "9" * 5000 + "}", "Y101", 0, "not valid JSON"),
        (load_json, '{"a":' * 101 + "1" + "}" * 101, "Y117", 0, "100 levels"),
        (load_json, '{"a":' * 100_000, "Y117", 0, "too deep"),
        (load_members, '"a": ,\n', "Y101", 5, "not valid JSON"),
        (load_members, "x", "Y101", 0, "not valid JSON"),
    ],
)
def test_json_is_refused(load: Load, block: str, code: str, offset: int, words: str) -> None:
    found = fault(load, block)
    assert found[:2] == (code, offset)
    assert words in found[2]
