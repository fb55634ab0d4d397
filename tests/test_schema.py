"""What a front matter must hold: JSON Schemas of files and built in, collections of posts."""

from pathlib import Path
from typing import Any

import pytest

from newscli.errors import ConfigError
from newscli.schema import BUILT_IN, Schema, built_in, find_schema, load_schema, read_collections


def test_collections() -> None:
    (one,) = read_collections([{"glob": "docs/**", "required": ["title"], "fields": {"a": "list"}}])
    assert (one.glob, one.required, one.fields["a"].type) == ("docs/**", ("title",), "list")


@pytest.mark.parametrize(
    ("tables", "words"), [([{}], "needs a glob"), ([{"glob": "x", "requird": []}], "did you mean 'required'")]
)
def test_wrong_settings_of_collections(tables: Any, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_collections(tables)


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


# Built in

POSTS: dict[str, dict[str, Any]] = {
    "jekyll": {
        "title": "好",
        "layout": None,
        "tags": "a b",
        "categories": ["a"],
        "date": "2022-06-07",
        "published": False,
    },
    "hugo": {"title": 2022, "tags": ["a"], "date": "2022-06-07", "weight": 1, "linktitle": "a", "menu": {"main": {}}},
    "astro": {"title": "a", "pubDate": "Jun 07 2022", "tags": ["a"], "heroImage": {"src": "./a.png"}, "draft": True},
}
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("jekyll", {"published": "false"}, "S202"),
    ("jekyll", {"tags": {"a": "b"}}, "S202"),
    ("jekyll", {"layout": ["post"]}, "S202"),
    ("hugo", {"draft": "true"}, "S202"),
    ("hugo", {"weight": "first"}, "S202"),
    ("hugo", {"resources": ["a.jpg"]}, "S202"),
    ("hugo", {"build": {"list": "sometimes"}}, "S204"),
    ("astro", {"slug": 2022}, "S202"),
    ("astro", {"template": "docs"}, "S204"),
]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_usual_post_fulfils_the_schema_of_its_engine(name: str) -> None:
    assert list(built_in(name).violations(POSTS[name])) == []
    assert list(built_in(name).violations({"a key of one's own": {"b": []}})) == []


@pytest.mark.parametrize(("name", "data", "code"), WRONG)
def test_what_the_schema_of_an_engine_forbids(name: str, data: dict[str, Any], code: str) -> None:
    assert [(one.path[0], one.rule) for one in built_in(name).violations(data)] == [(next(iter(data)), code)]


def test_a_schema_is_found_by_name_then_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jekyll").write_text('{"title": "our own"}', encoding="utf-8")
    (tmp_path / "own").write_text('{"title": "our own"}', encoding="utf-8")
    assert find_schema("jekyll").document["title"] == "Front matter of a Jekyll post"
    assert find_schema("./jekyll").document["title"] == "our own"
    assert find_schema("own").document["title"] == "our own"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jekyl", "there is no schema 'jekyl'; did you mean 'jekyll'?"),
        ("wordpress", "there is no schema 'wordpress'; name a file, or one of astro, hugo, jekyll"),
        ("none.json", "cannot read the schema none.json: No such file or directory"),
    ],
)
def test_a_name_without_a_schema(name: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        find_schema(name)
    assert str(caught.value) == words


def test_a_collection_takes_a_schema_by_name() -> None:
    (found,) = read_collections([{"glob": "docs/**", "schema": "hugo"}])
    assert found.schema is built_in("hugo")


def test_a_collection_extends_one_before_it() -> None:
    base = {"glob": "docs/**", "required": ["title"], "fields": {"a": "list", "b": "list"}, "schema": "jekyll"}
    more = {"glob": "docs/api/**", "extends": "docs/**", "fields": {"b": "string"}}
    other = {"glob": "x/**", "extends": "docs/api/**", "required": []}
    first, second, third = read_collections([base, more, other])
    assert (second.glob, second.required, second.schema) == ("docs/api/**", ("title",), first.schema)
    assert {name: spec.type for name, spec in second.fields.items()} == {"a": "list", "b": "string"}
    assert (third.required, third.fields) == ((), second.fields)
    with pytest.raises(ConfigError, match="the glob of one before it, not 'docs/\\*'; did you mean 'docs/\\*\\*'"):
        read_collections([base, more | {"extends": "docs/*"}])
