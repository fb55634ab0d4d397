from collections.abc import Callable
from dataclasses import replace
from textwrap import dedent

import yaml

from newscli.finding import FileResult


def test_a_point_a_file_and_the_plan_at_the_end(report: Callable[..., str], results: list[FileResult]) -> None:
    lines = report("tap", results).splitlines()
    assert lines[0] == "TAP version 14"
    assert lines[1] == "not ok 1 - _posts/2022-06-07-引号.md"
    assert lines[-1] == "1..3"
    assert [line for line in lines if line.startswith("ok ")] == ["ok 2 - _posts/clean.md"]


def test_the_findings_are_yaml(report: Callable[..., str], results: list[FileResult]) -> None:
    hostile = replace(results[0].findings[0], message="a: \x85\u2028 # x\x1b ' \" 他")
    text = report("tap", [FileResult("a.md", (hostile, results[0].findings[1]))])
    block = dedent(text.partition("  ---\n")[2].partition("  ...\n")[0])
    findings = yaml.safe_load(block)["findings"]
    assert findings[0]["message"] == "a: \x85\u2028 # x\x1b ' \" 他"
    assert findings[1] == {
        "line": 3,
        "column": 7,
        "end_line": 3,
        "end_column": 8,
        "code": "T413",
        "name": "string-instead-of-list",
        "severity": "info",
        "message": "a string, not a list",
        "fix": "unsafe",
    }


def test_a_name_cannot_be_a_directive(report: Callable[..., str]) -> None:
    assert "ok 1 - a \\# TODO\\\\nb.md\n" in report("tap", [FileResult("a # TODO\nb.md")])


def test_no_files(report: Callable[..., str]) -> None:
    assert report("tap", []) == "TAP version 14\n1..0\n"
