import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.markup.blocks import iter_blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a", [(False, "a")]),
        ("a\nb\n\nc\n", [(False, "a\nb\n\n"), (False, "c\n")]),
        ("```\na\n\nb\n```\nc", [(True, "```\na\n\nb\n```\n"), (False, "c")]),
        ("~~~ x\n```\n~~~", [(True, "~~~ x\n```\n~~~")]),
        ("````\n```\n  `````  \n", [(True, "````\n```\n  `````  \n")]),
        ("```\na", [(False, "```\na")]),
        ("```a`b\n```\n", [(False, "```a`b\n```\n")]),
        (" ```\na\n```\n", [(False, " ```\na\n```\n")]),
        ("a\n```\nb\n```\n", [(False, "a\n```\nb\n```\n")]),
        ("a\n\n```\nb\n```\n", [(False, "a\n\n"), (True, "```\nb\n```\n")]),
        ("```\n~~~\n", [(False, "```\n~~~\n")]),
        ("```x\n\n```\na\n```\n", [(True, "```x\n\n```\n"), (False, "a\n```\n")]),
    ],
)
def test_the_blocks_of_a_text(text: str, expected: list[tuple[bool, str]]) -> None:
    assert list(iter_blocks(text)) == expected


@given(st.lists(st.sampled_from(["a", "\n", "\n\n", "```", "~~~", "````", " ", "x`"]), max_size=20))
@settings(max_examples=150, deadline=None)
def test_the_blocks_are_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join(block for _, block in iter_blocks(text)) == text


@pytest.mark.parametrize("piece", ["```a\n\n", "~~~\n\n", "\n", "```\n~~~\n"])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    for _ in iter_blocks(piece * (100_000 // len(piece))):
        pass
    assert time.process_time() - start < 5
