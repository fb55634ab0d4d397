"""Laws: no visible text is lost, a second run changes nothing, Markdown stays, nothing is raised."""

from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.converters import convert
from newscli.converters.audit import lost
from newscli.converters.base import Options
from newscli.converters.blocks import split
from newscli.converters.marks import Shelf
from newscli.converters.regions import regions
from newscli.converters.render import render
from newscli.converters.turbohtml_engine import TurbohtmlEngine

LAW = settings(max_examples=150, deadline=None)

WORDS = st.sampled_from(
    [
        "foo",
        "bar",
        "重点",
        "新闻",
        "a_b",
        "*x*",
        "“引号”",
        "（括）",
        "：",
        "。",
        "1.",
        "1.5",
        "#",
        "- ",
        "+",
        "&gt;",
        "[x]",
        "`",
        "``",
        "~",
        "|",
        "\\",
        "$5",
        "&lt;div&gt;",
        "&amp;",
        "&amp;copy;",
        "http://x.y/z_w",
        "!",
        "…",
        "=",
        "---",
        "{x}",
        "{{ y_z }}",
        "&nbsp;",
        "\u3000",
        "😀",
        "￥",
        "a@b.c",
        "~~",
        "**",
        "__",
        "&#42;",
        "é",
        "(",
        ")",
        '"',
        "'",
        "::",
        "{: .x}",
        "$$a_1$$",
        "\n",
        "  ",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("".join)
VOIDS = st.sampled_from(
    ["<br>", '<img src="i.png" alt="图">', '<img alt="x">', "<!-- c -->", '<iframe src="v"></iframe>', "<wbr>"]
)


def element(names: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda name, text: f"<{name}>{text}</{name.split()[0]}>", st.sampled_from(names), inner)


def many(inner: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(inner, max_size=most).map("".join)


INLINE_NAMES = [
    "b",
    "strong",
    "i",
    "em",
    "s",
    "del",
    "code",
    "kbd",
    "span",
    "sup",
    "u",
    "q",
    "font",
    'b style="font-weight:normal"',
]
INLINE = st.recursive(
    st.one_of(TEXTS, VOIDS),
    lambda inner: st.one_of(
        element(INLINE_NAMES, many(inner)),
        element(['a href="/u"', 'a href="a b|c"', 'a href="#x"', "a"], many(st.one_of(TEXTS, VOIDS), 2)),
    ),
    max_leaves=6,
)
LINE = many(INLINE)
HIDDEN = element(["p hidden", 'div style="display:none"', "script", "select", "noscript"], TEXTS)


def items(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return element(["ul", "ol", 'ol start="3"', "ol reversed", "menu"], many(element(["li"], inner)))


def table(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cell = element(["td", "th", 'td colspan="2"', 'td rowspan="2"'], inner)
    return element(["table", 'table role="presentation"'], many(element(["tr"], many(cell))))


BLOCK = st.recursive(
    st.one_of(
        element(["p", "div", "h1", "h3", "center", "dt", "figcaption", "summary"], LINE),
        element(["pre", "pre class='brush: js'"], st.one_of(TEXTS, LINE)),
        HIDDEN,
        LINE,
        st.just("<hr>"),
    ),
    lambda inner: st.one_of(
        element(["blockquote", "div", "section", "dl", "details", "form"], many(inner)),
        element(["b", "i", 'a href="/v"', "span"], many(inner, 2)),
        items(st.one_of(LINE, many(inner, 2))),
        table(st.one_of(LINE, inner)),
    ),
    max_leaves=8,
)
HTML = many(BLOCK, 4)

MARKDOWN_LINES = st.sampled_from(
    [
        "text *em* `code`",
        "- item",
        "  more of it",
        "1. one",
        "> quote",
        "# heading",
        "```",
        "    code",
        "---",
        "| a | b |",
        "|---|---|",
        "[返回](//h/)｜[首页](//h/)",
        "<http://h/a.html>",
        "<>",
        "{% include a_b.html %}",
        "{{ c_d }}",
        "{: .x_y}",
        "<!--more-->",
        "",
        "{% highlight c %}",
        "{% endhighlight %}",
        "<!-- note -->",
        "<b>inline</b> text",
        "- <div>in an item</div>",
        "trailing  ",
        "",
    ]
)
HTML_LINES = st.one_of(
    BLOCK.map(lambda html: html.replace("\n", " ")),
    st.sampled_from(
        [
            "<div>",
            "</div>",
            "<p>a",
            '<div markdown="1">',
            "<table><tr><td>a",
            "</table>",
            "<!-- a",
            "-->",
            "<pre>",
            "</pre>",
        ]
    ),
)
BODIES = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(st.one_of(MARKDOWN_LINES, MARKDOWN_LINES, HTML_LINES), max_size=8),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)


@LAW
@given(HTML)
def test_no_visible_text_is_lost(html: str) -> None:
    for code in ("markdown", "html"):
        conversion = convert(html, source="html", code=code)
        assert conversion.warnings == ()
        assert lost(html, conversion.text, source="html") == []


@LAW
@given(BODIES)
def test_no_visible_text_of_a_body_is_lost(body: str) -> None:
    conversion = convert(body)
    assert lost(body, conversion.text) == []


@LAW
@given(BODIES)
def test_a_second_run_changes_nothing(body: str) -> None:
    first = convert(body).text
    assert convert(first).text == first


@LAW
@given(BODIES)
def test_markdown_stays(body: str) -> None:
    kept = [
        line for part in regions(split(body)) if not part.is_html for line in part.text.splitlines() if line.strip()
    ]
    lines = iter(convert(body).text.splitlines())
    if "{%" not in body:  # blocks of Liquid are taken out before the body is split
        assert all(line in lines for line in kept)


@LAW
@given(HTML)
def test_plain_text_loses_nothing(html: str) -> None:
    for engine in ("turbohtml", "html2text"):
        text = convert(html, source="html", to="text", engine=engine).text
        assert lost(html, text, source="html", to="text") == []


@LAW
@given(st.one_of(HTML, BODIES), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 8)), max_size=4))
def test_nothing_is_raised_for_broken_html(html: str, cuts: list[tuple[int, int]]) -> None:
    for start, length in cuts:
        html = html[:start] + html[start + length :]
    conversion = convert(html, source="html")
    assert conversion.warnings == ()
    assert lost(html, conversion.text, source="html") == []


@LAW
@given(st.text(max_size=80))
def test_nothing_is_raised_for_any_text(text: str) -> None:
    for source in ("mixed", "html"):
        for engine in ("auto", "turbohtml", "html2text"):
            for to in ("markdown", "text", "html"):
                convert(text, source=source, to=to, engine=engine)


@LAW
@given(st.lists(HTML_LINES, min_size=2, max_size=5), st.sampled_from(["markdown", "html"]))
def test_pieces_written_together_read_as_each_by_itself(pieces: list[str], code: Literal["markdown", "html"]) -> None:
    engine = TurbohtmlEngine()
    options = Options(code=code)
    together, alone = Shelf(), Shelf()
    texts = engine.markdown_together(pieces, options, together)
    assert [render(together.restore(text)) for text in texts] == [
        render(alone.restore(engine.markdown(piece, options, alone))) for piece in pieces
    ]
