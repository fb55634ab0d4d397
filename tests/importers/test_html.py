import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Item

Items = Callable[..., list[Item]]
Only = Callable[..., Article]


def page(head: str = "", body: str = "<article><p>Text</p></article>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "Article", **values})}</script>'


def test_everything_a_page_says(article: Only) -> None:
    head = (
        '<title>苏州 - 新华网</title><meta charset="utf-8"><meta property="og:title" content="苏州">'
        '<meta property="og:site_name" content="新华网"><meta name="description" content="A &amp; B">'
        '<meta name="author" content="Ann"><meta name="keywords" content="科技，招商,x">'
        '<meta property="article:published_time" content="2024-06-05T16:04:48+08:00">'
        '<meta property="article:modified_time" content="2024-06-06T00:00:00Z">'
        '<meta property="article:section" content="Finance"><meta property="og:image" content="/p.png">'
        '<link rel="canonical" href="/a.html">'
    )
    text = page(head).replace("<html>", '<html lang="zh">')
    assert article("html", text, url="https://example.com/x?utm=1") == Article(
        title="苏州",
        body="<p>Text</p>",
        date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=timezone(timedelta(hours=8))),
        updated=datetime(2024, 6, 6, tzinfo=UTC),
        authors=("Ann",),
        tags=("科技", "招商", "x"),
        categories=("Finance",),
        source_url="https://example.com/a.html",
        source_id="https://example.com/a.html",
        feed="新华网",
        summary="A & B",
        image="https://example.com/p.png",
        extra={"language": "zh", "site_name": "新华网"},
        base_url="https://example.com/x?utm=1",
        origin="source",
        alone=True,
    )


def test_json_ld_says_it_too(article: Only) -> None:
    head = ld(
        headline="H",
        datePublished="2024-06-05",
        dateModified="2024-06-06",
        author=[{"@type": "Person", "name": "Ann"}, "Bob"],
        keywords=["x", "y"],
        articleSection="S",
        description="D",
        image={"url": "https://example.com/i.png"},
        url="https://example.com/h",
    )
    found = article("html", page(head))
    assert (found.title, found.authors, found.tags, found.categories) == ("H", ("Ann", "Bob"), ("x", "y"), ("S",))
    assert found.date == datetime(2024, 6, 5, tzinfo=UTC)
    assert found.updated == datetime(2024, 6, 6, tzinfo=UTC)
    assert (found.summary, found.image, found.source_url) == ("D", "https://example.com/i.png", "https://example.com/h")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>T</title>", "", "T"),
        ("<title>T - Site</title>", "<h1>T</h1>", "T"),
        ("<title>Site</title>", "<h1>Other</h1>", "Site"),
        ("", "<h1>H</h1>", "H"),
        ("<title>T - Site</title><meta property='og:title' content='T'>", "", "T"),
        ("<title>T</title><meta property='og:title' content='Another'>", "", "Another"),
        ("<title>Real - Site</title>" + ld(headline="A description"), "<h1>Real</h1>", "Real"),
        (ld(headline="H &amp; I"), "", "H & I"),
        ("<title>x</title>", "<h1 class='p-name'>N</h1>", "N"),
        ("", "", "Text"),
    ],
)
def test_the_title_is_what_the_page_calls_its_article(article: Only, head: str, body: str, title: str) -> None:
    assert article("html", page(head, f"{body}<p>Text</p>")).title == title


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta name="pubdate" content="2024-01-02">', "", "2024-01-02"),
        ('<meta itemprop="datePublished" content="2024-01-02">', "", "2024-01-02"),
        ('<meta name="PubDate" content="2024-01-02">', "", "2024-01-02"),
        ('<meta name="publishdate" content="someday"><meta name="date" content="2024-01-02">', "", "2024-01-02"),
        ("", '<time datetime="2024-01-02">x</time>', "2024-01-02"),
        ("", '<span itemprop="datePublished">2024-01-02</span>', "2024-01-02"),
        ("", '<time class="dt-published" datetime="2024-01-02">x</time>', "2024-01-02"),
        (ld(dateCreated="2024-01-02"), "", "2024-01-02"),
    ],
)
def test_the_date_wherever_it_is_said(article: Only, head: str, body: str, date: str) -> None:
    found = article("html", page(head, body + "<p>Text</p>"))
    assert found.date is not None
    assert found.date.date().isoformat() == date


def test_a_date_that_cannot_be_read_is_kept(article: Only) -> None:
    found = article("html", page('<meta name="pubdate" content="someday">'))
    assert (found.date, found.date_raw) == (None, "someday")


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        ('<meta name="author" content="A"><meta name="author" content="B">', "", ("A", "B")),
        ('<meta property="article:author" content="https://facebook.com/ann">', "", ()),
        ('<meta name="author" content=""><meta name="byl" content="A">', "", ("A",)),
        ("", "<span itemprop=author><b>A</b></span>", ("A",)),
        ("", "<a rel=author href=/a>A</a>", ("A",)),
        ("", "<a class=p-author href=/a>A</a>", ("A",)),
    ],
)
def test_authors_wherever_they_are_said(article: Only, head: str, body: str, authors: tuple[str, ...]) -> None:
    assert article("html", page(head, body + "<p>Text</p>")).authors == authors


@pytest.mark.parametrize(
    ("head", "body", "tags"),
    [
        ('<meta property="article:tag" content="a"><meta property="article:tag" content="b, c">', "", ("a", "b, c")),
        ('<meta name="keywords" content="a;b、c|d">', "", ("a", "b", "c", "d")),
        (ld(keywords="a, b"), "", ("a", "b")),
        ("", "<a rel=tag>a</a><a rel=tag>b</a>", ("a", "b")),
        ("", "<a class=p-category>a</a>", ("a",)),
        ("", "", ()),
    ],
)
def test_tags_wherever_they_are_said(article: Only, head: str, body: str, tags: tuple[str, ...]) -> None:
    assert article("html", page(head, body + "<p>Text</p>")).tags == tags


def test_the_base_of_the_page_counts(article: Only) -> None:
    found = article(
        "html", page('<base href="/deep/"><meta property="og:image" content="i.png">'), url="https://example.com/a"
    )
    assert (found.base_url, found.image) == ("https://example.com/deep/", "https://example.com/deep/i.png")
    assert found.source_url == "https://example.com/a"


def test_a_page_that_shows_nothing_may_describe_its_text(article: Only) -> None:
    described = "A sentence of the article that is loaded by a script later. " * 5
    found = article("html", page(ld(headline="H", articleBody=described), "<div id=app></div>"))
    assert (found.body, found.body_format) == (described, "text")
    markup = f"<p>{described}</p>"
    found = article("html", page(ld(headline="H", articleBody=markup), "<div id=app></div>"))
    assert (found.body, found.body_format) == (markup, "html")
    shown = article("html", page(ld(articleBody=described), f"<article><p>{described}</p></article>"))
    assert shown.body_format == "html"


@pytest.mark.parametrize("label", ["gb2312", "big5"])
def test_pages_of_other_character_sets(article: Only, label: str) -> None:
    text = page(f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><title>經濟日報</title>')
    assert article("html", text.encode("big5" if label == "big5" else "gb18030")).title == "經濟日報"


def test_wrong_bytes_are_said(items: Items) -> None:
    found, problem = items("html", page("<title>a\xff</title>").encode("latin-1"), encoding="utf-8")
    assert isinstance(found, Article)
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I106"


def test_a_file_has_no_address(article: Only) -> None:
    found = article("html", page("<title>t</title>"))
    assert (found.source_url, found.source_id, found.image, found.base_url) == ("", "", "", "")


@pytest.mark.parametrize("before", ["", "<!DOCTYPE html><html>"])
def test_the_title_of_a_page_without_a_body_element_is_not_its_text(article: Only, before: str) -> None:
    found = article("html", f"{before}<title>T &amp; U</title><p>Text</p>")
    assert found.title == "T & U"
    assert "U" not in found.body
    assert "<p>Text</p>" in found.body
