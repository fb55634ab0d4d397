import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest

from newscli.diagnostics import Severity
from newscli.finding import FileResult
from newscli.formats import View
from newscli.formats.gitlab import severity_of

SCHEMA = json.loads((Path(__file__).parents[1] / "samples" / "gitlab-codequality.schema.json").read_text("utf-8"))


def test_the_report_is_what_gitlab_reads(report: Callable[..., str], results: list[FileResult]) -> None:
    array = json.loads(report("gitlab", results))
    jsonschema_rs.validate(SCHEMA, array)
    assert array[0]["location"] == {
        "path": "_posts/2022-06-07-引号.md",
        "positions": {"begin": {"line": 2, "column": 11}, "end": {"line": 2, "column": 14}},
    }
    assert [each["check_name"] for each in array] == ["Y102", "T413", "X501"]
    assert [each["severity"] for each in array] == ["critical", "info", "minor"]


def test_nothing_found_is_an_empty_array(report: Callable[..., str]) -> None:
    assert json.loads(report("gitlab", [FileResult("a.md")])) == []


def test_fingerprints_stay_when_lines_move_and_differ_within_a_file(
    report: Callable[..., str], results: list[FileResult]
) -> None:
    finding = results[0].findings[0]
    twice = FileResult(finding.path, (finding, replace(finding, line=9)))
    moved = FileResult(finding.path, (replace(finding, line=5), replace(finding, line=40)))
    before, after = (
        [each["fingerprint"] for each in json.loads(report("gitlab", [result]))] for result in (twice, moved)
    )
    assert before == after
    assert len(set(before)) == 2
    elsewhere = replace(finding, path="other.md")
    (other,) = json.loads(report("gitlab", [FileResult("other.md", (elsewhere,))]))
    assert other["fingerprint"] not in before


def test_paths_are_those_of_the_project(report: Callable[..., str], results: list[FileResult]) -> None:
    finding = replace(results[0].findings[0], path="./_posts/a.md")
    (element,) = json.loads(report("gitlab", [FileResult(finding.path, (finding,))], View(project="site/")))
    assert element["location"]["path"] == "site/_posts/a.md"


@pytest.mark.parametrize(
    ("code", "severity", "expected"),
    [
        ("H703", Severity.ERROR, "critical"),
        ("H705", Severity.WARNING, "minor"),
        ("Y104", Severity.ERROR, "major"),
        ("D308", Severity.INFO, "info"),
    ],
)
def test_severities(code: str, severity: Severity, expected: str, results: list[FileResult]) -> None:
    assert severity_of(replace(results[0].findings[0], code=code, severity=severity)) == expected
