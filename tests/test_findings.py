from collections.abc import Iterator
from dataclasses import replace

import pytest

from newscli.diagnostics import Fix, Severity
from newscli.finding import FileResult, Finding
from newscli.findings import Findings, Limits

ERROR = Finding("Y102", "unescaped-quote", Severity.ERROR, "a.md", 2, 8, 2, 9, "m", source_line="title: x")
WARNING = replace(ERROR, code="T401", severity=Severity.WARNING, fix=Fix((), safe=True, message="f"))
INFO = replace(ERROR, code="T413", severity=Severity.INFO, fix=Fix((), safe=False, message="f"))


def results() -> Iterator[FileResult]:
    yield FileResult("a.md", (ERROR, ERROR, WARNING), "text", "fixed", (INFO,))
    yield FileResult("b.md", (), "text of a clean file")
    yield FileResult("c.md", (INFO, ERROR), "text")


def test_the_tally_counts_files_severities_codes_and_fixes() -> None:
    tally = Findings(results()).read_all()
    assert (tally.files, tally.faulty, tally.findings, tally.fixed, tally.shown) == (3, 2, 5, 1, 5)
    assert (tally.safe, tally.unsafe) == (1, 1)
    assert tally.codes == {"Y102": 3, "T401": 1, "T413": 1}
    assert tally.files_by_code == {"Y102": 2, "T401": 1, "T413": 1}
    assert [tally.at_least(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)] == [3, 4, 5]


def test_files_told_of_in_one_count_each() -> None:
    findings = Findings(iter([FileResult("", clean=7), *results()]))
    assert findings.read_all().files == 10
    assert [result.clean for result in findings] == [7, 0, 0, 0]


def test_the_summary_is_json() -> None:
    assert Findings(results()).read_all().as_record() == {
        "errors": 3,
        "warnings": 1,
        "infos": 1,
        "files_with_findings": 2,
        "fixable": {"safe": 1, "unsafe": 1},
        "fixed": 1,
        "codes": {"T401": 1, "T413": 1, "Y102": 3},
    }


def test_results_are_streamed() -> None:
    read: list[str] = []

    def watched() -> Iterator[FileResult]:
        for result in results():
            read.append(result.path)
            yield result

    findings = Findings(watched())
    assert next(iter(findings)).path == "a.md"
    assert read == ["a.md"]
    assert findings.tally.files == 1


def test_after_reading_all_the_results_are_there_any_number_of_times() -> None:
    findings = Findings(results())
    findings.read_all()
    once, again = iter(findings), iter(findings)
    paths = [(first.path, second.path) for first, second in zip(once, again, strict=True)]
    assert paths == [("a.md", "a.md"), ("b.md", "b.md"), ("c.md", "c.md")]
    assert [finding.code for finding in findings.flat()] == ["Y102", "Y102", "T401", "T413", "Y102"]
    assert findings.read_all().files == 3


def test_a_result_comes_back_whole_but_the_text_of_clean_files() -> None:
    findings = Findings(results())
    findings.read_all()
    first, clean, _ = findings
    assert first == next(results())
    assert clean == FileResult("b.md")


@pytest.mark.parametrize(
    ("limits", "shown"),
    [
        (Limits(), ["Y102", "Y102", "T401", "T413", "Y102"]),
        (Limits(total=2), ["Y102", "Y102"]),
        (Limits(per_rule=1), ["Y102", "T401", "T413"]),
        (Limits(total=2, per_rule=1), ["Y102", "T401"]),
        (Limits(total=99, per_rule=99), ["Y102", "Y102", "T401", "T413", "Y102"]),
    ],
)
def test_limits_hide_and_still_count(limits: Limits, shown: list[str]) -> None:
    findings = Findings(results(), limits=limits)
    assert [finding.code for finding in findings.flat()] == shown
    assert (findings.tally.findings, findings.tally.shown) == (5, len(shown))


def test_the_findings_as_records() -> None:
    assert [record["code"] for record in Findings(results()).records()] == ["Y102", "Y102", "T401", "T413", "Y102"]
