"""Lines of what was made, traced to the lines it was made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.converters.lines import of_pieces, of_stand_ins
from newscli.converters.marks import Shelf


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([], {1: 1, 5: 5}),
        ([("a\nb\n", 1)], {1: 1, 2: 2}),
        ([("a\n", 3), ("b\n", 7)], {1: 3, 2: 7, 3: 8}),
        ([("<ul>\n", 1), ("<li>", 1), ("a", 1), ("</li>\n", 1), ("<li>", 2), ("b", 2)], {1: 1, 2: 1, 3: 2}),
        ([("a", 1), ("\n<p>", 2), ("b", 2)], {1: 1, 2: 2}),
        ([("", 1), ("a\n", 4)], {1: 4}),
    ],
)
def test_pieces(pieces: list[tuple[str, int]], lines: dict[int, int]) -> None:
    find = of_pieces(pieces)
    assert {line: find(line) for line in lines} == lines


@given(st.lists(st.sampled_from(["a", "b\n", "\n", "c\nd\n"]), max_size=8))
def test_pieces_of_the_text_itself(pieces: list[str]) -> None:
    text = "".join(pieces)
    starts = [text[: len("".join(pieces[:number]))].count("\n") + 1 for number in range(len(pieces))]
    find = of_pieces(
        (piece, start + len(piece) - len(piece.lstrip("\n"))) for piece, start in zip(pieces, starts, strict=True)
    )
    for line in range(1, text.count("\n") + 1):
        assert find(line) == line


def test_stand_ins_for_several_lines() -> None:
    shelf = Shelf()
    first, second = shelf.put("{{ c\n\n }}"), shelf.put("{% f %}")
    text = f"a\nb {first} d\ne\n{second}\ng"
    find = of_stand_ins(text, shelf)
    assert [find(line) for line in range(1, 6)] == [1, 4, 5, 6, 7]


def test_pieces_put_in_their_places() -> None:
    taken, put = Shelf(), Shelf()
    block = taken.put("{% raw %}\nb\n{% endraw %}")
    text = f"a\n{block}\nc"
    put.put("\n\n~~~\nb\n~~~\n\n")
    find = of_stand_ins(text, taken, put)
    made = put.restore(text).split("\n")
    assert find(made.index("a") + 1) == 1
    assert find(made.index("b") + 1) == 3
    assert find(made.index("c") + 1) == 5


def test_stand_ins_in_pieces_count_with_them() -> None:
    shelf = Shelf()
    inner = shelf.put("{{ a\n }}")
    outer = shelf.put(f"$$\n{inner}\n$$")
    text = f"{outer}\nb"
    assert of_stand_ins(text, shelf)(2) == 5


def test_nothing_taken_is_line_for_line() -> None:
    find = of_stand_ins("a\nb\n", Shelf())
    assert [find(1), find(2)] == [1, 2]
