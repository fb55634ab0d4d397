from collections.abc import Callable
from dataclasses import replace

from newscli.finding import FileResult
from newscli.formats import View


def test_findings_stand_under_their_file(report: Callable[..., str], results: list[FileResult]) -> None:
    assert report("grouped", results) == (
        "_posts/2022-06-07-引号.md\n"
        "  2:11  Y102 [*] a quote ends the value here: 他说\n"
        "   3:7  T413 a string, not a list\n"
        "\n"
        "_posts/100% a,b:c.md\n"
        "  1:1  X501 50% of\\r\\nthe same, address: /a::b\n"
        "\n"
    )


def test_the_heading_is_underlined_and_harmless(report: Callable[..., str], results: list[FileResult]) -> None:
    hostile = replace(results[0], path="\x1b[2J.md")
    shown = report("grouped", [hostile], View(color=True, terminal=True))
    assert shown.startswith("\x1b[1;4m\\x1b[2J.md\x1b[0m\n")
