"""What a conversion lost is found, and nothing else is."""

import pytest

from newscli.converters import convert, render
from newscli.converters.audit import Loss, lost

NOTHING_LOST = [
    ("a", "a"),
    ("<p>a</p>", "a"),
    ("<p>a <b>b</b>\n c</p>", "a **b** c"),
    ("<p>a<br>b&nbsp;c</p>", "a  \nb c"),
    ("<p>a</p>", "a\n\nmore"),
    ("<p hidden>x</p><p>a</p><script>x</script><!-- x -->", "a"),
    ("<p>a</p><iframe>x</iframe><video>x</video>", "a"),
    ("<p><a href='u'>a</a></p>", "[a](u)"),
    ("<p><a href='a b|c'>a</a></p>", "[a](<a%20b%7Cc>)"),
    ("<p><a href='/路'>a</a></p>", "[a](/%E8%B7%AF)"),
    ("<p><a href='javascript:x()'>a</a></p>", "[a](javascript:x\\(\\))"),
    ("<p><a href='u'></a><a name=x>a</a></p>", "a"),
    ("<a href='v'><table><tr><td><pre><a href='u'>a</a></pre></table></a>", "```\na\n```"),
    ("<pre><a href='u'>a</a></pre>", "```\na\n```"),
    ("<p><img src='p'><img data-src='q'></p>", "![](p)![](q)"),
    ("<p>a *b* _c_ &lt;d&gt;</p>", "a \\*b\\* \\_c\\_ \\<d>"),
    ("<p>{{ a_b }} {% c_d %}</p>", "{{ a_b }} {% c_d %}"),
    ("<ruby>漢<rp>(</rp><rt>kan</rt></ruby>", "漢kan"),
    ("<p>a</p><p>b</p>", "b\n\na"),
    ("a\ufdd0<p>b</p>", "a\ufdd0\n\nb"),
    ("<table><tr><td>a<td>b</table>", "| a | b |\n| --- | --- |"),
    ("<s>a</s>", "~~a~~"),
    ("", "text"),
    ("<p>a\0b</p>", "ab"),
    ("a\0b", "a\ufffdb"),
    ("<p>&#64976;a</p>", "\ufffda"),
    ("<p><a href='&#64976;'>a</a></p>", "[a](\ufffd)"),
]


@pytest.mark.parametrize(("before", "after"), NOTHING_LOST)
def test_nothing_is_lost(before: str, after: str) -> None:
    assert lost(before, after) == []


LOST = [
    ("<p>a</p>\n\n<p>b</p>\n\nc", "a\n\nc", [Loss("text", "b", 3)]),
    ("<p>a</p>\n<p>b\n<i>c</i></p>", "a\n\nb", [Loss("text", "c", 3)]),
    ("<p>a\nb c\nd</p>", "a d", [Loss("text", "b c", 2)]),
    ("a\n\n*b*\n", "a", [Loss("text", "b", 3)]),
    ("<p>a a a</p>", "a a", [Loss("text", "a a a", 1)]),
    ("<p>a_b</p>", "a*b*", [Loss("text", "a_b", 1)]),
    ("x\n\n<p>a\n\n[b](u)\n", "x\n\na\n\nb\n", [Loss("link", "u", 5)]),
    ("<p><a href='u'>a</a> <a href='u'>b</a></p>", "[a](u) b", [Loss("link", "u", 1)]),
    ("<a href='u'><img src='p'></a>", "", [Loss("link", "u", 1), Loss("picture", "p", 1)]),
    ("a\n\n![](p)", "a", [Loss("picture", "p", 3)]),
    ("<p>" + "long " * 40 + "</p>", "", [Loss("text", ("long " * 16)[:79] + "…", 1)]),
    ("<p>{{ a }}</p>", "b", [Loss("text", "{{ a }}", 1)]),
    ("<div>\n\n\n<b>a</b></div>", "", [Loss("text", "a", 4)]),
]


@pytest.mark.parametrize(("before", "after", "expected"), LOST)
def test_losses_are_found(before: str, after: str, expected: list[Loss]) -> None:
    assert lost(before, after) == expected


def test_html_from_end_to_end() -> None:
    before = "<div>\n\n*a*\n\n</div>\n<p>b"
    assert lost(before, "\\*a\\*\n\nb", source="html") == []
    assert lost(before, "*a*\n\nb", source="html") == [Loss("text", "*a*", 3)]
    assert lost(before, "\\*a\\*", source="html") == [Loss("text", "b", 6)]


def test_the_same_text_may_be_read_in_another_way() -> None:
    assert lost("a*b*", "a*b*", source="html") == [Loss("text", "a*b*", 1)]
    assert lost("&amp;amp;", "&amp;amp;", source="html") == []
    assert lost("<p>a</p>", "<p>a</p>", source="html", to="html") == []
    assert lost("*a*", "*a*", to="text") == []


def test_losses_behind_a_long_insertion_have_their_places() -> None:
    before = "<p>layer</p>\n\n<p>one</p>\n\n<p>a sentence about layers</p>\n\n<p>layer</p>\n\n<p>two</p>\n"
    after = "layer\n\none\n\n" + "x" * 300 + "\n\na sentence about layers\n\ntwo\n"
    assert lost(before, after) == [Loss("text", "layer", 7)]


def test_other_results() -> None:
    before = "*a*\n\n<p>b <img src=p></p>"
    assert lost(before, "a\n\nb", to="text") == []
    assert lost(before, "a", to="text") == [Loss("text", "b", 3)]
    assert lost(before, "<p>a</p><p>b</p><img src=p>", to="html") == []
    assert lost(before, "<p>*a*</p><p>b</p>", to="html") == [Loss("picture", "p", 3)]


def test_attribute_lists_are_no_text_elsewhere() -> None:
    before = "a\n{: .b}\n"
    assert lost(before, "a\n") == [Loss("text", "{: .b}", 2)]
    assert lost(before, "a\n", to="text") == lost(before, "<p>a</p>", to="html") == []


def test_there_is_an_end_to_it() -> None:
    before = "".join(f"<p>{number}a</p>" for number in range(300))
    assert len(lost(before, "")) == 100


def test_lines_without_turbohtml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newscli.converters.hidden.drop", None)
    before = "<p>a</p>\n<p>b\n<i>c</i>\nd</p>\n\n![](p)"
    assert lost(before, "a") == [
        Loss("text", "b", 2),
        Loss("text", "c", 3),
        Loss("text", "d", 4),
        Loss("picture", "p", 6),
    ]


def test_html2text_is_found_out() -> None:
    html = "<table><tr><td>a|b<td>c<tr><td>1<td>2</table>"
    assert lost(html, convert(html, source="html").text, source="html") == []
    assert lost(html, "a|b | c\n---|---|---\n1 | 2", source="html") == [Loss("text", "a|b", 1)]


def test_render_keeps_addresses() -> None:
    assert render.render("[a](<b c|d>) <http://例.com> ![](javascript:x)") == (
        '<p><a href="b c|d">a</a> <a href="http://例.com">http://例.com</a> <img src="javascript:x" alt="" /></p>\n'
    )


PLACES = [
    pytest.param("- a\n- b\n- x\n", 3, id="item"),
    pytest.param("- a\n  > x\n", 2, id="quote in an item"),
    pytest.param("> a\n> - b\n>\n>   x\n", 4, id="item in a quote"),
    pytest.param("a\nb\n*c*\nx\n", 4, id="paragraph"),
    pytest.param("# a\n\nb\n---\n\nx", 6, id="behind headings"),
    pytest.param("| a | b |\n|---|---|\n| c | d |\n| e | x |\n", 4, id="row"),
    pytest.param("| a | b |\n|---|---|\n| c | d |\n\nx", 5, id="behind a table"),
    pytest.param("```c\na\nx\n```\n", 3, id="fence"),
    pytest.param("    a\n    x\n", 2, id="code"),
    pytest.param("```\na\n```\nx", 4, id="behind a fence"),
    pytest.param("a\n\n<div>\n<!-- \n-->\nx</div>", 6, id="behind a comment"),
    pytest.param("<div>\n<script>\n\n</script>\nx</div>", 5, id="behind a script"),
    pytest.param("<div>\n<p hidden>\na\n</p>\nx</div>", 5, id="behind what is hidden"),
    pytest.param("<div>\n<b>a\n\nb\n</b>\nx</div>", 6, id="behind an element"),
    pytest.param("<p>a\n<p>b\nx", 3, id="in an open element"),
    pytest.param("<pre>\na\nx</pre>", 3, id="in preformatted text"),
    pytest.param("<p>a\nb\nx\nc</p>", 3, id="within a text"),
    pytest.param("{% highlight c %}\na\n{% endhighlight %}\nx", 4, id="behind a block of Liquid"),
    pytest.param("{% highlight c %}\na\nx\n{% endhighlight %}\n", 3, id="in a block of Liquid"),
    pytest.param("{% comment %}\na\n{% endcomment %}\n\nx", 5, id="behind a comment of Liquid"),
    pytest.param("a {% raw %}b{% endraw %}\n\n{% raw %}\nb\n{% endraw %}\nx", 6, id="behind raw text"),
    pytest.param("{% include a\n b=c\n%}\nx\n", 4, id="behind a tag of Liquid"),
    pytest.param("{% raw %}{{ a\n }}\n{% endraw %} {{ b\n }}\nx", 5, id="behind Liquid in Liquid"),
    pytest.param("<p>{{ a\n\n }}\nx</p>", 4, id="behind Liquid in HTML"),
]


@pytest.mark.parametrize(("before", "line"), PLACES)
def test_the_place_of_a_loss(before: str, line: int) -> None:
    assert lost(before, before.replace("x", "y", 1)) == [Loss("text", "x", line)]


@pytest.mark.parametrize(("before", "line"), [place for place in PLACES if str(place.values[0]).startswith("<")])
def test_the_place_of_a_loss_in_html(before: str, line: int) -> None:
    assert lost(before, before.replace("x", "y", 1), source="html", to="html") == [Loss("text", "x", line)]


def test_tables_start_late() -> None:
    """What GitHub takes for HTML, a quote or an item is no row of a table."""
    for first, row in (("<div>", "a | b"), ("> ", "a | b"), ("- ", "a | b")):
        assert "<table" not in render.render(f"{first}{row}\n|---|---|\n")
    assert "<table" in render.render("text\na | b\n|---|---|\n")


def test_render_pieces_knows_lines() -> None:
    text = "a\nb\n\n- c\n- d\n\n<p>e\n\n```\nf\n```\n"
    pieces = [*render.render_pieces(text)]
    assert "".join(html for html, _ in pieces) == render.render(text)
    assert [line for html, line in pieces if any(map(html.startswith, ("a", "c", "d", "<p>e", "<pre>")))] == [
        1, 4, 5, 7, 10
    ]  # fmt: skip


LONG = "The quick brown fox jumps over the lazy dog, and over the fence behind it."


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (LONG, "brown fox "),
        (LONG, "The quick "),
        (LONG, "behind it."),
        ("以创新生态科招未来为主题的苏州科技招商大会即将精彩亮相，届时将推出全市科技招商工作意见。", "届时将推出"),
        ("一\n　二三四五六七八九十，一二三四五六七八九十，一二三四五六七八九十", "，一二三"),
    ],
)
def test_of_a_long_text_the_run_that_is_missing_is_named(text: str, cut: str) -> None:
    before = f"<p>{text}</p><p>Next.</p>"
    (loss,) = lost(before, before.replace(cut, "", 1), source="html", to="html")
    assert loss.line == 1 + text[: text.index(cut)].count("\n")
    assert len("".join(loss.text.split())) == len("".join(cut.split()))
    assert loss.text in " ".join(f"{text} {text}".split())


def test_of_a_text_that_is_mostly_gone_all_is_named() -> None:
    assert lost(f"<p>{LONG}</p>", "<p>The quick</p>", source="html", to="html") == [Loss("text", LONG, 1)]


def test_texts_behind_a_cut_are_still_found() -> None:
    before = f"<p>{LONG}</p><p>a</p><p>b</p>"
    after = before.replace("lazy ", "").replace("<p>b</p>", "")
    assert [loss.text for loss in lost(before, after, source="html", to="html")] == ["lazy", "b"]
