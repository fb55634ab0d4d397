"""The smallest bodies that converters get wrong, one by one."""

import pytest

from newscli.converters import convert

CASES = [
    pytest.param(
        "<p><strong>前期的基础：</strong>自2007年</p>",
        "**前期的基础**：自2007年",
        id="cjk strong then punctuation inside",
    ),
    pytest.param("<p>招引，<b>“重点”</b>总体</p>", "招引，“**重点**”总体", id="cjk quotes in strong"),
    pytest.param("<p>foo<em>bar</em>baz</p>", "foo*bar*baz", id="mid-word em"),
    pytest.param("<p>a<em>(b)</em>c</p>", "a(*b*)c", id="em of (b)"),
    pytest.param('<p style="display:none">h</p><p>v</p>', "v", id="hidden p"),
    pytest.param('<p><code><a href="/x">f()</a></code></p>', "[`f()`](/x)", id="link in code"),
    pytest.param("<p><code>a<b>b</b>c</code></p>", "`abc`", id="bold in code"),
    pytest.param("<pre>a <b>b</b>\n  c</pre>", "```\na b\n  c\n```", id="markup in pre"),
    pytest.param("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````", id="pre with ```"),
    pytest.param("<ul><li><pre>z\ny</pre></li></ul>", "- \n  ```\n  z\n  y\n  ```", id="pre in li"),
    pytest.param("<pre>a</pre><pre>b</pre>", "```\na\n```\n\n```\nb\n```", id="pre after pre"),
    pytest.param("<ol><li>a</li><li>d<p>e</p></li></ol>", "1. a\n\n2. d\n\n   e", id="p in li"),
    pytest.param("<ol start=3><li>a<li>b</ol>", "3. a\n4. b", id="ol start"),
    pytest.param(
        "<table><tr><td>a|b<td>c<tr><td>1<td>2</table>",
        "| a\\|b | c |\n| --- | --- |\n| 1 | 2 |",
        id="table without th",
    ),
    pytest.param(
        "<table><tr><th>a<th>c<tr><td>1<br>2<td>3</table>", "| a | c |\n| --- | --- |\n| 1<br>2 | 3 |", id="br in cell"
    ),
    pytest.param(
        "<table><tr><th>a<th>b<tr><td>1<td><ul><li>x<li>y</ul></table>",
        "<table>\n<tbody>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td><ul><li>x</li><li>y</li></ul></td></tr></tbody>\n"
        "</table>",
        id="list in cell",
    ),
    pytest.param(
        "<table><caption>cap</caption><tr><th>a<th>b<tr><td>1<td>2</table>",
        "cap\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
        id="caption",
    ),
    pytest.param("<dl><dt>t<dd>d<dt>u<dd>e</dl>", "t\n\nd\n\nu\n\ne", id="dl"),
    pytest.param("<p>&gt; q</p>", "\\> q", id="text that is > q"),
    pytest.param("<p>&lt;div&gt; x</p>", "\\<div> x", id="literal <div>"),
    pytest.param("<p>&amp;copy; &amp;lt;</p>", "&amp;copy; &amp;lt;", id="entity text &copy;"),
    pytest.param("<p>a<br>===</p>", "a  \n\\===", id="setext ==="),
    pytest.param('<img src="a b.png" alt="x">', "![x](<a b.png>)", id="img url with space"),
    pytest.param('<a href="http://x/a_(b)">t</a>', "[t](http://x/a_(b))", id="link url with ( )"),
    pytest.param('<a href="/u" title="a&quot;b">z</a>', '[z](/u "a\\"b")', id="title with quote"),
    pytest.param('<a href="/u">a\nb</a>', "[a b](/u)", id="link with newline text"),
    pytest.param("<p>　　段落</p>", "　　段落", id="ideographic space"),
    pytest.param("<p><b>a</b><b>b</b></p>", "**ab**", id="strong+strong"),
    pytest.param("<p><em>a</em><strong>b</strong></p>", "_a_**b**", id="em+strong"),
    pytest.param("<p><del>x</del>y</p>", "~~x~~y", id="del"),
    pytest.param("<figure><img src=a><figcaption>cap</figcaption></figure><p>z</p>", "![](a)\n\ncap\n\nz", id="figure"),
    pytest.param('<p><abbr title="T">TLA</abbr> x</p>', "TLA x", id="abbr"),
    pytest.param("<h2>a<br>b</h2>", "## a<br>b", id="h with br"),
    pytest.param("<p>a<hr>b</p>", "a\n\n---\n\nb", id="h7-like hr in p"),
    pytest.param("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>", "> a\n>\n> > b", id="nested bq"),
    pytest.param("<code>a`b</code>", "``a`b``", id="code with backtick"),
    pytest.param("<p>a<code></code>b</p>", "ab", id="empty code"),
    pytest.param("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\n&#160;\n\nb", id="&nbsp; only p"),
    pytest.param("<p>a<br><br>b</p>", "a\n\nb", id="br br"),
    pytest.param("<p>{% include a_b.html %} {{ x_y }}</p>", "{% include a_b.html %} {{ x_y }}", id="liquid"),
    pytest.param("<ul><li><p>a<li><p>b</ul>", "- a\n- b", id="unclosed li p"),
]


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_minimal_case(html: str, expected: str) -> None:
    conversion = convert(html, source="html")
    assert conversion.text == expected
    assert conversion.engine == "turbohtml"
    assert conversion.warnings == ()
