import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from newscli.finding import FileResult
from newscli.findings import Findings
from newscli.formats import View
from newscli.formats.github import annotation, step_summary

COMMAND = re.compile(r"^::(error|warning|notice) (.*?)::(.*)$", re.M)


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The annotations of a log, read as the runner reads them."""
    unescape = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}

    def plain(value: str) -> str:
        return re.sub("%25|%0D|%0A|%3A|%2C", lambda match: unescape[match.group()], value)

    return [
        (level, {pair.partition("=")[0]: plain(pair.partition("=")[2]) for pair in written.split(",")}, plain(message))
        for level, written, message in COMMAND.findall(text)
    ]


def test_annotations_carry_place_rule_and_message(report: Callable[..., str], results: list[FileResult]) -> None:
    found = commands(report("github", results))
    assert found == [
        (
            "error",
            {
                "file": "_posts/2022-06-07-引号.md",
                "line": "2",
                "endLine": "2",
                "col": "11",
                "endColumn": "14",
                "title": "newscli (Y102)",
            },
            "a quote ends the value here: 他说",
        ),
        (
            "warning",
            {"file": "_posts/100% a,b:c.md", "line": "1", "endLine": "2", "col": "1", "title": "newscli (X501)"},
            "50% of\r\nthe same, address: /a::b",
        ),
        (
            "notice",
            {
                "file": "_posts/2022-06-07-引号.md",
                "line": "3",
                "endLine": "3",
                "col": "7",
                "endColumn": "8",
                "title": "newscli (T413)",
            },
            "a string, not a list",
        ),
    ]


def test_what_a_message_holds_is_escaped(results: list[FileResult]) -> None:
    assert annotation(results[2].findings[0], View()) == (
        "::warning file=_posts/100%25 a%2Cb%3Ac.md,line=1,endLine=2,col=1,title=newscli (X501)"
        "::50%25 of%0D%0Athe same, address: /a::b"
    )


def test_files_are_named_from_the_top_of_the_project(results: list[FileResult]) -> None:
    finding = replace(results[0].findings[0], path="../_posts/a.md")
    assert "file=docs/_posts/a.md," in annotation(finding, View(project="docs/site/"))


def test_the_plain_report_is_folded_and_cannot_command_the_runner(
    report: Callable[..., str], results: list[FileResult]
) -> None:
    hostile = replace(results[0].findings[0], path="::error::x.md", message="##[error]y")
    lines = report("github", [FileResult(hostile.path, (hostile,))]).splitlines()
    assert lines[0] == "::group::newscli validate"
    token = lines[1].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert lines[2] == "::error::x.md:2:11: Y102 [*] ##[error]y"
    assert lines[3:5] == [f"::{token}::", "::endgroup::"]
    assert len(lines) == 6


def test_ten_of_a_level_and_how_many_more(
    report: Callable[..., str], results: list[FileResult], make_many: Callable[..., object]
) -> None:
    text = report("github", make_many(files=30))
    found = commands(text)
    assert [place["file"] for _, place, _ in found] == [f"_posts/{number}.md" for number in range(10)]
    assert "… and 20 more: GitHub shows 10 of a level" in text
    assert text.count("_posts/") == 40


def test_each_rule_and_file_comes_before_a_second_of_the_same(
    report: Callable[..., str], make_many: Callable[..., object]
) -> None:
    found = commands(report("github", make_many(files=3, per_file=5)))
    files = [place["file"] for _, place, _ in found]
    assert files[:3] == ["_posts/0.md", "_posts/1.md", "_posts/2.md"]
    assert len(files) == 10


def test_nothing_found_is_no_text(report: Callable[..., str]) -> None:
    assert report("github", [FileResult("a.md")]) == ""


@pytest.mark.parametrize("files", [0, 3])
def test_the_summary_of_a_step_without_findings(files: int) -> None:
    findings = Findings([FileResult(str(number)) for number in range(files)])
    findings.read_all()
    assert f"Files checked: {files}. Nothing found." in "".join(step_summary(findings))


def test_the_summary_of_a_step_counts_by_rule(
    results: list[FileResult], make_findings: Callable[..., Findings]
) -> None:
    findings = make_findings(results)
    findings.read_all()
    text = "".join(step_summary(findings))
    assert "Files checked: 3; with findings: 2; findings: 3." in text
    assert "| Y102 | A quote \\| ends a \\*quoted\\* value early. | 1 | 1 |\n" in text
    assert "| X501 |  | 1 | 1 |\n" in text
