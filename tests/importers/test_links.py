import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.links import absolute_html, absolute_markdown

BASE = "https://example.com/blog/post.html"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="/a">', '<a href="https://example.com/a">'),
        ("<a href=b>", '<a href="https://example.com/blog/b">'),
        ("<a title='x'  href='../c' >", "<a title='x'  href=\"https://example.com/c\" >"),
        ('<img src="a b.png" alt="x">', '<img src="https://example.com/blog/a%20b.png" alt="x">'),
        ('<a href="//example.org/a">', '<a href="https://example.org/a">'),
        ('<a href="?a=1&amp;b=2">', '<a href="https://example.com/blog/post.html?a=1&amp;b=2">'),
        (
            '<video poster="p.png" src="v.mp4">',
            '<video poster="https://example.com/blog/p.png" src="https://example.com/blog/v.mp4">',
        ),
        ('<blockquote cite="/q">', '<blockquote cite="https://example.com/q">'),
        (
            '<img srcset="a.png 1x, /b.png 2x">',
            '<img srcset="https://example.com/blog/a.png 1x, https://example.com/b.png 2x">',
        ),
        ("<A HREF = '/a'>", '<A href="https://example.com/a">'),
        (
            '<img SRCSET="https://example.org/a.png 1x, /b.png 2x">',
            '<img srcset="https://example.org/a.png 1x, https://example.com/b.png 2x">',
        ),
        (
            '<a href="https://example.org/">a</a><a class="/" href="/b">',
            '<a href="https://example.org/">a</a><a class="/" href="https://example.com/b">',
        ),
        ('<source srcset="a.png">', '<source srcset="https://example.com/blog/a.png">'),
    ],
)
def test_relative_addresses_become_whole(text: str, expected: str) -> None:
    assert absolute_html(text, BASE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        '<a href="https://example.org/A?b">',
        "<a href='#top'>",
        '<a href="mailto:a@b.c">',
        '<a href="">',
        "<a>",
        "<p title='/a'>",
        "<!-- <a href='/a'> -->",
        "<script>'<a href=/a>'</script>",
        '<img src="data:image/png;base64,AA">',
        '<a href="javascript:1">',
        '<a href="http://[::1">',
        '<img srcset="https://example.org/a.png 1x">',
    ],
)
def test_everything_else_stays_to_the_byte(text: str) -> None:
    assert absolute_html(text, BASE) == text


def test_without_a_base_addresses_stay() -> None:
    assert absolute_html('<a href="/a"><img src=b>', "") == '<a href="/a"><img src=b>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img data-src="/a.png">', '<img src="https://example.com/a.png" data-src="https://example.com/a.png">'),
        ('<img data-original="a.png"/>', None),
        ('<img data-lazy-src="https://x/a"/>', '<img src="https://x/a" data-lazy-src="https://x/a"/>'),
        ('<img data-image="https://x/a"/>', '<img src="https://x/a" data-image="https://x/a"/>'),
        (
            '<img src="data:image/gif;base64,R0" data-src="https://x/a.png">',
            '<img src="https://x/a.png" data-src="https://x/a.png">',
        ),
        ('<img src="" data-src="https://x/a.png">', '<img src="https://x/a.png" data-src="https://x/a.png">'),
        ('<img src="https://x/b.png" data-src="https://x/a.png">', None),
        ('<video data-src="https://x/a.png">', None),
        ("<img alt=x>", None),
    ],
)
def test_pictures_that_load_late_get_their_address(text: str, expected: str | None) -> None:
    if text.startswith("<img data-original"):
        expected = '<img src="https://example.com/blog/a.png" data-original="https://example.com/blog/a.png"/>'
    assert absolute_html(text, BASE) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](/b)", "[a](https://example.com/b)"),
        ('[a](b "title")', '[a](https://example.com/blog/b "title")'),
        ("![a](b.png)", "![a](https://example.com/blog/b.png)"),
        ("[a](<b c>)", "[a](<https://example.com/blog/b%20c>)"),
        ("[a](b_(c))", "[a](https://example.com/blog/b_(c))"),
        ("[a]: /b", "[a]: https://example.com/b"),
        ("x\n  [a]: <b> 'c'\n", "x\n  [a]: <https://example.com/blog/b> 'c'\n"),
        ('text <a href="/b">', 'text <a href="https://example.com/b">'),
        ("[a](https://example.org)", "[a](https://example.org)"),
        ("[a](#b)", "[a](#b)"),
        ("```\n[a](/b) <a href='/c'>\n```\n[a](/b)\n", "```\n[a](/b) <a href='/c'>\n```\n[a](https://example.com/b)\n"),
        ("text\n```\n[a](/b)\n```\n", "text\n```\n[a](https://example.com/b)\n```\n"),
        ("[a] (b)", "[a] (b)"),
        ("a](b)", "a](b)"),
    ],
)
def test_markdown_too(text: str, expected: str) -> None:
    assert absolute_markdown(text, BASE) == expected


def test_markdown_without_a_base_stays() -> None:
    assert absolute_markdown("[a](/b)\n\n[c]: d", "") == "[a](/b)\n\n[c]: d"


@given(st.text(alphabet="<>a hrefsimg=\"'/()[]!:#\n", max_size=60))
@settings(max_examples=150, deadline=None)
def test_doing_it_again_changes_nothing(text: str) -> None:
    once = absolute_html(text, BASE)
    assert absolute_html(once, BASE) == once


@pytest.mark.parametrize("piece", ["[a](", "](", "[", "![", "[a]: b\n", "(", "[a](b(", '<img srcset="a, '])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    absolute_markdown(piece * (100_000 // len(piece)), BASE)
    assert time.process_time() - start < 5
