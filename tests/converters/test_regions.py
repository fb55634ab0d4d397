"""HTML blocks that belong together, and those that hold Markdown."""

import pytest

from newscli.converters.blocks import split
from newscli.converters.regions import regions, stays


def converted(body: str) -> list[str]:
    return [part.text for part in regions(split(body)) if part.is_html]


CASES = [
    pytest.param("<p>a</p>\n\nb\n", ["<p>a</p>\n"], id="one-block"),
    pytest.param("<p>a\n\n<p>b\n", ["<p>a\n", "<p>b\n"], id="optional-end-tags"),
    pytest.param("<div>a\n\nb\n", ["<div>a\n"], id="never-closed"),
    pytest.param("</div>a\n\nb\n", ["</div>a\n"], id="never-opened"),
    pytest.param(
        "<table>\n\n<tr><td>a\n\n</table>\n\nb\n",
        ["<table>\n\n<tr><td>a\n\n</table>\n"],
        id="html-between-is-one-block",
    ),
    pytest.param("<div>\n\n<div>\n\n</div>\n\n</div>\n", ["<div>\n\n<div>\n\n</div>\n\n</div>\n"], id="nested"),
    pytest.param("<div>\n\n*a*\n\n</div>\n", [], id="markdown-between"),
    pytest.param("<div>\n\n*a*</div>\n\n<p>b\n", ["<p>b\n"], id="closed-in-a-paragraph"),
    pytest.param("<div>\n\n<p>x</p>\n\n*a*\n\n</div>\n\n<p>b\n", ["<p>b\n"], id="all-of-it-stays"),
    pytest.param("<DIV>\n\na\n\n</Div>\n", [], id="case"),
    pytest.param("<divx>\n\na\n\n</div>\n", ["<divx>\n", "</div>\n"], id="other-name"),
    pytest.param('<div markdown="1">\n*a*\n</div>\n\n<p>b\n', ["<p>b\n"], id="markdown-inside"),
    pytest.param("<p>a <span markdown=span>*b*</span></p>\n", [], id="markdown-inside-inline"),
    pytest.param("<p>markdown = x</p>\n", ["<p>markdown = x</p>\n"], id="the-word-markdown"),
    pytest.param("<table>\n\n<tr><td markdown=1>\n\n</table>\n", [], id="markdown-inside-of-several"),
    pytest.param("<p>a<pre>b\n\nc</pre>\n\n<p>d\n", ["<p>d\n"], id="pre-over-a-blank-line"),
    pytest.param("<p>a<!-- b\n\n<p>c\n\n--></p>\n\n<p>d\n", ["<p>d\n"], id="comment-over-a-blank-line"),
    pytest.param("<p><!-- <div> -->\n\na\n\n</div>\n", ["<p><!-- <div> -->\n", "</div>\n"], id="tag-in-a-comment"),
    pytest.param("<p><!-- <div>\n\na\n\n</div>\n", [], id="comment-never-closed"),
    pytest.param("<div>\n\n*a*\n\n</div>\n\n<p>b\n\n<ul>\n\n*c*\n\n</ul>\n", ["<p>b\n"], id="two-of-them"),
    pytest.param('<a href="u">\n\n![](p)\n\n</a>\n', [], id="a-link-around-markdown"),
    pytest.param('<a href="u">\n\n<p>a</p>\n\n</a>\n', ['<a href="u">\n\n<p>a</p>\n\n</a>\n'], id="a-link-around-html"),
    pytest.param("<p>a <b>b\n\nc <b>d</b>\n", ["<p>a <b>b\n"], id="markdown-closes-its-own"),
    pytest.param("<p>a <b>b\n\nc</b>\n", [], id="closed-in-markdown"),
    pytest.param("<div>\n\nthe tag `<div>`\n\n</div>\n", [], id="markdown-speaks-of-a-tag"),
    pytest.param("<p>a</p>\n\n`<b>`\n\n<p>b</b>\n", ["<p>a</p>\n", "<p>b</b>\n"], id="opened-in-markdown"),
    pytest.param('<p>a <img alt="b\n\nc" src=p>\n', [], id="a-blank-line-in-a-tag"),
    pytest.param('<p>a <img title="b\n\n\n<p>c">d\n\n<p>e\n', ["<p>e\n"], id="html-in-a-tag"),
    pytest.param("<p>a <b\n", ["<p>a <b\n"], id="cut-off-at-the-end"),
    pytest.param("<p>a < b <\n\nc\n", ["<p>a < b <\n"], id="no-tag"),
    pytest.param("text\n\n```\n</div>\n```\n", [], id="no-html"),
]


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_regions(body: str, expected: list[str]) -> None:
    assert converted(body) == expected
    assert "".join(part.text for part in regions(split(body))) == body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- toc -->\n", True),
        ("  <!-- a --> <!-- b\n\n-->\n", True),
        ("<!-- a --><p>b\n", False),
        ("<!-- wp:paragraph -->\n", False),
        ("<!-- /wp:paragraph -->\n", False),
        ("<?php x ?>\n", True),
        ("<!DOCTYPE html>\n", True),
        ("<div>\n", False),
    ],
)
def test_notes_stay(text: str, expected: bool) -> None:
    assert stays(text) is expected
