"""Stand-ins: none come in from outside, all of ours go."""

import pytest

from newscli.converters import marks
from newscli.converters.marks import BREAK, EMPHASIS, GAP, INLINE, KEPT, NOTHING, Shelf


def test_stand_ins_are_noncharacters() -> None:
    assert all(0xFDD0 <= ord(character) <= 0xFDEF for character in (EMPHASIS, INLINE, KEPT))


@pytest.mark.parametrize("character", [EMPHASIS, INLINE, KEPT])
def test_characters_are_cleaned(character: str) -> None:
    assert marks.is_dirty(f"a{character}b")
    assert marks.clean(f"a{character}b") == "a\ufffdb"


def test_clean_text_is_clean() -> None:
    assert not marks.is_dirty("a\ufffd\ufdef重点")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("&#64976;a", "\ufffda"),
        ("&#064977 b", "\ufffd b"),
        ("&#xFDD2;c", "\ufffdc"),
        ("&#X0fdd0g", "\ufffdg"),
        ("&#649760;", "&#649760;"),
        ("&#xfdd00;", "&#xfdd00;"),
        ("&#64980;&#38;", "&#64980;&#38;"),
        ("no reference", "no reference"),
    ],
)
def test_references_are_cleaned(html: str, expected: str) -> None:
    assert marks.clean_references(html) == expected


def test_inline_marks_become_markup() -> None:
    text = f"10{INLINE}u9{INLINE}U{BREAK}a{INLINE}|b{INLINE}acopy;{INLINE}{{%{NOTHING}"
    assert marks.markup(text) == "10<sup>9</sup><br>a\\|b&amp;copy;\\{%"


def test_text_without_marks_stays() -> None:
    assert marks.markup("a|b") == "a|b"


def test_gaps_are_blank_lines() -> None:
    assert marks.markup(f"- a\n\n  {GAP}\n\n  ---\n") == "- a\n\n  ---\n"
    assert marks.markup(f"> a\n>\n> {GAP}\n>\n> > b") == "> a\n>\n> > b"


def test_shelf_restores_nested_pieces() -> None:
    shelf = Shelf()
    inner = shelf.put("{{ x }}")
    outer = shelf.put(f"<table>{inner}</table>")
    assert shelf.restore(f"a {outer} b") == "a <table>{{ x }}</table> b"


def test_shelf_indents() -> None:
    shelf = Shelf()
    piece = shelf.put("<table>\n</table>", indented=True)
    assert shelf.restore(f"- a\n- {piece}") == "- a\n- <table>\n  </table>"
    assert shelf.restore(f"> 1. {piece}") == "> 1. <table>\n>    </table>"


def test_shelf_does_not_indent_code() -> None:
    shelf = Shelf()
    piece = shelf.put("{% raw %}\n{% endraw %}")
    assert shelf.restore(f"- {piece}") == "- {% raw %}\n{% endraw %}"


def test_unknown_numbers_stay() -> None:
    assert Shelf().restore(f"{KEPT}7{KEPT}") == f"{KEPT}7{KEPT}"


def test_lost_pieces() -> None:
    shelf = Shelf()
    first, second, third = shelf.put("a"), shelf.put("b"), shelf.put("c")
    fourth = shelf.put(f"<p>{second}</p>")
    assert shelf.lost(first + fourth) == ["c"]
    assert shelf.lost("", first=2) == ["c", f"<p>{second}</p>"]
    assert shelf.lost(first + third + fourth) == []
