"""The engine that is always there."""

import pytest

from newscli.converters import convert
from newscli.converters.audit import lost
from newscli.errors import ConfigError
from newscli.settings import HTML2TEXT_SETTINGS


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


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("foo <b>bar</b> baz", "foo **bar** baz"),
        ('<a href="u"><i>foo</i> bar</a>', "[*foo* bar](<u>)"),
        ("<b>重点：</b>新闻", "**重点**：新闻"),
        ("<b>foo</b><b>bar</b>", "**foobar**"),
        ("<b>foo<b>bar</b></b>", "**foobar**"),
        ("<b><i>foo</b></i>bar", "***foo***bar"),
        ("foo</b>bar", "foobar"),
        ("<b>foo", "**foo**"),
        ("<u>foo </u>bar", "foo bar"),
        ("a<b> </b>b", "a b"),
        ("<code>foo<b>bar</b></code>", "`foobar`"),
        ("<b>foo<style>x</style></b>bar", "**foo**bar"),
        ("<b>foo<br>bar</b>", "**foo  \nbar**"),
        ("foo<b> bar </b>baz", "foo **bar** baz"),
        ("foo <b> bar </b> baz", "foo **bar** baz"),
        ("<b>foo </b>bar", "**foo** bar"),
        ("<b>foo <i>bar</i></b>", "**foo _bar_**"),
        ('<b>foo <a href="u">bar</a></b>', "**foo [bar](<u>)**"),
        ('<b>foo "<i>bar</i>" baz</b>', '**foo "*bar*" baz**'),
        ("<b>foo </b>&gt; bar", "**foo** > bar"),
        ("<b>foo </b><i>bar</i>", "**foo** *bar*"),
    ],
)
def test_white_space_stays_and_none_is_added(html: str, expected: str) -> None:
    assert markdown(f"<p>{html}</p>") == expected


def test_emphasis_around_blocks_goes_into_them() -> None:
    assert markdown("<b><p>foo</p><p>bar</p></b>baz") == "**foo**\n\n**bar**\n\nbaz"
    assert markdown("<i><pre>foo</pre>bar</i>").endswith("```\n\n*bar*")
    assert lines(markdown("<ul><li><b>foo<li>bar</b></ul>")) == ["- **foo**", "- **bar**"]


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


def test_code_that_looks_like_the_end_of_a_fence() -> None:
    assert lines(markdown("<pre>a\n```\nb</pre>")) == ["a", "```", "b"]
    assert not markdown("<pre>```</pre>").startswith("`")


@pytest.mark.parametrize(
    "html",
    ["<pre>a<pre>b</pre>c</pre>d", "<pre>a<blockquote>b</blockquote></pre>", "<pre>a<ul><li>b</ul></pre>", "a</pre>b"],
)
def test_fences_end(html: str) -> None:
    fences = [line for line in markdown(html).split("\n") if "```" in line]
    assert fences in (["```", "```"], [])


def test_options() -> None:
    html = '<p><a href="/u">a</a> <img src="p" alt="b"></p>'
    assert markdown(html) == "[a](</u>) ![b](p)"
    assert markdown(html, links="text", images="alt") == "a b"
    assert markdown(html, images="drop") == "[a](</u>)"
    assert markdown(html, links="ref") == "[a][1] ![b](p)\n\n[1]: /u"


def test_mixed_bodies_go_the_same_way() -> None:
    body = "> a\n\n<p>b {% c_d %}</p>\n\n- e\n"
    conversion = convert(body, engine="html2text")
    assert conversion.text == "> a\n\nb {% c_d %}\n\n- e\n"
    assert conversion.engine == "html2text"
    assert convert(conversion.text, engine="html2text").text == conversion.text


OPTIONS: list[tuple[str, str | int, str, str, str]] = [
    ("backquote_code_style", False, "<pre>a\nb</pre>", "```\na\nb\n```", "    a\n    b"),
    ("baseurl", "http://h/", '<a href="p">a</a>', "[a](<p>)", "[a](http://h/p)"),
    ("body_width", 9, "<p>one two three</p>", "one two three", "one two\nthree"),
    ("close_quote", "”", "<q>a</q>", '"a"', '"a”'),
    ("default_image_alt", "picture", '<img src="p">', "![](p)", "![picture](p)"),
    ("emphasis_mark", "_", "<i>a</i>", "*a*", "_a_"),
    ("escape_snob", False, "a*b*", "a\\*b\\*", "a*b*"),
    ("google_doc", True, '<span style="font-weight: bold">a</span>', "a", "**a**"),
    ("ignore_emphasis", True, "<b>a</b> <i>b</i>", "**a** *b*", "a b"),
    ("ignore_images", True, 'a<img src="p">', "a![](p)", "a"),
    ("ignore_links", True, '<a href="u">a</a>', "[a](<u>)", "a"),
    ("ignore_mailto_links", True, '<a href="mailto:b@c">a</a>', "[a](<mailto:b@c>)", "a"),
    ("images_as_html", True, '<img src="p" alt="a">', "![a](p)", "<img src='p' alt='a' />"),
    ("images_to_alt", True, '<img src="p" alt="a">', "![a](p)", "a"),
    ("images_with_size", True, '<img src="p" width="1">', "![](p)", "<img src='p' width='1' />"),
    ("include_sup_sub", True, "a<sup>b</sup><sub>c</sub>", "abc", "a<sup>b</sup><sub>c</sub>"),
    ("inline_links", False, '<a href="u">a</a>', "[a](<u>)", "[a][1]\n\n   [1]: <u>"),
    ("mark_code", True, "<pre>a</pre>", "```\na\n```", "[code]\n```\na\n```\n[/code]"),
    ("open_quote", "“", "<q>a</q>", '"a"', '“a"'),
    ("protect_links", False, '<a href="u">a</a>', "[a](<u>)", "[a](u)"),
    ("single_line_break", True, "<p>a</p><p>b</p>", "a\n\nb", "a\nb"),
    ("skip_internal_links", True, '<a href="#u">a</a>', "[a](<#u>)", "a"),
    ("strong_mark", "__", "<b>a</b>", "**a**", "__a__"),
    ("ul_item_mark", "*", "<ul><li>a</ul>", "- a", "* a"),
    ("unicode_snob", False, "&copy;", "©", "(C)"),
    ("use_automatic_links", False, '<a href="http://u/">http://u/</a>', "<http://u/>", "[http://u/](<http://u/>)"),
]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


@pytest.mark.parametrize(("name", "value", "html", "default", "expected"), OPTIONS, ids=[each[0] for each in OPTIONS])
def test_its_own_options(name: str, value: str | int, html: str, default: str, expected: str) -> None:
    """By default each is as it loses least."""
    assert lines(markdown(html)) == lines(default)
    assert lines(markdown(html, html2text={name: value})) == lines(expected)


def test_options_of_tables() -> None:
    table = "<table><tr><th>abcd</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    assert lines(markdown(table)) == ["abcd| b", "---|---", "c| d"]
    assert len({len(line) for line in lines(markdown(table, html2text={"pad_tables": True}))}) == 1
    assert lines(markdown(table, html2text={"ignore_tables": True})) == ["abcdb", "cd"]
    kept = markdown(table, html2text={"bypass_tables": True})
    assert "".join(kept.split()) == "".join(table.split())


def test_options_that_need_others() -> None:
    link = '<p><a href="u">a</a></p><p>b</p>'
    assert lines(markdown(link, html2text={"inline_links": False, "links_each_paragraph": True})) == lines(
        "[a][1]\n\n[1]: <u>\n\nb"
    )
    struck = '<p>a<span style="text-decoration: line-through">b</span></p>'
    assert markdown(struck, html2text={"google_doc": True, "hide_strikethrough": True}) == "a"
    item = '<ul><li style="margin-left:20px">a</ul>'
    assert markdown(item, html2text={"google_doc": True, "google_list_indent": 10}).startswith("    ")
    assert markdown("<ul><li>one two</ul>", html2text={"body_width": 5}) == "  - one two"
    assert lines(markdown("<ul><li>one two</ul>", html2text={"body_width": 7, "wrap_list_items": True})) == lines(
        "- one\n    two"
    )


def test_every_option_is_tried() -> None:
    known = {setting.name.rpartition(".")[2] for setting in HTML2TEXT_SETTINGS}
    elsewhere = {"google_list_indent", "hide_strikethrough", "links_each_paragraph", "wrap_list_items"}
    elsewhere |= {"bypass_tables", "ignore_tables", "pad_tables", "wrap_links", "wrap_tables"}
    assert known - {name for name, *_ in OPTIONS} == elsewhere


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"body_witdh": 3}, "convert.html2text.body_witdh: there is no such setting; did you mean 'body_width'?"),
        ({"body_width": "3"}, "convert.html2text.body_width must be a whole number from 0, not '3'."),
        ({"ignore_links": 1}, "convert.html2text.ignore_links must be true or false, not 1."),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        markdown("a", html2text=options)
    assert str(refused.value) == message


def test_the_other_engine_takes_no_notice() -> None:
    assert convert("<i>a</i>", source="html", html2text={"emphasis_mark": "_"}).text == "*a*"


def test_options_of_newscli_stand_above() -> None:
    html = '<a href="u">a</a><img src="p" alt="b">'
    options = {"ignore_links": False, "images_to_alt": False, "ignore_images": False}
    assert markdown(html, links="text", images="alt", html2text=options) == "ab"


def test_the_audit_tells_what_an_option_loses() -> None:
    html = '<p>a <a href="u">b</a> <img src="p"></p>'
    for options, kinds in (({}, []), ({"ignore_links": True}, ["link"]), ({"ignore_images": True}, ["picture"])):
        assert [loss.kind for loss in lost(html, markdown(html, html2text=options), source="html")] == kinds


def test_text_that_looks_like_a_tag() -> None:
    assert markdown("<p>&lt;div&gt; &#60;a&#x3e; &#x3C;b></p>") == "&lt;div> &lt;a> &lt;b>"
    assert markdown("<p><code>&lt;a></code></p>") == "`<a>`"
    assert lines(markdown("<pre>&lt;a></pre>")) == ["```", "<a>", "```"]


def test_rows_that_start_with_a_comment_stay_rows() -> None:
    html = "<table><tr><td><!--more-->a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>\n"
    converted = convert(html, engine="html2text").text
    assert converted == "| <!--more-->a| b  \n---|---  \nc| d\n"
    assert convert(converted, engine="html2text").text == converted
