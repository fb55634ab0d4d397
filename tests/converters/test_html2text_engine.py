"""The engine that is always there."""

import pytest

from newscli.converters import convert


def markdown(html: str, **options: object) -> str:
    return convert(html, source="html", engine="html2text", **options).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>a</h1><p>b <b>c</b> <i>d</i></p>", "# a\n\nb **c** *d*"),
        ("<ul><li>a<li>b</ul>", "  - a\n  - b"),
    ],
)
def test_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_no_space_is_added_behind_emphasis() -> None:
    assert markdown("<p>一<b>重点</b>二<i>三</i>四</p>") == "一**重点**二*三*四"


def test_long_lines_and_addresses_are_whole() -> None:
    words = "word " * 40
    assert markdown(f'<p>{words}<a href="http://x/{"y" * 100}">z</a></p>') == f"{words}[z](<http://x/{'y' * 100}>)"
    assert markdown("<p>café — “x”</p>") == "café — “x”"


def test_internal_links_stay() -> None:
    assert markdown('<p><a href="#x">a</a></p>') == "[a](<#x>)"


def test_special_characters_are_escaped() -> None:
    assert markdown("<p>*a* _b_ [c]</p>") == "\\*a\\* \\_b\\_ \\[c\\]"


HIDDEN = [
    "<p hidden>x</p>",
    '<p style="display:none">x</p>',
    '<div style="display: none">x<div>x</div>x</div>',
    '<p style="visibility:hidden">x<p hidden>x</p>',
    "<ul><li hidden>x<li hidden>x</ul>",
    "<select><option>x</select><svg><text>x</text></svg><noscript>x</noscript>",
    "<script>x</script><style>x</style>",
    '<img hidden src="x">',
]


@pytest.mark.parametrize("html", HIDDEN)
def test_hidden(html: str) -> None:
    assert markdown(f"{html}<p>v</p>{html}").strip() == "v"


def test_an_element_after_a_hidden_one_of_its_kind() -> None:
    assert markdown("<p hidden>x<p>v") == "v"


def test_abbreviations_are_text() -> None:
    assert markdown('<p><abbr title="x">a</abbr> b</p>') == "a b"


def test_options() -> None:
    html = '<p><a href="/u">a</a> <img src="p" alt="b"></p>'
    assert markdown(html) == "[a](</u>) ![b](p)"
    assert markdown(html, links="text", images="alt") == "a b"
    assert markdown(html, images="drop") == "[a](</u>)"
    assert markdown(html, links="ref") == "[a][1] ![b][2]\n\n   [1]: </u>\n   [2]: p"


def test_mixed_bodies_go_the_same_way() -> None:
    body = "> a\n\n<p>b {% c_d %}</p>\n\n- e\n"
    conversion = convert(body, engine="html2text")
    assert conversion.text == "> a\n\nb {% c_d %}\n\n- e\n"
    assert conversion.engine == "html2text"
    assert convert(conversion.text, engine="html2text").text == conversion.text
