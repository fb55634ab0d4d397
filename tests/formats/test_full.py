from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Severity
from newscli.finding import FileResult, Finding
from newscli.formats import View
from newscli.formats.full import excerpt
from newscli.text import display_width, visible


def at(line: str, column: int, end_column: int = 0, end_line: int = 0) -> Finding:
    end_line = end_line or (1 if end_column else 0)
    return Finding("Y102", "n", Severity.ERROR, "a.md", 1, column, end_line, end_column, "m", source_line=line)


def test_source_line_caret_fix_and_related_place(report: Callable[..., str], results: list[FileResult]) -> None:
    assert report("full", results) == (
        "_posts/2022-06-07-引号.md:2:11: Y102 [*] a quote ends the value here: 他说\n"
        "  |\n"
        '2 | title: "他说"好""\n'
        "  |             ^^^^\n"
        "  = fix (--fix): put the value between '…'\n"
        "\n"
        "_posts/2022-06-07-引号.md:3:7: T413 a string, not a list\n"
        "  |\n"
        "3 | tags: AI\n"
        "  |       ^\n"
        "  = fix (--unsafe-fixes): make it a list\n"
        "\n"
        "_posts/100% a,b:c.md:1:1: X501 50% of\\r\\nthe same, address: /a::b\n"
        "  |\n"
        "1 | ---\n"
        "  | ^^^\n"
        "  = see _posts/first.md:4: the first one\n"
        "\n"
    )


def test_an_empty_source_line_is_not_quoted(report: Callable[..., str], results: list[FileResult]) -> None:
    finding = replace(results[2].findings[0], source_line="  ", related=())
    assert report("full", [FileResult("a.md", (finding,))]).count("\n") == 2


def test_colours(report: Callable[..., str], results: list[FileResult]) -> None:
    shown = report("full", results[:1], View(color=True)).splitlines()
    assert shown[1] == "  \x1b[34m|\x1b[0m"
    assert shown[3] == "  \x1b[34m|\x1b[0m             \x1b[1;31m^^^^\x1b[0m"


@pytest.mark.parametrize(
    ("finding", "source", "caret"),
    [
        (at("title: 苏州: x", 10), "title: 苏州: x", "           ^"),
        (at("a\u0301b", 2), "a\u0301b", " ^"),
        (at("😀x", 2), "😀x", "  ^"),
        (at("a\tb", 3, 4), "a\\tb", "   ^"),
        (at("\x08b", 1, 2), "\\x08b", "^^^^"),
        (at("abc", 9), "abc", "   ^"),
        (at("\ufeff---", 1), "---", "^"),
        (at("\ufeff---", 4), "---", "   ^"),
        (at("苏州", 1, 2), "苏州", "^^"),
        (at("abcd", 2, 3, end_line=4), "abcd", " ^^^"),
    ],
)
def test_the_caret_is_under_the_place(finding: Finding, source: str, caret: str) -> None:
    assert excerpt(finding, 80) == (source, caret)


def test_a_long_line_is_cut_on_both_sides() -> None:
    source, caret = excerpt(at("<p>" + "正文" * 5000 + "坏" + "正文" * 5000, 10004, 10005), 40)
    assert display_width(source) <= 40
    assert source.startswith("…文")
    assert source.endswith("…")
    assert source[len("…") :].index("坏") * 2 + 1 == len(caret) - 2
    assert caret.strip() == "^^"


def test_a_long_place_is_not_underlined_to_its_end() -> None:
    source, caret = excerpt(at("k: " + "x" * 500, 4, 504), 200)
    assert caret == "   " + "^" * 40
    assert display_width(source) == 200 or source.count("…") == 1


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60),
    st.integers(1, 70),
    st.integers(20, 60),
)
def test_nothing_is_wider_than_the_window(line: str, column: int, room: int) -> None:
    source, caret = excerpt(at(line, column), room)
    assert display_width(source) <= room
    assert display_width(caret) <= room + 1
    assert visible(source) == source
