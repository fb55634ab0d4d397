"""What fields, schemas and collections have against a post: codes, places, and which of them counts."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.operations.validate import Finding, options_from, validate
from newscli.rules.subject import Subject
from newscli.rules.violations import spec_of, violations
from newscli.schema import Schema, Violation

Found = Callable[..., list[Finding]]
POST = "_posts/2022-06-07-example.md"


def subject(lines: str, path: str = POST, **settings: Any) -> Subject:
    schema = settings.pop("schema", None)
    options = options_from(settings, engine="jekyll", schema=schema and Schema(schema))
    return Subject(path, f"---\n{lines}\n---\nbody\n".encode(), options)


def told(lines: str, path: str = POST, **settings: Any) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding of the rules about keys and values."""
    post = subject(lines, path, **settings)
    post.options.selected = frozenset(options_from({"select": ["S"]}, engine="jekyll").selected)
    (result,) = validate([path], post.options, read=lambda _path: post.raw)
    return [(each.code, each.line, each.column) for each in result.findings]


@pytest.mark.parametrize(
    ("lines", "fields", "expected"),
    [
        ("title: a\nn: x", {"n": {"type": "integer"}}, [("S202", 3, 4)]),
        ("title: a\nn: 1", {"n": {"type": "integer"}}, []),
        ("title: a\nn: null", {"n": {"type": "integer"}}, []),
        ("title: a", {"n": {"type": "integer"}}, []),
        ("title: a\nn: x", {"n": {"enum": ["y"]}}, [("S204", 3, 4)]),
        ("title: a\nn: x", {"n": {"pattern": "[0-9]+"}}, [("S206", 3, 4)]),
        ("title: a\nn: x", {"n": {"max": 0}}, [("S209", 3, 4)]),
        ("title: a\nn: x", {"n": {"deprecated": True}}, [("S210", 3, 1)]),  # of the key, not of its value
        ("title: a\nn: x", {"n": {"alias-of": "m"}}, [("S210", 3, 1)]),
        ("title: a", {"n": {"required": True}}, [("S201", 1, 1)]),  # where it is missing: the opening fence
        ('title: "a"b"\nn: x', {"n": {"type": "integer"}}, [("S202", 3, 4)]),  # sound keys of a broken block count
    ],
)
def test_fields(lines: str, fields: dict[str, Any], expected: list[tuple[str, int, int]]) -> None:
    assert told(lines, fields=fields) == expected


def test_the_words_of_a_field_take_the_place_of_newscli_s() -> None:
    post = subject("n: x", fields={"n": {"type": "integer", "message": "a number, please"}})
    assert violations(post) == [Violation(("n",), "S202", "a number, please")]


STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("lines", "schema", "expected"),
    [
        ("title: 1", {"properties": {"title": STRING}}, [("S202", 2, 8)]),
        ("title: a\ntags: [b, 1]", {"properties": {"tags": {"items": STRING}}}, [("S202", 3, 11)]),
        ("title: a\nx: b", {"properties": {"x": {"enum": ["c"]}}}, [("S204", 3, 4)]),
        ("title: a\nx: b", {"properties": {"x": {"const": "c"}}}, [("S204", 3, 4)]),
        ("title: a\nx: b", {"properties": {"title": {}}, "additionalProperties": False}, [("S205", 3, 1)]),
        ("title: a\nx: b", {"properties": {"x": {"pattern": "^c"}}}, [("S206", 3, 4)]),
        ("title: a\nx: b", {"properties": {"x": {"format": "email"}}}, [("S206", 3, 4)]),
        ("title: a\nx: b", {"properties": {"x": {"maxLength": 0}}}, [("S209", 3, 4)]),
        ("title: a\nx: b", {"properties": {"x": {"deprecated": True}}}, [("S210", 3, 1)]),
        ("title: a\nx: [1, 1]", {"properties": {"x": {"uniqueItems": True}}}, [("S211", 3, 4)]),
        ("title: a", {"required": ["x"]}, [("S201", 1, 1)]),
        ("title: a\nseo: {b: c}", {"properties": {"seo": {"required": ["x"]}}}, [("S201", 3, 6)]),
        ("title: a\nx: b", {"dependentRequired": {"x": ["y"]}}, [("S212", 1, 1)]),
        (
            "title: a\nlayout: link",
            {"if": {"properties": {"layout": {"const": "link"}}}, "then": {"required": ["source"]}},
            [("S212", 1, 1)],
        ),
        ("title: a\ndate: 2022-06-07", {"properties": {"date": STRING}}, []),  # dates are text to a schema
    ],
)
def test_each_keyword_has_its_code_and_its_place(
    lines: str, schema: dict[str, Any], expected: list[tuple[str, int, int]]
) -> None:
    assert told(lines, schema=schema) == expected


@pytest.mark.parametrize("words", ["please", {"type": "please", "enum": "no"}])
def test_the_words_of_a_schema_take_the_place_of_the_validator_s(words: object) -> None:
    (found,) = violations(subject("n: x", schema={"properties": {"n": {"type": "integer", "errorMessage": words}}}))
    assert found.message == "please"
    (other,) = violations(subject("n: x", schema={"properties": {"n": {"const": 1, "errorMessage": {"type": "no"}}}}))
    assert other.message != "no"


def test_a_schema_says_nothing_of_a_block_that_does_not_parse() -> None:
    assert told('title: "a"b"\nx: 1', schema={"properties": {"x": STRING}, "required": ["y"]}) == []


def test_nothing_is_found_out_where_nothing_is_set_and_nothing_twice() -> None:
    assert violations(subject("n: x")) == []
    post = subject("n: x", fields={"n": {"type": "integer"}})
    first = violations(post)
    first.clear()  # whoever asked may do as he likes with the answer
    assert len(violations(post)) == 1


COLLECTIONS = [
    {"glob": "docs/*", "required": ["weight"], "fields": {"weight": {"type": "integer"}}},
    {"glob": "*", "fields": {"x": {"type": "boolean"}}},
]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/a.md", (("weight",), {"weight", "title"})),  # the first that fits counts
        (POST, (("title",), {"x", "title"})),  # what a collection does not say holds as for all
    ],
)
def test_a_collection_goes_over_the_settings_for_all(path: str, expected: tuple[tuple[str, ...], set[str]]) -> None:
    post = subject("a: b", path, required=["title"], fields={"title": {"max": 9}}, collections=COLLECTIONS)
    required, fields, _ = spec_of(post)
    assert (required, set(fields)) == expected


def test_the_schema_of_a_collection_comes_beside_that_of_all(tmp_path: Any) -> None:
    (tmp_path / "docs.json").write_text(json.dumps({"required": ["weight"]}))
    collections = [{"glob": "docs/*", "schema": str(tmp_path / "docs.json")}]
    settings: dict[str, Any] = {"schema": {"required": ["title"]}, "collections": collections}
    assert {each.missing for each in violations(subject("a: b", "docs/a.md", **settings))} == {"weight", "title"}
    assert {each.missing for each in violations(subject("a: b", **settings))} == {"title"}


@given(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "1", "true", "[y]", "{z: 1}"]), min_size=1),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["string", "integer", "boolean", "array", "object"])),
)
def test_fields_and_a_schema_agree_about_types(data: dict[str, str], types: dict[str, str]) -> None:
    """Law: a field of a type is refused exactly where the JSON Schema of that type refuses it, at the same place."""
    lines = "\n".join(f"{key}: {value}" for key, value in data.items())
    names = {"array": "list", "object": "mapping"}
    by_fields = told(lines, required=[], fields={key: {"type": names.get(kind, kind)} for key, kind in types.items()})
    schema = {"properties": {key: {"type": kind} for key, kind in types.items()}}
    assert by_fields == told(lines, required=[], schema=schema)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("_posts/a.md", True),
        ("content/blog/a.md", True),
        ("a.md", True),
        ("content/blog/_index.md", False),  # a list of posts, not one
        ("content/about/a.md", False),  # a page
        ("_drafts/a.md", False),
        ("_posts/2022-06-07-a.md", False),  # the name has one
    ],
)
def test_of_posts_alone_a_date_is_asked(path: str, found: bool) -> None:
    assert (("S201", 1, 1) in told("title: a", path)) == found
