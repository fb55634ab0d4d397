"""Every value with its form and place, also of blocks that do not parse, of TOML and of JSON."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newscli.front_matter import read
from newscli.front_matter.spans import KeyPath, locate
from newscli.front_matter.values import Value, values_of


def values(text: str) -> dict[KeyPath, Value]:
    front = read(text)
    return values_of(front, {} if front.format == "yaml" else locate(front))


def of_block(lines: str) -> dict[KeyPath, Value]:
    return values(f"---\n{lines}\n---\nbody\n")


@pytest.mark.parametrize(
    ("lines", "kind", "style", "text"),
    [
        ("a: x y", "scalar", "", "x y"),
        ("a: 'it''s'", "scalar", "'", "it's"),
        ('a: "x\\ty"', "scalar", '"', "x\ty"),
        ("a: |\n  x\n  y", "scalar", "|", "x\ny\n"),
        ("a: >-\n  x\n  y", "scalar", ">", "x y"),
        ("a: 2022-06-07", "scalar", "", "2022-06-07"),
        ("a: no", "scalar", "", "no"),
        ("a:", "scalar", "", ""),
        ("a: [x, y]", "list", "[", ""),
        ("a:\n- x", "list", "", ""),
        ("a: {b: c}", "mapping", "[", ""),
        ("a:\n  b: c", "mapping", "", ""),
    ],
)
def test_the_form_of_a_value(lines: str, kind: str, style: str, text: str) -> None:
    value = of_block(lines)[("a",)]
    assert (value.kind, value.style, value.text) == (kind, style, text)


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        ("a: {b: [x, {c: d}]}", [("a",), ("a", "b"), ("a", "b", 0), ("a", "b", 1), ("a", "b", 1, "c")]),
        ("a: &x [y]\nb: *x", [("a",), ("a", 0)]),  # what an alias stands for is where it was written
        ("a: &x [y]\nb: [*x, z]", [("a",), ("a", 0), ("b",), ("b", 0), ("b", 1)]),
        ('a: "x"y"\nb: z', [("b",)]),  # of a block that does not parse, the keys that do
        ("- a\n- b", []),
        ("", []),
    ],
)
def test_the_paths_of_values(lines: str, paths: list[KeyPath]) -> None:
    assert list(of_block(lines)) == paths


@pytest.mark.parametrize(
    "text",
    [
        '+++\na = "x"\nb = [1, "y"]\nd = 2022-06-07\n[c]\ne = true\n+++\nbody\n',
        '{"a": "x", "b": [1, "y"], "d": "2022-06-07", "c": {"e": true}}\nbody\n',
    ],
    ids=["toml", "json"],
)
def test_values_of_toml_and_json(text: str) -> None:
    found = values(text)
    kinds = {path: value.kind for path, value in found.items()}
    assert kinds.items() >= {("a",): "scalar", ("b",): "list", ("c",): "mapping", ("c", "e"): "scalar"}.items()
    assert (found[("a",)].text, found[("d",)].text, found[("c", "e")].text) == ("x", "2022-06-07", "True")
    assert text[found[("a",)].span.start : found[("a",)].span.end] == '"x"'


SCALARS = st.sampled_from(["x", "苏州", "a: b", "it's", '"', "no", "1", "", "# x", "😀", "- a"])
DATA = st.dictionaries(
    st.sampled_from("abc"),
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("de"), inner, max_size=2),
        max_leaves=5,
    ),
    min_size=1,
)


def at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


@given(DATA, st.sampled_from([True, False, None]), st.sampled_from([None, "'", '"', "|"]))
def test_values_are_those_of_the_data_and_stand_where_they_say(data: Any, flow: bool | None, style: str | None) -> None:
    """Law: each path leads to the value in the data, and what is written at its place reads as that value."""
    block = yaml.safe_dump(data, default_flow_style=flow, default_style=style, allow_unicode=True).rstrip("\n")
    text = f"---\n{block}\n---\nbody\n"
    front = read(text)
    found = values_of(front, {})
    kinds: dict[Any, str] = {str: "scalar", list: "list", dict: "mapping"}
    for path, value in found.items():
        expected = at(front.data, path)
        assert value.kind == kinds[type(expected)]
        written = text[value.span.start : value.span.end]
        column = value.span.start - text.rfind("\n", 0, value.span.start) - 1
        if value.kind == "scalar":
            assert value.text == expected
        if value.style not in ("|", ">"):  # a block's end depends on what follows
            again = yaml.safe_load(" " * column + written)
            assert again == expected or (again is None and expected == "")
