"""Scalars quoted so that they are read as they were."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.fixes.quoting import guesses, is_curly
from newscli.fixes.scalars import quote, single

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("a", '"a"'), ('a "b"', "'a \"b\"'"), ("it's", '"it\'s"'), ("a\\b", "'a\\b'"), ('it\'s "b"', '"it\'s \\"b\\""')],
)
def test_the_plainest_quotes_are_taken(text: str, quoted: str) -> None:
    assert quote(text) == quoted


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_a_quoted_text_reads_as_it_was(text: str) -> None:
    """Law: ``quote`` and ``single`` lose nothing."""
    assert yaml.safe_load(f"a: {quote(text)}") == {"a": text}
    assert yaml.safe_load(f"a: {single(text)}") == {"a": text}


@pytest.mark.parametrize(("text", "curly"), [("“a”", True), ("‘a’", True), ("“a", False), ("“", False), ('"a"', False)])
def test_curly_quotes(text: str, curly: bool) -> None:
    assert is_curly(text) == curly


@pytest.mark.parametrize(
    ("value", "first", "safe"),
    [
        ('"a "b" c"', "'a \"b\" c'", True),
        ('"a \\"b\\" "c""', '\'a "b" "c"\'', True),
        ('"a\\n "b""', '"a\\n \\"b\\""', True),
        ('"a "b c"', "'a \"b c'", False),
        ("'it's'", '"it\'s"', True),
        ('"a', '"a"', False),
        ('"a”', '"a"', False),
        ("a: b", '"a: b"', True),
        ("a: b # c", '"a: b" # c', False),
        ("- a", '["a"]', False),
        ("[a", "[a]", False),
        ("{a", "{a}", False),
        ('"a\\qb\'s"', '"a\\\\qb\'s"', False),
    ],
)
def test_the_likeliest_guess(value: str, first: str, safe: bool) -> None:
    assert (guesses(value)[0].text, guesses(value)[0].safe) == (first, safe)
