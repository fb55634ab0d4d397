import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.markup.entities import unescape
from newscli.importers.markup.plain import one_line, plain, plain_title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a\n b", "a b"),
        ("<p>a</p><p>b</p>", "a b"),
        ("a<br>b", "a b"),
        ("苏<b>州</b>市", "苏州市"),
        ("f<sub>1</sub>", "f1"),
        ("<li>a<li>b", "a b"),
        ("a &amp; b&nbsp;c", "a & b c"),
        ("<script>x</script>a<style>b{}</style>", "a"),
        ("<noscript><img></noscript>a<template>b</template>", "a"),
        ("a<!-- x -->b", "ab"),
        ("1 < 2", "1 < 2"),
        ("&lt;p&gt;", "<p>"),
    ],
)
def test_what_is_to_be_read(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("a < b > c", "a < b > c"),
        ("AT&T", "AT&T"),
        ("List<T>", "List<T>"),
        ("A &amp; B", "A & B"),
        ("A &#8211; B", "A – B"),
        ("an <em>old</em> one", "an old one"),
        ("two<br/>lines", "two lines"),
        ("  a \n b ", "a b"),
        ("苏州&quot;x&quot;", '苏州"x"'),
    ],
)
def test_a_title_loses_markup_only_where_it_has_some(title: str, expected: str) -> None:
    assert plain_title(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("&lt;&copy;&#65;&#x41;", "<©AA"),
        ("&nosuch;", "&nosuch;"),
        (f"&#{'9' * 5000};!", "\ufffd!"),
        (f"&#x{'f' * 5000};!", "\ufffd!"),
        ("&#12345678;", "\ufffd"),
    ],
)
def test_entities_of_any_length(text: str, expected: str) -> None:
    assert unescape(text) == expected


@given(st.text(max_size=50))
@settings(max_examples=100, deadline=None)
def test_plain_text_is_one_line(text: str) -> None:
    assert "\n" not in plain(text)
    assert one_line(one_line(text)) == one_line(text)
