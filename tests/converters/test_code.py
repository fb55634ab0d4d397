"""Code spans and code blocks."""

import pytest

from newscli.converters import convert


def markdown(html: str, *, keep: bool = False) -> str:
    return convert(html, source="html", code="html" if keep else "markdown").text


SPANS = [
    ("<code>f(x)</code>", "`f(x)`"),
    ("<kbd>Ctrl</kbd> <samp>out</samp> <tt>t</tt>", "`Ctrl` `out` `t`"),
    ("<code>&lt;b&gt; *a* \\ _b_</code>", "`<b> *a* \\ _b_`"),
    ("<code>`</code>", "`` ` ``"),
    ("<code>a``b`c</code>", "```a``b`c```"),
    ("<code>a\n b</code>", "`a  b`"),
    ("x<code> a </code>y", "x `a` y"),
    ("x<code>\n</code>y", "x y"),
    ("a<code></code>b", "ab"),
    ("<code>a</code>b<code>c</code>", "`a`b`c`"),
    ("<code><span>a</span></code>", "`a`"),
    ("<code><code>a</code></code>", "`a`"),
    ("<kbd><kbd>Ctrl</kbd>+<kbd>A</kbd></kbd>", "`Ctrl+A`"),
    ("<code>　a　</code>", "`　a　`"),
]


@pytest.mark.parametrize(("html", "expected"), SPANS)
def test_spans(html: str, expected: str) -> None:
    assert markdown(f"<p>{html}</p>") == expected


MIXED = [
    ('<code><a href="/x">f</a></code>', "[`f`](/x)", "[`f`](/x)"),
    ("<code><b>f</b></code>", "**`f`**", "**`f`**"),
    ('<code><a href="/x"><b>f</b></a></code>', "[**`f`**](/x)", "[**`f`**](/x)"),
    ('<code> <a href="/x"> f </a> </code>', "[`f`](/x)", "[`f`](/x)"),
    ('<code>a <a href="/x">b</a> c</code>', "`a` [`b`](/x) `c`", "<code>a [b](/x) c</code>"),
    ("<code>a<br>b</code>", "`a`  \n`b`", "<code>a  \nb</code>"),
    ("<code>a <i>b</i></code>", "`a b`", "<code>a *b*</code>"),
    ("<code>a<img src=p>b</code>", "`a`![](p)`b`", "<code>a![](p)b</code>"),
    ("<code><img src=p></code>", "![](p)", "![](p)"),
    ('<code><a href="/x"><code>f</code></a></code>', "[`f`](/x)", "<code>[`f`](/x)</code>"),
    ('<kbd>a <a href="/x">b</a></kbd>', "`a` [`b`](/x)", "<kbd>a [b](/x)</kbd>"),
    ("<code>a</code><code>b</code>", "`a`<!-- -->`b`", "`a`<!-- -->`b`"),
    ('<code>f(<span><a href="/x">y</a></span>)</code>', "`f(`[`y`](/x)`)`", "<code>f([y](/x))</code>"),
]


@pytest.mark.parametrize(("html", "split", "kept"), MIXED)
def test_spans_with_more_than_text(html: str, split: str, kept: str) -> None:
    assert markdown(f"<p>{html}</p>") == split
    assert markdown(f"<p>{html}</p>", keep=True) == kept


TOUCHING = [
    ("<code>a_b</code><kbd>c_d</kbd><code>e</code>", "`a_b`<!-- -->`c_d`<!-- -->`e`"),
    ("<code>a</code><span><i></i><code>b</code></span>", "`a`<!-- -->`b`"),
    ("<span><code>a</code></span><!-- c --><code>b</code>", "`a`<!-- -->`b`"),
    ("<code>a</code> <code>b</code>", "`a` `b`"),
    ("<code>a</code><br><code>b</code>", "`a`  \n`b`"),
    ("<code>a</code><b><code>b</code></b>", "`a`**`b`**"),
    ('<a href="/x"><code>a</code></a><code>b</code>', "[`a`](/x)`b`"),
    ("<code>a</code><sup><code>b</code></sup>", "`a`<sup>`b`</sup>"),
]


@pytest.mark.parametrize(("html", "expected"), TOUCHING)
def test_spans_that_touch_are_parted_by_a_comment(html: str, expected: str) -> None:
    """kramdown reads no Markdown in ``<code>``: it shows the backslashes."""
    assert markdown(f"<p>{html}</p>") == expected


def test_spans_around_blocks() -> None:
    assert markdown("<code><p>a</p><p>b</p></code>") == "`a`\n\n`b`"
    assert markdown("<code><pre>a\nb</pre></code>") == "```\na\nb\n```"
    assert markdown("<code><p>a</p>c <i>d</i></code>") == "`a`\n\n`c d`"


BLOCKS = [
    ("<pre>a\n  b\n\nc</pre>", "```\na\n  b\n\nc\n```"),
    ("<pre>\na\n</pre>", "```\na\n```"),
    ("<pre><code>a</code></pre>", "```\na\n```"),
    ('<pre><code class="language-js">a</code></pre>', "```js\na\n```"),
    ('<pre class="brush: js; toolbar: false">a</pre>', "```js\na\n```"),
    ('<pre class="language-c++"><code>a</code></pre>', "```c++\na\n```"),
    ('<pre class="wide"><code class="hljs lang-py">a</code></pre>', "```py\na\n```"),
    ("<pre>a<br>b</pre>", "```\na\nb\n```"),
    ("<pre><span>a</span> <b>b</b> <a href=x>c</a></pre>", "```\na b c\n```"),
    ("<pre><code>a</code>\n<code>b</code></pre>", "```\na\nb\n```"),
    ("<pre>*a* <!-- x -->&lt;p&gt;</pre>", "```\n*a* <p>\n```"),
    ("<pre></pre><p>a</p>", "a"),
    ("<pre>  \n</pre><p>a</p>", "a"),
    ("<listing>a\nb</listing>", "```\na\nb\n```"),
    ("<xmp><b>a</b></xmp>", "```\n<b>a</b>\n```"),
    ("<pre>a</pre>b", "```\na\n```\n\nb"),
    ("<p>a<pre>b</pre>c</p>", "a\n\n```\nb\n```\n\nc"),
    ("<blockquote><pre>a\n\nb</pre></blockquote>", "> ```\n> a\n> \n> b\n> ```"),
    ("<pre>a<pre>b</pre></pre>", "```\nab\n```"),
]


@pytest.mark.parametrize(("html", "expected"), BLOCKS)
def test_blocks(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_a_block_with_a_picture_stays_html() -> None:
    assert markdown("<pre>a\n\n<img src=p>\nb</pre>") == '<pre>a&#10;&#10;<img src="p">&#10;b</pre>'


def test_a_block_of_links_stays_html() -> None:
    linked = '<pre><a href="/u">a</a> <a href="/v">b</a></pre>'
    assert markdown(linked) == linked
    assert markdown(f"<div>{linked}</div>") == linked
    assert markdown('<pre><a href="/u">a</a> b</pre>') == "```\na b\n```"
    assert markdown("<pre><a>a</a></pre>") == "```\na\n```"


PIPED = [
    ("<code>a|b</code>", "<code>a&#124;b</code>"),
    ("<code>a_b\n|c&amp;&lt;d></code>", "<code>a&#95;b &#124;c&#38;&#60;d&#62;</code>"),
    ("<b><code>a|b</code></b> c", "**<code>a&#124;b</code>** c"),
    ("<code>a <a href=u>b|c</a></code>", "`a` [<code>b&#124;c</code>](u)"),
    ("<code>a|</code><code>|b</code>", "<code>a&#124;</code><!-- --><code>&#124;b</code>"),
    ("<code>a</code>|", "`a`\\|"),
]


@pytest.mark.parametrize(("html", "expected"), PIPED)
def test_code_with_a_pipe_in_a_cell(html: str, expected: str) -> None:
    r"""GFM wants ``\|`` in it, of which kramdown shows the backslash."""
    assert markdown(f"<table><tr><th>x<tr><td>{html}</table>") == f"| x |\n| --- |\n| {expected} |"
