from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic
from newscli.errors import ConfigError
from newscli.importers.article import Article, Skipped
from newscli.importers.input import Input, Options
from newscli.importers.records import (
    Numbered,
    article,
    body_format,
    check_mapping,
    from_records,
    keys,
    names,
    pick,
    text,
)

SOURCE = Input.of_bytes("a.json", b"", url="https://example.com/feed.json")
CHINA = timezone(timedelta(hours=8))


def made(record: dict[str, Any], **options: Any) -> Article:
    found = article(record, SOURCE, Options(**options), line=3)
    assert found is not None
    return found


def test_a_record_with_the_usual_keys() -> None:
    found = made(
        {
            "id": 17,
            "title": "A &amp; B",
            "url": "https://example.com/a",
            "published_at": "2022-06-07T07:17:20+08:00",
            "updated_at": "2022-06-08T00:00:00Z",
            "author": {"name": "Xu"},
            "tags": ["新华日报新闻", "x"],
            "category": "news",
            "slug": "a-b",
            "summary": "<p>Short</p>",
            "content_html": "<p>Text</p>",
            "image": {"url": "https://example.com/a.png"},
            "layout": "post",
            "type": "page",
            "views": 3,
        }
    )
    assert found == Article(
        title="A & B",
        body="<p>Text</p>",
        body_format="html",
        date=datetime(2022, 6, 7, 7, 17, 20, tzinfo=CHINA),
        updated=datetime(2022, 6, 8, tzinfo=UTC),
        authors=("Xu",),
        tags=("新华日报新闻", "x"),
        categories=("news",),
        slug="a-b",
        source_url="https://example.com/a",
        source_id="17",
        feed="https://example.com/feed.json",
        layout="post",
        summary="Short",
        image="https://example.com/a.png",
        kind="page",
        extra={"views": 3},
        origin="a.json",
    )


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("Headline", "title"),
        ("web_title", "title"),
        ("标题", "title"),
        ("Post Title", "title"),
        ("plain-content", "body"),
        ("正文", "body"),
        ("articleBody", "body"),
        ("pubDate", "date"),
        ("showtime", "date"),
        ("发布时间", "date"),
        ("dateModified", "updated"),
        ("creator", "authors"),
        ("作者", "authors"),
        ("content_tags", "tags"),
        ("labels", "tags"),
        ("Section", "categories"),
        ("栏目", "categories"),
        ("permalink", "source_url"),
        ("_id", "source_id"),
        ("guid", "source_id"),
        ("excerpt", "summary"),
        ("thumbnail_url", "image"),
    ],
)
def test_keys_are_found_however_they_are_written(key: str, field: str) -> None:
    assert keys({key: "2022"}, {})[field] == key


@pytest.mark.parametrize(
    ("record", "field", "key"),
    [
        ({"title": "", "headline": "h"}, "title", "headline"),
        ({"date": None, "created": "2022-01-01"}, "date", "created"),
        ({"published": True, "date": "2022-01-01"}, "date", "date"),
        ({"published": "yes", "created": "2022-01-01"}, "date", "created"),
        ({"content": "c", "content_html": "<p>c</p>"}, "body", "content_html"),
        ({"type": "newsletter", "kind": "page"}, "kind", "kind"),
    ],
)
def test_the_surest_key_with_a_value_counts(record: dict[str, Any], field: str, key: str) -> None:
    assert keys(record, {})[field] == key


def test_a_key_is_used_once() -> None:
    assert keys({"description": "d", "published": "2022"}, {}) == {"summary": "description", "date": "published"}


def test_a_map_counts_before_the_guesses_and_leaves_the_others_to_them() -> None:
    record = {"headline": "H", "showtime": "2022-06-07", "content": "C", "title": "not this", "author": "A"}
    found = made(record, mapping={"title": "headline", "date": "showtime", "body": "content"}, zone=CHINA)
    assert (found.title, found.body, found.date) == ("H", "C", datetime(2022, 6, 7, tzinfo=CHINA))
    assert found.authors == ("A",)
    assert found.extra == {"title": "not this"}


def test_a_map_leads_into_nested_values_and_leaves_what_is_beside_them() -> None:
    record = {"data": {"head": {"text": "H", "size": 2}, "body": ["one", "two"]}, "x": 1}
    found = made(record, mapping={"title": "data.head.text", "body": "data.body.1"})
    assert (found.title, found.body) == ("H", "two")
    assert found.extra["x"] == 1
    assert made({"a": {"t": "H"}, "body": "b"}, mapping={"title": "a.t"}).extra == {}


def test_an_empty_key_in_a_map_switches_the_guess_off() -> None:
    assert made({"title": "t", "author": "a"}, mapping={"authors": ""}).authors == ()


def test_a_mapped_key_that_a_record_lacks_is_said_with_its_line() -> None:
    (problem,) = made({"title": "t", "body": "b"}, mapping={"date": "showtime"}).problems
    assert (problem.line, problem.code) == (3, "I105")
    assert "no 'showtime'" in problem.message


def test_a_map_must_name_fields_of_an_article() -> None:
    check_mapping({"title": "a", "records": "b"})
    with pytest.raises(ConfigError, match="no field 'titel'; it has authors, body"):
        check_mapping({"titel": "a"})


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"status": "draft"}, True),
        ({"status": "publish"}, False),
        ({"status": "pending"}, True),
        ({"draft": True}, True),
        ({"draft": False}, False),
        ({"draft": "true"}, True),
        ({"draft": "no"}, False),
        ({"is_published": "FALSE"}, True),
        ({"is_published": "TRUE"}, False),
        ({"is_published": False}, True),
        ({"published": False}, True),
        ({"published": True}, False),
        ({"status": "live", "published": False}, True),
        ({"isDraft": 1}, True),
        ({}, False),
    ],
)
def test_what_is_not_public_is_a_draft(record: dict[str, Any], expected: bool) -> None:
    assert made({"title": "t", **record}).draft is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        (7, "7"),
        (1.5, "1.5"),
        (None, ""),
        (True, ""),
        ({"rendered": "x"}, "x"),
        ({"rendered": "", "name": "y"}, "y"),
        ([{"url": "u"}, "v"], "u"),
        ([], ""),
        ({"a": "b"}, ""),
        ({"name": {"name": {"name": {"name": {"name": "deep"}}}}}, ""),
    ],
)
def test_a_value_as_text(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a, b;c，d；e、f|g", ["a", "b", "c", "d", "e", "f", "g"]),
        ("one tag", ["one tag"]),
        ('["a", "b, c"]', ["a", "b, c"]),
        ("[a, b]", ["a", "b"]),
        ("[" * 100_000, []),
        (["a", {"name": "b"}, {"displayName": "c"}], ["a", "b", "c"]),
        ([{"first_names": "Ann", "last_name": "Lee"}], ["Ann Lee"]),
        ([{"author": {"first_names": "Ann", "last_name": None}}], ["Ann"]),
        ([{"data": {"name": "Tag"}}], ["Tag"]),
        ("A &amp; B", ["A & B"]),
        (5, ["5"]),
        (None, []),
    ],
)
def test_names_however_they_are_listed(value: object, expected: list[str]) -> None:
    assert names(value) == expected


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        ("content", "<p>a</p>", "html"),
        ("content", "a\nb", "text"),
        ("content", "1 < 2", "text"),
        ("content", "List<T>", "text"),
        ("content_html", "a", "html"),
        ("body_markdown", "<p>a</p>", "markdown"),
        ("content", 'x<img src="a">', "html"),
    ],
)
def test_the_format_of_a_body(key: str, body: str, expected: str) -> None:
    assert body_format(key, body) == expected


def test_the_caller_may_say_what_bodies_are_written_in() -> None:
    assert made({"title": "t", "body": "a"}, body_format="markdown").body_format == "markdown"


def test_an_unreadable_date_is_kept_and_said() -> None:
    found = made({"title": "t", "date": "07/06/2022"})
    assert (found.date, found.date_raw) == (None, "07/06/2022")
    assert [(problem.code, problem.line) for problem in found.problems] == [("I107", 3)]


@pytest.mark.parametrize(
    "record", [{}, {"x": 1}, {"name": "Ann", "email": "a@b.c"}, {"title": " ", "body": ""}, {"id": 5}]
)
def test_a_record_without_title_and_body_is_no_article(record: dict[str, Any]) -> None:
    assert article(record, SOURCE, Options()) is None


def test_a_name_is_a_title_only_of_something_with_a_body() -> None:
    assert made({"name": "N", "content": "c"}).title == "N"
    assert made({"name": "N"}, mapping={"title": "name"}).title == "N"


def test_values_are_picked_by_dots_and_by_whole_keys() -> None:
    assert pick({"a.b": 1, "a": {"b": 2}}, "a.b") == 1
    assert pick({"a": {"b": [{"c": 3}]}}, "a.b.0.c") == 3
    assert pick({"a": [1]}, "a.5") is None
    assert pick({"a": 1}, "a.b") is None
    assert pick({}, "a") is None


def test_records_without_articles_are_reported_once_and_counted() -> None:
    records = [Numbered(2, {"x": 1, "y": 2}), Numbered(3, {"title": "t", "body": "b"}), Numbered(4, {"x": 1})]
    first, second, third = from_records(records, SOURCE, Options())
    assert isinstance(first, Diagnostic)
    assert (first.line, first.code) == (2, "I105")
    assert "keys x, y: name them with --map title=KEY" in first.message
    assert isinstance(second, Article)
    assert third == Skipped("a.json", "record without title and body", 2)


def test_titles_without_any_text_are_reported_once() -> None:
    records = [Numbered(1, {"title": "t"}), Numbered(2, {"title": "u"})]
    *articles, last = from_records(records, SOURCE, Options())
    assert len(articles) == 2
    assert isinstance(last, Diagnostic)
    assert last.message.startswith("2 records have a title and no text")


@given(
    st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=8), max_size=6)
)
@settings(max_examples=150, deadline=None)
def test_no_record_raises_and_no_value_is_lost(record: dict[str, Any]) -> None:
    record = {**record, "title": "T"}
    found = article(record, SOURCE, Options())
    assert found is not None
    used = set(keys(record, {}).values())
    assert set(found.extra) == {key for key, value in record.items() if key not in used and value not in (None, "")}
