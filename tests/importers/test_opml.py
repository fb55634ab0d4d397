from collections.abc import Callable

import pytest

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import Item, Source

Items = Callable[..., list[Item]]


def opml(body: str) -> str:
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>L</title></head><body>{body}</body></opml>'


def test_feeds_know_the_folders_they_stand_in(items: Items) -> None:
    body = (
        '<outline text="A" type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>'
        '<outline text="News"><outline title="B &amp; C" text="b" xmlUrl="https://b.example/feed"/>'
        '<outline text="China"><outline text="D" XMLURL="https://d.example/feed"/></outline></outline>'
        "<outline><outline xmlUrl='https://e.example/feed'/></outline>"
    )
    assert items("opml", opml(body)) == [
        Source("https://a.example/feed", "A", "feed"),
        Source("https://b.example/feed", "B & C", "feed", tags=("News",)),
        Source("https://d.example/feed", "D", "feed", tags=("News", "China")),
        Source("https://e.example/feed", "", "feed"),
    ]


def test_what_is_not_well_formed_is_repaired_with_a_warning(items: Items) -> None:
    problem, found = items("opml", opml('<outline text="A & B" xmlUrl="https://a.example/feed?a=1&b=2">'))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity) == ("I102", Severity.WARNING)
    assert found == Source("https://a.example/feed?a=1&b=2", "A & B", "feed")


def test_an_address_that_is_none_costs_itself_only(items: Items) -> None:
    problem, found = items("opml", opml('<outline xmlUrl="file:///etc"/><outline xmlUrl="https://a.example/"/>'))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.message) == ("I105", "'file:///etc' is no address of the web")
    assert found == Source("https://a.example/", "", "feed")


def test_wrong_bytes_are_said(items: Items) -> None:
    problem, found = items(
        "opml", opml('<outline text="a\xff" xmlUrl="https://a.example/"/>').encode("latin-1"), encoding="utf-8"
    )
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I106"
    assert found == Source("https://a.example/", "a\ufffd", "feed")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "I102"),
        ("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "I103"),
        (opml("<outline>" * 300), "I104"),
    ],
)
def test_what_cannot_be_read_is_said(items: Items, content: str, code: str) -> None:
    (problem,) = items("opml", content)
    assert isinstance(problem, Diagnostic)
    assert problem.code == code


def test_a_list_without_feeds_is_empty(items: Items) -> None:
    assert items("opml", opml("")) == []
    assert items("opml", "<opml/>") == []
