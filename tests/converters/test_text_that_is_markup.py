"""Text that a reader of Markdown would take for markup is escaped, and only that."""

import pytest

from newscli.converters import convert
from newscli.converters.render import render


def markdown(html: str) -> str:
    return convert(html, source="html").text


UNCHANGED = [
    "plain text",
    "中文，标点。“引号”（括号）",
    "1.5 and 2)3",
    "a - b + c = d > e # f",
    "a < b > c < 3",
    "AT&T R&D & co",
    'don\'t "quote" -- it...',
    "user@example.com www.example.com",
    "5 % {x} 100%",
    "$5 and $6",
    "(c) a: b; c",
    "!a ? b",
    "~ a",
]


@pytest.mark.parametrize("text", UNCHANGED[:-1])
def test_plain_text_is_not_escaped(text: str) -> None:
    html = text.replace("&", "&amp;").replace("<", "&lt;")
    assert markdown(f"<p>{html}</p>") == text


ESCAPED = [
    pytest.param("1. x", "1\\. x", id="numbered item"),
    pytest.param("12) x", "12\\) x", id="numbered item with bracket"),
    pytest.param("# x", "\\# x", id="heading"),
    pytest.param("- x", "\\- x", id="item"),
    pytest.param("+ x", "\\+ x", id="plus item"),
    pytest.param("* x", "\\* x", id="star item"),
    pytest.param("> x", "\\> x", id="quote"),
    pytest.param("---", "\\---", id="rule"),
    pytest.param("***", "\\*\\*\\*", id="star rule"),
    pytest.param("===", "\\===", id="underline"),
    pytest.param("```", "\\`\\`\\`", id="fence"),
    pytest.param("~~~", "\\~\\~\\~", id="tilde fence"),
    pytest.param("a_b_c", "a\\_b\\_c", id="underscores"),
    pytest.param("*a* **b**", "\\*a\\* \\*\\*b\\*\\*", id="stars"),
    pytest.param("[x](y)", "\\[x\\](y)", id="link"),
    pytest.param("[x]: y", "\\[x\\]: y", id="definition"),
    pytest.param("[^1]", "\\[^1\\]", id="footnote"),
    pytest.param("![x](y)", "!\\[x\\](y)", id="picture"),
    pytest.param("`x`", "\\`x\\`", id="code"),
    pytest.param("C:\\Users\\x", "C:\\\\Users\\\\x", id="backslashes"),
    pytest.param("a\\", "a\\\\", id="trailing backslash"),
    pytest.param("<b>x</b>", "\\<b>x\\</b>", id="tags"),
    pytest.param("<!-- x -->", "\\<!-- x -->", id="comment"),
    pytest.param("<http://x>", "\\<http://x>", id="address"),
    pytest.param("&lt; &#42; &copy;", "&amp;lt; &amp;#42; &amp;copy;", id="references"),
    pytest.param("a | b", "a \\| b", id="pipe"),
    pytest.param("{: .x}", "\\{: .x}", id="attribute list"),
]


@pytest.mark.parametrize(("text", "expected"), ESCAPED)
def test_markup_is_escaped(text: str, expected: str) -> None:
    html = text.replace("&", "&amp;").replace("<", "&lt;")
    assert markdown(f"<p>{html}</p>") == expected


def test_starts_of_lines_after_a_break() -> None:
    assert markdown("<p>a<br># b<br>1. c<br>- d<br>&gt; e</p>") == "a  \n\\# b  \n1\\. c  \n\\- d  \n\\> e"


def test_lines_that_look_like_a_table() -> None:
    html = "<p>a<br>|x|y|<br>|--|--|</p>"
    assert markdown(html) == "a  \n\\|x\\|y\\|  \n\\|--\\|--\\|"
    assert "<table" not in render(markdown(html))


def test_liquid_from_references_stays_dead() -> None:
    assert markdown("<p>&#123;{ x }} &#123;% y %}</p>") == "&#123;{ x }} &#123;% y %}"


def test_pipes_in_code_and_tables_are_left_to_the_writer() -> None:
    assert markdown("<p><code>a|b</code> c|d</p>") == "`a|b` c\\|d"
    assert markdown("<pre>a|b</pre><p>c|d</p>") == "```\na|b\n```\n\nc\\|d"
    assert markdown("<table><tr><td>a|b</table><p>c|d</p>") == "|  |\n| --- |\n| a\\|b |\n\nc\\|d"


def test_pipes_in_addresses_are_encoded() -> None:
    assert markdown('<a href="/a|b">t</a><img src="c|d">') == "[t](/a%7Cb)![](c%7Cd)"


def test_references_in_code_stay() -> None:
    assert markdown("<p><code>&amp;lt;</code> &amp;lt;</p>") == "`&lt;` &amp;lt;"


def test_characters_of_ours_are_replaced() -> None:
    assert markdown("<p>a\ufdd0b&#xfdd1;c</p>") == "a\ufffdb\ufffdc"


SPACES = [
    pytest.param("<p>　　段落</p>", "　　段落", id="indented paragraph"),
    pytest.param("<h2>　第一章　总则　</h2>", "## 　第一章　总则　", id="heading"),
    pytest.param("<h2><b>　第一章　</b>总则</h2>", "## 　**第一章**　总则", id="emphasis in a heading"),
    pytest.param("<p>a<br>　　b</p>", "a  \n　　b", id="indented line"),
    pytest.param("<p>　<b>a</b>　</p>", "　**a**　", id="around emphasis"),
    pytest.param("<p>5&nbsp;kg&nbsp;</p>", "5\u00a0kg\u00a0", id="no-break spaces"),
    pytest.param("<ul><li>　a<li>&nbsp;b</ul>", "- 　a\n- \u00a0b", id="items"),
    pytest.param(
        "<p>　　# a</p><p>　　- b</p><p>　　1. c</p>", "　　# a\n\n　　- b\n\n　　1. c", id="no start of a block"
    ),
    pytest.param("<pre>a&nbsp;b\n&nbsp;\n</pre>", "```\na\u00a0b\n\u00a0\n```", id="code"),
    pytest.param("<p>a</p><p>　</p><p>b</p>", "a\n\n&#12288;\n\nb", id="nothing else in a paragraph"),
    pytest.param("<ul><li>&nbsp;<li>a</ul>", "- &#160;\n- a", id="nothing else in an item"),
    pytest.param("<blockquote><p>a<p>&nbsp;</blockquote>", "> a\n>\n> &#160;", id="nothing else in a line of a quote"),
]


@pytest.mark.parametrize(("html", "expected"), SPACES)
def test_wide_and_no_break_spaces_are_written_as_they_are_where_something_else_shows(html: str, expected: str) -> None:
    assert markdown(html) == expected
