from datetime import timedelta, timezone
from typing import Any

import pytest

from newscli.importers.article import Article
from newscli.importers.input import Input, Options
from newscli.importers.records import article
from newscli.importers.wrapped import unwrap

CHINA = timezone(timedelta(hours=8))


def made(record: dict[str, Any]) -> Article:
    found = article(record, Input.of_bytes("a.json", b""), Options(zone=CHINA))
    assert found is not None
    return found


def test_what_is_not_wrapped_stays_the_same() -> None:
    record = {"title": "t", "data": {"title": "u"}, "content": "c"}
    assert unwrap(record, CHINA) is record


def test_a_record_under_data_is_taken_out() -> None:
    assert unwrap({"url": "u", "data": {"title": "t", "html": "h"}}, CHINA) == {"url": "u", "title": "t", "html": "h"}


POST = {
    "id": 5,
    "date": "2019-11-07T10:36:54",
    "date_gmt": "2019-11-07T15:36:54",
    "modified": "2019-11-08T10:36:54",
    "modified_gmt": "2019-11-08T15:36:54",
    "slug": "mine",
    "status": "publish",
    "type": "recipe",
    "link": "https://example.com/mine",
    "title": {"rendered": "Mine &#038; yours"},
    "content": {"rendered": "<p>Text</p>", "protected": False},
    "author": 3,
    "categories": [1, 2],
    "tags": [],
    "_links": {"self": []},
    "_embedded": {
        "author": [{"name": "Ann"}],
        "wp:featuredmedia": [{"source_url": "https://example.com/a.png"}],
        "wp:term": [
            [{"taxonomy": "category", "name": "News"}],
            [{"taxonomy": "post_tag", "name": "a"}, {"taxonomy": "post_tag", "name": "b"}, "odd"],
            [{"taxonomy": "mood", "name": "glad"}],
            None,
        ],
    },
}


def test_a_post_of_the_api_of_wordpress() -> None:
    found = made(POST)
    assert (found.title, found.body, found.kind, found.slug) == ("Mine & yours", "<p>Text</p>", "recipe", "mine")
    assert (found.authors, found.categories, found.tags) == (("Ann",), ("News",), ("a", "b"))
    assert found.date is not None
    assert found.date.isoformat() == "2019-11-07T10:36:54-05:00"
    assert found.updated is not None
    assert found.updated.isoformat() == "2019-11-08T10:36:54-05:00"
    assert found.image == "https://example.com/a.png"
    assert found.source_url == "https://example.com/mine"
    assert found.extra == {"author_id": 3, "category_ids": [1, 2], "mood": ["glad"]}


def test_coauthors_are_the_authors() -> None:
    terms = [[{"taxonomy": "author", "name": "Bob"}, {"taxonomy": "author", "name": "Cy"}]]
    found = made({**POST, "_embedded": {"author": [{"name": "Ann"}], "wp:term": terms}})
    assert found.authors == ("Bob", "Cy")


@pytest.mark.parametrize("embedded", [None, {}, {"author": None, "wp:term": 5, "wp:featuredmedia": "x"}])
def test_numbers_are_no_names_when_nothing_is_embedded(embedded: object) -> None:
    found = made({**POST, "_embedded": embedded})
    assert (found.authors, found.categories, found.tags) == ((), (), ())


def test_a_post_may_lack_nearly_everything() -> None:
    found = made({"title": {"rendered": "T"}, "content": {"rendered": "<p>x</p>"}})
    assert (found.title, found.body, found.kind, found.date, found.extra) == ("T", "<p>x</p>", "post", None, {})


def test_a_date_without_utc_takes_the_zone() -> None:
    record = {key: value for key, value in POST.items() if key != "date_gmt"}
    found = made(record)
    assert found.date is not None
    assert found.date.isoformat() == "2019-11-07T10:36:54+08:00"
    without = made({key: value for key, value in record.items() if key != "date"})
    assert without.date is None


def test_a_row_of_wix_has_its_rich_content_as_html() -> None:
    rich = '{"nodes": [{"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": "Rich"}}]}]}'
    found = made(
        {"Title": "T", "Plain Content": "Plain", "Rich Content": rich, "Cover Image": "wix:image://v1/1~mv2.jpg/a#b"}
    )
    assert (found.body, found.body_format) == ("<p>Rich</p>", "html")
    assert found.image == "https://static.wixstatic.com/media/1~mv2.jpg"
    assert found.extra == {}


@pytest.mark.parametrize("rich", ["", "not json", "[]", '{"a": 1}', '{"nodes": []}'])
def test_a_row_of_wix_falls_back_to_its_plain_content(rich: str) -> None:
    found = made({"Title": "T", "Plain Content": "Plain", "Rich Content": rich, "Cover Image": ""})
    assert (found.body, found.body_format) == ("Plain", "text")
