"""Plain text: what a browser shows, by either parser."""

import pytest

from newscli.converters import dom
from newscli.converters.base import Options
from newscli.converters.plain import plain
from newscli.converters.trees import read, read_any

BOTH = pytest.mark.parametrize("engine", ["turbohtml", "html2text"])


def text(html: str, engine: str, options: Options | None = None) -> str:
    return plain(*read(html, engine), options or Options(links="text", images="drop"))


CASES = [
    ("", ""),
    ("a  b\n c\t d", "a b c d"),
    ("<p>a</p><p>b</p>", "a\n\nb"),
    ("<div>a</div><div>b</div>c", "a\nb\nc"),
    ("a<div>b</div>c", "a\nb\nc"),
    ("<p>a<br>b<br><br>c<br></p>d", "a\nb\n\nc\n\nd"),
    ("<br><br>a", "a"),
    ("<h1>a <b>b</b></h1>c<hr>d", "a b\n\nc\n\nd"),
    ("<b>a</b><i>b</i> <code>c</code>", "ab c"),
    ("a &amp; b &lt;c&gt; &nbsp;d &#x4e00;", "a & b <c> \xa0d 一"),
    ("<pre>\na\n  b\n\n c  \n</pre>d", "a\n  b\n\n c\n\nd"),
    ("<pre>a<br>b</pre>", "a\nb"),
    ("<pre> \n </pre>a", "a"),
    ("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc"),
    ("<ol><li>a<li value=5>b<li>c</ol>", "1. a\n5. b\n6. c"),
    ("<ol start=9><li>a<li>b<p>c</p></ol>", "9. a\n10. b\n\n    c"),
    ("<ol start=x><li>a</ol>", "1. a"),
    ("<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>", "- a\n  - b\n    1. c\n- d"),
    ("<ul><li></li><li>b</li></ul>", "- b"),
    ("<li>a", "- a"),
    ("<ul><li><pre>a\n b</pre></ul>", "- a\n   b"),
    ("<blockquote>a<p>b</p></blockquote>c", "a\n\nb\n\nc"),
    ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\nb\nc\nd"),
    ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a\tb\n1\t2"),
    ("<table><caption>t</caption><tr><td>a<br>b<td><p>c</p><p>d</p></table>e", "t\na b\tc d\n\ne"),
    ("<table><tr><td>a<td><td>b<tr><td> <td></table>", "a\t\tb"),
    ("<table><thead><tr><td>a<tbody><tr><td>b</table>", "a\nb"),
    ("<table><tr><td><h2>a</h2><p>b</p><td><ul><li>c</ul></table>", "a\n\nb\n\n- c"),
    ("<p>a <q>b</q></p>", 'a "b"'),
    ("<p>a<!-- x -->b</p>", "ab"),
    ("<script>x</script><style>x</style><template>x</template>a<noscript>x</noscript>", "a"),
    ("<p hidden>x<p style='display: none'>x<p>a", "a"),
    ("<iframe>x</iframe><video>x</video><object>x</object>a<input value=x>", "a"),
    ("<select><option>x</select><textarea>x</textarea><button>a</button>", "a"),
    ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan"),
    ("<p>10<sup>9</sup></p>", "109"),
    ("<a href=u>a</a><img src=p alt=x>", "a"),
    ("<p>a<p>b<li>c<p>d", "a\n\nb\n\n- c\n\n  d"),
]


@BOTH
@pytest.mark.parametrize(("html", "expected"), CASES)
def test_plain(html: str, expected: str, engine: str) -> None:
    assert text(html, engine) == expected


LINKS = (
    '<p><a href="/u">a</a> <a href="http://x">http://x</a> <a href="mailto:b@c">b@c</a> <a href="#d">d</a> <a>e</a></p>'
)


@BOTH
def test_links(engine: str) -> None:
    assert text(LINKS, engine, Options(links="text")) == "a http://x b@c d e"
    assert text(LINKS, engine, Options(links="inline")) == "a </u> http://x b@c d e"
    assert text(LINKS, engine, Options(links="drop")) == "e"
    assert text(LINKS + '<a href="/u">f</a><a href="/v">g</a>', engine, Options(links="ref")) == (
        "a [1] http://x b@c d e\n\nf [1]g [2]\n\n[1] /u\n[2] /v"
    )


@BOTH
def test_links_around_blocks_and_in_cells(engine: str) -> None:
    html = '<a href="/u"><div>a</div></a><table><tr><td><a href="/v">b</a></table>'
    assert text(html, engine, Options(links="inline")) == "a\n</u>\n\nb </v>"
    assert text(html, engine, Options(links="ref")) == "a\n[1]\n\nb [2]\n\n[1] /u\n[2] /v"


@BOTH
def test_pictures(engine: str) -> None:
    html = '<p>a <img src="p" alt="b"> <img data-src="q"></p>'
    assert text(html, engine, Options(images="drop")) == "a"
    assert text(html, engine, Options(images="alt")) == "a b"
    assert text(html, engine, Options(images="keep")) == "a b <p> <q>"


@BOTH
def test_aligned_tables(engine: str) -> None:
    html = "<table><tr><th>名称<th>价<tr><td>a<td>1.5<td>x</table>"
    assert text(html, engine, Options(tables="aligned")) == "名称  价\na     1.5  x"


@BOTH
def test_width(engine: str) -> None:
    html = "<p>aaa bbb ccc</p><ul><li>aaa bbb</ul><pre>aaa bbb ccc</pre><table><tr><td>aaa bbb<td>ccc</table>"
    assert text(html, engine, Options(width=7)) == ("aaa bbb\nccc\n\n- aaa\n  bbb\n\naaa bbb ccc\n\naaa bbb\tccc")
    assert text("<p>春眠不觉晓，处处闻啼鸟。</p>", engine, Options(width=14)) == "春眠不觉晓，处\n处闻啼鸟。"


@BOTH
def test_bullets(engine: str) -> None:
    html = "<ul><li>a<ul><li>b</ul></ul>"
    assert text(html, engine, Options(bullet="* ")) == "* a\n  * b"
    assert text(html, engine, Options(bullet="")) == "a\nb"


@BOTH
def test_deep_trees(engine: str) -> None:
    assert text("<div>" * 3000 + "x" + "</div>" * 3000 + "y", engine).split() == ["x", "y"]
    assert text("<ul><li>" * 3000 + "x", engine).strip(" -") == "x"


def test_any_parser_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain(*read_any("<p>a"), Options()) == "a"
    monkeypatch.setattr("newscli.converters.hidden.drop", None)
    root, text_type = read_any("<p>a")
    assert text_type is dom.Text
    assert plain(root, text_type, Options()) == "a"


TREES = [
    ("<p>a<p>b", "<p>a</p><p>b</p>"),
    ("<p>a<div>b</div>", "<p>a</p><div>b</div>"),
    ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
    ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
    (
        "<table><thead><tr><th>a<tbody><tr><td>b<td>c</table>d",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>d",
    ),
    (
        "<table><tr><td><table><tr><td>a</table>b",
        "<table><tr><td><table><tr><td>a</td></tr></table>b</td></tr></table>",
    ),
    ("<table><tr><td>a</div>b</table>", "<table><tr><td>ab</td></tr></table>"),
    ("<b>a<i>b</b>c", "<b>a<i>b</i></b>c"),
    ("a</p></x>b<br/>c<img>", "ab<br></br>c<img></img>"),
    ("<td><p>a<li>b", "<td><p>a</p><li>b</li></td>"),
    ("<select><option>a<option>b</select>c", "c"),
]


def shown(node: dom.Element) -> str:
    return "".join(
        child.data if isinstance(child, dom.Text) else f"<{child.tag}>{shown(child)}</{child.tag}>" for child in node
    )


@pytest.mark.parametrize(("html", "expected"), TREES)
def test_the_tree_of_the_standard_library(html: str, expected: str) -> None:
    assert shown(dom.parse(html)) == expected


def test_its_attributes_and_lines() -> None:
    root = dom.parse('a\n<p class="x" ID=y hidden2 class="z">b\nc</p>')
    paragraph = root.children[1]
    assert isinstance(paragraph, dom.Element)
    assert (paragraph.attr("class"), paragraph.attr("id"), paragraph.attr("hidden2")) == ("x", "y", "")
    assert paragraph.attr("style") is None
    assert paragraph.line == 2
    assert isinstance(paragraph.children[0], dom.Text)
    assert paragraph.children[0].line == 2


def test_its_depth_is_limited() -> None:
    node = dom.parse("<b>" * 1000 + "x")
    depth = 0
    while isinstance(node.children[0], dom.Element) and node.children[0].children:
        node = node.children[0]
        depth += 1
    assert depth == 399
    assert isinstance(node.children[-1], dom.Text)
