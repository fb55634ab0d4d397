"""Keys that stand twice, take others in, or are no text: found where they are, and mended so that nothing is lost."""

from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newscli.operations.validate import FileResult, options_from, validate

POST = "_posts/2022-06-07-example.md"


def checked(lines: str, code: str, engine: str = "jekyll", fix: str = "none") -> FileResult:
    options = options_from({}, engine=engine, select=[code], fix=fix)
    text = f"---\n{lines}\n---\nbody\n".encode()
    (result,) = validate([POST], options, read=lambda _path: text)
    return result


def mended(lines: str, code: str, engine: str = "jekyll", fix: str = "unsafe") -> str | None:
    """The lines after mending; None when they stay."""
    text = checked(lines, code, engine, fix).fixed_text
    return None if text is None else text.removeprefix("---\n").removesuffix("\n---\nbody\n")


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ("a: 1\na: 2", [(3, 1)]),
        ("a: 1\nb: 1\n'a': 2\n\"a\": 3", [(4, 1), (5, 1)]),
        ("a:\n  b: 1\n  b: 2", [(4, 3)]),
        ("a: {b: 1, b: 2}", [(2, 11)]),
        ("a:\n- b: 1\n  b: 2\n- b: 3", [(4, 3)]),
        ('a: "x"y"\na: z', [(3, 1)]),  # the block does not parse, the keys are there all the same
        ("a: 1\nA: 2", []),
        ("1: x\n'1': y", []),
        ("? a\n: 1\n? a\n: 1", [(4, 3)]),
        ("a: 1\n? a\n: 2", [(3, 3)]),
        ("? a\n: 1\nb: 1\na: 2", [(5, 1)]),
        ("? [a]\n: 1\n? [a]\n: 2", []),  # no key of a front matter
        ("? a\n: 1\nb: 2", []),
        ("a: |\n  b: 1\n  b: 2", []),
        ("a: {b: 1}\nc: {b: 1}", []),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x", []),  # that is a fault of another name
    ],
)
def test_a_key_stands_twice_in_the_same_mapping(lines: str, places: list[tuple[int, int]]) -> None:
    assert [(each.line, each.column) for each in checked(lines, "Y106").findings] == places


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("<<: {a: 1, b: 'x'}\nb: y", "a: 1\nb: y"),
        ("d: &d\n  a: 1\n  b: [x, y]\ne:\n  <<: *d\n  a: 2", "d: &d\n  a: 1\n  b: [x, y]\ne:\n  b: [x, y]\n  a: 2"),
        ("d: &d {a: 1}\nf: &f {a: 2, b: 3}\n<<: [*d, *f]", "d: &d {a: 1}\nf: &f {a: 2, b: 3}\na: 1\nb: 3"),
        ("d: &d\n  a: |\n    x\n<<: *d", None),  # not on one line
        ("d: &d {a: &b 1, c: *b}\n<<: *d", None),  # names in names
        ("d: &d {a: 1}\ne: {<<: *d, b: 1}", None),  # within a line
        ("d: &d {a: 1}\n<<: *d  # why", None),  # the comment would go
        ("'<<': 1", None),
    ],
)
def test_merged_keys_are_written_out(lines: str, expected: str | None) -> None:
    assert mended(lines, "Y113") == expected
    if expected is not None:
        read, was = yaml.safe_load(expected), yaml.safe_load(lines)
        assert read == was
        assert mended(lines, "Y113", fix="safe") is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["1", "x y", "'1'"])), min_size=1, max_size=6))
def test_of_keys_that_stand_twice_those_go_that_say_the_same(pairs: list[tuple[str, str]]) -> None:
    """Law: all but the first are reported; mending changes nothing that PyYAML reads, and is never safe."""
    lines = "\n".join(f"{key}: {value}" for key, value in pairs)
    result = checked(lines, "Y106")
    assert len(result.findings) == len(pairs) - len({key for key, _ in pairs})
    assert not any(each.fix and each.fix.safe for each in result.findings)
    after = mended(lines, "Y106")
    left = lines if after is None else after
    assert yaml.safe_load(left) == yaml.safe_load(lines)
    said = Counter(key for key, _ in dict.fromkeys(pairs))
    assert len(checked(left, "Y106").findings) == sum(
        sum(key == name for key, _ in pairs) - 1 for name, count in said.items() if count > 1
    )


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ("<<: {a: 1}", [(2, 1)]),
        ("b: &b {a: 1}\n<<: *b", [(3, 1)]),
        ("b: &b {a: 1}\nc:\n  <<: *b", [(4, 3)]),
        ("c: {<<: {a: 1}}", [(2, 5)]),
        ("'<<': x", []),
        ("a: <<", []),
        ("a: 'x <<: y'", []),
    ],
)
def test_a_merge_key_is_told_where_it_stands(lines: str, places: list[tuple[int, int]]) -> None:
    assert [(each.line, each.column) for each in checked(lines, "Y113").findings] == places


JEKYLL_AND_HUGO = [
    ("2022", True, True),
    ("1.5", True, True),
    ("null", True, True),
    ("~", True, True),
    ("true", True, True),
    ("2022-01-01", True, True),
    ("on", True, False),
    ("no", True, False),
    ("1e3", False, True),
    ("'on'", False, False),
    ("title", False, False),
]


@pytest.mark.parametrize(("key", "jekyll", "hugo"), JEKYLL_AND_HUGO)
def test_a_key_that_is_no_text_is_quoted_for_the_engines_that_read_it_so(key: str, jekyll: bool, hugo: bool) -> None:
    for engine, is_fault in (("jekyll", jekyll), ("hugo", hugo)):
        expected = f'title: a\n"{key}": x' if is_fault else None
        assert mended(f"title: a\n{key}: x", "Y114", engine, fix="safe") == expected


@pytest.mark.parametrize("form", ["a:\n  {}: x", "a: {{{}: x}}", "a:\n- {}: x", "? {}\n: x"])
def test_a_key_is_quoted_wherever_it_is(form: str) -> None:
    assert mended(form.format("on"), "Y114", fix="safe") == form.format('"on"')


@pytest.mark.parametrize("lines", ["'on': x\non: y", "on: x\n'on': y", "on: x\non: y"])
def test_no_key_is_quoted_into_one_that_is_there(lines: str) -> None:
    assert mended(lines, "Y114") is None


KEYS = st.dictionaries(
    st.sampled_from(["on", "off", "2022", "title", "null", "1.5", "'on'", '"1"', "x y"]),
    st.sampled_from(["x", "1", "[a, b]"]),
    min_size=1,
)


@given(KEYS)
def test_quoted_keys_are_text_and_nothing_else_changes(data: dict[str, str]) -> None:
    """Law: after mending, what PyYAML reads is the same with its keys as they are written; none is lost."""
    lines = "\n".join(f"{key}: {value}" for key, value in data.items())
    after: dict[Any, Any] = yaml.safe_load(mended(lines, "Y114", fix="safe") or lines)
    assert len(after) == len(yaml.safe_load(lines))
    assert list(after.values()) == list(yaml.safe_load(lines).values())
    written = [key.strip("'\"") for key in data]
    assert all(isinstance(key, str) or written.count(name) > 1 for key, name in zip(after, written, strict=True))
