"""What parses, but readers refuse or choke on: no mapping, tags of programs, aliases, depth and length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.operations.validate import Finding, options_from, validate

POST = "_posts/2022-06-07-example.md"


def checked(lines: str, code: str, *, asked: bool = True) -> list[Finding]:
    text = f"---\n{lines}\n---\nbody\n".encode()
    options = options_from({}, engine="jekyll", **({"select": [code]} if asked else {}))
    (result,) = validate([POST], options, read=lambda _path: text)
    return [each for each in result.findings if each.code == code]


@pytest.mark.parametrize("lines", ["- a\n- b", "just text", "[a, b]", "'x'", "12", "null"])
def test_a_block_without_keys_is_no_mapping(lines: str) -> None:
    assert [(each.line, each.column) for each in checked(lines, "Y112")] == [(2, 1)]


@pytest.mark.parametrize("lines", ["a: 1", "# only a comment", "", "{a: 1}"])
def test_keys_are_a_mapping_and_nothing_is_another_fault(lines: str) -> None:
    assert checked(lines, "Y112") == []


@pytest.mark.parametrize(
    ("tag", "refused"),
    [
        ("!ruby/object:Object {}", True),
        ("!!python/object/apply:os.system [x]", True),
        ("!!str 12", False),
        ("'!ruby/object'", False),
    ],
)
def test_a_tag_that_asks_for_an_object_is_refused(tag: str, refused: bool) -> None:
    assert [(each.line, each.column) for each in checked(f"title: a\nx: {tag}", "Y115")] == [(3, 4)] * refused


def bomb(levels: int, width: int) -> str:
    """A list of lists that all are the same: ``levels`` lines, ``width`` to the power of that many values."""
    lines = [f"k0: &k0 [{', '.join(['x'] * width)}]"]
    lines += [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines)


@given(levels=st.integers(1, 9), width=st.integers(1, 12))
def test_aliases_are_a_bomb_from_ten_times_what_is_written(levels: int, width: int) -> None:
    """Law: more than 100 values, more than ten times as many as there are, are an error; other aliases a remark."""
    block = bomb(levels, width)
    size = [width + 1]  # each list, and what it holds spelt out
    for _ in range(1, levels):
        size.append(1 + width * size[-1])
    expanded = 1 + levels + sum(size)  # the mapping, its keys, their values
    written = 1 + 2 * levels + width
    found = checked(block, "Y116")
    is_bomb = expanded > 100 and expanded > 10 * written
    assert [each.severity.value for each in found] == (["error" if is_bomb else "info"] if levels > 1 else [])
    assert [each.line for each in found] == [3] * (levels > 1)
    assert [each.severity.value for each in checked(block, "Y116", asked=False)] == ["error"] * is_bomb


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ("a: &a x\nb: *a", [(3, 4)]),
        ("t: 'see *a'\na: &a [x]\nb: [y, *a]", [(4, 8)]),
        ("a: &a x", []),
        ("a: '*a'", []),
        ("a: 2 * 3", []),
    ],
)
def test_an_alias_is_told_where_it_stands(lines: str, places: list[tuple[int, int]]) -> None:
    assert [(each.line, each.column) for each in checked(lines, "Y116")] == places


def blocks(levels: int) -> str:
    return "".join(f"{' ' * level}k:\n" for level in range(levels)) + f"{' ' * levels}k: 1"


def lists(levels: int) -> str:
    return f"x: {'[' * levels}{']' * levels}"


@pytest.mark.parametrize(
    ("lines", "deep"),
    [(form(levels), levels > 50) for form in (blocks, lists) for levels in (2, 49, 52, 300)] + [(lists(5000), True)],
)
def test_more_than_fifty_levels_are_too_deep(lines: str, deep: bool) -> None:
    assert bool(checked(f"title: a\n{lines}", "Y117")) == deep


@pytest.mark.parametrize("character", ["x", "é", "字", "😀"])
@pytest.mark.parametrize("title", ["title: a", "title: 'a'\ntags:\n- b"])
def test_more_than_64_kib_is_too_long_counted_in_bytes(character: str, title: str) -> None:
    most = ((1 << 16) - len(f"{title}\ntext: \n")) // len(character.encode())
    assert checked(f"{title}\ntext: {character * most}", "Y117") == []
    (found,) = checked(f"{title}\ntext: {character * (most + 4)}", "Y117")
    assert (found.line, found.column) == (2, 1)
