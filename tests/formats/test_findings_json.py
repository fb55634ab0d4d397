import json
from collections.abc import Callable

import pytest

from newscli import __version__
from newscli.errors import NewscliError
from newscli.finding import FileResult
from newscli.findings import Limits
from newscli.formats import View


def test_the_object_that_programs_rely_on(report: Callable[..., str], results: list[FileResult]) -> None:
    log = json.loads(report("json", results))
    assert set(log) == {"version", "summary", "files_checked", "diagnostics"}
    assert log["version"] == __version__
    assert log["files_checked"] == 3
    assert log["summary"] == {
        "errors": 1,
        "warnings": 1,
        "infos": 1,
        "files_with_findings": 2,
        "fixable": {"safe": 1, "unsafe": 1},
        "fixed": 0,
        "codes": {"T413": 1, "X501": 1, "Y102": 1},
    }
    assert log["diagnostics"][0] == {
        "path": "_posts/2022-06-07-引号.md",
        "line": 2,
        "column": 11,
        "end_line": 2,
        "end_column": 14,
        "code": "Y102",
        "name": "unescaped-quote",
        "severity": "error",
        "message": "a quote ends the value here: 他说",
        "fix": "safe",
    }
    assert [each["fix"] for each in log["diagnostics"]] == ["safe", "unsafe", None]
    assert (log["diagnostics"][1]["end_line"], log["diagnostics"][1]["end_column"]) == (3, 8)


def test_nothing_found_is_an_empty_array(report: Callable[..., str]) -> None:
    log = json.loads(report("json", [FileResult("a.md")]))
    assert log["diagnostics"] == []
    assert log["files_checked"] == 1


def test_what_limits_hide_still_counts(report: Callable[..., str], results: list[FileResult]) -> None:
    log = json.loads(report("json", results, limits=Limits(total=1)))
    assert [each["code"] for each in log["diagnostics"]] == ["Y102"]
    assert log["summary"]["codes"] == {"T413": 1, "X501": 1, "Y102": 1}


def test_fields_are_chosen(report: Callable[..., str], results: list[FileResult]) -> None:
    log = json.loads(report("json", results[2:], View(fields=("code", "line"))))
    assert log["diagnostics"] == [{"code": "X501", "line": 1}]


def test_a_field_that_does_not_exist_is_refused(report: Callable[..., str], results: list[FileResult]) -> None:
    with pytest.raises(NewscliError, match="no field 'lin'; did you mean 'line'"):
        report("json", results, View(fields=("lin",)))


def test_jsonl_tsv_and_templates_show_findings_as_records(
    report: Callable[..., str], results: list[FileResult]
) -> None:
    lines = [json.loads(line) for line in report("jsonl", results).splitlines()]
    assert [line["code"] for line in lines] == ["Y102", "T413", "X501"]
    assert "place" not in lines[0]
    assert report("{path}:{line} {code}", results[2:]) == "_posts/100% a,b:c.md:1 X501\n"
    assert report("tsv", results[1:]) == (
        "_posts/100% a,b:c.md\t1\t1\tX501\twarning\t50% of\\r\\nthe same, address: /a::b\t\n"
    )
    assert report("count", results) == "3\n"


def test_an_unknown_format_names_the_nearest_of_all(report: Callable[..., str]) -> None:
    with pytest.raises(NewscliError, match="did you mean 'sarif'"):
        report("sarfi", [])
