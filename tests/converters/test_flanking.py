"""Edges of emphasis: what may stand there, and what can move out."""

import pytest

from newscli.converters.flanking import escape_start, first_token, is_unsafe, last_character, last_token, starts_line
from newscli.converters.marks import INLINE, KEPT


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("a", "b", False),
        ("文", "字", False),
        ("：", "自", True),
        ("：", " ", False),
        ("：", "", False),
        ("：", "，", False),
        ("”", "总", True),
        (")", "c", True),
        (")", ".", False),
        ("~", "文", True),
        ("😀", "文", True),
        ("￥", "5", True),
        (" ", "a", True),
        ("\u3000", "a", True),
        ("a", "：", False),
        (KEPT, "a", True),
        (INLINE, "a", True),
    ],
)
def test_marks_that_would_not_close(inner: str, outer: str, expected: bool) -> None:
    assert is_unsafe(inner, outer) is expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ab", "a", "b"),
        ("", "", ""),
        ("“a”", "“", "”"),
        ("\\*a\\_", "\\*", "\\_"),
        ("a\\\\", "a", "\\\\"),
        ("a\\\\*", "a", "*"),
        ("[a](u)", "", ""),
        ('[a](u "t")', "", ""),
        ("[a](<u v>)", "", ""),
        ("[a](u(v))", "", ""),
        ("![a](u)", "", ""),
        ("(a)", "(", ")"),
        ("!a", "!", "a"),
        ("`a`", "", ""),
        ("<b>a</b>", "", ""),
        ("a > b >", "a", ">"),
        ("[a](u)b)", "", ")"),
        (f"{KEPT}0{KEPT}", "", ""),
        (f"{INLINE}ua{INLINE}U", "", ""),
    ],
)
def test_what_moves_out(text: str, first: str, last: str) -> None:
    assert first_token(text) == first
    assert last_token(text) == last


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a", "\\# a"),
        ("> a", "\\> a"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("= a", "\\= a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        (". a", ". a"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_what_would_start_a_block(text: str, escaped: str) -> None:
    assert escape_start(text) == escaped


@pytest.mark.parametrize(
    ("before", "expected"),
    [("", True), ("a", False), ("a\n", True), ("a\n> - ", True), ("# ", True), ("a\n1. b", False), ("12. ", True)],
)
def test_starts_of_lines(before: str, expected: bool) -> None:
    assert starts_line([before], 0) is expected
    assert starts_line(["x\n", before], 1) is (expected and "\n" in before)


def test_the_last_character_of_markup_is_its_lead() -> None:
    assert last_character("ab") == "b"
    assert last_character(f"a{INLINE}U") == INLINE
    assert last_character("") == ""
