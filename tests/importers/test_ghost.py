import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Item

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]
Only = Callable[..., Article]

LEXICAL = {
    "root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": "lexical", "format": 0}]}]}
}
MOBILEDOC = {"markups": [], "atoms": [], "cards": [], "sections": [[1, "p", [[0, [], 0, "mobiledoc"]]]]}


def export(*posts: Any, **tables: Any) -> str:
    return json.dumps({"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": posts, **tables}}]})


def test_everything_an_export_says_of_a_post(article: Only) -> None:
    post = {
        "id": "p1",
        "uuid": "u1",
        "title": "A & B",
        "slug": "a-b",
        "html": '<p>Text <img src="__GHOST_URL__/content/a.png"></p>',
        "lexical": json.dumps(LEXICAL),
        "feature_image": "__GHOST_URL__/content/f.png",
        "type": "post",
        "status": "published",
        "published_at": "2024-06-05T16:04:48.000Z",
        "created_at": "2024-06-01T00:00:00.000Z",
        "updated_at": "2024-06-06T00:00:00.000Z",
        "custom_excerpt": "Short",
        "visibility": "members",
        "codeinjection_head": None,
        "featured": 1,
    }
    tables = {
        "tags": [{"id": "t1", "name": "One"}, {"id": "t2", "name": "#internal"}, {"id": "t3", "name": "Three"}],
        "posts_tags": [
            {"post_id": "p1", "tag_id": "t3", "sort_order": 1},
            {"post_id": "p1", "tag_id": "t1", "sort_order": 0},
            {"post_id": "p1", "tag_id": "t2", "sort_order": 2},
            {"post_id": "p2", "tag_id": "t1"},
            "odd",
        ],
        "users": [{"id": "a1", "name": "Ann"}, {"id": "a2", "name": "Bob"}],
        "posts_authors": [
            {"post_id": "p1", "author_id": "a2", "sort_order": 1},
            {"post_id": "p1", "author_id": "a1", "sort_order": 0},
        ],
    }
    assert article("ghost", export(post, **tables), base_url="https://example.com/") == Article(
        title="A & B",
        body='<p>Text <img src="https://example.com/content/a.png"></p>',
        date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC),
        updated=datetime(2024, 6, 6, tzinfo=UTC),
        authors=("Ann", "Bob"),
        tags=("One", "Three"),
        slug="a-b",
        source_id="u1",
        feed="https://example.com",
        summary="Short",
        image="https://example.com/content/f.png",
        extra={"visibility": "members", "featured": 1, "internal_tags": ["#internal"]},
        base_url="https://example.com/",
        origin="source",
    )


POSTS = {"posts": [{"id": 1, "title": "A", "html": "<p>a</p>"}]}


@pytest.mark.parametrize("document", [{"db": [{"data": POSTS}]}, {"meta": {}, "data": POSTS}, POSTS])
def test_the_posts_are_found_wherever_the_version_put_them(article: Only, document: Any) -> None:
    found = article("ghost", json.dumps(document))
    assert (found.title, found.body, found.source_id, found.feed) == ("A", "<p>a</p>", "1", "ghost")


@pytest.mark.parametrize(
    ("post", "kind", "draft"),
    [
        ({"status": "published"}, "post", False),
        ({"status": "draft"}, "post", True),
        ({"status": "scheduled"}, "post", False),
        ({"status": "sent"}, "post", False),
        ({"type": "page"}, "page", False),
        ({"page": 1}, "page", False),
        ({"page": True}, "page", False),
        ({"page": False}, "post", False),
    ],
)
def test_posts_pages_and_drafts(article: Only, post: dict[str, Any], kind: str, draft: bool) -> None:
    found = article("ghost", export({"title": "t", **post}))
    assert (found.kind, found.draft) == (kind, draft)
    assert ("status" in found.extra) == (post.get("status") == "sent")


@pytest.mark.parametrize(
    ("post", "body", "body_format"),
    [
        ({"html": "<p>html</p>", "lexical": json.dumps(LEXICAL)}, "<p>html</p>", "html"),
        ({"html": None, "lexical": json.dumps(LEXICAL), "mobiledoc": json.dumps(MOBILEDOC)}, "<p>lexical</p>", "html"),
        ({"html": "", "lexical": None, "mobiledoc": json.dumps(MOBILEDOC)}, "<p>mobiledoc</p>", "html"),
        ({"plaintext": "plain"}, "plain", "text"),
        ({}, "", "text"),
    ],
)
def test_the_body_is_the_first_there_is(article: Only, post: dict[str, Any], body: str, body_format: str) -> None:
    found = article("ghost", export({"title": "t", **post}))
    assert (found.body, found.body_format) == (body, body_format)


@pytest.mark.parametrize(
    ("lexical", "message"),
    [("{", "the lexical of the post 't' Expecting"), ("[]", "is no object"), ('{"a": 1}', "is no document of Lexical")],
)
def test_a_document_that_cannot_be_read_is_said_and_the_next_is_taken(
    article: Only, lexical: str, message: str
) -> None:
    found = article("ghost", export({"title": "t", "lexical": lexical, "plaintext": "plain"}))
    assert found.body == "plain"
    (problem,) = found.problems
    assert message in problem.message


@pytest.mark.parametrize(
    ("post", "authors"),
    [
        ({"authors": [{"name": "Ann"}, {"name": "Bob"}]}, ("Ann", "Bob")),
        ({"primary_author": {"name": "Ann"}}, ("Ann",)),
        ({"author": {"name": "Ann"}}, ("Ann",)),
        ({"author_id": "a1"}, ("Zoe",)),
        ({"author_id": "a9"}, ()),
        ({}, ()),
    ],
)
def test_authors_of_every_version(article: Only, post: dict[str, Any], authors: tuple[str, ...]) -> None:
    assert article("ghost", export({"title": "t", **post}, users=[{"id": "a1", "name": "Zoe"}])).authors == authors


def test_tags_may_stand_within_the_post(article: Only) -> None:
    assert article("ghost", export({"title": "t", "tags": [{"name": "x"}, {"name": "#y"}, 5]})).tags == ("x",)


def test_the_address_is_the_canonical_one(article: Only) -> None:
    found = article(
        "ghost", export({"title": "t", "url": "https://a.example/t", "canonical_url": "https://b.example/t"})
    )
    assert found.source_url == "https://b.example/t"


def test_a_draft_has_the_date_it_was_made(article: Only) -> None:
    post = {"title": "t", "published_at": None, "created_at": "2024-06-01T00:00:00.000Z"}
    assert article("ghost", export(post)).date == datetime(2024, 6, 1, tzinfo=UTC)


def test_a_post_that_is_no_object_costs_itself_only(items: Items) -> None:
    problem, found = items("ghost", export("no", {"title": "t"}))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.message) == ("I105", "post 1 is no object")
    assert isinstance(found, Article)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"db": [\n', "is no JSON"),
        ("[]", "holds no posts of Ghost"),
        ('{"db": []}', "holds no posts of Ghost"),
        ('{"db": [{"data": {"posts": {}}}]}', "holds no posts of Ghost"),
    ],
)
def test_what_is_no_export_is_said(items: Items, content: str, message: str) -> None:
    (problem,) = items("ghost", content)
    assert isinstance(problem, Diagnostic)
    assert message in problem.message
