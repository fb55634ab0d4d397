import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newscli.importers.clean_markdown import clean_markdown
from newscli.importers.markup.tokens import iter_tokens
from newscli.importers.safe import allowed_value, tags

READERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"html": True, "linkify": False})]


def live(text: str) -> list[str]:
    """What would run of a text once it is shown: tags and attributes that may not stay."""
    found: list[str] = []
    for reader in READERS:
        # Links are checked before the reader's own refusal of some schemes.
        reader.validateLink = lambda url: True  # type: ignore[method-assign]
        for token in iter_tokens(reader.render(text)):
            if token.kind == "start" and token.name not in tags():
                found.append(f"<{token.name}>")
            for name, attribute in token.attributes.items():
                if name.startswith("on") or allowed_value(token.name, name, attribute.value) is None:
                    found.append(f"{token.name} {name}={attribute.value}")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        '# A title\n\nText with *marks*, [a link](https://example.com/a_(b)), ![a picture](a.png "t").\n',
        "a < b and b > c, a & b, AT&T, &copy;",
        "<https://example.com/?a=b> and <a@example.com>",
        "> quoted\n> more\n\n1. one\n2. two\n",
        "A tag in code: `<script>alert(1)</script>` and `` <b> `` and `a`.",
        "```html\n<script src='x'></script>\n<p onclick='x'>{: .a}\n```\n\ntext\n",
        "~~~\n<script>\n~~~\n",
        "text\n\n````\n```\n<script>\n```\n````\n",
        "<div class='a'>\n<p>HTML <b>that may</b> stay</p>\n</div>\n\ntext",
        "<img src='a.png' alt='b'><br><hr>",
        "text <!--more--> text",
        "<!-- a comment -->",
        "[a]: https://example.com 'title'\n\n[a]",
        "| a | b |\n|---|---|\n| 1 | `x` |\n",
        "    indented < code\n",
        "{% liquid %} {{ x }}",
        "`{: .a}`",
        "\\`not code\\`",
        "a\r\nb\r\n",
        "<p>\n\n```\ncode\n```\n\n</p>\n",
    ],
)
def test_what_runs_nothing_stays_to_the_byte(text: str) -> None:
    assert clean_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("a <svg/onload=alert(1)> b", "a &lt;svg/onload=alert(1)> b"),
        ("<p onclick='x' class='c'>a</p>", '<p class="c">a</p>'),
        ("<img src=x onerror=alert(1) />", '<img src="x" />'),
        ("<a href='javascript:x'>a</a>", "<a>a</a>"),
        ("[a](javascript:alert(1))", "[a](#javascript:alert(1))"),
        ("[a](  <javascript:alert(1)>)", "[a](  &lt;javascript:alert(1)>)"),
        ("[a](java&#115;cript:x)", "[a](#java&#115;cript:x)"),
        ("[a](javascript\\:x)", "[a](#javascript\\:x)"),
        ("![a](data:text/html,x)", "![a](#data:text/html,x)"),
        ("[a]: javascript:x", "[a]: #javascript:x"),
        ("> [a]:\n> javascript:x", "> [a]:\n> #javascript:x"),
        ("<javascript:alert(1)>", "&lt;javascript:alert(1)>"),
        ("<x@y onclick=a>", "&lt;x@y onclick=a>"),
        ('[a](b){: onclick="x"}', '[a](b)\\{: onclick="x"}'),
        ("{::nomarkdown}", "\\{::nomarkdown}"),
        ("<div title='a\n\nb'><script>", "&lt;div title='a\n\nb'>&lt;script>"),
        ("<img alt='", "&lt;img alt='"),
        ("<!-- never <script>", "&lt;!-- never &lt;script>"),
        ("<!-- a <script> -- b -->", "<!-- a &lt;script>  -  b -->"),
        ("<!--> <script> -->", "<!-- -->"[:0] + "&lt;!--> &lt;script> -->"),
        ("<![CDATA[<script>]]>", "&lt;![CDATA[&lt;script>]]>"),
        ("<?php <script> ?>", "&lt;?php &lt;script> ?>"),
        ("<img alt='<script>x</script>'>", '<img alt="&lt;script&gt;x&lt;/script&gt;">'),
        ("</b <script>>", "</b>>"),
        ("`a` <script>", "`a` &lt;script>"),
        ("\\`a` <script>x</script> `b`", "\\`a` &lt;script>x&lt;/script> `b`"),
        ("`a\nb` <script> `c", "`a\nb` &lt;script> `c"),
        ("| ` <script> | ` |", "| ` &lt;script> | ` |"),
        ("x\\<b", "x&lt;b"),
        ("Span\\<T\\>", "Span&lt;T\\>"),
        ("a\\\\<T>", "a\\\\&lt;T>"),
        ("<iframe src='https://v.example/x'></iframe>", '<a href="https://v.example/x">https://v.example/x</a>'),
        ("<iframe src='javascript:x'>a<b></iframe>", "a&lt;b>"),
        ("```\nnever closed <script>\n", "```\nnever closed &lt;script>\n"),
        ("text\n```\n<script>\n```\n", "text\n```\n&lt;script>\n```\n"),
        ("<div>\n\n```\n<script>\n```\n", "<div>\n\n```\n&lt;script>\n```\n"),
        ("  ```\n<script>\n  ```\n", "  ```\n&lt;script>\n  ```\n"),
        ("```\n<script>\f\n```\n", "```\n&lt;script>\f\n```\n"),
    ],
)
def test_what_would_run_is_shown(text: str, expected: str) -> None:
    assert clean_markdown(text) == expected
    assert live(expected) == []


def test_the_test_itself_sees_what_is_live() -> None:
    for text in ("<script>x</script>", "<p onclick=x>", "[a](javascript:x)", "<iframe>", "![a](data:text/html,x)"):
        assert live(text), text


PIECES = [
    "`", "``", "```", "~~~", "\n", "\n\n", "    ", "- ", "> ", "<script>alert(1)</script>", "<img src=x onerror=x>",
    "<div>", "</div>", '<div title="', '">', "<!--", "-->", '<a href="javascript:x">', "[a](javascript:x)", "[b]",
    "[b]: javascript:x", "<javascript:x>", "\\", "|", '"', "'", "<p>", "<pre>", "</pre>", "<![CDATA[", "]]>", "<?",
    "?>", "a", "b ", "# ", "<svg/onload=x>", "<style>", "<b ", ">", "<", "(", ")", "[", "]", "\t", "!", "<textarea>",
    "| a | b |\n|---|---|\n", "<details open ontoggle=x>", "</script>", "<script", '<img alt="', "/>", "{: onclick=x}",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=200, deadline=None)
def test_nothing_runs_whatever_the_text_is(pieces: list[str]) -> None:
    cleaned = clean_markdown("".join(pieces))
    assert live(cleaned) == []


HARMLESS = [piece for piece in PIECES if not any(mark in piece for mark in ("<", "javascript", "{:"))]


@given(st.lists(st.sampled_from(HARMLESS), max_size=20))
@settings(max_examples=100, deadline=None)
def test_a_text_without_tags_stays(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert clean_markdown(text) == text


@given(st.lists(st.sampled_from(PIECES), max_size=15))
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost(pieces: list[str]) -> None:
    text = "".join(piece for piece in pieces if not piece.startswith(("<", "-->", "/>", '">')))
    assert re.sub(r"\W", "", clean_markdown(text)) == re.sub(r"\W", "", text)


@pytest.mark.parametrize(
    "piece", ["```a\n\n", "~~~\n\n", "`", "` ", "<!--", "<a ", "](", "[a]:", "{:", "<div>", "\n", "> "]
)
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    clean_markdown(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 5
