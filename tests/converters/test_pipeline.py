"""Whole bodies: what is HTML is converted, and nothing else."""

import pytest

from newscli.converters import Conversion, convert, engines, pipeline, trees
from newscli.converters.base import Options
from newscli.converters.marks import Shelf
from newscli.converters.turbohtml_engine import TurbohtmlEngine
from newscli.errors import ConfigError

UNTOUCHED = [
    "",
    "\n",
    "text *em* <b>inline</b>\n",
    "- a <div>x</div>\n\n  <div>y</div>\n",
    "> <div>\n> x\n",
    "```\n<div>\n```\n",
    "<http://host/a.html>\n\n<>\n",
    "{% highlight html %}\n<div>\n\n</div>\n{% endhighlight %}\n",
    "<!-- a note -->\n\ntext\n",
    "text\n\n<!--more-->\n\ntext\n",
    "<div class=x>\n\n*text*\n\n</div>\n",
    '<div markdown="1">\n*text*\n</div>\n',
    "a\ufdd0b\ufdd2" + "0\ufdd2 c\n",
    "a  \r\nb\r\n",
    "| a |\n|---|\n",
]


@pytest.mark.parametrize("body", UNTOUCHED)
def test_markdown_stays(body: str) -> None:
    assert convert(body) == Conversion(body, "", ())


MIXED = [
    pytest.param(
        "> d\n\n<p>a <b>b：</b>c</p><p>d</p>\n\n<>\n\n[x](//y/)｜[z](//y/)\n",
        "> d\n\na **b**：c\n\nd\n\n<>\n\n[x](//y/)｜[z](//y/)\n",
        id="a-real-body",
    ),
    pytest.param("a\n<p>b</p>\n\nc", "a\n\nb\n\nc", id="blank-line-before"),
    pytest.param("<pre>b</pre>\nc", "```\nb\n```\n\nc", id="blank-line-behind"),
    pytest.param("<p>a</p>", "a", id="no-line-end"),
    pytest.param("<p>a</p>\n", "a\n", id="line-end"),
    pytest.param("<p>a</p>\r\n\r\nb\r\n", "a\r\n\r\nb\r\n", id="crlf"),
    pytest.param("<pre>a\r\nb</pre>\r\n", "```\r\na\r\nb\r\n```\r\n", id="crlf-inside"),
    pytest.param("<p>a<br>b</p>\r\rc\r", "a  \rb\r\rc\r", id="cr"),
    pytest.param("a\n\n<div hidden>b</div>\n\nc\n", "a\n\nc\n", id="nothing-is-left"),
    pytest.param("<div hidden>b</div>\n", "", id="nothing-at-all"),
    pytest.param("<table>\n\n<tr><td>a\n\n</table>\n\nb\n", "|  |\n| --- |\n| a |\n\nb\n", id="over-blank-lines"),
    pytest.param("- a\n\n<ul><li>b</ul>\n", "- a\n\n* b\n", id="two-lists"),
    pytest.param("<ul><li>b</ul>\n\n    code\n", "- b\n\n<!-- -->\n\n    code\n", id="list-and-code"),
    pytest.param("<p>{{ a_b }} {% x_y %}</p>\n{: .c_d}\n", "{{ a_b }} {% x_y %}\n{: .c_d}\n", id="liquid"),
    pytest.param(
        '<p><a href="{{ site.url }}/a">b</a><img src="{{ p }}"></p>\n',
        "[b](<{{ site.url }}/a>)![](<{{ p }}>)\n",
        id="liquid-in-addresses",
    ),
    pytest.param(
        "<ul><li>a\n{% highlight c %}\nint x;\n\n{% endhighlight %}\n</ul>\n",
        "- a {% highlight c %}\nint x;\n\n{% endhighlight %}\n",
        id="liquid-block-inside",
    ),
    pytest.param(r"<p>$$a_1 &lt; b^{2}$$ $5_a$</p>", r"$$a_1 < b^{2}$$ $5\_a$", id="formula"),
    pytest.param("<p>a</p><!--more--><p>b</p>", "a\n\n<!--more-->\n\nb", id="more"),
    pytest.param("<p>a\ufdd0&#xfdd2;</p>\n\n\ufdd1\n", "a\ufffd\ufffd\n\n\ufdd1\n", id="characters-of-ours"),
    pytest.param("<p>a</p>\n\n<p>b</p>\n", "a\n\nb\n", id="two-blocks"),
    pytest.param("<!-- wp:x -->\n<p>a</p>\n<!-- /wp:x -->\n", "a\n", id="editors-comments"),
]


@pytest.mark.parametrize(("body", "expected"), MIXED)
def test_mixed(body: str, expected: str) -> None:
    conversion = convert(body)
    assert conversion == Conversion(expected, "turbohtml", ())
    assert convert(expected).text == expected


def test_a_torn_liquid_tag_leaves_the_block() -> None:
    body = "a\n\n{% raw %}\n{% endraw %}\n\n<p {% if x %}>b</p>\n\nc\n"
    conversion = convert(body)
    assert conversion.text == body
    assert conversion.warnings == ("line 6: left as it is: a Liquid tag would lose its counterpart",)


def test_liquid_that_is_whole_may_go() -> None:
    assert convert("<div {% if x %}id=y{% endif %}>b</div>\n").text == "b\n"


def test_html_from_end_to_end() -> None:
    assert convert("<div>\n\n*a*\n\n<p>b</p>\n</div>\n", source="html").text == "\\*a\\*\n\nb\n"
    assert convert(" \n", source="html").text == " \n"
    assert convert("a\r\n<br>b\r\n", source="html").text == "a  \r\nb\r\n"
    assert convert("<p>a\ufdd0</p>", source="html").text == "a\ufffd"


def test_references_to_characters_of_ours_do_not_pass_for_them() -> None:
    html = "<p><a href='&#64976;x'>a&#64978;0&#64978;</a> {{ b }}</p>"
    for engine in ("turbohtml", "html2text"):
        assert convert(html, source="html", engine=engine).text.replace("<", "").replace(">", "") == (
            "[a\ufffd0\ufffd](\ufffdx) {{ b }}"
        )
        assert convert(html, source="html", engine=engine, to="text").text == "a\ufffd0\ufffd {{ b }}\n"
    assert convert("text", source="html").text == "text"
    assert convert("<p hidden>a</p>\n", source="html").text == ""


def test_to_html() -> None:
    body = "a *b*\n{: .c}\n\n<div class=x>\n<b>c</b>\n</div>\n\n{% highlight c %}\n*x*\n{% endhighlight %}\n\n[l]({{ u_v }}) ~~d~~\n"
    expected = (
        "<p>a <em>b</em>\n</p>\n<div class=x>\n<b>c</b>\n</div>\n{% highlight c %}\n*x*\n{% endhighlight %}\n"
        '<p><a href="{{ u_v }}">l</a> <s>d</s></p>\n'
    )
    assert convert(body, to="html") == Conversion(expected, "", ())
    assert convert("<p>*a*\ufdd0</p>", to="html", source="html").text == "<p>*a*\ufdd0</p>"
    assert convert("a\ufdd0", to="html").text == "<p>a\ufffd</p>\n"


def test_to_text() -> None:
    body = (
        "# a *b*\n\n<p hidden>x</p><p>c<br>d</p>\n\n- e\n- [f](u)\n{: .c}\n\n{% comment %}g{% endcomment %}{{ h_i }}\n"
    )
    expected = "a b\n\nc\nd\n\n- e\n- f\n\n{{ h_i }}\n"
    assert convert(body, to="text") == Conversion(expected, "turbohtml", ())
    assert convert(body, to="text", engine="html2text") == Conversion(expected, "html2text", ())
    assert convert("", to="text").text == ""
    assert convert("*a*\ufdd1 <b>", to="text", source="html").text == "*a*\ufffd\n"


def test_text_options() -> None:
    html = '<p>a <a href="/u">b</a> <img src="p" alt="c"></p><ul><li>d</ul><table><tr><td>e<td>f<tr><td>gg<td>h</table>'
    assert convert(html, to="text", source="html").text == "a b\n\n- d\n\ne\tf\ngg\th\n"
    text = convert(html, to="text", source="html", links="inline", images="alt", tables="aligned", bullet="* ").text
    assert text == "a b </u> c\n\n* d\n\ne   f\ngg  h\n"
    assert convert("<p>aa bb cc</p>", to="text", source="html", width=5).text == "aa bb\ncc\n"


@pytest.fixture
def broken_turbohtml(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def markdown(self, html: str, options: Options, shelf: Shelf) -> str:
            raise MemoryError(f"no room for {len(html)}")

    load = engines.load

    def load_broken(name: str) -> object:
        return Broken() if name == "turbohtml" else load(name)

    monkeypatch.setattr(engines, "load", load_broken)


@pytest.mark.usefixtures("broken_turbohtml")
def test_another_engine_takes_over() -> None:
    assert convert("<p>a <b>b</b></p>\n\nc\n\n<p>d</p>\n") == Conversion(
        "a **b**\n\nc\n\nd\n",
        "html2text",
        ("turbohtml failed: MemoryError: no room for 18", "turbohtml failed: MemoryError: no room for 9"),
    )


@pytest.mark.usefixtures("broken_turbohtml")
def test_no_engine_is_left() -> None:
    body = "a\n\n<p>b</p>\n"
    assert convert(body, engine="turbohtml") == Conversion(
        body,
        "",
        ("turbohtml failed: MemoryError: no room for 9", "line 3: left as it is: no engine could convert it"),
    )


def test_plain_text_by_another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    read = trees.read

    def read_broken(html: str, engine: str, *, positions: bool = False) -> tuple[object, type]:
        if engine == "turbohtml":
            raise ValueError("broken")
        return read(html, engine, positions=positions)

    monkeypatch.setattr(trees, "read", read_broken)
    assert convert("<p>a</p>", to="text") == Conversion("a\n", "html2text", ("turbohtml failed: ValueError: broken",))
    assert convert("<p>a</p>", to="text", engine="turbohtml") == Conversion(
        "<p>a</p>", "", ("turbohtml failed: ValueError: broken", "left as it is: no engine could convert it")
    )


def test_the_same_warning_is_given_once() -> None:
    writer = pipeline.Writer("auto", Options(), "")
    writer.warn("a")
    writer.warn("b")
    writer.warn("a")
    assert writer.conversion("x").warnings == ("a", "b")


def test_unknown_engine() -> None:
    with pytest.raises(ConfigError, match=r"^no engine 'pandoc'; there are auto, html2text, turbohtml$"):
        convert("", engine="pandoc")


def test_engines_are_in_order() -> None:
    assert list(engines.ENGINES) == sorted(engines.ENGINES)
    assert set(engines.AUTO) == set(engines.ENGINES)
    assert all(hasattr(engines.load(name), "markdown") for name in engines.ENGINES)


def test_blocks_that_are_written_together_share_their_references() -> None:
    body = '<p><a href="/a">x</a></p>\n\ntext\n\n<p><a href="/b">y</a></p>\n\nend\n'
    assert convert(body, links="ref").text == "[x][1]\n\ntext\n\n[y][2]\n\n[1]: /a\n[2]: /b\n\nend\n"


def test_a_block_that_is_left_as_it_is_leaves_the_others_converted() -> None:
    body = "<p>a</p>\n\n<p {% if x %}>b</p>\n\n<p>&#xfdd3;</p>\n"
    assert convert(body).text == "a\n\n<p {% if x %}>b</p>\n\n\ufffd\n"
    assert convert(body.replace("{% if x %}", "")).text == "a\n\nb\n\n\ufffd\n"


def test_an_engine_that_fails_on_all_together_is_tried_on_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[str]:
        raise MemoryError

    monkeypatch.setattr(TurbohtmlEngine, "markdown_together", fail)
    assert convert("<p>a</p>\n\n<p>b</p>\n") == Conversion("a\n\nb\n", "turbohtml", ())
