"""HTML as blogs, editors and word processors write it."""

import textwrap

import pytest

from newscli.converters import convert


def markdown(html: str) -> str:
    return convert(textwrap.dedent(html), source="html").text.rstrip("\n")


def test_a_news_portal() -> None:
    html = (
        '<p style="display:none;height:1px;"><br /></p><!-- EM_StockImg_Start --><p style="text-align:center;">'
        '<a href="http://quote/106.NIO" data-code="NIO|106|7" target="_blank"><img src="https://pic/GetPic.aspx?nid=106.NIO&imageType=k"'
        ' border="0" alt="K图 NIO_0" data-code="K NIO|106|7" /></a></p><!-- EM_StockImg_End --><p>国内的'
        '<span id="bk"><a href="http://quote/90.BK0493" data-code="90,BK0493">新能源</a></span><span id="q"></span>汽车来了！<br /></p>'
        '<p><strong>据官网消息：</strong>旗下<span web="1" href="http://quote/90" class="x">新能源</span>汽车。</p>'
        '<center><img src="https://pic/D1.jpg" alt="Image" width="552" /></center><p class="em_media">（来源）</p>'
    )
    assert markdown(html) == (
        "[![K图 NIO\\_0](https://pic/GetPic.aspx?nid=106.NIO&imageType=k)](http://quote/106.NIO)\n\n"
        "国内的[新能源](http://quote/90.BK0493)汽车来了！\n\n"
        "**据官网消息**：旗下新能源汽车。\n\n"
        "![Image](https://pic/D1.jpg)\n\n"
        "（来源）"
    )


def test_a_table_of_quotes() -> None:
    html = """\
        <table border="1" cellspacing="0" style="width:100%"><tbody>
        <tr><td colspan="3" align="center"><strong>财务数据（万元）</strong></td></tr>
        <tr><td>名称</td><td>最新价</td><td>涨跌幅</td></tr>
        <tr><td><p>中芯国际</p><p>688981</p></td><td align="right">45.10</td><td>-1.2%</td></tr>
        </tbody></table>
        """
    assert markdown(html) == (
        "| **财务数据（万元）** |  |  |\n| --- | --- | --- |\n| 名称 | 最新价 | 涨跌幅 |\n"
        "| 中芯国际<br>688981 | 45.10 | -1.2% |"
    )


def test_wordpress_blocks() -> None:
    html = """\
        <!-- wp:paragraph {"align":"left"} -->
        <p class="has-text-align-left">It&#8217;s <em>here</em>.</p>
        <!-- /wp:paragraph -->

        <!-- wp:image {"id":5} -->
        <figure class="wp-block-image size-large"><a href="/big.jpg"><img src="/small.jpg" alt="a cat" class="wp-image-5"/></a><figcaption>A <strong>cat</strong></figcaption></figure>
        <!-- /wp:image -->

        <!-- wp:list -->
        <ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>
        <!-- /wp:list -->

        <!-- wp:embed -->
        <figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
        https://www.youtube.com/watch?v=x_y
        </div></figure>
        <!-- /wp:embed -->

        <!-- wp:code -->
        <pre class="wp-block-code"><code>&lt;?php echo "a"; ?&gt;</code></pre>
        <!-- /wp:code -->

        <!--more-->

        <p><iframe width="560" src="https://www.youtube.com/embed/x"></iframe></p>
        """
    expected = """\
        It’s *here*.

        [![a cat](/small.jpg)](/big.jpg)

        A **cat**

        - one
        - two
          - three

        https://www.youtube.com/watch?v=x\\_y

        ```
        <?php echo "a"; ?>
        ```

        <!--more-->

        <iframe width="560" src="https://www.youtube.com/embed/x"></iframe>"""
    assert markdown(html).rstrip("\n") == textwrap.dedent(expected)
    mixed = convert(textwrap.dedent(html)).text
    assert mixed.rstrip("\n") == textwrap.dedent(expected)
    assert convert(mixed).text == mixed


def test_blogger() -> None:
    html = (
        '<div dir="ltr" style="text-align: left;" trbidi="on">First line.<br /><br />Second line.<br />'
        '<div class="separator" style="clear: both;"><a href="http://bp/s1600/a.jpg" imageanchor="1"><img border="0" '
        'src="http://bp/s320/a.jpg" /></a></div><br /><b>Bold&nbsp;</b>text<br /><ul style="text-align: left;"><li>x</li></ul></div>'
    )
    assert markdown(html) == (
        "First line.\n\nSecond line.\n\n[![](http://bp/s320/a.jpg)](http://bp/s1600/a.jpg)\n\n**Bold**\xa0text\n\n- x"
    )


def test_word() -> None:
    html = """\
        <p class="MsoNormal" style="mso-margin-top-alt:auto"><b style="mso-bidi-font-weight:normal"><span lang="EN-US">Title<o:p></o:p></span></b></p>
        <p class="MsoNormal"><!--[if !supportLists]--><span style="mso-list:Ignore">1.<span>&nbsp;&nbsp;</span></span><!--[endif]-->Item</p>
        <p class="MsoNormal"><o:p>&nbsp;</o:p></p>
        """
    assert markdown(html) == "**Title**\n\n1\\.\xa0\xa0Item\n\n&#160;"


def test_google_docs() -> None:
    html = (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;white-space:pre-wrap;">'
        '<span style="font-weight:700;white-space:pre-wrap;">Hello</span><span style="white-space: pre;"> world</span></p></b>'
    )
    assert markdown(html) == "Hello world"


def test_a_letter_in_tables() -> None:
    html = (
        '<table role="presentation" width="100%"><tr><td><table role="presentation"><tr><td><h1>News</h1><p>Hi</p></td></tr></table>'
        '</td></tr><tr><td><a href="u">Read</a></td></tr></table>'
    )
    assert markdown(html) == "# News\n\nHi\n\n[Read](u)"


def test_an_article_in_a_frame() -> None:
    html = "<table><tr><td><p>One.</p><p>Two.</p><p>Three.</p><ul><li>x</ul></td></tr></table>"
    assert markdown(html) == "One.\n\nTwo.\n\nThree.\n\n- x"


def test_wechat() -> None:
    html = '<section><section><p><span>文字</span></p></section><img data-src="https://mmbiz/1" data-ratio="0.5" class="rich_pages"></section>'
    assert markdown(html) == "文字\n\n![](https://mmbiz/1)"


def test_footnotes() -> None:
    html = '<p>a<sup id="r1"><a href="#f1">1</a></sup></p><ol><li id="f1">note <a href="#r1">↩</a></li></ol>'
    assert markdown(html) == "a<sup>[1](#f1)</sup>\n\n1. note [↩](#r1)"


def test_highlighted_code() -> None:
    html = (
        '<div class="highlight"><pre><span></span><code class="language-py"><span class="k">def</span> <span class="nf">f</span>():\n'
        '    <span class="k">pass</span>\n</code></pre></div>'
    )
    assert markdown(html) == "```py\ndef f():\n    pass\n```"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>a<i>b</b>c</i>", "**a*b***<em>c</em>"),
        ("<p>a</div>b", "ab"),
        ("</p>a", "a"),
        ("<a href=u>a<a href=v>b</a>", "[a](u)[b](v)"),
        ("<table>a<tr><td>b</table>", "a\n\n|  |\n| --- |\n| b |"),
        ("<ul>a<li>b</ul>", "a\n\n- b"),
        ("<div a=\"1\" a='2' b=<c>d</div>", "d"),
        ("<p>a<br/>b<hr/>c", "a  \nb\n\n---\n\nc"),
        ("a &amp b &copy c &unknown; &#0; &#x110000;", "a & b © c &amp;unknown; \ufffd \ufffd"),
        ("<p>un<closed", "un"),
    ],
)
def test_broken_html(html: str, expected: str) -> None:
    assert markdown(html) == expected
