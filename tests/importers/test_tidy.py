from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers.article import Article, BodyFormat, Source
from newscli.importers.tidy import absolute, tidy, tidy_source

LIMIT = 10_000


def tidied(article: Article) -> Article:
    found = tidy(article, LIMIT)
    assert isinstance(found, Article)
    return found


def test_an_article_that_is_tidy_stays_as_it_is() -> None:
    article = Article(
        title="苏州: 驶上“新赛道”",
        body="<p>one</p>\n<p>two</p>\n",
        date=datetime(2022, 6, 7, tzinfo=UTC),
        authors=("A", "B"),
        tags=("新华日报新闻",),
        categories=("c",),
        slug="新-赛道",
        source_url="https://example.com/a",
        source_id="urn:1",
        feed="https://example.com/feed",
        layout="post",
        summary="s",
        image="https://example.com/a.png",
        kind="page",
        extra={"a": [1, {"b": None}], "c": True},
        base_url="https://example.com/",
        origin="x.xml",
    )
    assert tidied(article) == article


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  a  b \n c\t", "a b c"),
        ("a\u3000b", "a b"),
        ("a\x00b\x08", "ab"),
        ("a\x7fb", "ab"),
        ("\ud83d\ude00", "😀"),
        ("a\ud800b", "a\ufffdb"),
        ("\udcff", "\ufffd"),
        ("\ufffe!", "!"),
        ("\ufeff\u200b零\u200b宽\u202e", "零宽"),
        ("👩\u200d👩", "👩\u200d👩"),
        (" <p class='a'>Of <b>two</b></p>", "Of two"),
        ("<b>a</b> and <i>b</i>", "<b>a</b> and <i>b</i>"),
        ("<br> for <p>", "<br> for <p>"),
    ],
)
def test_a_title_is_one_line_that_can_be_written(written: str, expected: str) -> None:
    assert tidied(Article(title=written)).title == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb", "a\tb"),
        ("\x00\x1b[31mred", "[31mred"),
        ("  kept  \n", "  kept  \n"),
        ("half \udc00", "half \ufffd"),
    ],
)
def test_a_body_keeps_all_but_its_line_ends_and_control_characters(written: str, expected: str) -> None:
    assert tidied(Article(title="t", body=written)).body == expected


@given(st.text(alphabet=st.characters(), max_size=40), st.text(alphabet=st.characters(), max_size=40))
@settings(max_examples=100, deadline=None)
def test_what_is_tidied_can_be_written_and_tidying_again_changes_nothing(title: str, body: str) -> None:
    once = tidied(Article(title=title, body=body, tags=(title, body), extra={title: [body, {body: title}]}))
    for text in (once.title, once.body, *once.tags, repr(once.extra)):
        text.encode()
    again = tidied(replace(once, problems=()))
    assert replace(again, problems=()) == replace(once, problems=())


def test_names_are_listed_once_and_never_empty() -> None:
    article = tidied(Article(title="t", tags=("a", " a ", "", "  ", "b\nc", "A"), authors=("", "x")))
    assert article.tags == ("a", "b c", "A")
    assert article.authors == ("x",)


@pytest.mark.parametrize(
    ("address", "base", "expected"),
    [
        ("https://example.com/a?b=c#d", "", "https://example.com/a?b=c#d"),
        ("/a", "https://example.com/b/c", "https://example.com/a"),
        ("a b.png", "https://example.com/b/c", "https://example.com/b/a%20b.png"),
        ("//example.org/x", "https://example.com", "https://example.org/x"),
        ("?p=1", "https://example.com/x", "https://example.com/x?p=1"),
        (" https://example.com/\n", "", "https://example.com/"),
        ("/a", "", ""),
        ("", "https://example.com", ""),
        ("  ", "https://example.com", ""),
        ("javascript:alert(1)", "https://example.com", ""),
        ("data:image/png;base64,AA", "https://example.com", ""),
        ("ftp://example.com/a", "", ""),
        ("http://[::1", "", ""),
        ("https:///a", "", ""),
        ("urn:uuid:1", "https://example.com", ""),
    ],
)
def test_an_address_is_of_the_web_or_none(address: str, base: str, expected: str) -> None:
    assert absolute(address, base) == expected


def test_addresses_are_joined_to_the_base_of_the_article() -> None:
    article = tidied(Article(title="t", source_url="/p/1", image="i.png", base_url="https://example.com/blog/"))
    assert article.source_url == "https://example.com/p/1"
    assert article.image == "https://example.com/blog/i.png"


def test_the_articles_own_address_is_its_base_when_it_has_no_other() -> None:
    article = tidied(Article(title="t", source_url="https://example.com/p/1", image="i.png"))
    assert article.base_url == "https://example.com/p/1"
    assert article.image == "https://example.com/p/i.png"


def test_an_address_that_is_none_is_kept_as_a_key_of_the_source() -> None:
    article = tidied(Article(title="t", source_url="/post/1", image="wix:image://v1/a", extra={"image": "mine"}))
    assert (article.source_url, article.image) == ("", "")
    assert article.extra == {"source_url": "/post/1", "image": "mine"}


def test_an_article_without_title_and_text_says_so() -> None:
    (problem,) = tidied(Article(body=" \n", origin="a.json")).problems
    assert (problem.path, problem.code, problem.severity) == ("a.json", "I111", Severity.WARNING)
    assert tidied(Article(title="t")).problems == ()
    assert tidied(Article(body="<img src=a>")).problems == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#科技", "科技"),
        ("＃科技＃", "科技"),
        (" ##a b ", "a b"),
        ("C#", "C#"),
        ("#", "#"),
        ("a#b", "a#b"),
        ("#a#b#", "#a#b#"),
    ],
)
def test_a_hash_tag_is_a_tag(written: str, expected: str) -> None:
    assert tidied(Article(title="t", tags=(written,), categories=(written,))).tags == (expected,)


OPENINGS: list[tuple[BodyFormat, str, str]] = [
    ("html", "<p></p><h2>A <b>head</b>ing</h2><p>Text.</p>", "A heading"),
    ("html", "<script>x</script><p>苏州轨交3号线今日开通。全长45公里。</p>", "苏州轨交3号线今日开通"),
    ("html", "<p>He met Mr. Smith. They spoke.</p>", "He met Mr. Smith."),
    ("html", "<p>" + "word " * 40, "word " * 15 + "word…"),
    ("html", "<p>" + "字" * 100, "字" * 39 + "…"),
    ("html", "<p>a &amp; b &lt;c&gt;", "a & b <c>"),
    ("html", "&lt;p&gt;a b&lt;/p&gt;", "a b"),
    ("markdown", "\n# A [link](http://x.example)\n\nText", "A link"),
    ("text", "one\ntwo", "one two"),
]


@pytest.mark.parametrize(("body_format", "body", "title"), OPENINGS)
def test_the_beginning_of_the_text_stands_in_for_a_title(body_format: BodyFormat, body: str, title: str) -> None:
    article = tidied(Article(title=" ", body=body, body_format=body_format, origin="a.json"))
    assert (article.title, article.body) == (title, body)
    (problem,) = article.problems
    assert (problem.path, problem.code, problem.severity) == ("a.json", "I113", Severity.WARNING)


def test_a_date_that_is_none_is_reported_once() -> None:
    (problem,) = tidied(Article(title="t", date_raw="no\nday", origin="a")).problems
    assert problem.code == "I107"
    assert "'no day' is no date" in problem.message
    known = Diagnostic("a", 7, 1, "I107", Severity.WARNING, "with its line")
    assert tidied(Article(title="t", date_raw="no day", problems=(known,))).problems == (known,)


def test_a_change_is_one_that_came_after_the_article() -> None:
    day = datetime(2022, 6, 7, tzinfo=UTC)
    later = day + timedelta(seconds=1)
    assert tidied(Article(title="t", date=day, updated=later)).updated == later
    assert tidied(Article(title="t", updated=day)).updated == day
    assert tidied(Article(title="t", date=day, updated=day)).updated is None
    assert tidied(Article(title="t", date=later, updated=day)).updated is None


def test_a_body_longer_than_the_limit_is_no_article() -> None:
    found = tidy(Article(title="t\nu", body="x" * (LIMIT + 1), origin="a.json"), LIMIT)
    assert isinstance(found, Diagnostic)
    assert (found.path, found.code, found.severity) == ("a.json", "I104", Severity.ERROR)
    assert "'t u' has more than 10,000 characters" in found.message
    assert isinstance(tidy(Article(title="t", body="x" * LIMIT), LIMIT), Article)


def test_an_address_of_a_list_must_be_one_of_the_web() -> None:
    assert tidy_source(Source("https://example.com/feed", " A\nB ")) == Source("https://example.com/feed", "A B")
    assert tidy_source(Source("/feed")) is None
    assert tidy_source(Source("file:///etc/passwd")) is None
