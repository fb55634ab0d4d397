import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newscli.front_matter import read
from newscli.front_matter.loaders import load_yaml
from newscli.front_matter.spans import KeyPath, Span, locate

WORDS = st.sampled_from(
    ["title", "tags", "苏州", "a b", "it's", "no", "2022", "# x", "a: b", "😀", '"', "x.y", "on", "- a"]
)
TEXTS = WORDS | st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
)
SCALARS = TEXTS | st.integers(-9999, 9999) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def paths(data: Any, above: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every value in a mapping or a list, by its path."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*above, key), value
        if isinstance(value, dict | list):
            yield from paths(value, (*above, key))


def located(text: str) -> dict[KeyPath, tuple[str, str]]:
    """The keys and values of a text as they are written in it."""
    spans = locate(read(text))
    return {path: (text[at.key_start : at.key_end], text[at.start : at.end]) for path, at in spans.items()}


@settings(max_examples=100, deadline=None)
@given(
    data=MAPPINGS,
    flow=st.sampled_from([True, False, None]),
    style=st.sampled_from([None, "'", '"']),
    width=st.sampled_from([20, 1 << 20]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_what_stands_at_a_span_is_the_value(
    data: dict[str, Any], flow: bool | None, style: str | None, width: int, end: str, mark: str
) -> None:
    block = yaml.dump(data, None, Dumper, default_flow_style=flow, default_style=style, width=width, allow_unicode=True)
    assume("\n---" not in block and "\n..." not in block)
    text = mark + ("---\n" + block + "---\nbody\n").replace("\n", end)
    front_matter = read(text)
    assert (front_matter.data, front_matter.faults) == (data, ())
    spans = locate(front_matter)
    values = dict(paths(data))
    assert spans.keys() == values.keys()
    for path, span in spans.items():
        column = span.start - text.rfind("\n", 0, span.start) - 1
        assert yaml.safe_load(" " * column + text[span.start : span.end]) == values[path]
        if isinstance(path[-1], str):
            assert yaml.safe_load(text[span.key_start : span.key_end].removeprefix("? ")) == path[-1]


@settings(max_examples=50, deadline=None)
@given(data=MAPPINGS, indent=st.sampled_from([None, 2]), mark=st.sampled_from(["", "\ufeff"]))
def test_what_stands_at_a_span_of_json_is_the_value(data: dict[str, Any], indent: int | None, mark: str) -> None:
    text = f"{mark}{json.dumps(data, indent=indent, ensure_ascii=False)}\nbody\n"
    spans = located(text)
    assert {path: json.loads(value) for path, (_, value) in spans.items()} == dict(paths(data))
    assert all(json.loads(key) == path[-1] for path, (key, _) in spans.items() if isinstance(path[-1], str))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: b   # remark\nc: -x\n---\n", {("a",): ("a", "b"), ("c",): ("c", "-x")}),
        ("---\n'a b': \"c\"\n---\n", {("a b",): ("'a b'", '"c"')}),
        ("---\ndate:\ntags: \n---\n", {("date",): ("date", ""), ("tags",): ("tags", "")}),
        ("---\na: !!str 1\nb: &x y\n---\n", {("a",): ("a", "!!str 1"), ("b",): ("b", "&x y")}),
        ("---\na: x\n  y\n\n\nb: 1\n---\n", {("a",): ("a", "x\n  y"), ("b",): ("b", "1")}),
        ("---\na: |\n  x\n\n\nb: >-\n  y\n---\n", {("a",): ("a", "|\n  x"), ("b",): ("b", ">-\n  y")}),
        ("---\r\na: |+\r\n  x\r\n\r\n---\r\n", {("a",): ("a", "|+\r\n  x")}),
        ("---\n? a\n: b\n2022: c\n---\n", {("a",): ("a", "b"), ("2022",): ("2022", "c")}),
        ("---\n? [a]\n---\n", {}),
        ("---\n{a: b}\n---\n", {("a",): ("a", "b")}),
        ("---\na: []\nb: {}\n---\n", {("a",): ("a", "[]"), ("b",): ("b", "{}")}),
        (
            "---\ntags:\n  - a # remark\n  - |\n    b\n\nlast: c\n---\n",
            {
                ("tags",): ("tags", "- a # remark\n  - |\n    b"),
                ("tags", 0): ("", "a"),
                ("tags", 1): ("", "|\n    b"),
                ("last",): ("last", "c"),
            },
        ),
        (
            "---\na: &x [1]\nb: *x\nc:\n- 2\n- *x\nd: 3\n---\n",
            {
                ("a",): ("a", "&x [1]"),
                ("a", 0): ("", "1"),
                ("b",): ("b", ""),
                ("c",): ("c", "- 2\n- *x"),
                ("c", 0): ("", "2"),
                ("c", 1): ("", "&x [1]"),
                ("d",): ("d", "3"),
            },
        ),
        # Blocks that do not parse: what can be told apart.
        (
            '---\ntitle: "他说"好""\n"tags":  a \n---\n',
            {("title",): ("title", '"他说"好""'), ("tags",): ("tags", "a")},
        ),
        ("---\ntitle：x y\ntags: z\ntitle: w\n---\n", {("title",): ("title", "x y"), ("tags",): ("tags", "z")}),
        ("---\n<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n---\n", {("a",): ("a", "b")}),
        ("---\n- a\n---\n", {}),
        ("---\n---\n", {}),
        ("prose", {}),
        # Bare carriage returns.
        (
            "---\rtitle: x\rtags: [a]\r---\r",
            {("title",): ("title", "x"), ("tags",): ("tags", "[a]"), ("tags", 0): ("", "a")},
        ),
        # Hexo's members without braces.
        (
            '"a": 1,\n"b": [2]\n;;;\n',
            {("a",): ('"a"', "1"), ("b",): ('"b"', "[2]"), ("b", 0): ("", "2")},
        ),
        (
            '{"a": {"b": 1}, "c": 2,, "d": 3\n}\n',
            {
                ("a",): ('"a"', '{"b": 1}'),
                ("a", "b"): ('"b"', "1"),
                ("c",): ('"c"', "2"),
                ("d",): ('"d"', "3"),
            },
        ),
        ('{"a": 1, b: 2\n}\n', {("a",): ('"a"', "1")}),
        ('{"a": 1, "b": x\n}\n', {("a",): ('"a"', "1")}),
    ],
)
def test_keys_and_values_are_located(text: str, expected: dict[KeyPath, tuple[str, str]]) -> None:
    found = located(text)
    assert {path: (key.strip("\r\n "), value) for path, (key, value) in found.items()} == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("a = 1 # remark\nb = '#x'\n", {("a",): ("a", "1"), ("b",): ("b", "'#x'")}),
        ('"a b" = "x\\"#"#remark\n', {("a b",): ('"a b"', '"x\\"#"')}),
        ("a.'b c'.\"d\" = 2022-06-07 07:17:20\n", {("a", "b c", "d"): ("a.'b c'.\"d\"", "2022-06-07 07:17:20")}),
        (
            "a = [\n  'x', # ]\n  {y = 1},\n] # z\nb = 2",
            {("a",): ("a", "[\n  'x', # ]\n  {y = 1},\n]"), ("b",): ("b", "2")},
        ),
        ('a = """\nx = "y" # z\n""""\nb = 2\n', {("a",): ("a", '"""\nx = "y" # z\n""""'), ("b",): ("b", "2")}),
        ("a = '''\nx = '\n'''\nb = 2\n", {("a",): ("a", "'''\nx = '\n'''"), ("b",): ("b", "2")}),
        ("[t] # x\na = 1\n", {("t",): ("t", ""), ("t", "a"): ("a", "1")}),
        (
            "[t.u]\na = 1\n[v]\nb = 2\n",
            {("t", "u"): ("t.u", ""), ("t", "u", "a"): ("a", "1"), ("v",): ("v", ""), ("v", "b"): ("b", "2")},
        ),
        (
            "[[l]]\na = 1\n[[l]]\na = 2\n[l.m]\nb = 3\n",
            {
                ("l", 0): ("l", ""),
                ("l", 0, "a"): ("a", "1"),
                ("l", 1): ("l", ""),
                ("l", 1, "a"): ("a", "2"),
                ("l", 1, "m"): ("l.m", ""),
                ("l", 1, "m", "b"): ("b", "3"),
            },
        ),
        ("a = [1\nb = 2\nc = [\n", {("a",): ("a", "[1"), ("b",): ("b", "2"), ("c",): ("c", "[")}),
        ("prose\n# remark\n\na = 1\n", {("a",): ("a", "1")}),
    ],
)
def test_keys_and_values_of_toml_are_located(block: str, expected: dict[KeyPath, tuple[str, str]], end: str) -> None:
    found = located(f"+++\n{block}\n+++\n".replace("\n", end))
    assert found == {path: (key, value.replace("\n", end)) for path, (key, value) in expected.items()}


def test_spans_are_offsets_in_the_file() -> None:
    text = "\ufeff\n---\ntitle: 苏😀\ntags: [a]\n---\n"
    assert locate(read(text)) == {
        ("title",): Span(6, 11, 13, 15),
        ("tags",): Span(16, 20, 22, 25),
        ("tags", 0): Span(23, 23, 23, 24),
    }


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "".join(" " * level + "a:\n" for level in range(900)) + "---\n",
        "---\na:\n " + "- " * 900 + "x\n---\n",
        "---\na: " + "[" * 900 + "]" * 900 + "\n---\n",
        '{"a":' * 900 + "1" + "}" * 900 + "\n",
    ],
)
def test_what_is_nested_beyond_measure_is_located_to_a_depth(text: str) -> None:
    found = locate(read(text))
    assert ("a",) in found
    assert max(map(len, found)) == 101


@pytest.mark.parametrize(
    "text",
    [
        "+++\nx = [\n" + "[1],\n" * 20_000 + "]\n+++\n",
        "+++\n" + "x = [\n" * 20_000 + "+++\n",
        '+++\nx = "' + '"' * 100_000 + "\n+++\n",
        '{"a": [' + "1," * 50_000 + "1]}\n",
        "---\n" + "".join(f"k{number}: [a, b]\n" for number in range(3_000)) + "---\n",
        "---\nt: : x\n" + "".join(f"k{number}: [a, b]\n" for number in range(3_000)) + "---\n",
        "---\na: &a [x, x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1 or ''}, *a{n - 1 or ''}]\n" for n in range(1, 30))
        + "---\n",
    ],
)
def test_locating_is_linear(text: str) -> None:
    front_matter = read(text)
    started = time.process_time()
    assert locate(front_matter)
    assert time.process_time() - started < 2


def test_an_edit_at_a_span_changes_that_value_alone() -> None:
    text = "---\n# remark\ntitle: 'a' # why\ntags:\n  - b\n  - c\ndate: 2022-06-07\n---\nbody\n"
    span = locate(read(text))["tags", 1]
    edited = text[: span.start] + '"d"' + text[span.end :]
    assert load_yaml(read(edited).text)[0] == {"title": "a", "tags": ["b", "d"], "date": "2022-06-07"}
    assert edited.replace('"d"', "c") == text
