from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import Article, Item, Skipped

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]
Only = Callable[..., Article]

KIND = (
    "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"
)
LABEL = "<category scheme='http://www.blogger.com/atom/ns#' term='{}'/>"


def export(*entries: str) -> str:
    inside = "\n".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:app='http://purl.org/atom/app#' xmlns:thr='http://purl.org/syndication/thread/1.0' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'>\n<id>tag:blogger.com,1999:blog-1.archive</id>"
        f"<title>B</title><generator>Blogger</generator>{inside}</feed>"
    )


def test_everything_an_entry_says(article: Only) -> None:
    entry = (
        "<id>tag:blogger.com,1999:blog-1.post-2</id><published>2017-06-20T00:32:00.001-04:00</published>"
        "<updated>2017-06-20T04:33:00Z</updated>"
        + KIND.format("post")
        + LABEL.format("books")
        + LABEL.format("This &amp; That")
        + "<title type='text'>A &amp;amp; B</title><content type='html'>&lt;p&gt;Text&lt;/p&gt;</content>"
        "<link rel='edit' href='https://www.blogger.com/x'/>"
        "<link rel='alternate' type='text/html' href='http://x.blogspot.com/2017/06/a-b.html' title='A'/>"
        "<author><name>Ann</name><email>noreply@blogger.com</email></author>"
    )
    assert article("blogger", export(entry)) == Article(
        title="A & B",
        body="<p>Text</p>",
        date=datetime(2017, 6, 20, 0, 32, 0, 1000, tzinfo=timezone(timedelta(hours=-4))),
        updated=datetime(2017, 6, 20, 4, 33, tzinfo=UTC),
        authors=("Ann",),
        tags=("books", "This & That"),
        slug="a-b",
        source_url="http://x.blogspot.com/2017/06/a-b.html",
        source_id="tag:blogger.com,1999:blog-1.post-2",
        feed="tag:blogger.com,1999:blog-1.archive",
        base_url="http://x.blogspot.com/2017/06/a-b.html",
        origin="source",
    )


def test_comments_settings_and_templates_are_counted(items: Items) -> None:
    kinds = ("settings", "template", "comment", "comment", "post", "page")
    found = items("blogger", export(*(KIND.format(kind) + "<title>t</title>" for kind in kinds)))
    assert [item.kind for item in found if isinstance(item, Article)] == ["post", "page"]
    assert [item for item in found if not isinstance(item, Article)] == [
        Skipped("source", "comment", 2),
        Skipped("source", "settings", 1),
        Skipped("source", "template", 1),
    ]


@pytest.mark.parametrize(
    ("entry", "draft"),
    [
        ("<app:control><app:draft>yes</app:draft></app:control>", True),
        ("<app:control><app:draft>no</app:draft></app:control>", False),
        ("<blogger:status>DRAFT</blogger:status>", True),
        ("<blogger:status>LIVE</blogger:status>", False),
        ("", False),
    ],
)
def test_drafts(article: Only, entry: str, draft: bool) -> None:
    assert article("blogger", export("<title>t</title>" + entry)).draft is draft


def test_the_newer_export_says_its_kind_in_an_element(items: Items) -> None:
    def entry(kind: str, more: str = "") -> str:
        return f"<blogger:type>{kind}</blogger:type><title>t</title>{more}"

    found = items(
        "blogger",
        export(
            entry("POST", "<blogger:filename>/2024/01/the-name.html</blogger:filename>"),
            entry("PAGE", "<blogger:metaDescription>About</blogger:metaDescription>"),
            entry("COMMENT"),
            entry("POST", "<blogger:trashed>2024-01-01T00:00:00Z</blogger:trashed>"),
        ),
    )
    post, page, *others = found
    assert isinstance(post, Article)
    assert (post.kind, post.slug) == ("post", "the-name")
    assert isinstance(page, Article)
    assert (page.kind, page.summary) == ("page", "About")
    assert others == [Skipped("source", "comment", 1), Skipped("source", "trash", 1)]


def test_xhtml_is_markup(article: Only) -> None:
    content = "<title>t</title><content type='xhtml'><div>a <b>b</b></div></content>"
    assert article("blogger", export(content)).body == "<div>a <b>b</b></div>"


def test_a_broken_entry_is_repaired_and_a_cut_one_kept(articles: Articles) -> None:
    text = export("\n<title>a & b</title>", "<title>c</title><content>long</content>")
    first, second = articles("blogger", text[: text.index("</content>")])
    assert (first.title, second.title, second.body) == ("a & b", "c", "long")
    assert [(problem.code, problem.line) for problem in first.problems] == [("I102", 3)]
    assert [(problem.code, problem.severity) for problem in second.problems] == [("I108", Severity.WARNING)]


def test_an_entry_that_is_too_deep_costs_itself_only(items: Items) -> None:
    problem, found = items("blogger", export("<a>" * 300, "<title>t</title>"))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity) == ("I104", Severity.ERROR)
    assert isinstance(found, Article)


def test_a_head_that_cannot_be_read_does_not_cost_the_entries(items: Items) -> None:
    problem, found = items("blogger", "<a>" * 300 + "<entry><title>t</title></entry>")
    assert isinstance(problem, Diagnostic)
    assert problem.message.startswith("the head of the feed")
    assert isinstance(found, Article)


def test_entries_cut_out_of_an_export_are_read(article: Only) -> None:
    found = article("blogger", "<entry><title>t</title></entry>", feed="mine")
    assert (found.title, found.feed) == ("t", "mine")


def test_entities_are_refused(items: Items) -> None:
    (problem,) = items("blogger", "<!DOCTYPE feed [<!ENTITY a 'b'>]>" + export("<title>&a;</title>").partition("?>")[2])
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I103"
