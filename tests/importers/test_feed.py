from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import Article, Input, Item, Limits, Options, read

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]
Only = Callable[..., Article]


def rss(*items: str, head: str = "", version: str = "2.0") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="{version}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>F</title><link>https://example.com/</link>{head}{inside}</channel></rss>"
    )


def atom(*entries: str, head: str = "") -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>F</title>{head}{inside}</feed>'


def test_everything_an_item_of_rss_says(article: Only) -> None:
    item = (
        "<title>A &amp;amp; B</title><link>https://example.com/a</link><guid isPermaLink='false'>g-1</guid>"
        "<pubDate>Wed, 05 Jun 2024 16:04:48 +0800</pubDate><dc:creator>Ann</dc:creator><category>x</category>"
        "<category>y</category><description>&lt;p&gt;Short&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>Long <script>1</script><a href='/b'>b</a></p>]]></content:encoded>"
        "<comments>https://example.com/a#c</comments>"
        "<enclosure url='https://example.com/a.mp3' type='audio/mpeg' length='5'/>"
        "<media:thumbnail url='https://example.com/t.png'/>"
    )
    head = "<atom:link rel='self' href='https://example.com/feed.xml'/>"
    assert article("feed", rss(item, head=head)) == Article(
        title="A & B",
        body="<p>Long <script>1</script><a href='/b'>b</a></p>",
        date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=timezone(timedelta(hours=8))),
        authors=("Ann",),
        tags=("x", "y"),
        source_url="https://example.com/a",
        source_id="g-1",
        feed="https://example.com/feed.xml",
        summary="Short",
        image="https://example.com/t.png",
        extra={
            "comments": "https://example.com/a#c",
            "enclosures": [{"href": "https://example.com/a.mp3", "type": "audio/mpeg", "length": "5"}],
        },
        base_url="https://example.com/a",
        origin="source",
    )


def test_everything_an_entry_of_atom_says(article: Only) -> None:
    entry = (
        "<id>urn:1</id><title type='html'>A &lt;em&gt;b&lt;/em&gt;</title><link href='/a'/>"
        "<published>2024-06-05T16:04:48+08:00</published><updated>2024-06-06T00:00:00Z</updated>"
        "<author><name>Ann</name></author><author><name>Bob</name></author><category term='x' label='X y'/>"
        "<category term='z'/><summary>Short</summary><content type='html'>&lt;p&gt;Long&lt;/p&gt;</content>"
    )
    found = article("feed", atom(entry), url="https://example.com/f/atom.xml")
    assert (found.title, found.body, found.body_format, found.summary) == ("A b", "<p>Long</p>", "html", "Short")
    assert found.date == datetime(2024, 6, 5, 8, 4, 48, tzinfo=UTC)
    assert found.updated == datetime(2024, 6, 6, tzinfo=UTC)
    assert (found.authors, found.tags) == (("Ann", "Bob"), ("X y", "z"))
    assert (found.source_url, found.source_id) == ("https://example.com/a", "urn:1")
    assert found.feed == "https://example.com/f/atom.xml"
    assert found.base_url == "https://example.com/f/atom.xml"


RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.com/"><title>F</title><link>https://example.com/</link></channel>
<item rdf:about="https://example.com/a"><title>A</title><link>https://example.com/a</link>
<description>text</description><dc:date>2024-06-05T16:04:48Z</dc:date><dc:creator>Ann</dc:creator>
<dc:subject>x</dc:subject></item></rdf:RDF>"""


def test_rdf_with_dublin_core(article: Only) -> None:
    found = article("feed", RDF)
    assert (found.title, found.body, found.authors, found.tags) == ("A", "text", ("Ann",), ("x",))
    assert found.date == datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC)
    assert found.updated is None


@pytest.mark.parametrize("version", ["0.90", "0.91", "0.92", "0.93", "0.94", "2.0", "9.9"])
def test_every_version_of_rss(article: Only, version: str) -> None:
    found = article("feed", rss("<title>A</title><description>b</description>", version=version))
    assert (found.title, found.body) == ("A", "b")


@pytest.mark.parametrize(
    ("content", "body", "body_format"),
    [
        ("<content type='text'>a &lt; b</content>", "a < b", "text"),
        ("<content>a</content>", "a", "text"),
        ("<content type='html'>&lt;b&gt;a&lt;/b&gt;</content>", "<b>a</b>", "html"),
        (
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a <b>b</b></p></div></content>",
            "<p>a <b>b</b></p>",
            "html",
        ),
        ("<content type='text/markdown'># a</content>", "# a", "markdown"),
        ("<summary type='html'>&lt;p&gt;a&lt;/p&gt;</summary>", "<p>a</p>", "html"),
        ("<content type='html'> </content><summary>s</summary>", "s", "text"),
    ],
)
def test_the_body_and_what_it_is_written_in(article: Only, content: str, body: str, body_format: str) -> None:
    found = article("feed", atom("<title>t</title>" + content))
    assert (found.body, found.body_format) == (body, body_format)


def test_a_summary_that_is_the_body_is_not_written_twice(article: Only) -> None:
    found = article("feed", rss("<title>t</title><description>d</description>"))
    assert (found.body, found.summary) == ("d", "")
    content = "<title>A</title><content type='html'>&lt;p&gt;a&lt;/p&gt;</content>"
    found = article("feed", atom(content))  # feedparser takes the text for a summary where there is none
    assert (found.body, found.summary) == ("<p>a</p>", "")
    entry = "<title>A</title><author><name>Ann</name><uri>https://example.com/ann</uri></author>"
    assert article("feed", atom(entry)).extra == {}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<pubDate>05 Jun 24 16:04 GMT</pubDate>", "2024-06-05T16:04:00+00:00"),
        ("<pubDate>2024-06-05</pubDate>", "2024-06-05T00:00:00+08:00"),
        ("<dc:date>2024-06-05T16:04:48-04:00</dc:date>", "2024-06-05T16:04:48-04:00"),
        ("<pubDate>someday</pubDate><dc:date>2024-06-05T00:00:00Z</dc:date>", "2024-06-05T00:00:00+00:00"),
        ("", None),
    ],
)
def test_the_date_is_the_first_that_can_be_read(article: Only, written: str, expected: str | None) -> None:
    found = article("feed", rss("<title>t</title>" + written), zone=timezone(timedelta(hours=8)))
    assert (found.date.isoformat() if found.date else None) == expected


def test_a_date_that_nobody_can_read_is_kept(article: Only) -> None:
    found = article("feed", rss("<title>t</title><pubDate>2004년 05월 28일  01:31:15</pubDate>"))
    assert (found.date, found.date_raw) == (None, "2004년 05월 28일 01:31:15")
    assert [problem.code for problem in found.problems] == ["I107"]


@pytest.mark.parametrize(
    ("entry", "head", "authors"),
    [
        ("<author><name>Ann</name></author>", "<author><name>Feed</name></author>", ("Ann",)),
        ("", "<author><name>Feed</name></author>", ("Feed",)),
        ("<author><email>a@b.c</email></author>", "", ("a@b.c",)),
        ("<source><title>Other</title></source>", "<author><name>Feed</name></author>", ()),
        ("", "", ()),
    ],
)
def test_an_entry_without_author_has_those_of_its_feed(
    article: Only, entry: str, head: str, authors: tuple[str, ...]
) -> None:
    assert article("feed", atom("<title>t</title>" + entry, head=head)).authors == authors


def test_addresses_are_no_names_where_there_are_names(article: Only) -> None:
    item = "<title>t</title><author>a@b.c</author><itunes:author>Ann</itunes:author>"
    assert article("feed", rss(item)).authors == ("Ann",)


@pytest.mark.parametrize(
    ("item", "image"),
    [
        ("<enclosure url='https://example.com/a.png' type='image/png' length='1'/>", "https://example.com/a.png"),
        ("<media:content url='https://example.com/b.png' medium='image'/>", "https://example.com/b.png"),
        ("<itunes:image href='https://example.com/c.png'/>", "https://example.com/c.png"),
        ("<enclosure url='https://example.com/a.mp3' type='audio/mpeg' length='1'/>", ""),
    ],
)
def test_the_picture_of_an_entry(article: Only, item: str, image: str) -> None:
    assert article("feed", rss("<title>t</title>" + item)).image == image


@pytest.mark.parametrize(
    ("options", "scope"),
    [
        ({"feed": "mine", "url": "https://example.com/f"}, "mine"),
        ({"url": "https://example.com/f"}, "https://example.com/f"),
        ({}, "https://example.com/"),
    ],
)
def test_ids_are_unique_within_their_feed(article: Only, options: dict[str, Any], scope: str) -> None:
    assert article("feed", rss("<title>t</title>"), **options).feed == scope


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        ("<title>a & b</title>", "a & b"),
        ("<title>a&mdash;b</title>", "a—b"),
        ("<title>a\x08b</title>", "ab"),
        ("<title>a</title><link>https://example.com/?a=1&b=2</link>", "a"),
        ("<title>a</title><author><name>b</author>", "a"),
    ],
)
def test_what_is_not_well_formed_is_repaired_with_a_warning(items: Items, broken: str, title: str) -> None:
    problem, found = items("feed", rss(broken))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity, problem.line) == ("I102", Severity.WARNING, 1)
    assert isinstance(found, Article)
    assert found.title == title


def test_a_feed_that_is_cut_gives_what_it_has(items: Items) -> None:
    text = rss("<title>a</title>", "<title>b</title><description>long text</description>")
    problem, first, second = items("feed", text[: text.index("text<")])
    assert isinstance(problem, Diagnostic)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, second.title, second.body) == ("a", "b", "long")


@pytest.mark.parametrize("prolog", ["\n\n", "\ufeff", "\ufeff\n <!-- x -->"])
def test_what_stands_before_a_feed_does_not_matter(articles: Articles, prolog: str) -> None:
    (found,) = articles("feed", prolog + rss("<title>a</title>").partition("?>")[2])
    assert found.title == "a"


def test_a_document_type_does_not_matter(article: Only) -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    )
    text = f"<?xml version='1.0'?>{doctype}" + rss("<title>a &copy;</title>").partition("?>")[2]
    assert article("feed", text.replace("&copy;", "b")).title == "a b"


def test_entities_are_refused(items: Items) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    (problem,) = items("feed", bomb + rss("<title>&b;</title>").partition("?>")[2])
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity) == ("I103", Severity.ERROR)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "I102"),
        ("just text", "I102"),
        ("<note><to>Tove</to></note>", "I102"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>" + "<a>" * 300, "I104"),
    ],
)
def test_what_is_no_feed_is_said(items: Items, content: str, code: str) -> None:
    found = items("feed", content)
    assert isinstance(found[-1], Diagnostic)
    assert (found[-1].code, found[-1].severity) == (code, Severity.ERROR)


def test_a_feed_without_entries_is_empty(items: Items) -> None:
    assert items("feed", rss()) == []


def test_a_feed_larger_than_the_limit_is_refused(items: Items) -> None:
    (problem,) = items("feed", rss("<title>a</title>"), limits=Limits(document=50))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I104"


@pytest.mark.parametrize(("label", "title"), [("koi8-r", "Новости"), ("windows-1251", "Новости"), ("gb2312", "苏州镕")])
def test_the_declared_character_set_is_used(article: Only, label: str, title: str) -> None:
    text = rss(f"<title>{title}</title>").replace("?>", f' encoding="{label}"?>', 1)
    assert article("feed", text.encode("gb18030" if label == "gb2312" else label)).title == title


def test_what_feedparser_raises_is_a_diagnostic(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_options: object) -> None:
        raise AttributeError("object has no attribute 'x'")

    monkeypatch.setattr("feedparser.parse", fails)
    (problem,) = items("feed", rss("<title>a</title>"))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I102"
    assert problem.message == "feedparser cannot read it: AttributeError: object has no attribute 'x'"


PIECES = ["<item>", "</item>", "<title>", "&", "<![CDATA[", "]]>", "<!--", "x", "<link>", "<", "<content:encoded>"]


@given(st.lists(st.sampled_from(PIECES), max_size=15))
@settings(max_examples=80, deadline=None)
def test_no_text_raises(pieces: list[str]) -> None:
    text = f'<rss version="2.0"><channel>{"".join(pieces)}'
    for item in read("feed", Input.of_bytes("a", text.encode()), Options()):
        assert not (isinstance(item, Diagnostic) and item.code == "I199"), item
