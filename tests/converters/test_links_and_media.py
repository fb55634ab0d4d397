"""Links, pictures and what is embedded."""

import pytest

from newscli.converters import convert


def markdown(html: str, **options: object) -> str:
    return convert(html, source="html", **options).text  # type: ignore[arg-type]


LINKS = [
    ('<a href="/u">t</a>', "[t](/u)"),
    ('<a href="/u" title="x">t</a>', '[t](/u "x")'),
    ('<a href=" /u ">t</a>', "[t](/u)"),
    ('<a href="a b">t</a>', "[t](<a b>)"),
    ('<a href="a)b">t</a>', "[t](a\\)b)"),
    ('<a href="">t</a>', "[t](<>)"),
    ('<a href="#x">t</a>', "[t](#x)"),
    ('<a href="http://例.com/路">t</a>', "[t](http://例.com/路)"),
    ('<a href="/?a=1&amp;b=2">t</a>', "[t](/?a=1&b=2)"),
    ('a<a href="#x"></a>b', "ab"),
    ('a<a href="#x"> </a>b', "a b"),
    ('<a name="x">t</a>', "t"),
    ('<a href="http://x.com">http://x.com</a>', "<http://x.com>"),
    ('<a href="a,b:c">a,b:c</a>', "[a,b:c](a,b:c)"),
    ('<a href="URL x">URL x</a>', "[URL x](<URL x>)"),
    ('<a href="/u">a]</a>', "[a\\]](/u)"),
    ('<a href="/u"><b>t</b></a>', "[**t**](/u)"),
    ('<b><a href="/u">t</a></b>字', "[**t**](/u)字"),
    ('<a href="/u">a</a><a href="/v">b</a>', "[a](/u)[b](/v)"),
    ('<a href="/u"> a </a>b', "[a](/u) b"),
    ('<a href="/u">a<br>b</a>', "[a  \nb](/u)"),
    ('a!<a href="/u">b</a>', "a\\![b](/u)"),
    ('<a href="/u"><p>a</p><p>b</p></a>', "[a](/u)\n\n[b](/u)"),
    ('<a href="/u"><h2>a</h2>b</a>', "## [a](/u)\n\n[b](/u)"),
    ('<a href="/u" title="x"><div><img src=p></div></a>', '[![](p)](/u "x")'),
    ('<a href="/u"><div> </div></a>', ""),
]


@pytest.mark.parametrize(("html", "expected"), LINKS)
def test_links(html: str, expected: str) -> None:
    assert markdown(f"<div>{html}</div>") == expected


def test_what_links_become() -> None:
    html = '<p><a href="/u">a <b>b</b></a> c <a>d</a></p>'
    assert markdown(html, links="inline") == "[a **b**](/u) c d"
    assert markdown(html, links="ref") == "[a **b**][1] c d\n\n[1]: /u"
    assert markdown(html, links="text") == "a **b** c d"
    assert markdown(html, links="drop") == "c d"


PICTURES = [
    ("<img src=p>", "![](p)"),
    ('<img src="p" alt="a [b]" title="t">', '![a \\[b\\]](p "t")'),
    ('<img src=" p ">', "![](p)"),
    ('<img src="data:image/png;base64,AA==" alt="x">', "![x](data:image/png;base64,AA==)"),
    ("<img>", ""),
    ('<img alt="x">', ""),
    ('<img data-src="p">', "![](p)"),
    ('<img src="data:image/gif;base64,R0" data-original="p">', "![](p)"),
    ('<img src="p" data-src="q">', "![](p)"),
    ('<picture><source srcset="q"><img src="p"></picture>', "![](p)"),
    ('<a href="/u"><img src="p" alt="x"></a>', "[![x](p)](/u)"),
    ("<b><img src=p></b>", "![](p)"),
]


@pytest.mark.parametrize(("html", "expected"), PICTURES)
def test_pictures(html: str, expected: str) -> None:
    assert markdown(f"<p>{html}</p>") == expected


def test_what_pictures_become() -> None:
    html = '<p>a <img src="p" alt="b*"> c</p>'
    assert markdown(html, images="keep") == "a ![b\\*](p) c"
    assert markdown(html, images="alt") == "a b\\* c"
    assert markdown(html, images="drop") == "a c"


EMBEDDED = [
    (
        '<p><iframe src="https://v.example/1" width="5" allowfullscreen></iframe></p><p>a</p>',
        '<iframe src="https://v.example/1" width="5" allowfullscreen=""></iframe>\n\na',
    ),
    ('<p>a <iframe src="v"></iframe></p>', 'a\n\n<iframe src="v"></iframe>'),
    ('<p><iframe src="v"></iframe>a</p>', '<iframe src="v"></iframe>\n\na'),
    (
        '<video src="v.mp4" controls>no <a href=x>video</a></video>',
        '<video src="v.mp4" controls="">no <a href="x">video</a></video>',
    ),
    ('<audio><source src="a.mp3"></audio>', '<audio><source src="a.mp3"></audio>'),
    ('<object data="o.swf"></object><embed src="e.swf">', '<object data="o.swf"></object><embed src="e.swf">'),
    ("<p>a <math><mi>x</mi><mo>*</mo></math></p>", "a <math><mi>x</mi><mo>&#42;</mo></math>"),
    ("<p>a<iframe></iframe><video></video>b</p>", "ab"),
]


@pytest.mark.parametrize(("html", "expected"), EMBEDDED)
def test_embedded(html: str, expected: str) -> None:
    assert markdown(html) == expected


FRAMES = [
    ('<a href="/u">a<iframe src="v"></iframe>b</a>', '[a](/u)\n\n<iframe src="v"></iframe>\n\n[b](/u)'),
    ('<a href="/u">a<b><br><iframe src="v"></iframe></b></a>', '[a](/u)\n\n<iframe src="v"></iframe>'),
    ('<a href="/u"><iframe src="v"></iframe></a>', '<iframe src="v"></iframe>'),
    ('<b>a<iframe src="v"></iframe>b</b>', '**a**\n\n<iframe src="v"></iframe>\n\n**b**'),
    ('<h2>a<iframe src="v"></iframe></h2>', '## a<br><iframe src="v"></iframe>'),
]


@pytest.mark.parametrize(("html", "expected"), FRAMES)
def test_nothing_goes_across_a_frame(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_a_link_around_a_block_that_stays_html() -> None:
    html = '<a href="/u"><pre>a<img src="p"></pre></a>'
    assert markdown(html) == '<pre><a href="/u">a<img src="p"></a></pre>'
    assert markdown(f"<blockquote>{html}</blockquote>") == '> <pre><a href="/u">a<img src="p"></a></pre>'
    assert markdown('<a href="/u">a<pre></pre></a>') == "[a](/u)"


def test_a_link_with_a_frame_in_a_link() -> None:
    html = '<a href="/v"><table><tr><td>a<td><a href="/u">b<iframe src="f"></iframe></a></table></a>'
    text = markdown(html)
    assert '<td><a href="/v">a</a></td>' in text
    assert '<a href="/u">b</a>' in text
    assert text.count("<a ") == 2


def test_a_link_in_code_in_a_link() -> None:
    html = '<a href="/v"><table><tr><td><pre>a <a href="/u">b</a> c</pre></table></a>'
    assert '<pre><a href="/v">a </a><a href="/u">b</a><a href="/v"> c</a></pre>' in markdown(html)


def test_a_frame_in_code_in_a_link() -> None:
    html = '<a href="/v"><pre>a<iframe src="f"></iframe></pre></a>'
    assert markdown(html) == '<pre><a href="/v">a</a><iframe src="f"></iframe></pre>'


def test_a_link_in_code() -> None:
    assert markdown('<pre>a <a href="u"><pre>b</pre></a></pre>') == "```\na b\n```"


def test_a_link_deep_in_a_link() -> None:
    html = '<a href="/v"><table><tr><td>a<td><font>b <a href="/u">c</a> d</font></table></a>'
    assert markdown(html) == "|  |  |\n| --- | --- |\n| [a](/v) | [b](/v) [c](/u) [d](/v) |"


def test_a_block_behind_many_elements_in_a_link() -> None:
    html = f'<a href="/u">{"<u>a</u>" * 20}<p>b</p></a>'
    assert markdown(html) == f"[{'a' * 20}](/u)\n\n[b](/u)"


def test_embedded_twice() -> None:
    first = convert('<p>a</p><p><iframe src="v" title="x  y"></iframe></p>').text
    assert convert(first).text == first
