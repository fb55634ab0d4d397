"""Checks of single values."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.query.checks import Bound, bounds_of, explain_bounds, is_within, like, literal
from newscli.text import fold


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("500", ((">=", 500), ("<=", 500))),
        ("500..", ((">=", 500),)),
        ("..500", (("<=", 500),)),
        ("-5..5", ((">=", -5), ("<=", 5))),
        (">=3", ((">=", 3),)),
        ("> 3.5", ((">", 3.5),)),
        ("<-3", (("<", -3),)),
        ("<=3", (("<=", 3),)),
        ("＞＝３", ((">=", 3),)),
        ("007", ((">=", 7), ("<=", 7))),
        ("9" * 15, ((">=", 10**15 - 1), ("<=", 10**15 - 1))),
        ("9" * 16, ((">=", 1e16), ("<=", 1e16))),
        ("", None),
        ("..", None),
        ("3-5", None),
        ("1e5", None),
        ("1_000", None),
        ("٣", None),
        (">", None),
        ("=3", None),
        ("3..x", None),
        ("1.5.", None),
        ("9" * 301, None),
    ],
)
def test_bounds_are_read(text: str, bounds: tuple[Bound, ...] | None) -> None:
    assert bounds_of(text) == bounds


def test_large_bounds_are_floats_because_integers_of_sqlite_end() -> None:
    bounds = bounds_of("9" * 16)
    assert bounds is not None
    assert isinstance(bounds[0][1], float)


@pytest.mark.parametrize(("value", "inside"), [(3, False), (3.01, True), (5, True), (5.1, False)])
def test_bounds_hold(value: float, inside: bool) -> None:
    assert is_within(value, ((">", 3), ("<=", 5))) is inside


def test_bounds_are_told() -> None:
    assert explain_bounds(((">", 3), ("<=", 5.5))) == "> 3 and <= 5.5"


@pytest.mark.parametrize(
    ("text", "operand"),
    [
        ("新华*", "新华*"),
        ("A?C", "a?c"),
        ("为什么？*", "为什么[?]*"),  # the full-width mark is punctuation
        ("[a]*", "[[]a]*"),
        ("＊*", "[*]*"),
    ],
)
def test_wildcards_become_glob(text: str, operand: str) -> None:
    assert like(text).operand == operand


@settings(max_examples=100, deadline=None)
@given(st.text("[]*?^!aA-"), st.text("[]*?^!aA-"))
def test_literal_patterns_fit_only_themselves(text: str, other: str) -> None:
    assert fnmatchcase(text, literal(text))
    assert fnmatchcase(other, literal(text)) is (other == text)


def test_wildcards_are_kept_from_folding() -> None:
    check = like("Ａ*Ｂ", folding=str)
    assert check.holds("Ａ新Ｂ", "Ａ新Ｂ")
    assert not check.holds("a新b", fold("Ａ新Ｂ"))
