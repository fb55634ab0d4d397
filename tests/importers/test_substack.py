from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import Article, Item, detect_members

Items = Callable[..., list[Item]]
Packed = Callable[[Mapping[str, str | bytes]], bytes]

HEAD = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
ROW = "{},2019-07-26T20:48:19.814Z,{},,{},everyone,{},{},\n"


def export(*rows: str, **bodies: str) -> dict[str, str | bytes]:
    return {"posts.csv": HEAD + "".join(rows), **{f"posts/{name}.html": body for name, body in bodies.items()}}


def test_the_posts_of_the_table_with_their_texts(items: Items, packed: Packed) -> None:
    members = export(ROW.format("12.the-slug", "TRUE", "newsletter", "A &amp; B", "&#x201C;S&#x201D;"))
    members["posts/12.the-slug.html"] = "<p>Text</p>"
    members["posts/12.the-slug.opens.csv"] = "a,b\n"
    assert detect_members(members) == "substack"
    (found,) = items("zip", packed(members), name="s.zip")
    assert found == Article(
        title="A & B",
        body="<p>Text</p>",
        date=datetime(2019, 7, 26, 20, 48, 19, 814000, tzinfo=UTC),
        slug="the-slug",
        source_id="12",
        feed="substack",
        summary="“S”",
        extra={"audience": "everyone"},
        origin="s.zip/posts/12.the-slug.html",
    )


@pytest.mark.parametrize(
    ("published", "kind", "expected"),
    [
        ("TRUE", "newsletter", ("post", False, None)),
        ("FALSE", "newsletter", ("post", True, None)),
        ("true", "podcast", ("post", False, "podcast")),
        ("TRUE", "page", ("page", False, None)),
    ],
)
def test_drafts_pages_and_podcasts(
    items: Items, packed: Packed, published: str, kind: str, expected: tuple[str, bool, str | None]
) -> None:
    (found,) = items("substack", packed(export(ROW.format("1.a", published, kind, "T", ""), **{"1.a": "x"})))
    assert isinstance(found, Article)
    assert (found.kind, found.draft, found.extra.get("type")) == expected


def test_a_post_without_its_text_says_so(items: Items, packed: Packed) -> None:
    (found,) = items("substack", packed(export(ROW.format("1.a-b", "TRUE", "newsletter", "", ""))))
    assert isinstance(found, Article)
    assert (found.title, found.body) == ("a b", "")
    (problem,) = found.problems
    assert (problem.line, problem.code, problem.severity) == (2, "I105", Severity.WARNING)
    assert "no text for the post '1.a-b'" in problem.message


def test_a_text_that_the_table_does_not_name_is_a_post_too(items: Items, packed: Packed) -> None:
    (found,) = items("substack", packed(export(**{"7.left-over": "<p>x</p>"})))
    assert isinstance(found, Article)
    assert (found.title, found.body, found.source_id) == ("left over", "<p>x</p>", "7")
    assert not found.draft


def test_a_row_with_too_many_fields_is_said(items: Items, packed: Packed) -> None:
    row = ROW.format("1.a", "TRUE", "newsletter", "T", "").strip() + ",more\n"
    problem, found = items("substack", packed(export(row, **{"1.a": "x"})))
    assert isinstance(problem, Diagnostic)
    assert problem.message == "the row has 10 fields, the header names 9"
    assert isinstance(found, Article)


def test_a_text_that_cannot_be_unpacked_costs_itself_only(items: Items, packed: Packed) -> None:
    content = packed(export(ROW.format("1.a", "TRUE", "newsletter", "T", ""), **{"1.a": "x" * 50}))
    content = content.replace(b"posts/1.a.html", b"posts/9.z.html", 1)
    (found,) = items("substack", content)
    assert isinstance(found, Article)
    assert (found.title, found.body) == ("T", "")
    assert [problem.code for problem in found.problems] == ["I110"]


def test_an_archive_without_the_table_is_no_export(items: Items, packed: Packed) -> None:
    (problem,) = items("substack", packed({"a.html": "x"}))
    assert isinstance(problem, Diagnostic)
    assert problem.message == "has no posts.csv"
