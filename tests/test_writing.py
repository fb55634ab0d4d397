from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.front_matter import read
from newscli.importers.article import Article
from newscli.importers.tidy import tidy
from newscli.writing import Style, cleaned, digest, draft, fingerprint, identity_of, with_labels

SHANGHAI = timezone(timedelta(hours=8))
DAY = datetime(2022, 6, 7, 7, 17, 20, tzinfo=SHANGHAI)
FULL = Article(
    title='He said "yes": 5 # of 7 @ home',
    body="<p>text</p>",
    date=DAY,
    updated=DAY + timedelta(days=1),
    authors=("Maya Osei",),
    tags=("新华日报新闻", "Q&A"),
    categories=("xinhuaribao",),
    source_url="http://News.example.org/a?utm_source=x#top",
    source_id="NW1",
    summary="in short",
    image="https://e.org/p.png",
    extra={"views": 3, "subtitle": "more"},
)


def post(article: Article, style: Style | None = None) -> str:
    return draft(article, identity_of(article), style or Style()).text


def data_of(article: Article, style: Style | None = None) -> dict[str, Any]:
    found = read(post(article, style))
    assert not found.faults
    return found.data


def dump_hash(mark: str) -> str:
    """Quoted where it could be taken for a number."""
    return mark if mark[0].isalpha() else f"'{mark}'"


def test_keys_stand_in_a_set_order_and_what_is_empty_is_left_out() -> None:
    assert post(FULL).splitlines() == [
        "---",
        "layout: post",
        "title: 'He said \"yes\": 5 # of 7 @ home'",
        "date: 2022-06-07 07:17:20 +0800",
        "categories:",
        "- xinhuaribao",
        "tags:",
        "- 新华日报新闻",
        "- Q&A",
        "author: Maya Osei",
        "source_url: http://news.example.org/a",
        "source_id: 'news.example.org#NW1'",
        "last_modified_at: 2022-06-08 07:17:20 +0800",
        "excerpt: in short",
        "image: https://e.org/p.png",
        f"source_hash: {dump_hash(data_of(FULL)['source_hash'])}",
        "views: 3",
        "subtitle: more",
        "---",
        "<p>text</p>",
    ]
    assert list(data_of(Article(title="t"))) == ["layout", "title", "source_id", "source_hash"]


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_title_and_tag_comes_back(title: str, tags: list[str]) -> None:
    article = tidy(Article(title=title, tags=tuple(tags), body="x"), 1000)
    assert isinstance(article, Article)
    found = data_of(article)
    assert found.get("title", "") == article.title
    assert {tag.casefold() for tag in found.get("tags", [])} <= {tag.casefold() for tag in article.tags}


def test_two_articles_of_a_picture_each_are_two() -> None:
    first, second, again = (identity_of(Article(body=f"<p><img src={name}></p>")) for name in "aba")
    assert first == again
    assert first != second
    wrapped, plain = (identity_of(Article(title="T", body=body)) for body in ("<p>a  b</p>", "<div>a b</div>"))
    assert wrapped == plain


def test_the_digest_is_of_what_is_said_and_how_not_of_where_it_was_read() -> None:
    known = digest(FULL, Style())
    problem = Diagnostic("a", 1, 1, "I107", Severity.WARNING, "m")
    assert digest(replace(FULL, origin="elsewhere.xml", problems=(problem,)), Style()) == known
    for changed in (replace(FULL, body="<p>text.</p>"), replace(FULL, tags=()), replace(FULL, extra={})):
        assert digest(changed, Style()) != known
    assert digest(FULL, Style(tags=("new",))) != known


@pytest.mark.parametrize(
    ("dialect", "date", "draft_key", "summary"),
    [
        ("jekyll", "2022-06-07 07:17:20 +0800", {"published": False}, "excerpt"),
        ("plain", "2022-06-07 07:17:20 +0800", {"draft": True}, "summary"),
        ("hugo", "2022-06-07T07:17:20+08:00", {"draft": True}, "summary"),
        ("astro", "2022-06-07T07:17:20+08:00", {"draft": True}, "description"),
        ("hexo", "2022-06-07T07:17:20+08:00", {"published": False}, "excerpt"),
    ],
)
def test_dialects_have_their_own_forms(dialect: str, date: str, draft_key: dict[str, bool], summary: str) -> None:
    found = data_of(replace(FULL, draft=True), Style(dialect))
    assert found["pubDate" if dialect == "astro" else "date"] == date
    assert {key: found.get(key) for key in draft_key} == draft_key
    assert found[summary] == "in short"


def test_dates_keep_fractions_and_what_is_none_is_kept_under_a_key_that_no_generator_reads() -> None:
    assert data_of(replace(FULL, date=DAY.replace(microsecond=5000)))["date"] == "2022-06-07 07:17:20.005000 +0800"
    found = data_of(replace(FULL, date=None, date_raw="昨天", extra={"source_date": "other"}))
    assert ("date" in found, found["source_date"]) == (False, "昨天")
    assert "date" not in data_of(replace(FULL, date=None))
    assert "last_modified_at" not in data_of(replace(FULL, updated=None))


def test_layouts_are_those_asked_for_then_the_sources_then_the_dialects() -> None:
    assert data_of(replace(FULL, layout="wide"), Style(layout="mine"))["layout"] == "mine"
    assert data_of(replace(FULL, layout="wide"))["layout"] == "wide"
    assert data_of(replace(FULL, kind="page"))["layout"] == "page"
    assert "layout" not in data_of(FULL, Style("hugo"))


def test_added_names_come_behind_and_none_twice() -> None:
    style = Style(tags=("q&a", "new"), categories=("c",), values={"lang": "zh", "title": "set"})
    found = data_of(FULL, style)
    assert found["tags"] == ["新华日报新闻", "Q&A", "new"]
    assert found["categories"] == ["xinhuaribao", "c"]
    assert (found["lang"], found["title"]) == ("zh", "set")
    assert data_of(FULL, with_labels(style, ("last",), ()))["tags"] == ["新华日报新闻", "Q&A", "new", "last"]
    assert with_labels(style, (), ()) is style


def test_several_authors_are_a_list() -> None:
    assert data_of(replace(FULL, authors=("a", "b")))["author"] == ["a", "b"]


def test_keys_of_the_source_never_stand_in_for_ours_and_texts_are_no_keys() -> None:
    extra = {
        "Title": "x",
        "published": False,
        "draft": True,
        "empty": [],
        "page": "y" * 20_000,
        "nested": {"a": [1, None]},
    }
    article = replace(FULL, extra=extra)
    made = draft(article, identity_of(article), Style())
    assert made.data["nested"] == {"a": [1, None]}
    assert not {"Title", "published", "draft", "empty", "page"} & set(made.data)
    assert made.warnings == ("the key 'page' is left out: its value has 20,000 characters",)


def test_the_hash_is_of_what_was_written_in_whatever_form() -> None:
    text = post(FULL)
    found = read(text)
    assert fingerprint(found.data, text[found.body :]) == found.data["source_hash"]
    requoted = read(text.replace("author: Maya Osei", 'author: "Maya Osei"'))
    assert fingerprint(requoted.data, text[found.body :]) == found.data["source_hash"]
    assert fingerprint(found.data, "other\n") != found.data["source_hash"]
    assert fingerprint({**found.data, "title": "other"}, text[found.body :]) != found.data["source_hash"]


def test_bodies_end_with_one_line_feed() -> None:
    assert draft(replace(FULL, body="\n\n<p>a</p>\n\n\n"), identity_of(FULL), Style()).body == "<p>a</p>\n"
    assert draft(replace(FULL, body=" \n "), identity_of(FULL), Style()).body == ""


def test_html_is_converted_when_asked_and_markdown_is_left() -> None:
    style = Style(to="markdown")
    assert draft(replace(FULL, body="<p>a <b>b</b></p>"), identity_of(FULL), style).body == "a **b**\n"
    markdown = replace(FULL, body="a *b*", body_format="markdown")
    assert draft(markdown, identity_of(FULL), style).body == "a *b*\n"
    assert draft(markdown, identity_of(FULL), Style(to="text")).body == "a b\n"


def test_html_in_which_markdown_stands_is_converted_as_both() -> None:
    style = Style(to="markdown")
    scraped = "<p>a <b>b</b> [c](d)</p>\n\n[back](//e.org/)\n"
    assert draft(replace(FULL, body=scraped), identity_of(FULL), style).body.endswith("\n\n[back](//e.org/)\n")
    literal = "<p>a [c](d)</p>\n\nb [c](d)"
    assert "[c](d)" not in draft(replace(FULL, body=literal), identity_of(FULL), style).body
    of_a_folder = replace(FULL, body="<p>a <b>b</b></p>\n\n*c*\n", body_format="markdown")
    assert draft(of_a_folder, identity_of(FULL), style).body == "a **b**\n\n*c*\n"


def test_scripts_and_liquid_from_outside_do_not_run() -> None:
    article = replace(FULL, body='<p onclick="x()">{{ site.secret }}</p><script>1</script>')
    safe = draft(cleaned(article, Style()), identity_of(FULL), Style()).body
    assert safe == "<p>{% raw %}{{ site.secret }}{% endraw %}</p>\n"
    raw = Style(raw=True)
    assert draft(cleaned(article, raw), identity_of(FULL), raw).body == article.body + "\n"
    hugo = Style("hugo")
    assert draft(cleaned(article, hugo), identity_of(FULL), hugo).body == "<p>{{ site.secret }}</p>\n"


def test_an_article_without_id_and_address_is_known_by_its_words_not_by_their_form() -> None:
    bare = Article(title="Title", body="<p>some  text</p>", date=DAY.astimezone(SHANGHAI))
    assert identity_of(bare) == identity_of(replace(bare, title="ＴＩＴＬＥ", body="<div>some text</div>"))
    assert identity_of(bare) != identity_of(replace(bare, body="<p>other</p>"))
    assert identity_of(bare) != identity_of(replace(bare, date=datetime(2022, 6, 8, tzinfo=UTC)))
    assert identity_of(replace(bare, body="some text", body_format="text")) == identity_of(bare)


def test_a_date_has_one_key_which_is_that_of_the_site() -> None:
    article = replace(FULL, extra={"pubDate": "2001-01-01", "updatedDate": "2001-01-01", "x": 1})
    found = data_of(article, Style("astro", date_key="publishDate"))
    assert (found["publishDate"], "date" in found) == ("2022-06-07T07:17:20+08:00", False)
    own = data_of(article, Style("astro"))
    assert (own["pubDate"], "date" in own) == ("2022-06-07T07:17:20+08:00", False)
    assert own["updatedDate"] != "2001-01-01"
