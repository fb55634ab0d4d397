"""The short form of what a front matter must hold: types, formats, the settings of a key."""

from typing import Any

import pytest

from newscli.errors import ConfigError
from newscli.fields import FieldSpec, check_field, is_of_type, matches_format, read_fields, type_of


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (True, "boolean"),
        (1, "integer"),
        (1.5, "number"),
        ([], "list"),
        ({}, "mapping"),
        (None, "null"),
        ("2022-06-07 07:17", "date"),
        ("2022", "string"),
    ],
)
def test_the_type_of_a_value(value: Any, name: str) -> None:
    assert type_of(value) == name


@pytest.mark.parametrize(
    ("value", "wanted", "fits"),
    [
        (1, "number", True),
        (1, "string", False),
        ("2022-06-07", "string", True),
        ("x", "date", False),
        (None, "any", True),
        (None, "string", False),
        (True, "integer", False),
    ],
)
def test_whether_a_value_is_of_a_type(value: Any, wanted: str, fits: bool) -> None:
    assert is_of_type(value, wanted) == fits


@pytest.mark.parametrize(
    ("text", "name", "fits"),
    [
        ("https://example.com/a", "uri", True),
        ("/images/a.jpg", "uri", True),
        ("images/a.jpg", "uri", True),
        ("mailto:a@b.c", "uri", True),
        ("not a url", "uri", False),
        ("https:// a", "uri", False),
        ("a@example.com", "email", True),
        ("a@b", "email", False),
        ("a-slug", "slug", True),
        ("a slug", "slug", False),
        ("2022-6-7", "date", True),
        ("tuesday", "date", False),
    ],
)
def test_formats(text: str, name: str, fits: bool) -> None:
    assert matches_format(text, name) == fits


@pytest.mark.parametrize(
    ("value", "spec", "codes"),
    [
        ("a", FieldSpec(type="integer"), ["S202"]),
        ("pots", FieldSpec(enum=("post", "page")), ["S204"]),
        ("abc", FieldSpec(pattern="[0-9]+"), ["S206"]),
        ("not it", FieldSpec(format="slug"), ["S206"]),
        (11, FieldSpec(max=10), ["S209"]),
        (1, FieldSpec(min=2), ["S209"]),
        ("abc", FieldSpec(max=2), ["S209"]),
        ([], FieldSpec(min=1), ["S209"]),
        (True, FieldSpec(max=0), []),
        ("post", FieldSpec(type="string", enum=("post",), pattern="p.*", max=9), []),
    ],
)
def test_a_field_against_its_settings(value: Any, spec: FieldSpec, codes: list[str]) -> None:
    assert [code for code, _ in check_field(value, spec)] == codes


def test_own_words_replace_newscli_s() -> None:
    spec = FieldSpec(type="integer", enum=(1,), max=0, message="Write 1.")
    assert [words for _, words in check_field(2, spec)] == ["Write 1.", "Write 1."]
    assert [words for _, words in check_field("a", spec)] == ["Write 1."]


def test_a_slip_of_an_enumeration_is_named() -> None:
    ((_, words),) = check_field("pots", FieldSpec(enum=("post", "page")))
    assert words == "'pots' is none of post, page; did you mean 'post'?"


def test_fields_are_read_from_tables_or_a_mere_type() -> None:
    assert read_fields({"a": {"type": "list", "alias-of": "b"}, "c": "date"}) == {
        "a": FieldSpec(type="list", alias_of="b"),
        "c": FieldSpec(type="date"),
    }


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([], "one table a key"),
        ({"a": 1}, "must be a table"),
        ({"a": {"typ": "list"}}, "did you mean 'type'?"),
        ({"a": {"type": "lists"}}, "did you mean 'list'?"),
        ({"a": {"format": "url"}}, "must be one of uri"),
        ({"a": {"enum": "x"}}, "must be a list"),
        ({"a": {"pattern": "("}}, "no regular expression"),
    ],
)
def test_wrong_settings_of_fields(table: Any, words: str) -> None:
    with pytest.raises(ConfigError, match=words.replace("?", r"\?")):
        read_fields(table)
