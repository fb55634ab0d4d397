import pytest

from newscli.nearest import did_you_mean, nearest

KNOWN = ["list", "search", "show", "validate"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("lsit", "list"), ("serach", "search"), ("validat", "validate"), ("list", "list"), ("zzz", None), ("", None)],
)
def test_the_nearest_word_is_found_or_none(word: str, expected: str | None) -> None:
    assert nearest(word, KNOWN) == expected


def test_nothing_is_near_when_nothing_is_known() -> None:
    assert nearest("list", []) is None


def test_the_hint_is_a_clause_or_nothing() -> None:
    assert did_you_mean("lsit", iter(KNOWN)) == "; did you mean 'list'?"
    assert did_you_mean("zzz", KNOWN) == ""
