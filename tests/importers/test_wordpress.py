from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import Article, Input, Item, Limits, Options, Skipped, read

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]
Only = Callable[..., Article]

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.5" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>A site</title>
<link>https://example.com</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://example.com/blog</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_email>ann@example.com</wp:author_email>
<wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>bob</wp:author_login><wp:author_email/><wp:author_display_name/></wp:author>
<wp:category><wp:category_nicename>news</wp:category_nicename><wp:cat_name>The News</wp:cat_name></wp:category>
<wp:tag><wp:tag_slug>t1</wp:tag_slug><wp:tag_name><![CDATA[Tag One]]></wp:tag_name></wp:tag>
"""
TAIL = "</channel></rss>"


def wxr(*posts: str) -> str:
    return HEAD + "\n".join(f"<item>{post}</item>" for post in posts) + TAIL


def fields(**values: str) -> str:
    return "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in values.items())


def body(content: str) -> str:
    return f"<content:encoded><![CDATA[{content}]]></content:encoded>"


FULL = (
    "<title>A &amp;amp; B</title><link>https://example.com/blog/a-b</link>"
    "<pubDate>Wed, 05 Jun 2024 08:04:48 +0000</pubDate><dc:creator><![CDATA[ann]]></dc:creator>"
    '<guid isPermaLink="false">https://example.com/?p=7</guid><description></description>'
    + body("<!-- wp:paragraph -->\n<p>Text [gallery ids=1]</p>\n<!-- /wp:paragraph -->")
    + "<excerpt:encoded><![CDATA[<p>Short</p>]]></excerpt:encoded>"
    + fields(
        post_id="7",
        post_date="2024-06-05 16:04:48",
        post_date_gmt="2024-06-05 08:04:48",
        post_modified="2024-06-06 16:04:48",
        post_modified_gmt="2024-06-06 08:04:48",
        post_name="%e8%8b%8f%e5%b7%9e",
        status="publish",
        post_parent="0",
        menu_order="3",
        post_type="post",
        post_password="",
        is_sticky="1",
    )
    + '<category domain="category" nicename="news"><![CDATA[The News]]></category>'
    + '<category domain="post_tag" nicename="t1"></category>'
    + '<category domain="post_tag" nicename="a%20b"></category>'
    + '<category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category>'
    + '<category domain="mood" nicename="m"><![CDATA[glad &amp; sad]]></category>'
    + "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>"
    + "<wp:postmeta><wp:meta_key>mine</wp:meta_key><wp:meta_value><![CDATA[5]]></wp:meta_value></wp:postmeta>"
    + "<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"
    + '<enclosure url="https://example.com/a.mp3" type="audio/mpeg" length="5"/>'
    + "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
)
PICTURE = fields(post_id="9", post_type="attachment", attachment_url="https://example.com/p.png", status="inherit")


def test_everything_an_export_says_of_a_post(items: Items) -> None:
    found, *others = items("wordpress", wxr(FULL, PICTURE))
    china = timezone(timedelta(hours=8))
    assert found == Article(
        title="A & B",
        body="<p>Text [gallery ids=1]</p>",
        date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=china),
        updated=datetime(2024, 6, 6, 16, 4, 48, tzinfo=china),
        authors=("Ann Lee",),
        tags=("Tag One", "a b"),
        categories=("The News",),
        slug="苏州",
        source_url="https://example.com/blog/a-b",
        source_id="https://example.com/?p=7",
        feed="https://example.com/blog",
        summary="Short",
        image="https://example.com/p.png",
        extra={
            "mine": "5",
            "post_format": "Aside",
            "mood": ["glad & sad"],
            "sticky": True,
            "menu_order": "3",
            "enclosures": [{"url": "https://example.com/a.mp3", "type": "audio/mpeg", "length": "5"}],
        },
        base_url="https://example.com/blog",
        origin="source",
    )
    assert others == [Skipped("source", "attachment", 1), Skipped("source", "comment", 1)]


def test_a_picture_may_come_before_the_post_that_shows_it(items: Items) -> None:
    found = items("wordpress", wxr(PICTURE, FULL))[0]
    assert isinstance(found, Article)
    assert found.image == "https://example.com/p.png"


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        ("post", "publish", ("post", False)),
        ("page", "publish", ("page", False)),
        ("recipe", "publish", ("recipe", False)),
        ("post", "draft", ("post", True)),
        ("post", "pending", ("post", True)),
        ("post", "private", ("post", True)),
        ("post", "future", ("post", False)),
        ("", "", ("post", False)),
    ],
)
def test_posts_pages_and_drafts(article: Only, kind: str, status: str, expected: tuple[str, bool]) -> None:
    found = article("wordpress", wxr("<title>t</title>" + fields(post_type=kind, status=status)))
    assert (found.kind, found.draft) == expected
    assert found.extra.get("status", "none") == (status if status in ("pending", "private", "future") else "none")


def test_what_is_behind_a_password_is_no_public_post_and_the_password_is_not_kept(article: Only) -> None:
    found = article("wordpress", wxr("<title>t</title>" + fields(status="publish", post_password="sesame")))
    assert found.draft
    assert found.extra == {"status": "password"}
    assert "sesame" not in repr(found)


@pytest.mark.parametrize(
    ("kind", "status", "what"),
    [
        ("attachment", "inherit", "attachment"),
        ("nav_menu_item", "publish", "nav_menu_item"),
        ("revision", "inherit", "revision"),
        ("wp_template", "publish", "wp_template"),
        ("post", "trash", "trash"),
        ("post", "auto-draft", "auto-draft"),
    ],
)
def test_what_is_no_article_is_counted(items: Items, kind: str, status: str, what: str) -> None:
    assert items("wordpress", wxr(fields(post_type=kind, status=status))) == [Skipped("source", what, 1)]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (fields(post_date="2024-06-05 16:04:48", post_date_gmt="2024-06-05 16:04:48"), "2024-06-05T16:04:48+00:00"),
        (fields(post_date="2024-06-05 16:04:48", post_date_gmt="0000-00-00 00:00:00"), "2024-06-05T16:04:48+08:00"),
        ("<pubDate>Wed, 05 Jun 2024 16:04:48 +0000</pubDate>", "2024-06-05T16:04:48+00:00"),
        (
            "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>" + fields(post_date="2024-06-05 16:04:48"),
            "2024-06-05T16:04:48+08:00",
        ),
        ("<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>" + fields(post_date="0000-00-00 00:00:00"), None),
        ("", None),
    ],
)
def test_the_date_is_the_one_that_means_something(article: Only, dates: str, expected: str | None) -> None:
    zone = timezone(timedelta(hours=8))
    found = article("wordpress", wxr("<title>t</title>" + dates), zone=zone)
    assert (found.date.isoformat() if found.date else None) == expected
    assert found.date_raw is None


@pytest.mark.parametrize("dates", ["<pubDate>someday</pubDate>", fields(post_date="someday")])
def test_a_date_that_cannot_be_read_is_kept(article: Only, dates: str) -> None:
    found = article("wordpress", wxr("<title>t</title>" + dates))
    assert (found.date, found.date_raw) == (None, "someday")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("hello-world", "hello-world"),
        ("", ""),
        ("basic-post.html", "basic-post"),
        ("blog2023/04/05/my-dated-post", "my-dated-post"),
        ("a/b/", "b"),
        ("caf%C3%A9", "café"),
    ],
)
def test_the_slug_is_the_last_part_of_the_name(article: Only, name: str, slug: str) -> None:
    assert article("wordpress", wxr("<title>t</title>" + fields(post_name=name))).slug == slug


@pytest.mark.parametrize(
    ("links", "url", "number"),
    [
        ("<link>/a</link><guid>https://example.com/?p=1</guid>", "https://example.com/a", "https://example.com/?p=1"),
        ("<guid>https://example.com/a</guid>", "https://example.com/a", "https://example.com/a"),
        ('<guid isPermaLink="false">x-1</guid>', "", "x-1"),
        (fields(post_id="5"), "", "5"),
    ],
)
def test_address_and_number(article: Only, links: str, url: str, number: str) -> None:
    found = article("wordpress", wxr("<title>t</title>" + links))
    assert (found.source_url, found.source_id) == (url, number)


COAUTHOR = '<category domain="author" nicename="ann">A.</category>'


@pytest.mark.parametrize(
    ("creator", "authors"),
    [
        ("<dc:creator>ann</dc:creator>", ("Ann Lee",)),
        ("<dc:creator>ann@example.com</dc:creator>", ("Ann Lee",)),
        ("<dc:creator>bob</dc:creator>", ("bob",)),
        ("<dc:creator>nobody</dc:creator>", ("nobody",)),
        ("<dc:creator></dc:creator>", ()),
        (
            '<dc:creator>ann</dc:creator><category domain="author" nicename="bob">B</category>' + 2 * COAUTHOR,
            ("bob", "Ann Lee"),
        ),
    ],
)
def test_authors_are_called_as_people_know_them(article: Only, creator: str, authors: tuple[str, ...]) -> None:
    assert article("wordpress", wxr("<title>t</title>" + creator)).authors == authors


def test_categories_that_the_first_format_writes_twice_are_one(article: Only) -> None:
    old = '<category>News</category><category domain="category" nicename="news">News</category>'
    old += '<category domain="tag" nicename="t1"><![CDATA[T]]></category>'
    found = article("wordpress", wxr("<title>t</title>" + old))
    assert (found.categories, found.tags) == (("News",), ("T",))
    bare = article("wordpress", wxr("<title>t</title><category>A</category><category>B</category>"))
    assert bare.categories == ("A", "B")


def test_a_summary_may_come_from_an_extension(article: Only) -> None:
    meta = "<wp:meta_key>_yoast_wpseo_metadesc</wp:meta_key><wp:meta_value>About</wp:meta_value>"
    assert article("wordpress", wxr(f"<title>t</title><wp:postmeta>{meta}</wp:postmeta>")).summary == "About"


def test_the_classic_editors_lines_become_paragraphs(article: Only) -> None:
    assert article("wordpress", wxr(body("a\n\nb"))).body == "<p>a</p>\n\n<p>b</p>"


def test_markup_that_should_have_been_escaped_is_kept(article: Only) -> None:
    post = "<content:encoded><p>a <b>b</b></p></content:encoded>"
    assert article("wordpress", wxr(post)).body == "<p>a <b>b</b></p>"


def test_other_versions_have_other_addresses_for_the_same_names(article: Only) -> None:
    for version in ("1.0", "1.1"):
        text = wxr(fields(post_name="x") + body("<p>a</p>")).replace("export/1.2/", f"export/{version}/")
        found = article("wordpress", text)
        assert (found.slug, found.body) == ("x", "<p>a</p>")


def test_a_name_of_another_vocabulary_does_not_count(article: Only) -> None:
    fake = '<wp:post_name xmlns:wp="https://example.com/fake">no</wp:post_name>'
    other = '<w:post_name xmlns:w="http://wordpress.org/export/1.2/">yes</w:post_name>'
    assert article("wordpress", wxr("<title>t</title>" + fake + other)).slug == "yes"


@pytest.mark.parametrize(
    ("post", "title", "line"),
    [
        ("\n<title>Draft & Post</title>", "Draft & Post", 17),
        ("<title>More&mdash;More</title>", "More—More", 16),
        ("<title>a\x0bb</title>", "ab", 16),
        ("\n\n<title>a<br>b</title>", "ab", 18),
        ("<title>a</title><link>https://example.com/?a=1&b=2</link>", "a", 16),
    ],
)
def test_an_item_that_is_not_well_formed_is_repaired_and_said(
    articles: Articles, post: str, title: str, line: int
) -> None:
    broken, sound = articles("wordpress", wxr(post, "<title>sound</title>"))
    assert (broken.title, sound.title) == (title, "sound")
    (problem,) = broken.problems
    assert (problem.code, problem.severity, problem.line) == ("I102", Severity.WARNING, line)
    assert problem.message.endswith("; repaired")
    assert sound.problems == ()


def test_an_item_that_is_cut_is_kept_and_said(articles: Articles) -> None:
    text = wxr("<title>a</title>", "<title>b</title>" + body("long text"))
    first, second = articles("wordpress", text[: text.index("text]]>")])
    assert (first.title, second.title) == ("a", "b")
    assert second.body == "<p>long</p>"
    assert [problem.code for problem in second.problems] == ["I108"]


def test_an_item_without_its_end_does_not_take_the_next_one(articles: Articles) -> None:
    text = HEAD + "<item><title>a</title><item><title>b</title></item>" + TAIL
    assert [found.title for found in articles("wordpress", text)] == ["a", "b"]


def test_an_export_that_declares_entities_is_refused(items: Items) -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">]>\n'
    text = bomb + wxr("<title>&b;</title>").partition("?>")[2]
    (problem,) = items("wordpress", text)
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity, problem.line) == ("I103", Severity.ERROR, 2)


def test_an_item_that_is_too_deep_costs_itself_only(items: Items) -> None:
    deep = "<a>" * 300 + "</a>" * 300
    problem, found = items("wordpress", wxr(deep, "<title>sound</title>"))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity) == ("I104", Severity.ERROR)
    assert isinstance(found, Article)


def test_a_picture_that_is_too_deep_is_said_once(items: Items) -> None:
    (problem,) = items("wordpress", wxr(fields(post_type="attachment") + "<a>" * 300))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I104"


def test_an_item_longer_than_the_limit_ends_the_reading(items: Items) -> None:
    found = items("wordpress", wxr("<title>a</title>", body("x" * 600_000)), limits=Limits(item=10_000))
    assert [type(item) for item in found] == [Diagnostic]


@pytest.mark.parametrize("head", ["", "\n  ", "<rss><channel>"])
def test_items_cut_out_of_an_export_are_read(articles: Articles, head: str) -> None:
    (found,) = articles("wordpress", head + "<item><title>a</title>" + body("<p>b</p>") + "</item>")
    assert (found.title, found.body, found.feed) == ("a", "<p>b</p>", "")


def test_a_head_that_cannot_be_read_does_not_cost_the_items(items: Items) -> None:
    problem, found = items("wordpress", "<rss>" + "<a>" * 300 + "<item><title>a</title></item>")
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity) == ("I104", Severity.WARNING)
    assert problem.message.startswith("the head of the export")
    assert isinstance(found, Article)


def test_an_export_without_items_is_empty(items: Items) -> None:
    assert items("wordpress", wxr()) == []


def test_the_caller_may_say_what_the_export_does_not(article: Only) -> None:
    text = "<rss><channel><item><title>t</title><link>/a</link></item></channel></rss>"
    found = article("wordpress", text, base_url="https://example.org/", feed="mine")
    assert (found.source_url, found.feed) == ("https://example.org/a", "mine")


@pytest.mark.parametrize("label", ["windows-1251", "koi8-r"])
def test_the_declared_character_set_is_used(article: Only, label: str) -> None:
    text = wxr("<title>Новости</title>").replace("UTF-8", label)
    assert article("wordpress", text.encode(label)).title == "Новости"


PIECES = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "&",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "x",
    "<wp:post_type>",
    "<",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(pieces: list[str]) -> None:
    for item in read("wordpress", Input.of_bytes("a", (HEAD + "".join(pieces)).encode()), Options()):
        assert not (isinstance(item, Diagnostic) and item.code == "I199"), item


def test_the_date_of_a_draft_is_utc_without_any_zone(article: Only) -> None:
    found = article("wordpress", wxr("<title>t</title>" + fields(post_date="2024-06-05 16:04:48")))
    assert found.date == datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC)
