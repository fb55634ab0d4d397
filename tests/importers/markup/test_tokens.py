import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.markup.tokens import Token, iter_tokens


def shown(text: str) -> list[tuple[str, str]]:
    """The pieces as their kind and what they are: the name of a tag, the text of what is none."""
    return [(token.kind, token.name or text[token.start : token.end]) for token in iter_tokens(text)]


def only(text: str) -> Token:
    (token,) = iter_tokens(text)
    return token


def attributes(text: str) -> dict[str, str]:
    return {name: attribute.value for name, attribute in only(text).attributes.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain", [("text", "plain")]),
        ("a<b>c</b>d", [("text", "a"), ("start", "b"), ("text", "c"), ("end", "b"), ("text", "d")]),
        ("<BR/><Img SRC=x>", [("start", "br"), ("start", "img")]),
        ("1 < 2 <3 <", [("text", "1 < 2 <3 <")]),
        ("<!DOCTYPE html><p>", [("comment", "<!DOCTYPE html>"), ("start", "p")]),
        ("<!-- a > b --><p>", [("comment", "<!-- a > b -->"), ("start", "p")]),
        ("<!--><p>", [("comment", "<!-->"), ("start", "p")]),
        ("<!---><p>", [("comment", "<!--->"), ("start", "p")]),
        ("<!-- never", [("comment", "<!-- never")]),
        ("<?php x ?><p>", [("comment", "<?php x ?>"), ("start", "p")]),
        ("</3>x", [("comment", "</3>"), ("text", "x")]),
        ("</>x", [("comment", "</>"), ("text", "x")]),
        ("<a b", [("start", "a")]),
        ('<a b="c><p>', [("start", "a")]),
        ("<wp:a-b c>", [("start", "wp:a-b")]),
        ("</p >x", [("end", "p"), ("text", "x")]),
    ],
)
def test_the_pieces_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title"])
def test_what_is_in_a_script_is_text(name: str) -> None:
    text = f"<{name}><b>&amp;</{name}x></ {name}></{name.upper()} ><b>"
    inside = f"<b>&amp;</{name}x></ {name}>"
    assert shown(text) == [("start", name), ("text", inside), ("end", name), ("start", "b")]


def test_a_script_that_is_not_closed_goes_on_to_the_end() -> None:
    assert shown("<script><b>") == [("start", "script"), ("text", "<b>")]
    assert shown("<title></title>") == [("start", "title"), ("end", "title")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a>", {}),
        ("<a href=x>", {"href": "x"}),
        ("<a HREF = 'x y' >", {"href": "x y"}),
        ("<a b=\"1\"c='2'd=3>", {"b": "1", "c": "2", "d": "3"}),
        ("<a b c=>", {"b": "", "c": ""}),
        ("<a b=1 b=2>", {"b": "1"}),
        ('<a b="&lt;&amp;&#x4e2d;">', {"b": "<&中"}),
        ("<a b=x/>", {"b": "x/"}),
        ("<a/b/>", {"b": ""}),
        ('<a title="a > b">', {"title": "a > b"}),
        ("<a 中=文>", {"中": "文"}),
        ('<a "b">', {'"b"': ""}),
        ("<a\tb\n=\f1\r>", {"b": "1"}),
    ],
)
def test_the_attributes_of_a_tag(text: str, expected: dict[str, str]) -> None:
    assert attributes(text) == expected


def test_an_attribute_knows_its_place() -> None:
    text = 'x<a  href = "b"  c>y'
    token = list(iter_tokens(text))[1]
    href = token.attributes["href"]
    assert text[href.start : href.end] == 'href = "b"'
    assert token.get("href") == "b"
    assert token.get("none") == ""


@given(st.text(alphabet="<>/!-?=\"' abscriptle&;\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_pieces_are_the_text(text: str) -> None:
    tokens = list(iter_tokens(text))
    assert "".join(text[token.start : token.end] for token in tokens) == text
    assert all(token.start < token.end for token in tokens)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "<!", "</", '<a b="', "<script>", "<title></titl", "&#", "<a a", " "]
)
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    for _ in iter_tokens(text):
        pass
    assert time.process_time() - start < 5  # the square of it would be minutes
