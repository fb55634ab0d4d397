import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.bodies.wordpress import wordpress_html
from newscli.importers.markup.plain import plain


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->", "<p>a</p>"),
        (
            '<!-- wp:image {"id":5} -->\n<figure></figure>\n<!-- /wp:image -->\n\n<!-- wp:a -->\n<p>b</p>',
            "<figure></figure>\n\n<p>b</p>",
        ),
        ('<!-- wp:acf/quote {"a":"<b>"} /-->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->', "<!--more-->"),
        ("<!-- wp:paragraph -->[gallery ids='1']<!-- never closed", "[gallery ids='1']<!-- never closed"),
        ("x<!-- wp:a", "x<!-- wp:a"),
    ],
)
def test_the_marks_of_blocks_go(content: str, expected: str) -> None:
    assert wordpress_html(content) == expected


@pytest.mark.parametrize(
    ("said", "item"),
    [
        (' {"url":"https://e.org/a?b\\u0026c","service":"x"}', '<li><a href="https://e.org/a?b&amp;c">X</a></li>'),
        (' {"url":"a@e.org","service":"mail","label":"\\u003cb"}', '<li><a href="mailto:a@e.org">&lt;b</a></li>'),
        ('-tumblr {"url":"https://e.org"}', '<li><a href="https://e.org">Tumblr</a></li>'),
        (' {"url":"https://e.org"}', '<li><a href="https://e.org">https://e.org</a></li>'),
        (' {"service":"x"}', ""),
        (' {"url":}', ""),
        ("", ""),
    ],
)
def test_links_to_profiles_that_are_only_in_the_mark_of_a_block_are_kept(said: str, item: str) -> None:
    content = f"<!-- wp:social-links --><ul><!-- wp:social-link{said} /--></ul><!-- /wp:social-links -->"
    assert wordpress_html(content) == f"<ul>{item}</ul>"


@pytest.mark.parametrize("content", ["", "  \n", "<p>a</p>\n\nb", "<P class='x'>a\nb</P>"])
def test_a_body_with_paragraphs_stays(content: str) -> None:
    assert wordpress_html(content) == content


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a", "<p>a</p>"),
        ("a\nb", "<p>a<br />\nb</p>"),
        ("a\n\nb", "<p>a</p>\n\n<p>b</p>"),
        ("a\n \t\n\n\nb", "<p>a</p>\n\n<p>b</p>"),
        ("a<br />\nb", "<p>a<br />\nb</p>"),
        ("<em>a</em> b", "<p><em>a</em> b</p>"),
        ("<h2>a</h2>\nb", "<h2>a</h2><p>b</p>"),
        ("<h2>a</h2>", "<h2>a</h2>"),
        ("a\n<ul>\n<li>b</li>\n</ul>\nc", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
        ("<div>a</div>", "<div>a</div>"),
        ("a<hr />b", "<p>a</p><hr /><p>b</p>"),
        ("a\n<hr>\nb", "<p>a</p><hr><p>b</p>"),
        ("<!--more-->", "<!--more-->"),
        ("[gallery]", "[gallery]"),
        ('[caption id="1"]<img src="a" /> b[/caption]', '[caption id="1"]<img src="a" /> b[/caption]'),
        ("[gallery] and text", "<p>[gallery] and text</p>"),
        ("a\n\n<pre>x\n\ny</pre>\n\nb", "<p>a</p>\n\n<pre>x\n\ny</pre>\n\n<p>b</p>"),
        ("<pre>x\ny</pre>", "<pre>x\ny</pre>"),
        (
            '[sourcecode language="python"]\na\n\nb\n[/sourcecode]',
            '[sourcecode language="python"]\na\n\nb\n[/sourcecode]',
        ),
        ("[code]a\nb", "<p>[code]a<br />\nb</p>"),
        ("<pre>a\nb", "<pre>a\nb"),
        ("<SCRIPT>a\n\nb</SCRIPT>", "<SCRIPT>a\n\nb</SCRIPT>"),
    ],
)
def test_the_classic_editors_lines_become_paragraphs(content: str, expected: str) -> None:
    assert wordpress_html(content) == expected


@given(
    st.lists(
        st.sampled_from(
            ["a", "b c", "\n", "\n\n", "<b>", "</b>", "<ul>", "<li>", "</ul>", "[x]", "<pre>", "</pre>", "<hr>"]
        ),
        max_size=20,
    )
)
@settings(max_examples=200, deadline=None)
def test_no_text_is_lost(parts: list[str]) -> None:
    content = "".join(parts)
    assert plain(wordpress_html(content)).split() == plain(content).split()


@given(st.text(alphabet="ab\n<p>[/]- ", max_size=40))
@settings(max_examples=100, deadline=None)
def test_doing_it_again_changes_nothing_once_there_are_paragraphs(content: str) -> None:
    once = wordpress_html(content)
    assert "<p" not in once or wordpress_html(once) == once


@pytest.mark.parametrize("piece", ["<pre ", "<pre>", "[code]", "<!-- wp:a ", "[a", "\n", "\n \n", "<ul>"])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    wordpress_html(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 5
