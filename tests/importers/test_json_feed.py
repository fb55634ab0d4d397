import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Item

Items = Callable[..., list[Item]]
Only = Callable[..., Article]


def feed(*entries: Any, **head: Any) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "home_page_url": "https://example.com/",
            "items": entries,
            **head,
        }
    )


def test_everything_an_item_says(article: Only) -> None:
    item = {
        "id": "1",
        "url": "https://example.com/a",
        "title": "A &amp; B",
        "content_html": "<p>Text</p>",
        "content_text": "Text",
        "summary": "Short",
        "image": "a.png",
        "date_published": "2024-06-05T16:04:48Z",
        "date_modified": "2024-06-06T00:00:00Z",
        "authors": [{"name": "Ann"}, {"url": "https://example.com/bob"}],
        "tags": ["x", "y"],
        "external_url": "https://example.org/",
        "attachments": [{"url": "https://example.com/a.mp3"}],
        "_own": {"a": 1},
        "language": "",
    }
    assert article("feed", feed(item, feed_url="https://example.com/feed.json")) == Article(
        title="A & B",
        body="<p>Text</p>",
        date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC),
        updated=datetime(2024, 6, 6, tzinfo=UTC),
        authors=("Ann",),
        tags=("x", "y"),
        source_url="https://example.com/a",
        source_id="1",
        feed="https://example.com/feed.json",
        summary="Short",
        image="https://example.com/a.png",
        extra={
            "external_url": "https://example.org/",
            "attachments": [{"url": "https://example.com/a.mp3"}],
            "_own": {"a": 1},
        },
        base_url="https://example.com/a",
        origin="source",
    )


def test_plain_text_is_plain_text(article: Only) -> None:
    found = article("feed", feed({"id": 7, "content_text": "a < b"}))
    assert (found.body, found.body_format, found.source_id) == ("a < b", "text", "7")
    assert found.base_url == "https://example.com/"


@pytest.mark.parametrize(
    ("item", "head", "authors"),
    [
        ({"author": {"name": "Ann"}}, {}, ("Ann",)),
        ({}, {"authors": [{"name": "Feed"}]}, ("Feed",)),
        ({}, {"author": {"name": "Feed"}}, ("Feed",)),
        ({"authors": "Ann"}, {}, ()),
        ({"authors": ["Ann"]}, {}, ()),
    ],
)
def test_authors_of_both_versions(
    article: Only, item: dict[str, Any], head: dict[str, Any], authors: tuple[str, ...]
) -> None:
    assert article("feed", feed({"title": "t", **item}, **head)).authors == authors


def test_the_banner_is_a_picture_too(article: Only) -> None:
    assert article("feed", feed({"title": "t", "banner_image": "https://example.com/b.png"})).image.endswith("b.png")


def test_values_of_other_types_do_not_break_anything(article: Only) -> None:
    found = article("feed", feed({"title": ["t"], "content_html": True, "tags": {"a": 1}, "url": 5, "id": "x"}))
    assert (found.title, found.body, found.tags, found.source_url) == ("", "", (), "")


def test_an_item_that_is_no_object_costs_itself_only(items: Items) -> None:
    problem, found = items("feed", feed("no", {"title": "t"}))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.message) == ("I105", "item 1 is no object")
    assert isinstance(found, Article)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"items": [\n}', "is no JSON"),
        ('{"version": "https://jsonfeed.org/version/1"}', "without items"),
        ('{"items": {}}', "without items"),
        ('{"a": ' + "[" * 100_000, "too deep"),
    ],
)
def test_what_is_no_feed_is_said(items: Items, content: str, message: str) -> None:
    (problem,) = items("feed", content)
    assert isinstance(problem, Diagnostic)
    assert message in problem.message
