from pathlib import Path
from typing import Any

import pytest

from newscli.importers import Article, Input, Options, detect, read

JEKYLL = """---
layout: wide
title: "苏州：新赛道"
date: 2022-06-07 07:17:20 +0800
last_modified_at: 2022-06-08
categories: xinhuaribao extra
tags: [a, b c]
author: Maya Osei
excerpt: in short
image: https://e.org/p.png
source_url: https://e.org/a
source_hash: abc
views: 3
---
body
"""


def article(text: str, name: str = "2022-06-07-new-track.md") -> Article:
    (found,) = read("posts", Input.of_bytes(name, text.encode()), Options())
    assert isinstance(found, Article)
    return found


def test_every_key_has_its_place_and_the_others_stay() -> None:
    found = article(JEKYLL)
    assert (found.title, found.layout, found.authors, found.slug) == (
        "苏州：新赛道",
        "wide",
        ("Maya Osei",),
        "new-track",
    )
    assert found.date
    assert found.date.isoformat() == "2022-06-07T07:17:20+08:00"
    assert found.updated
    assert found.updated.isoformat() == "2022-06-08T00:00:00+00:00"
    assert (found.categories, found.tags) == (("xinhuaribao", "extra"), ("a", "b c"))
    assert (found.summary, found.image, found.source_url) == ("in short", "https://e.org/p.png", "https://e.org/a")
    assert found.extra == {"views": 3}
    assert (found.body, found.body_format, found.problems) == ("body\n", "markdown", ())


DIALECTS = [
    ('+++\ntitle = "T"\ndate = 2020-01-02T03:04:05Z\ntags = ["a b"]\n+++\nx\n', "x.md", ("a b",), ()),
    ('{"title": "T", "date": "2020-01-02T03:04:05Z", "tags": ["a b"]}\nx\n', "x.md", ("a b",), ()),
    ("title: T\ndate: 2020-01-02 03:04:05\ntags: a b\n---\nx\n", "source/_posts/x.md", ("a b",), ()),
    ("Title: T\nDate: 2020-01-02 03:04:05\nTags: a, b\nCategory: c\n\nx\n", "x.md", ("a", "b"), ("c",)),
    ('+++\ntitle = "T"\ndate = 2020-01-02T03:04:05Z\n[taxonomies]\ntags = ["a"]\n+++\nx\n', "x.md", ("a",), ()),
    ("---\ntitle: T\ndate: 2020-01-02 03:04:05\ntags: a b\n---\nx\n", "content/x.md", ("a b",), ()),
    ("---\ntitle: T\ndate: 2020-01-02 03:04:05\ntags: a b\n---\nx\n", "_posts/x.md", ("a", "b"), ()),
]


@pytest.mark.parametrize(("text", "name", "tags", "categories"), DIALECTS)
def test_dialects(text: str, name: str, tags: tuple[str, ...], categories: tuple[str, ...]) -> None:
    found = article(text, name)
    assert (found.title, found.tags, found.categories) == ("T", tags, categories)
    assert found.date
    assert found.date.isoformat() == "2020-01-02T03:04:05+00:00"
    assert (found.body.strip(), found.extra, found.problems) == ("x", {}, ())


DRAFTS = [
    ("draft: true", "a.md"), ("published: false", "a.md"), ("status: draft", "a.md"), ("x: 1", "_drafts/a.md"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "name"), DRAFTS)
def test_drafts_stay_drafts(line: str, name: str) -> None:
    assert article(f"---\ntitle: T\n{line}\n---\n", name).draft
    assert not article("---\ntitle: T\ndraft: false\n---\n").draft


def test_a_post_that_does_not_parse_gives_what_can_be_had_and_says_what_is_wrong() -> None:
    found = article('---\ntitle: a "b" c: d\ntags: x\n---\nbody\n')
    assert found.title == 'a "b" c: d'
    assert (found.tags, found.body) == (("x",), "body\n")
    assert [problem.code for problem in found.problems] == ["Y104"]
    assert all(problem.severity.value == "warning" for problem in found.problems)


BARE: list[tuple[str, str, dict[str, Any]]] = [
    ("# The *Title* #\n\nbody\n", "2020-01-02-a-b.md", {"title": "The *Title*", "body": "\nbody\n", "slug": "a-b"}),
    ("Title\n=====\nbody\n", "a.md", {"title": "Title", "body": "body\n"}),
    ("just text\n", "a-good_name.md", {"title": "a good name", "body": "just text\n"}),
    ("<p>x</p>\n", "a.html", {"title": "a", "body_format": "html"}),
    ("just text\n", "2022-06-07-202206072403.md", {"title": "just text", "slug": "202206072403"}),
    ("---\nlayout: post\n---\nx\n", "2022-06-07-new-track.md", {"title": "new track", "slug": "new-track"}),
    ("---\nlayout: post\n---\njust text\n", "-202205262391921712.md", {"title": "just text"}),
]


@pytest.mark.parametrize(("text", "name", "expected"), BARE)
def test_texts_without_front_matter(text: str, name: str, expected: dict[str, Any]) -> None:
    found = article(text, name)
    assert {key: getattr(found, key) for key in expected} == expected


def test_a_picture_of_the_site_stays_under_its_key() -> None:
    found = article("---\ntitle: T\nimage: /p.png\n---\n")
    assert (found.image, found.extra) == ("", {"image": "/p.png"})


def test_line_ends_and_character_sets_are_read() -> None:
    text = "---\r\ntitle: 重庆银行发布公告\r\n---\r\n重庆银行今天发布公告，业绩增长\r\n"
    (found,) = read("posts", Input.of_bytes("a.md", text.encode("gb18030")), Options(encoding="gb18030"))
    assert isinstance(found, Article)
    assert (found.title, found.body) == ("重庆银行发布公告", "重庆银行今天发布公告，业绩增长\n")


def test_a_folder_of_posts_is_read_post_by_post(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(JEKYLL, encoding="utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.md").write_text("+++\ntitle = 'B'\n+++\n", encoding="utf-8")
    found = [item for item in read("folder", Input.of_path(tmp_path), Options()) if isinstance(item, Article)]
    assert [(item.title, item.slug) for item in found] == [("苏州：新赛道", "a"), ("B", "b")]


def test_it_is_found_out() -> None:
    assert detect("a.md", JEKYLL.encode()) == "posts"
