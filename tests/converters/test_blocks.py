"""The parts of a body: HTML blocks of the outermost level, and everything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newscli.converters.blocks import Part, line_at, may_hold_html, split

NO_HTML = [
    pytest.param("", id="empty"),
    pytest.param("text\n\nmore\n", id="paragraphs"),
    pytest.param("a < b and c > d\n", id="comparison"),
    pytest.param("<http://stock.eastmoney.com/news/1611,2021.html>\n", id="autolink"),
    pytest.param("<>\n", id="empty-brackets"),
    pytest.param("<a@b.example>\n", id="mail"),
    pytest.param("    <div>\n", id="indented-code"),
    pytest.param("\t<div>\n", id="tab-is-code"),
    pytest.param("```\n<div>\n```\n", id="fence"),
    pytest.param("~~~ html\n<div>\n\n</div>\n~~~\n", id="tilde-fence"),
    pytest.param("````\n```\n<div>\n````\n", id="longer-fence"),
    pytest.param("```\n<div>\n", id="open-fence"),
    pytest.param("- <div>x</div>\n", id="item"),
    pytest.param("- a\n\n  <div>x</div>\n", id="item-content"),
    pytest.param("1. a\n\n   <div>x</div>\n", id="numbered-item-content"),
    pytest.param("> <div>\n> x\n", id="quote"),
    pytest.param("> a\n> <table>\n", id="quote-paragraph"),
    pytest.param("- > <div>\n", id="quote-in-item"),
    pytest.param("text\n<x-y>\n", id="any-tag-in-paragraph"),
    pytest.param("> text\n<x-y>\n", id="any-tag-in-lazy-paragraph"),
    pytest.param("<b>x</b> text\n", id="inline-tag"),
    pytest.param("<x-y> text\n", id="any-tag-with-text"),
    pytest.param("text <div>\n", id="tag-in-a-line"),
    pytest.param("<divx\n", id="longer-name"),
    pytest.param("<! x\n", id="no-declaration"),
]


@pytest.mark.parametrize("body", NO_HTML)
def test_no_html_block(body: str) -> None:
    assert all(not part.is_html for part in split(body))
    assert "".join(part.text for part in split(body)) == body


BLOCKS = [
    pytest.param(
        "<script>\n\nx\n</script>y\nz\n", [(True, "<script>\n\nx\n</script>y\n"), (False, "z\n")], id="1-script"
    ),
    pytest.param("<pre>a</pre>\nb\n", [(True, "<pre>a</pre>\n"), (False, "b\n")], id="1-pre-on-one-line"),
    pytest.param("<STYLE>\n\n</Style>\n", [(True, "<STYLE>\n\n</Style>\n")], id="1-case"),
    pytest.param("<!-- a\n\nb -->\nc\n", [(True, "<!-- a\n\nb -->\n"), (False, "c\n")], id="2-comment"),
    pytest.param("<?php\n\n?>\nc\n", [(True, "<?php\n\n?>\n"), (False, "c\n")], id="3-instruction"),
    pytest.param("<!DOCTYPE html>\nc\n", [(True, "<!DOCTYPE html>\n"), (False, "c\n")], id="4-declaration"),
    pytest.param("<![CDATA[\n\n]]>\nc\n", [(True, "<![CDATA[\n\n]]>\n"), (False, "c\n")], id="5-data"),
    pytest.param("<div>\na\n\nb\n", [(True, "<div>\na\n"), (False, "\nb\n")], id="6-block"),
    pytest.param("</td>\na\n", [(True, "</td>\na\n")], id="6-closing-tag"),
    pytest.param("<p\nclass=x>\n\n", [(True, "<p\nclass=x>\n"), (False, "\n")], id="6-open-tag"),
    pytest.param("<iframe/>\n", [(True, "<iframe/>\n")], id="6-closed-itself"),
    pytest.param(
        "<x-y a='1' b=\"2\" c=3>\n*a*\n\nb\n", [(True, "<x-y a='1' b=\"2\" c=3>\n*a*\n"), (False, "\nb\n")], id="7-any"
    ),
    pytest.param("</x-y >\n", [(True, "</x-y >\n")], id="7-closing"),
    pytest.param("   <div>\n", [(True, "   <div>\n")], id="three-spaces"),
    pytest.param("text\n<div>\n", [(False, "text\n"), (True, "<div>\n")], id="interrupts-a-paragraph"),
    pytest.param("- a\n<div>\n", [(False, "- a\n"), (True, "<div>\n")], id="ends-a-list"),
    pytest.param("- a\n\n <div>\n", [(False, "- a\n\n"), (True, " <div>\n")], id="not-indented-enough"),
    pytest.param("> a\n<div>\n", [(False, "> a\n"), (True, "<div>\n")], id="ends-a-quote"),
    pytest.param("> # a\n<x-y>\n", [(False, "> # a\n"), (True, "<x-y>\n")], id="nothing-lazy-after-a-heading"),
    pytest.param("# a\n<x-y>\n", [(False, "# a\n"), (True, "<x-y>\n")], id="after-a-heading"),
    pytest.param("a\n===\n<x-y>\n", [(False, "a\n===\n"), (True, "<x-y>\n")], id="after-an-underlined-heading"),
    pytest.param("---\n<x-y>\n", [(False, "---\n"), (True, "<x-y>\n")], id="after-a-rule"),
    pytest.param("```\n```\n<div>\n", [(False, "```\n```\n"), (True, "<div>\n")], id="after-a-fence"),
    pytest.param("- ```\n<div>\n", [(False, "- ```\n"), (True, "<div>\n")], id="fence-ends-with-its-item"),
    pytest.param("-\n\n  <div>\n", [(False, "-\n\n"), (True, "  <div>\n")], id="bare-item-ends-at-a-blank-line"),
    pytest.param("<div>\n\n<div>\n", [(True, "<div>\n"), (False, "\n"), (True, "<div>\n")], id="two-blocks"),
    pytest.param("<pre>a</pre>\n<p>b\n", [(True, "<pre>a</pre>\n"), (True, "<p>b\n")], id="two-in-a-row"),
    pytest.param("a\r\n\r\n<p>b\r\n\r\nc", [(False, "a\r\n\r\n"), (True, "<p>b\r\n"), (False, "\r\nc")], id="crlf"),
    pytest.param("a\r<p>b\r\rc", [(False, "a\r"), (True, "<p>b\r"), (False, "\rc")], id="cr"),
    pytest.param(
        "a\r\n \t\r\n<p>b\r\n\r\n", [(False, "a\r\n \t\r\n"), (True, "<p>b\r\n"), (False, "\r\n")], id="crlf-blanks"
    ),
    pytest.param(
        "<p>a\n\u3000\n<p>b\n\nc", [(True, "<p>a\n\u3000\n<p>b\n"), (False, "\nc")], id="an-ideographic-space-is-text"
    ),
    pytest.param("    a\n<p>b\n", [(False, "    a\n"), (True, "<p>b\n")], id="after-code"),
    pytest.param("2022年\n\n<p>b", [(False, "2022年\n\n"), (True, "<p>b")], id="after-a-number"),
    pytest.param("<http://a.b/>\n\n<p>b", [(False, "<http://a.b/>\n\n"), (True, "<p>b")], id="after-an-address"),
    pytest.param("a\u2028<p>\x0c<p>\n", [(False, "a\u2028<p>\x0c<p>\n")], id="other-breaks-end-no-line"),
]


@pytest.mark.parametrize(("body", "expected"), BLOCKS)
def test_html_blocks(body: str, expected: list[tuple[bool, str]]) -> None:
    assert [(part.is_html, part.text) for part in split(body)] == expected


def test_parts_say_which_of_them_are_html() -> None:
    assert split("a\n\n<p>b\n\nc\n") == [Part(False, "a\n\n"), Part(True, "<p>b\n"), Part(False, "\nc\n")]


def test_a_real_body() -> None:
    body = (
        "> 据官网消息（上海证券报）\n\n<p>国内<span><a href=x>新能源</a></span></p><p>（来源）</p>\n\n<>\n\n"
        "[返回东财滚动新闻](//host/emnews/)｜[返回首页](//host/)"
    )
    assert [part.is_html for part in split(body)] == [False, True, False]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a", False),
        ("a <b", False),
        ("a\n    <b", False),
        ("<b", True),
        ("  <b", True),
        ("a\n   <b", True),
        ("a\r<", True),
    ],
)
def test_quick_look(body: str, expected: bool) -> None:
    assert may_hold_html(body) is expected


def test_deep_containers_end_somewhere() -> None:
    body = "- " * 5000 + "x\n<div>y</div>\n"
    assert [part.is_html for part in split(body)] == [False, True]


LINES = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<x-y>",
        "<b>",
        "<!-- a",
        "-->",
        "<pre>",
        "</pre>",
        "<?x",
        "?>",
        "text",
        "# h",
        "---",
        "===",
        "- ",
        "-",
        "1. ",
        "2. ",
        "10) ",
        "* ",
        "+",
        "> ",
        ">",
        "```",
        "~~~",
        "    ",
        "  ",
        " ",
        "\t",
        "a | b",
        "<script>",
        "<!X",
        "<http://a.example>",
        "<>",
        "2022年",
        "\u3000",
    ]
)
BODIES = st.lists(st.lists(LINES, max_size=3).map("".join), max_size=7).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(BODIES, st.text(max_size=60)))
def test_parts_concatenate_to_the_body(body: str) -> None:
    assert "".join(part.text for part in split(body)) == body


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_blocks_are_where_a_reader_of_markdown_finds_them(body: str) -> None:
    lines = body.split("\n")

    def trimmed(start: int, end: int) -> tuple[int, int]:
        end = min(end, len(lines))
        while end > start and not lines[end - 1].strip():  # an unclosed block takes blank lines with it, or not
            end -= 1
        return start, end

    reader = MarkdownIt("commonmark", {"maxNesting": 200})
    expected = [
        trimmed(*token.map)
        for token in reader.parse(body)
        if token.type == "html_block" and token.level == 0 and token.map
    ]
    found = []
    done = 0
    for is_html, text in split(body):
        if is_html:
            line = line_at(body, done) - 1
            found.append(trimmed(line, line + len(text.splitlines())))
        done += len(text)
    assert found == expected


@settings(max_examples=200, deadline=None)
@given(BODIES, st.sampled_from(["\r\n", "\r"]))
def test_blocks_are_the_same_whatever_ends_lines(body: str, newline: str) -> None:
    expected = [(part.is_html, part.text.replace("\n", newline)) for part in split(body)]
    assert split(body.replace("\n", newline)) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_whatever_ends_them(newline: str) -> None:
    body = newline.join(["a", "", "<p>b</p>", "c"])
    assert [line_at(body, body.index(character)) for character in "abc"] == [1, 3, 4]
