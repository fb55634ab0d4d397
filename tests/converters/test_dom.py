"""The tree of the standard library's parser."""

import pytest

from newscli.converters import dom


def shape(html: str) -> str:
    """The tree as tags and texts."""

    def written(node: dom.Element | dom.Text) -> str:
        if isinstance(node, dom.Text):
            return node.data
        return f"{node.tag}({' '.join(map(written, node))})"

    return " ".join(map(written, dom.parse(html)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a", "a"),
        ("<p>a<b>b</b></p>", "p(a b(b))"),
        ("<p>a<p>b", "p(a) p(b)"),
        ("<p>a<div>b</div>", "p(a) div(b)"),
        ("<ul><li>a<li>b</ul>c", "ul(li(a) li(b)) c"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "ul(li(a ul(li(b))) li(c))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a) dd(b) dt(c))"),
        ("<table><tr><td>a<td>b<tr><th>c</table>", "table(tr(td(a) td(b)) tr(th(c)))"),
        ("<table><thead><tr><th>a<tbody><tr><td>b</table>", "table(thead(tr(th(a))) tbody(tr(td(b))))"),
        ("<table><tr><td><table><tr><td>a</table>b</table>", "table(tr(td(table(tr(td(a))) b)))"),
        ("<table><tr><td>a</p>b</table>", "table(tr(td(a b)))"),
        ("a<br>b<hr/>c", "a br() b hr() c"),
        ("</p>a</div>", "a"),
        ("<b>a<i>b</b>c", "b(a i(b)) c"),
        ("<p hidden>a</p>b", "b"),
        ("<p style='display: none'>a</p>b", "b"),
        ("<script>a<b></script>b", "b"),
        ("<!-- a -->b", "b"),
        ("&lt;a&gt; &amp; &#x41;", "<a> & A"),
        ("", ""),
    ],
)
def test_trees(html: str, expected: str) -> None:
    assert shape(html) == expected


def test_lines() -> None:
    root = dom.parse("<p>a</p>\n<div\nid=x>b\nc<br></div>")
    paragraph, blank, division = root
    assert (paragraph.line, blank.line, division.line) == (1, 1, 2)
    assert isinstance(division, dom.Element)
    assert [child.line for child in division] == [3, 4]


def test_attributes() -> None:
    (link,) = dom.parse('<a HREF="u" HREF="v" download title="&lt;">')
    assert isinstance(link, dom.Element)
    assert link.attr("href") == "u"
    assert link.attr("download") == ""
    assert link.attr("title") == "<"
    assert link.attr("id") is None


def test_there_is_an_end_to_depth() -> None:
    node, depth = dom.parse("<div>" * 5000 + "a"), 0
    while isinstance(node, dom.Element) and node.children:
        node, depth = node.children[0], depth + 1  # type: ignore[assignment]
    assert depth < 500
