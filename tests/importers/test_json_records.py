import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic
from newscli.errors import ConfigError
from newscli.importers import Article, Input, Item, Limits, Options, Skipped, read

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]

A, B = {"title": "A", "content": "a"}, {"title": "B", "content": "b"}


def titles(found: list[Item]) -> list[str]:
    return [item.title for item in found if isinstance(item, Article)]


@pytest.mark.parametrize(
    "document",
    [
        [A, B],
        {"posts": [A, B]},
        {"articles": [A, B], "total": 2},
        {"data": {"items": [A, B]}},
        {"data": {"result": {"posts": [A, B]}}},
        {"status": "ok", "data": [A, B]},
        {"posts": [{"url": "u", "data": A}, {"url": "v", "data": B}]},
        {"文章": [A, B]},
    ],
)
def test_the_records_are_found_wherever_the_list_is(articles: Articles, document: Any) -> None:
    assert [found.title for found in articles("json", json.dumps(document))] == ["A", "B"]


def test_a_list_too_far_down_is_not_looked_for(items: Items) -> None:
    document = {"data": {"data": {"data": {"posts": [A]}}}}
    assert titles(items("json", json.dumps(document))) == []
    assert titles(items("json", json.dumps(document), mapping={"records": "data.data.data.posts"})) == ["A"]


def test_an_object_that_is_a_record_is_one(articles: Articles) -> None:
    record = {**A, "items": [{"title": "not this", "body": "x"}]}
    (found,) = articles("json", json.dumps(record))
    assert found.title == "A"


def test_objects_one_after_the_other_are_records(articles: Articles) -> None:
    assert [found.title for found in articles("json", json.dumps(A, indent=2) + "\n" + json.dumps(B))] == ["A", "B"]


def test_a_map_tells_where_the_list_is(articles: Articles) -> None:
    document = {"a": {"b": [A, B]}, "posts": [{"title": "no", "body": "no"}]}
    found = articles("json", json.dumps(document), mapping={"records": "a.b"})
    assert [article.title for article in found] == ["A", "B"]


@pytest.mark.parametrize("document", [{"a": [A]}, {"a": {"b": A}}, [A], A])
def test_a_list_that_is_not_where_the_map_says_is_no_list(items: Items, document: Any) -> None:
    assert titles(items("json", json.dumps(document), mapping={"records": "a.b"})) == []


def test_what_is_no_record_is_said_and_the_others_are_read(items: Items) -> None:
    first, second, third = items("json", '[{"title": "A", "body": "a"},\n5,\n{"title": "B", "body": "b"}]')
    assert isinstance(first, Article)
    assert isinstance(second, Diagnostic)
    assert (second.line, second.code, second.message) == (2, "I105", "a int where a record was expected")
    assert isinstance(third, Article)


def test_a_broken_element_is_said_and_the_others_are_read(items: Items) -> None:
    found = items("json", '[{"title": "A", "body": "a"},\n{"title": },\n{"title": "B", "body": "b"}]')
    assert titles(found) == ["A", "B"]
    (problem,) = [item for item in found if isinstance(item, Diagnostic)]
    assert (problem.path, problem.line, problem.code) == ("source", 2, "I105")


def test_a_file_that_ends_in_the_middle_gives_what_it_has(items: Items) -> None:
    found = items("json", '[{"title": "A", "body": "a"}, {"title": "B", "bo')
    assert titles(found) == ["A"]
    assert isinstance(found[-1], Diagnostic)


@pytest.mark.parametrize(("kind", "content"), [("json", ""), ("json", "[]"), ("jsonl", ""), ("jsonl", "\n \n")])
def test_nothing_is_nothing(items: Items, kind: str, content: str) -> None:
    assert items(kind, content) == []


def test_lines_are_records_and_a_bad_one_costs_itself_only(items: Items) -> None:
    lines = [json.dumps(A), "", "{bad}", json.dumps(B), "5", "[" * 100_000]
    found = items("jsonl", "\r\n".join(lines))
    assert titles(found) == ["A", "B"]
    problems = [item for item in found if isinstance(item, Diagnostic)]
    assert [problem.line for problem in problems] == [3, 5, 6]
    assert problems[0].message.startswith("the line is no JSON: ")
    assert "too deep" in problems[2].message


def test_a_line_longer_than_the_limit_costs_itself_only(items: Items) -> None:
    lines = [json.dumps(A), json.dumps({"title": "x" * 1000}), json.dumps(B), "y" * 1000]
    found = items("jsonl", "\n".join(lines), limits=Limits(item=200))
    assert titles(found) == ["A", "B"]
    assert [(item.line, item.code) for item in found if isinstance(item, Diagnostic)] == [(2, "I104"), (4, "I104")]


def test_a_text_sequence_has_its_separators(articles: Articles) -> None:
    text = f"\x1e{json.dumps(A)}\n\x1e{json.dumps(B)}\n"
    assert [found.title for found in articles("jsonl", text)] == ["A", "B"]


def test_a_value_longer_than_the_limit_is_too_big(items: Items) -> None:
    (problem,) = items("json", json.dumps([{"title": "x" * 600_000}, A]), limits=Limits(item=200))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I104"


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_records_that_are_no_articles_are_counted(items: Items, kind: str) -> None:
    problem, skipped = items(kind, '{"email": "a@b.c"}\n{"email": "d@e.f"}')
    assert isinstance(problem, Diagnostic)
    assert "--map title=KEY" in problem.message
    assert skipped == Skipped("source", "record without title and body", 2)


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv"])
def test_a_map_of_a_field_that_does_not_exist_is_a_wrong_use(items: Items, kind: str) -> None:
    with pytest.raises(ConfigError, match="no field 'titel'"):
        items(kind, "[]", mapping={"titel": "x"})


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_wrong_bytes_are_said_first(items: Items, kind: str) -> None:
    problem, found = items(kind, b'{"title": "A \xff", "body": "b"}', encoding="utf-8")
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I106"
    assert isinstance(found, Article)
    assert found.title == "A \ufffd"


def test_halves_of_characters_do_not_break_anything(articles: Articles) -> None:
    (found,) = articles("json", '{"title": "a\\ud83d\\ude00 \\ud800", "content": "\\udcff"}')
    assert (found.title, found.body) == ("a😀 \ufffd", "\ufffd")


@given(st.text(alphabet='[]{}",: \n1tia\\', max_size=50))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str) -> None:
    for kind in ("json", "jsonl"):
        for item in read(kind, Input.of_bytes("a", text.encode()), Options()):
            assert not (isinstance(item, Diagnostic) and item.code == "I199"), item
