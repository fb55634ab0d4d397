from collections.abc import Callable
from dataclasses import replace

from newscli.finding import FileResult
from newscli.formats import View


def test_a_line_a_finding_with_a_mark_for_what_is_fixed_safely(
    report: Callable[..., str], results: list[FileResult]
) -> None:
    assert report("concise", results) == (
        "_posts/2022-06-07-引号.md:2:11: Y102 [*] a quote ends the value here: 他说\n"
        "_posts/2022-06-07-引号.md:3:7: T413 a string, not a list\n"
        "_posts/100% a,b:c.md:1:1: X501 50% of\\r\\nthe same, address: /a::b\n"
    )


def test_colours_go_round_the_path_the_code_and_the_mark(report: Callable[..., str], results: list[FileResult]) -> None:
    shown = report("concise", results, View(color=True)).splitlines()
    assert shown[0] == (
        "\x1b[1m_posts/2022-06-07-引号.md\x1b[0m:2:11: \x1b[1;31mY102\x1b[0m [\x1b[36m*\x1b[0m] "
        "a quote ends the value here: 他说"
    )
    assert "\x1b[1;36mT413\x1b[0m a string" in shown[1]
    assert "\x1b[1;33mX501\x1b[0m" in shown[2]


def test_a_file_cannot_command_the_terminal(report: Callable[..., str], results: list[FileResult]) -> None:
    hostile = replace(results[0].findings[0], message="x\x1b]0;y\x07", path="a\x1b[2J.md")
    shown = report("concise", [FileResult(hostile.path, (hostile,))], View(terminal=True))
    assert shown == "a\\x1b[2J.md:2:11: Y102 [*] x\\x1b]0;y\\x07\n"


def test_nothing_found_is_no_text(report: Callable[..., str]) -> None:
    assert report("concise", [FileResult("a.md")]) == ""
