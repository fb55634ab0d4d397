"""Headings, lists, quotes, tables, breaks and what is hidden."""

import pytest

from newscli.converters import convert


def markdown(html: str) -> str:
    return convert(html, source="html").text


HEADINGS = [
    ("<h1>a</h1><h6>b</h6>", "# a\n\n###### b"),
    ("<h2 id=x>a <b>b</b> <a href=u>c</a></h2>", "## a **b** [c](u)"),
    ("<h2>a #</h2>", "## a \\#"),
    ("<h2></h2><h3> </h3><h4><br></h4><p>a", "a"),
    ("<h2>a<br>b</h2>", "## a<br>b"),
    ("<h2><br>a<br> <br>b<br></h2>", "## a<br>b"),
    ("<h2><p>a</p><div>b</div></h2>", "## a<br>b"),
    ("<h2><b>a<br></b>b</h2>", "## **a**<br>b"),
    ("<h2>a|b<br>c</h2>", "## a\\|b<br>c"),
    ("<h2><img src=p></h2>", "## ![](p)"),
    ("<h2>a<pre>b</pre></h2>", "a\n\n```\nb\n```"),
    ("<h2>a<ul><li>b</ul></h2>", "a\n\n- b"),
    ("<h7>a</h7>", "a"),
]


@pytest.mark.parametrize(("html", "expected"), HEADINGS)
def test_headings(html: str, expected: str) -> None:
    assert markdown(html) == expected


LISTS = [
    ("<ul><li>a<li>b</ul>", "- a\n- b"),
    ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
    ("<ol start=0><li>a</ol>", "0. a"),
    ("<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "- a\n  - b\n    - c\n- d"),
    ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n   - b\n2. c"),
    ("<ul><li>a</ul><ul><li>b</ul>", "- a\n* b"),
    ("<ul><li>a<p>b</p><li>c</ul>", "- a\n\n  b\n\n- c"),
    ("<ul><li>a<br>b</ul>", "- a  \n  b"),
    ("<ul><li>a<br><br>b</ul>", "- a\n\n  b"),
    ("<ul><li></li><li>b</ul>", "- \n- b"),
    ("<ul><li>a<ol start=3><li>b</ol></ul>", "- a\n\n  3. b"),
    ("<ul><li>a</li><ul><li>b</ul></ul>", "- a\n  - b"),
    ("<ul><ul><li>b</ul><li>a</ul>", "- \n  - b\n- a"),
    ("<ul><li>a</li>\n<ol><li>b</ol></ul>", "- a\n  1. b"),
    ("<li>a<li>b", "- a\n- b"),
    ("<p>x</p><li>a</li> <li>b</li><p>y</p><li>c</li>", "x\n\n- a\n- b\n\ny\n\n- c"),
    ("<menu><li>a</menu><dir><li>b</dir>", "- a\n* b"),
    ("<ol reversed><li>a<li>b</ol>", '<ol reversed=""><li>a</li><li>b</li></ol>'),
    ('<ol start="-1"><li>a</ol>', '<ol start="-1"><li>a</li></ol>'),
    ("<ul><li>a<hr></ul>", "- a\n\n  ---"),
    ("<ul><li>a<blockquote>b</blockquote></ul>", "- a\n\n  > b"),
    ("<ul><li><blockquote>a</blockquote><blockquote>b</blockquote></ul>", "- \n  > a\n\n  > b"),
    ("<ul><li>a<table><tr><td>b</table></ul>", "- a\n\n  |  |\n  | --- |\n  | b |"),
    ("<ul><li><table><tr><td>b</table></ul>", "- \n  |  |\n  | --- |\n  | b |"),
    ("<ul><li>a<div><span></span><hr></div></ul>", "- a\n\n  ---"),
    ("<dl><dt>a<dd>b<dd>c<dt>d</dl>", "a\n\nb\n\nc\n\nd"),
    ("<ul><li>a<dl><dt>b<dd>c</dl></ul>", "- a\n\n  b\n\n  c"),
    ("<ul>a <b>b</b><li>c</ul>", "a **b**\n\n- c"),
    ("<ul><p>a</p><li>b<li>c</ul>", "a\n\n- b\n- c"),
    ("<ul><li>a</li>b<!-- x --><i>c</i><li>d</ul>", "- a\n\n  b*c*\n\n- d"),
    ("<ul>a</ul>b", "a\n\nb"),
    ("<ul><li><ul>a<ul>b</ul></ul></ul>", "- a\n\n  b"),
    ("<ul><li>a<ul>b</ul><ul>c</ul></ul>", "- a\n\n  b\n\n  c"),
    ("<ul></ul><ol> </ol>", ""),
    ("<menu>a</menu><dir> </dir>", "a"),
    ("<table><tr><td>a<menu></menu></table>", "|  |\n| --- |\n| a |"),
    ("<ul><li><span>\n<p>a</p>\n<p>b</p></span></ul>", "- a\n\n  b"),
    ("<ul><li> <b> <i>\n<p>a</p></i></b></ul>", "- ***a***"),
    ("<ul><li> <b> a</b></ul>", "- **a**"),
    ("<ul><li><span><!-- x --></span><iframe src=f></iframe>a</ul>", '- <iframe src="f"></iframe>\n\n  a'),
    ("<ul><li><b></b><i> </i><p>a</p><p>b</p></ul>", "- a\n\n  b"),
    ("<ul><li><span><br><!-- x --></span><iframe src=f></iframe>a</ul>", '- <iframe src="f"></iframe>\n\n  a'),
    ("<ul><li><wbr><!-- x --><b></b><p>a</p><p>b</p></ul>", "- a\n\n  b"),
    ("<ul><li><br></ul>", "-"),
]


@pytest.mark.parametrize(("html", "expected"), LISTS)
def test_lists(html: str, expected: str) -> None:
    assert markdown(html) == expected


QUOTES = [
    ("<blockquote>a<p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
    ("<blockquote><ul><li>a</ul></blockquote>", "> - a"),
    ("<blockquote>a<br>b</blockquote>", "> a  \n> b"),
    ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
    ("<p>a <q>b</q> c</p>", 'a "b" c'),
]


@pytest.mark.parametrize(("html", "expected"), QUOTES)
def test_quotes(html: str, expected: str) -> None:
    assert markdown(html) == expected


TABLES = [
    pytest.param("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |", id="plain"),
    pytest.param(
        "<table><thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>", "| a |\n| --- |\n| b |\n| c |", id="sections"
    ),
    pytest.param("<table><tr><td>a<tr><td>b<td>c</table>", "| a |  |\n| --- | --- |\n| b | c |", id="short-row"),
    pytest.param(
        "<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "| a |  |\n| --- | --- |\n| b | c |", id="spans-to-the-end"
    ),
    pytest.param("<table><tr><td colspan=1 rowspan=1>a</table>", "|  |\n| --- |\n| a |", id="spans-nothing"),
    pytest.param('<table><tr><td colspan="x">a</table>', "|  |\n| --- |\n| a |", id="span-is-no-number"),
    pytest.param("<table><tr><td colspan=1000>a<tr><td>b</table>", "| a |\n| --- |\n| b |", id="spans-too-much"),
    pytest.param(
        "<table><tr><td>a<p>b</p><div>c</div><td>d</table>",
        "|  |  |\n| --- | --- |\n| a<br>b<br>c | d |",
        id="lines-in-a-cell",
    ),
    pytest.param(
        "<table><tr><td><br>a<br><br>b<br><td><p>c</p></table>", "|  |  |\n| --- | --- |\n| a<br>b | c |", id="edges"
    ),
    pytest.param("<table><tr><td><b>a<br>b</b></table>", "|  |\n| --- |\n| **a<br>b** |", id="emphasis-over-lines"),
    pytest.param(
        "<table><tr><td><b><p>a</p><p>b</p></b></table>", "|  |\n| --- |\n| **a<br>b** |", id="emphasis-over-blocks"
    ),
    pytest.param("<table><tr><td><code>a<br>b</code></table>", "|  |\n| --- |\n| `a`<br>`b` |", id="code-over-lines"),
    pytest.param(
        "<table><tr><td>a\\<td><code>|</code></table>",
        "|  |  |\n| --- | --- |\n| a\\\\ | <code>&#124;</code> |",
        id="pipes",
    ),
    pytest.param("<table></table><p>a", "a", id="empty"),
    pytest.param("<p>a</p><table><tr><td>b</table>c", "a\n\n|  |\n| --- |\n| b |\n\nc", id="apart"),
    pytest.param('<table role="presentation"><tr><td>a<td><p>b</table>', "a\n\nb", id="for-layout"),
    pytest.param(
        "<table><caption>t</caption><tr><td><h2>a</h2><p>b</p><p>c</p><table><tr><td>d</table></table>",
        "t\n\n## a\n\nb\n\nc\n\n|  |\n| --- |\n| d |",
        id="a-frame",
    ),
]


@pytest.mark.parametrize(("html", "expected"), TABLES)
def test_tables(html: str, expected: str) -> None:
    assert markdown(html) == expected


KEPT = [
    pytest.param(
        "<table class=x><tr><td rowspan=2 style='a'>a<td>b<tr><td>c</table>",
        '<table>\n<tbody>\n<tr><td rowspan="2">a</td><td>b</td></tr>\n<tr><td>c</td></tr></tbody>\n</table>',
        id="rows",
    ),
    pytest.param(
        "<table><tr><td colspan=2>a<td>b</table>",
        '<table>\n<tbody>\n<tr><td colspan="2">a</td><td>b</td></tr></tbody>\n</table>',
        id="columns-before-a-cell",
    ),
    pytest.param(
        "<table><tr><td><pre>a\n\n  b</pre><td> c\n\n d <b>e*</b></table>",
        "<table>\n<tbody>\n<tr><td><pre>a&#10;&#10;  b</pre></td><td> c d <b>e*</b></td></tr></tbody>\n</table>",
        id="no-blank-lines",
    ),
    pytest.param(
        "<table><tr><td>a<td><table><tr><td>b</table></table>",
        "<table>\n<tbody>\n<tr><td>a</td><td><table>\n<tbody>\n<tr><td>b</td></tr></tbody>\n</table></td></tr></tbody>\n</table>",
        id="table-in-a-cell",
    ),
    pytest.param(
        '<table><tr><td>a<td><iframe src="v"></iframe></table>',
        '<table>\n<tbody>\n<tr><td>a</td><td><iframe src="v"></iframe></td></tr></tbody>\n</table>',
        id="frame-in-a-cell",
    ),
]


@pytest.mark.parametrize(("html", "expected"), KEPT)
def test_tables_that_stay_html(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert convert(expected).text == expected  # and stay so


def test_kept_tables_in_lists_and_quotes() -> None:
    table = "<table><tr><td>a<td><hr></table>"
    lines = ["<table>", "<tbody>", "<tr><td>a</td><td><hr></td></tr></tbody>", "</table>"]
    assert markdown(f"<ul><li>x{table}y</ul>") == "- x\n\n" + "\n".join(f"  {line}" for line in lines) + "\n\n  y"
    assert markdown(f"<blockquote>{table}</blockquote>") == "\n".join(f"> {line}" for line in lines)


def test_a_table_too_uneven_to_fill() -> None:
    html = "<table>" + "<tr><td>a" * 200 + "<tr>" + "<td>b" * 200 + "</table>"
    assert markdown(html).startswith("<table>")


BREAKS = [
    ("<p>a<br>b</p>", "a  \nb"),
    ("<p>a<br><br>b</p>", "a\n\nb"),
    ("<p>a<br> <br><br>b</p>", "a\n\nb"),
    ("<p><br>a<br></p>", "a"),
    ("a<br>b<br><br>c", "a  \nb\n\nc"),
    ("<p>a</p><br><p>b</p>", "a\n\nb"),
    ("<p>a</p><br>b", "a\n\nb"),
    ("<div><span>a<br><br>b</span></div>", "a\n\nb"),
    ("<p><span>a<br></span><br>b</p>", "a\n\nb"),
    ("<p><b>a<br><br>b</b></p>", "**a  \nb**"),
    ("<p><a href=u>a<br><br>b</a></p>", "[a  \nb](u)"),
    ("<p><b>a<br></b>b</p>", "**a**  \nb"),
    ("<p><b><br>a</b></p>", "**a**"),
    ("<p><i>a<br></i><br>b</p>", "*a*  \nb"),
    ("<p><br></p><div><br></div><p>a</p>", "a"),
]


@pytest.mark.parametrize(("html", "expected"), BREAKS)
def test_breaks(html: str, expected: str) -> None:
    assert markdown(html) == expected


HIDDEN = [
    "<p hidden>h</p>",
    '<p style="display:none">h</p>',
    '<p style="color:red; DISPLAY : None;">h</p>',
    '<div style="visibility: hidden"><p>h</p></div>',
    '<div style="display:none"><p style="display:none">h</p></div>',
    "<script>h</script><style>h</style><template>h</template><noscript>h</noscript>",
    "<select><option>h</select><textarea>h</textarea><datalist><option>h</datalist>",
    "<svg><text>h</text></svg><canvas>h</canvas><progress>h</progress><meter>h</meter>",
    "<!-- h --><!--[if mso]><p>h</p><![endif]--><?xml h ?>",
    "<title>h</title>",
    "<span></span><p> </p>",
]


@pytest.mark.parametrize("html", HIDDEN)
def test_hidden(html: str) -> None:
    assert markdown(f"{html}<p>v</p>{html}") == "v"


SHOWN = [
    ('<p style="display:block">a</p>', "a"),
    ('<p style="overflow:hidden">a</p>', "a"),
    ('<p aria-hidden="true">a</p>', "a"),
    ('<p style="white-space: pre-wrap">a\n b</p>', "a b"),
    ('<span style="white-space:pre">a</span>', "a"),
    ("<details><summary>a</summary>b</details>", "a\n\nb"),
    ("<button>a</button><label>b</label>", "ab"),
    ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
    ("<p>10<sup>9</sup> H<sub>2</sub>O<sup></sup></p>", "10<sup>9</sup> H<sub>2</sub>O"),
    ('<p>a<sup><a href="#f1">1</a></sup></p>', "a<sup>[1](#f1)</sup>"),
    ("<sup><p>a</p></sup>", "a"),
    ("<u>a</u><ins>b</ins><mark>c</mark><small>d</small><cite>e</cite><dfn>f</dfn><var>g</var>", "abcdefg"),
    ("<center>a</center><form>b<fieldset><legend>c</legend>d</fieldset></form>", "a\n\nb\n\nc\n\nd"),
    ("<html><head><title>t</title></head><body><p>a</p></body></html>", "a"),
    ("<p>a<p>b<div>c", "a\n\nb\n\nc"),
    ("<unknown-tag>a</unknown-tag>", "a"),
    ("a<wbr>b&shy;c&#8203;d", "ab\xadc\u200bd"),
]


@pytest.mark.parametrize(("html", "expected"), SHOWN)
def test_shown(html: str, expected: str) -> None:
    assert markdown(html) == expected


EMPHASIS = [
    ("<p><b>a</b> <strong>b</strong> <i>c</i> <em>d</em></p>", "**a** **b** *c* *d*"),
    ("<p><del>a</del> <s>b</s> <strike>c</strike></p>", "~~a~~ ~~b~~ ~~c~~"),
    ("<p><b></b>a<i class=icon></i></p>", "a"),
    ("<p>a<b> </b>b</p>", "a b"),
    ("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**"),
    ("<b>a<ul><li>b<li> </ul></b>", "**a**\n\n- **b**\n-"),
    ("<b><pre>a</pre>b</b>", "```\na\n```\n\n**b**"),
    ("<b><h2>a</h2></b>", "## **a**"),
    ("<b><table><tr><td>a<td><hr></table></b>", "<table>\n<tbody>\n<tr><td>a</td><td><hr></td></tr></tbody>\n</table>"),
    ("<i><b><p>a</p></b></i>", "***a***"),
    ('<b style="font-weight:normal"><p>a</p> <b>b</b></b>', "a\n\n**b**"),
    ('<b style="font-weight: 400">a</b>', "a"),
    ('<i style="font-style: normal">a</i>', "a"),
    ("<b>a<b>b</b></b>", "**ab**"),
    ("<p>x<b>a<br>- b<b>- c</b></b></p>", "x**a  \n\\- b- c**"),
    ("<p><s>x<br><s>- y</s></s></p>", "~~x  \n\\- y~~"),
]


@pytest.mark.parametrize(("html", "expected"), EMPHASIS)
def test_emphasis(html: str, expected: str) -> None:
    assert markdown(html) == expected


ONE_ROW = [
    pytest.param("<tr><td>a<td>b", "|  |  |\n| --- | --- |\n| a | b |", id="cells: a header without text"),
    pytest.param("<tr><th>a<th>b", "| a | b |\n| --- | --- |\n|  |  |", id="a header: a row without text"),
    pytest.param("<tr><th>a<td>b", "|  |  |\n| --- | --- |\n| a | b |", id="both"),
    pytest.param("<thead><tr><th>a<tbody>", "| a |\n| --- |\n|  |", id="a header in its section"),
    pytest.param("<tr></tr><tr><td>a</tr><tr>", "|  |\n| --- |\n| a |", id="beside rows without cells"),
    pytest.param("<tr><td align=right>a", "|  |\n| ---: |\n| a |", id="aligned"),
    pytest.param("<tr><td><td>&nbsp;", "", id="nothing to see"),
    pytest.param("<tr><td><img src=p>", "|  |\n| --- |\n| ![](p) |", id="a picture"),
]


@pytest.mark.parametrize(("rows", "expected"), ONE_ROW)
def test_a_table_of_one_row_has_a_second(rows: str, expected: str) -> None:
    """kramdown takes the lines of a table that has only one for text."""
    assert markdown(f"<table>{rows}</table>") == expected


TWO_LISTS = [
    ("<ol><li>a</ol><ul><li>b</ul>", "1. a\n\n- b"),
    ("<ul><li>a</ul> <!-- --> <ol><li>b</ol><ul><li>c</ul>", "- a\n\n1. b\n\n- c"),
    ("<ol><li>x<ol><li>a</ol><ul><li>b</ul></ol>", "1. x\n\n   1. a\n\n   - b"),
    ("<blockquote><ol><li>a</ol><menu><li>b</menu></blockquote>", "> 1. a\n>\n> - b"),
    ("<ul><li>a</ul><ul><li>b</ul>", "- a\n* b"),
    ("<ul><li>a<ol><li>b</ol></ul>", "- a\n  1. b"),
]


@pytest.mark.parametrize(("html", "expected"), TWO_LISTS)
def test_a_blank_line_parts_lists_of_both_kinds(html: str, expected: str) -> None:
    """kramdown nests the second in the first where none does."""
    assert markdown(html) == expected
