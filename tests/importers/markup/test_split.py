from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.markup.split import Fragment, split
from newscli.importers.problems import Code, SourceError


def pieces(text: str, *, size: int = 7, limit: int = 10_000) -> list[Fragment]:
    chunks = (text[place : place + size] for place in range(0, len(text), size))
    return list(split(chunks, "item", limit))


def texts(text: str, *, size: int = 7) -> list[str]:
    return [fragment.text for fragment in pieces(text, size=size)]


@pytest.mark.parametrize("size", [1, 3, 50, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("<rss>", ["<rss>"]),
        ("<item/>", ["", "<item/>"]),
        (f"<item x='{'y' * 60}'>a</item>", ["", f"<item x='{'y' * 60}'>a</item>"]),
        ("a<item>b</item>c<item>d</item>e", ["a", "<item>b</item>", "<item>d</item>"]),
        ("<item x='1' >a</item >", ["", "<item x='1' >a</item >"]),
        ("<items><item>a</item></items>", ["<items>", "<item>a</item>"]),
        ("<wp:item>a</wp:item>", ["<wp:item>a</wp:item>"]),
        ("<item><![CDATA[</item><item>]]></item>", ["", "<item><![CDATA[</item><item>]]></item>"]),
        ("<item><!-- </item> --></item>", ["", "<item><!-- </item> --></item>"]),
        ("<!-- <item> --><item>a</item>", ["<!-- <item> -->", "<item>a</item>"]),
        ("<item>a<item>b</item>", ["", "<item>a", "<item>b</item>"]),
        ("<item>a</item><item>b", ["", "<item>a</item>", "<item>b"]),
        ("<item>a<![CDATA[b</item><item>c</item>", ["", "<item>a<![CDATA[b</item>", "<item>c</item>"]),
        (
            "<item><![CDATA[a</item>\n<item><![CDATA[b]]></item>",
            ["", "<item><![CDATA[a</item>", "<item><![CDATA[b]]></item>"],
        ),
        ("<item>a<!-- b</item><item>c</item>", ["", "<item>a<!-- b</item>", "<item>c</item>"]),
        ("<item x='1'", ["", "<item x='1'"]),
        ("<item>a</item ", ["", "<item>a</item "]),
        ("<item", ["", "<item"]),
        ("<item>a</item", ["", "<item>a</item"]),
    ],
)
def test_the_elements_of_a_text(text: str, expected: list[str], size: int) -> None:
    if expected[-1] == "<item" or text == "<item":
        expected = ["<item"]  # cut within its name it is no element yet
    assert texts(text, size=size) == expected


def test_an_element_knows_its_line_and_whether_it_ends() -> None:
    found = pieces("<rss>\n\n<item>\na</item>\n<item>b")
    assert [(fragment.line, fragment.complete) for fragment in found] == [(1, True), (3, True), (5, False)]


def test_an_element_that_the_next_one_cuts_is_not_complete() -> None:
    assert [fragment.complete for fragment in pieces("<item>a<item>b</item>")] == [True, False, True]


def test_the_head_is_taken_before_the_elements_are_read() -> None:
    def chunks() -> Iterator[str]:
        yield "head<item>" + " " * 100
        raise AssertionError("read too early")

    assert next(split(chunks(), "item", 1000)).text == "head"


def test_an_element_longer_than_the_limit_ends_the_reading() -> None:
    found = split(iter(["<item>a</item><item>", *["x" * 60] * 10]), "item", 100)
    assert next(found).text == ""
    assert next(found).text == "<item>a</item>"
    with pytest.raises(SourceError, match="more than 100 characters") as caught:
        next(found)
    assert caught.value.code is Code.TOO_BIG


def test_a_comment_that_is_not_closed_costs_only_its_element() -> None:
    text = "<item><!-- a</item>" + "<item>b</item>" * 200
    assert len(pieces(text, size=50, limit=300)) == 202


@given(st.lists(st.text(alphabet="ab \n<&", max_size=10), max_size=8), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_every_element_is_found_whatever_the_chunks_are(bodies: list[str], size: int) -> None:
    elements = [f"<item><![CDATA[{body}]]></item>" for body in bodies]
    found = pieces("<rss>" + "\n".join(elements) + "</rss>", size=size)
    assert [fragment.text for fragment in found[1:]] == elements
