"""What the suites of other converters try, one small body each: turndown, markdownify, html2text, WordPress."""

import pytest

from newscli.converters import convert
from newscli.converters.audit import lost

TURNDOWN = [
    pytest.param("Lorem ipsum", "Lorem ipsum", id="no tags"),
    pytest.param("<em>em element</em>", "*em element*", id="em"),
    pytest.param("<i>i element</i>", "*i element*", id="i"),
    pytest.param("<strong>strong element</strong>", "**strong element**", id="strong"),
    pytest.param("<b>b element</b>", "**b element**", id="b"),
    pytest.param("<code>code element</code>", "`code element`", id="code"),
    pytest.param(
        "<code>There is a literal backtick (`) here</code>", "``There is a literal backtick (`) here``", id="tick"
    ),
    pytest.param(
        "<code>here are three ``` here are four ````</code>",
        "````` here are three ``` here are four ```` `````",
        id="ticks",
    ),
    pytest.param("<code>`starting</code>", "`` `starting ``", id="tick first"),
    pytest.param("<code>ending`</code>", "`` ending` ``", id="tick last"),
    pytest.param("<code>_emphasis_</code>", "`_emphasis_`", id="marks in code"),
    pytest.param("<h1>Level One Heading</h1>", "# Level One Heading", id="h1"),
    pytest.param("<h6>Level Six Heading</h6>", "###### Level Six Heading", id="h6"),
    pytest.param('<h3>with <a href="http://h">child</a></h3>', "### with [child](http://h)", id="h3 with a link"),
    pytest.param("<h1></h1>", "", id="empty heading"),
    pytest.param("<h3>a # b</h3>", "### a # b", id="hash in a heading"),
    pytest.param("<hr>", "---", id="hr"),
    pytest.param("More<br>after the break", "More  \nafter the break", id="br"),
    pytest.param('<img src="logo.png" alt="img with alt">', "![img with alt](logo.png)", id="img"),
    pytest.param('<img src="logo.png" alt="" title="the title">', '![](logo.png "the title")', id="img with a title"),
    pytest.param('<img alt="img without src">', "", id="img without src"),
    pytest.param('<a href="http://e.com">An anchor</a>', "[An anchor](http://e.com)", id="a"),
    pytest.param(
        '<a href="http://e.com" title="T">An anchor</a>', '[An anchor](http://e.com "T")', id="a with a title"
    ),
    pytest.param('<a id="about-anchor">a without a href</a>', "a without a href", id="a without href"),
    pytest.param("<pre><code>def f\n  1\nend</code></pre>", "```\ndef f\n  1\nend\n```", id="pre code"),
    pytest.param("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two", id="ol"),
    pytest.param("<p>1986. What a great season.</p>", "1986\\. What a great season.", id="year"),
    pytest.param("<ul><li>a</li>\n <li>b</li></ul>", "- a\n- b", id="ul"),
    pytest.param("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b", id="ul of paragraphs"),
    pytest.param("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c", id="ul in ul"),
    pytest.param("<ol><li>a<ul><li>b</li><li>c</li></ul></li></ol>", "1. a\n   - b\n   - c", id="ul in ol"),
    pytest.param("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b", id="blockquote"),
    pytest.param(
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>",
        "> a\n>\n> > b\n>\n> c",
        id="nested",
    ),
    pytest.param(
        "<blockquote><h2>a</h2><ol><li>b</ol><p>c:</p><pre>d</pre></blockquote>",
        "> ## a\n>\n> 1. b\n>\n> c:\n>\n> ```\n> d\n> ```",
        id="html in a quote",
    ),
    pytest.param("<div>A div</div><div>Another div</div>", "A div\n\nAnother div", id="div"),
    pytest.param("<div>A &copy; B</div>", "A © B", id="entity"),
    pytest.param("<!-- comment -->a", "a", id="comment"),
    pytest.param("<p>a<!-- comment -->b</p>", "ab", id="comment in text"),
    pytest.param("<p>a\u00a0b</p>", "a b", id="nbsp"),
    pytest.param("<p> a  b\n\tc </p>", "a b c", id="white space"),
    pytest.param("<p>a<em> b </em>c</p>", "a *b* c", id="white space in em"),
    pytest.param("<p>a <em> b</em></p>", "a *b*", id="white space twice"),
    pytest.param("<em><br></em>", "", id="em of br"),
    pytest.param("<p>a</p><p></p><p>b</p>", "a\n\nb", id="empty paragraph"),
    pytest.param("<p>* a</p>", "\\* a", id="escape *"),
    pytest.param("<p>- a</p>", "\\- a", id="escape -"),
    pytest.param("<p>+ a</p>", "\\+ a", id="escape +"),
    pytest.param("<p>1. a</p>", "1\\. a", id="escape 1."),
    pytest.param("<p># a</p>", "\\# a", id="escape #"),
    pytest.param("<p>a_b_c</p>", "a\\_b\\_c", id="escape _"),
    pytest.param("<p>[a](b)</p>", "\\[a\\](b)", id="escape ["),
    pytest.param("<p>`a`</p>", "\\`a\\`", id="escape `"),
    pytest.param("<p>~~~ a</p>", "\\~\\~\\~ a", id="escape ~"),
    pytest.param("<p>a\\*b</p>", "a\\\\\\*b", id="escape \\"),
    pytest.param('<a href="(a)b(c)">d</a>', "[d]((a)b(c))", id="brackets in an address"),
    pytest.param('<a href="a(b">c</a>', "[c](a\\(b)", id="one bracket in an address"),
    pytest.param("<p><del>a</del> <s>b</s></p>", "~~a~~ ~~b~~", id="strikethrough"),
    pytest.param(
        "<table><thead><tr><th>A<th>B<tbody><tr><td>1<td>2</table>", "| A | B |\n| --- | --- |\n| 1 | 2 |", id="table"
    ),
]
MARKDOWNIFY = [
    pytest.param("<b>a</b><i>b</i>", "**a**_b_", id="neighbours"),
    pytest.param("<b><i>a</i></b>", "***a***", id="nested emphasis"),
    pytest.param("<i>a <b>b</b></i>", "_a **b**_", id="emphasis ends together"),
    pytest.param("<b>a</b><br>b", "**a**  \nb", id="br behind b"),
    pytest.param("<b>a<br></b>b", "**a**  \nb", id="br at the end of b"),
    pytest.param("<kbd>Ctrl</kbd>+<samp>x</samp>", "`Ctrl`+`x`", id="kbd and samp"),
    pytest.param("<q>a</q>", '"a"', id="q"),
    pytest.param("x<sup>2</sup> H<sub>2</sub>O", "x<sup>2</sup> H<sub>2</sub>O", id="sup and sub"),
    pytest.param("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb", id="dl"),
    pytest.param("<video src='v'></video>", '<video src="v"></video>', id="video"),
    pytest.param('<a href="http://a.b/">http://a.b/</a>', "<http://a.b/>", id="autolink"),
    pytest.param('<a href="/a"></a>b', "b", id="empty link"),
    pytest.param('<a href="/a"> b </a>c', "[b](/a) c", id="white space in a link"),
    pytest.param("<ol start='3'><li>a<li>b</ol>", "3. a\n4. b", id="start"),
    pytest.param("<ol start='-3'><li>a</ol>", '<ol start="-3"><li>a</li></ol>', id="start below zero"),
    pytest.param("<ul><li>a</li></ul><p>b</p>", "- a\n\nb", id="p behind ul"),
    pytest.param("<p>a</p><ul><li>b</ul>", "a\n\n- b", id="ul behind p"),
    pytest.param("<table><tr><td>a<td>b</table>", "|  |  |\n| --- | --- |\n| a | b |", id="table of a row"),
    pytest.param("<table><caption>c</caption><tr><th>a</table>", "c\n\n| a |\n| --- |\n|  |", id="caption"),
    pytest.param("<table><tr><th>a<tr><td>b|c</table>", "| a |\n| --- |\n| b\\|c |", id="pipe"),
    pytest.param(
        "<table><tr><th>a<tr><td><p>b</p><p>c</p></table>", "| a |\n| --- |\n| b<br>c |", id="paragraphs in a cell"
    ),
    pytest.param("<table><tr><th>a<th>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |  |", id="a cell too few"),
    pytest.param("<p>a</p><script>b</script><style>c</style>", "a", id="script and style"),
    pytest.param("<article><section><p>a</p></section></article>", "a", id="sections"),
    pytest.param("a<p>b</p>c", "a\n\nb\n\nc", id="text around p"),
    pytest.param("<figure><img src='a' alt='b'><figcaption>c</figcaption></figure>", "![b](a)\n\nc", id="figure"),
]
WORDPRESS = [
    pytest.param("<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->", "a", id="block"),
    pytest.param('<!-- wp:heading {"level":3} -->\n<h3>a</h3>\n<!-- /wp:heading -->', "### a", id="heading"),
    pytest.param(
        '<ul class="wp-block-list"><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item --></ul>', "- a", id="list"
    ),
    pytest.param('<figure class="wp-block-image"><img src="a.jpg" alt=""/></figure>', "![](a.jpg)", id="image"),
    pytest.param(
        '<figure class="wp-block-table"><table><tbody><tr><td>a</td></tr></tbody></table></figure>',
        "|  |\n| --- |\n| a |",
        id="table",
    ),
    pytest.param('<pre class="wp-block-code"><code>a &lt; b</code></pre>', "```\na < b\n```", id="code"),
    pytest.param('<blockquote class="wp-block-quote"><p>a</p><cite>b</cite></blockquote>', "> a\n>\n> b", id="quote"),
    pytest.param('<hr class="wp-block-separator"/>', "---", id="separator"),
    pytest.param('<div class="wp-block-columns"><div><p>a</p></div><div><p>b</p></div></div>', "a\n\nb", id="columns"),
    pytest.param('<p class="has-text-align-center"><strong>a</strong></p>', "**a**", id="centred"),
    pytest.param('<p>[gallery ids="1,2"]</p>', '\\[gallery ids="1,2"\\]', id="shortcode"),
    pytest.param('<div class="wp-block-button"><a href="/u">a</a></div>', "[a](/u)", id="button"),
]
CHINESE = [
    pytest.param(
        "<p><strong>“前期的基础”：</strong>自2007年</p>", "**“前期的基础”**：自2007年", id="quotes and colon inside"
    ),
    pytest.param("<p>自<strong>2007年</strong>起</p>", "自**2007年**起", id="number"),
    pytest.param("<p>他说：<strong>“好。”</strong></p>", "他说：**“好。”**", id="quote at the end"),
    pytest.param("<p>见<em>《新闻》</em>一书</p>", "见《*新闻*》一书", id="book"),
    pytest.param("<p><b>（一）</b>总则</p>", "（**一**）总则", id="number of a section"),
    pytest.param("<p><b>一、总则</b><br>第一条</p>", "**一、总则**  \n第一条", id="heading in bold"),
    pytest.param("<p><b>据新华社电</b>　记者</p>", "**据新华社电**　记者", id="ideographic space behind"),
    pytest.param("<p>A股<b>上涨</b>1.5%</p>", "A股**上涨**1.5%", id="letters and digits around"),
    pytest.param("<p><del>旧价：</del>新价</p>", "~~旧价~~：新价", id="deleted"),
    pytest.param('<p><b><a href="/u">链接</a></b>后</p>', "[**链接**](/u)后", id="bold link"),
    pytest.param('<p>前<a href="/u"><b>链接</b></a>后</p>', "前[**链接**](/u)后", id="link in bold"),
    pytest.param("<p>表　格<br>　　缩进</p>", "表　格  \n　　缩进", id="indented line"),
]
CASES = [*TURNDOWN, *MARKDOWNIFY, *WORDPRESS, *CHINESE]


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_peers(html: str, expected: str) -> None:
    assert convert(html, source="html").text.replace("\u00a0", " ") == expected


@pytest.mark.parametrize("html", [case.values[0] for case in CASES])
def test_nothing_is_lost_and_nothing_is_left_to_do(html: str) -> None:
    done = convert(html, source="html")
    assert lost(html, done.text, source="html") == []
    assert convert(done.text).text == done.text
    assert done.warnings == ()


@pytest.mark.parametrize("html", [case.values[0] for case in CASES])
def test_html2text_tells_what_it_loses(html: str) -> None:
    """Whatever it makes of them, text that is missing in its result is named."""
    text = convert(html, source="html", engine="html2text").text
    plain = convert(text, to="text").text
    losses = lost(html, text, source="html")
    for word in convert(html, source="html", to="text").text.split():
        assert word in plain or any(loss.kind == "text" for loss in losses) or not word.isalnum()
