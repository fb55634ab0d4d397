import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.page import read_page


def test_what_a_page_says_about_itself() -> None:
    page = read_page(
        """<!DOCTYPE html><html lang="zh-CN"><head><title>The &amp; title</title><base href="/b/"><base href="/c/">
        <meta name="Author" content="Ann"><meta property="og:title" content="OG"><meta name="author" content="Bob">
        <meta itemprop="datePublished" content="2024-01-01"><meta http-equiv="Content-Type" content="text/html">
        <link rel="canonical alternate" href=" https://example.com/a ">
        <script type="application/ld+json">{"a": 1}</script><script>no()</script></head>
        <body><h1>The <em>heading</em></h1><time datetime="2024-01-02" itemprop="datePublished">x</time></html>"""
    )
    assert page.metas["author"] == ["Ann", "Bob"]
    assert page.meta("none", "og:title") == "OG"
    assert page.meta("none") == ""
    assert page.all_metas("none", "author") == ["Ann", "Bob"]
    assert page.all_metas("none") == []
    assert page.metas["datepublished"] == ["2024-01-01", "2024-01-02"]
    assert page.links["canonical"] == page.links["alternate"] == ["https://example.com/a"]
    assert page.json_ld == ['{"a": 1}']
    assert (page.base, page.language, page.times) == ("/b/", "zh-CN", ["2024-01-02"])
    assert (page.said("title"), page.said("none", "h1")) == ("The & title", "The heading")


def test_the_marks_of_h_entry_are_texts() -> None:
    page = read_page(
        "<article class='h-entry'><h1 class='p-name'>T</h1><section class='p-summary'>S</section>"
        "<a class='p-author h-card' href='/x'>Ann</a><a class='p-tag'>a</a><a class='p-tag'>b</a>"
        "<time class='dt-published' datetime='2024-01-01'>then</time><a class='p-canonical' href='/c'>c</a></article>"
    )
    assert (page.said("p-name"), page.said("p-summary"), page.said("p-author")) == ("T", "S", "Ann")
    assert page.texts["p-tag"] == ["a", "b"]
    assert page.metas["dt-published"] == ["2024-01-01"]
    assert page.links["p-canonical"] == ["/c"]


def test_links_to_tags_and_authors_are_texts() -> None:
    page = read_page("<a rel='tag nofollow'>x</a><a rel=author>Ann</a><a rel=next>no</a>")
    assert (page.texts["rel-tag"], page.texts["rel-author"]) == (["x"], ["Ann"])
    assert "rel-next" not in page.texts


def test_regions_know_how_much_text_is_theirs() -> None:
    page = read_page(
        "<body><nav>menu</nav><div id=a class='b c'>four<a>two!</a></div><main>x<section>yz</section></main></body>"
    )
    by_name = {region.name: region for region in page.regions}
    assert by_name["div"].marks >= {"a", "b", "c"}
    assert (by_name["div"].size, by_name["div"].linked) == (8, 4)
    assert (by_name["main"].size, by_name["section"].size) == (3, 2)
    assert by_name["body"].size == 11
    assert (page.regions[-1].start, page.regions[-1].end) == (0, len(page.text))


def test_what_is_around_an_article_is_listed_once() -> None:
    page = read_page("<nav>a<form>b</form></nav>x<footer>c<script>d</script></footer>y<aside>z")
    assert [page.text[start:end] for start, end in page.chrome] == [
        "<nav>a<form>b</form></nav>",
        "<footer>c<script>d</script></footer>",
        "<aside>z",
    ]


@pytest.mark.parametrize("text", ["<nav>a<footer>b</nav>c", "<nav>a<footer>b</nav>c</footer>"])
def test_an_end_tag_closes_what_was_left_open_within(text: str) -> None:
    page = read_page(text)
    assert [text[start:end] for start, end in page.chrome] == ["<nav>a<footer>b</nav>"]
    assert page.regions[-1].size == 1


def test_a_time_without_its_moment_says_nothing() -> None:
    page = read_page("<time>yesterday</time><time datetime=''>x</time>")
    assert page.times == []


@pytest.mark.parametrize("text", ["</nav>x", "<nav>a</footer>b</nav>c", "<div>a", "</div></article>", ""])
def test_tags_that_do_not_match_break_nothing(text: str) -> None:
    page = read_page(text)
    assert all(region.start <= region.end <= len(text) for region in page.regions)


@given(st.text(alphabet="<>/divnavhtmle =\"'a1", max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    page = read_page(text)
    assert all(region.size >= 0 for region in page.regions)
    ends = [0]
    for start, end in page.chrome:
        assert ends[-1] <= start <= end
        ends.append(end)


@pytest.mark.parametrize(
    "piece", ["<nav>", "</nav>", "<div>", "<a rel=tag>", "<h1>", "<meta name=a>", "<p class=p-tag>"]
)
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    read_page(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 6
