"""What a front matter must hold: settings, JSON Schema, inference."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import ConfigError
from newscli.schema import (
    FieldSpec,
    Schema,
    check_field,
    infer_schema,
    is_of_type,
    load_schema,
    matches_format,
    merged,
    read_collections,
    read_fields,
    type_of,
)


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


def test_collections() -> None:
    (one,) = read_collections([{"glob": "docs/**", "required": ["title"], "fields": {"a": "list"}}])
    assert (one.glob, one.required, one.fields["a"].type) == ("docs/**", ("title",), "list")


@pytest.mark.parametrize(
    ("tables", "words"), [([{}], "needs a glob"), ([{"glob": "x", "requird": []}], "did you mean 'required'")]
)
def test_wrong_settings_of_collections(tables: Any, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_collections(tables)


def test_fields_of_a_collection_go_over_those_of_all() -> None:
    base = {"a": FieldSpec(type="list"), "b": FieldSpec()}
    assert merged(base, {"a": FieldSpec(type="date")})["a"].type == "date"


DOCUMENT = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "maxLength": 3},
        "layout": {"enum": ["post"]},
        "weight": {"multipleOf": 10, "errorMessage": "Tens only."},
        "mail": {"format": "email"},
        "old": {"deprecated": True, "description": "Use new."},
        "link": {},
    },
    "dependentRequired": {"link": ["mail"]},
    "if": {"properties": {"layout": {"const": "post"}}, "required": ["layout"]},
    "then": {"required": ["weight"]},
}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, [((), "S201", "title")]),
        ({"title": 1}, [(("title",), "S202", "")]),
        ({"title": "abcd"}, [(("title",), "S209", "")]),
        ({"title": "a", "layout": "x"}, [(("layout",), "S204", "")]),
        ({"title": "a", "titel": 1}, [(("titel",), "S205", "")]),
        ({"title": "a", "mail": "x"}, [(("mail",), "S206", "")]),
        ({"title": "a", "weight": 7}, [(("weight",), "S211", "")]),
        ({"title": "a", "old": 1}, [(("old",), "S210", "")]),
        ({"title": "a", "link": 1}, [((), "S212", "mail")]),
        ({"title": "a", "layout": "post"}, [((), "S212", "weight")]),
        ({"title": "a"}, []),
    ],
)
def test_a_json_schema(data: dict[str, Any], found: list[tuple[Any, str, str]]) -> None:
    assert [(one.path, one.rule, one.missing) for one in Schema(DOCUMENT).violations(data)] == found


def test_the_schema_s_own_words() -> None:
    (one,) = Schema(DOCUMENT).violations({"title": "a", "weight": 7})
    assert one.message == "Tens only."


@pytest.mark.parametrize("document", [{"type": "nonsense"}, {"properties": []}])
def test_a_schema_that_is_none(document: Any) -> None:
    with pytest.raises(ConfigError, match="is no JSON Schema"):
        Schema(document)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"required": ["title"]}'),
        ("a.yaml", "required: [title]\n"),
        ("a.toml", 'required = ["title"]\n'),
    ],
)
def test_a_schema_from_a_file(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [one.missing for one in load_schema(tmp_path / name).violations({})] == ["title"]


@pytest.mark.parametrize(("name", "text"), [("a.json", "{"), ("a.json", "[1]"), ("a.yaml", "- a"), ("a.toml", "=")])
def test_a_file_that_is_no_schema(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=name):
        load_schema(tmp_path / name)


def test_a_schema_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read the schema"):
        load_schema(tmp_path / "none.json")


def test_what_the_posts_have_in_common() -> None:
    posts = [{"title": f"T{n}", "layout": "post" if n % 2 else "page", "n": n} for n in range(60)]
    posts[0]["tags"] = ["a"]  # type: ignore[assignment]
    found = infer_schema(posts)
    assert found["required"] == ["layout", "n", "title"]
    assert found["properties"] == {
        "layout": {"type": "string", "enum": ["page", "post"]},
        "n": {"type": "integer"},
        "tags": {"type": "array"},
        "title": {"type": "string"},
    }


VALUES = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), VALUES), max_size=6))
def test_posts_fulfil_the_schema_inferred_from_them(posts: list[dict[str, Any]]) -> None:
    """Law: nothing is inferred that the posts do not have."""
    schema = Schema(json.loads(json.dumps(infer_schema(posts, enumerate_from=1))))
    assert [one for post in posts for one in schema.violations(post)] == []
