"""Links by reference: one list of numbers for a body, none of which its own Markdown uses."""

import pytest

from newscli.converters import convert
from newscli.converters.render import render

ENGINES = ["turbohtml", "html2text"]


def mixed(body: str, engine: str = "auto") -> str:
    return convert(body, links="ref", engine=engine).text


@pytest.mark.parametrize("engine", ENGINES)
def test_pieces_share_one_list_behind_the_last(engine: str) -> None:
    body = '<p><a href="/a">x</a></p>\n\ntext\n\n<p><a href="/b">y</a> <a href="/a">z</a></p>\n\nend\n'
    assert mixed(body, engine) == "[x][1]\n\ntext\n\n[y][2] [z][1]\n\n[1]: /a\n[2]: /b\n\nend\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_of_the_markdown_are_left_alone(engine: str) -> None:
    body = '<p><a href="/a">x</a> <a href="/b">y</a></p>\n\n[own][1], see [3]\n\n[1]: /own\n'
    assert mixed(body, engine) == "[x][2] [y][4]\n\n[2]: /a\n[4]: /b\n\n[own][1], see [3]\n\n[1]: /own\n"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_are_those_of_the_body(newline: str) -> None:
    body = f'<p><a href="/a">x</a> <a href="/b">y</a></p>{newline}'
    assert mixed(body) == newline.join(["[x][1] [y][2]", "", "[1]: /a", "[2]: /b", ""])


LINKS = [
    pytest.param('<a href="/u" title="t">x</a>', "[x][1]", '[1]: /u "t"', id="title"),
    pytest.param('<a href="/u" title="a &quot;b&quot;">x</a>', "[x][1]", '[1]: /u "a \\"b\\""', id="title with quotes"),
    pytest.param('<a href="/a b">x</a>', "[x][1]", "[1]: </a b>", id="space"),
    pytest.param('<a href="/a)b">x</a>', "[x][1]", "[1]: </a)b>", id="bracket"),
    pytest.param('<a href="/a<b>">x</a>', "[x][1]", "[1]: </a%3Cb%3E>", id="angle brackets"),
    pytest.param('<a href="">x</a>', "[x][1]", "[1]: <>", id="nothing"),
    pytest.param('<a href="{{ site.url }}/x">x</a>', "[x][1]", "[1]: <{{ site.url }}/x>", id="Liquid"),
    pytest.param('<a href="/u"><b>x</b> <img src=i></a>', "[**x** ![](i)][1]", "[1]: /u", id="picture and emphasis"),
    pytest.param('<a href="/u"><p>x</p><p>y</p></a>', "[x][1]\n\n[y][1]", "[1]: /u", id="blocks"),
    pytest.param('<code>](1)][1]</code> <a href="/u">x</a>', "`](1)][1]` [x][2]", "[2]: /u", id="code like a link"),
    pytest.param("<ul><li><a href=/u>x</a><li>[1]</ul>", "- [x][2]\n- \\[1\\]", "[2]: /u", id="text like a reference"),
]


@pytest.mark.parametrize(("html", "text", "definition"), LINKS)
def test_links(html: str, text: str, definition: str) -> None:
    converted = convert(html, source="html", links="ref").text
    assert converted == f"{text}\n\n{definition}"
    assert render(converted).count("<a ") == text.count(f"][{definition[1]}]")


def test_addresses_as_texts_stay_short() -> None:
    assert mixed("<p><a href='http://x.org/'>http://x.org/</a></p>\n") == "<http://x.org/>\n"


def test_links_in_what_stays_html_keep_their_address() -> None:
    html = '<table><tr><td rowspan=2><a href="/u?a=b&amp;c">x</a><td>y<tr><td>z</table>\n'
    assert '<a href="/u?a=b&amp;c">x</a>' in mixed(html)


def test_definitions_stand_before_html_that_could_not_be_converted() -> None:
    body = '<p><a href="/u">x</a></p>\n\ntext\n\n<p>{% if a %}<!-- {% endif %} --></p>\n'
    assert "[1]: /u\n" in mixed(body)


def test_nothing_is_defined_without_links() -> None:
    assert mixed("<p>x</p>\n") == "x\n"
