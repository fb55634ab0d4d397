import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.baseline import Baseline, collect, read, to_text
from newscli.diagnostics import Severity
from newscli.errors import ConfigError
from newscli.finding import FileResult, Finding

ONE = Finding("Y102", "unescaped-quote", Severity.ERROR, "_posts/新闻.md", 2, 8, 2, 9, "m", fingerprint="aa")
OTHER = replace(ONE, code="T401", fingerprint="bb")
FILE = FileResult(ONE.path, (ONE, OTHER, replace(ONE, line=7)))


def always(path: str, code: str) -> bool:
    return True


def codes(results: list[FileResult]) -> list[str]:
    return [finding.code for result in results for finding in result.findings]


def test_what_was_written_down_is_not_reported() -> None:
    baseline = collect([FILE])
    (result,) = baseline.held_back([FILE])
    assert result.path == FILE.path
    assert result.findings == ()
    assert baseline.matched == 3
    assert baseline.stale("b.json", always) is None


def test_lines_may_move_and_messages_may_change() -> None:
    moved = FileResult(FILE.path, tuple(replace(each, line=each.line + 9, message="x") for each in FILE.findings))
    assert codes(list(collect([FILE]).held_back([moved]))) == []


def test_one_more_of_the_same_is_reported() -> None:
    more = FileResult(FILE.path, (*FILE.findings, replace(ONE, line=30)))
    (result,) = collect([FILE]).held_back([more])
    assert [finding.line for finding in result.findings] == [30]


@pytest.mark.parametrize(
    "changed", [replace(ONE, path="other.md"), replace(ONE, code="Y103"), replace(ONE, fingerprint="cc")]
)
def test_another_path_code_or_value_is_reported(changed: Finding) -> None:
    baseline = collect([FileResult(ONE.path, (ONE,))])
    assert list(baseline.held_back([FileResult(changed.path, (changed,))])) == [FileResult(changed.path, (changed,))]
    assert baseline.matched == 0


def test_entries_that_no_longer_occur_are_stale() -> None:
    baseline = collect([FILE])
    list(baseline.held_back([FileResult(ONE.path, (OTHER,))]))
    result = baseline.stale("site/baseline.json", always)
    assert result is not None
    (finding,) = result.findings
    assert (finding.code, finding.severity, finding.path) == ("N903", Severity.WARNING, "site/baseline.json")
    assert finding.message == (
        "Y102 in _posts/新闻.md is in the baseline and no longer occurs 2 times; run --write-baseline"
    )


def test_what_was_not_checked_is_not_stale() -> None:
    baseline = collect([FILE])
    assert baseline.stale("b.json", lambda path, code: code == "X501") is None
    result = baseline.stale("b.json", lambda path, code: code == "T401")
    assert result is not None
    assert [finding.message[:4] for finding in result.findings] == ["T401"]
    assert "times" not in result.findings[0].message


@pytest.mark.parametrize("code", ["N900", "F015", "N903"])
def test_faults_of_the_run_are_never_written_down(code: str) -> None:
    assert collect([FileResult("a.md", (replace(ONE, code=code),))]).counts == Counter()


def test_files_without_findings_pass() -> None:
    assert list(collect([FILE]).held_back([FileResult("clean.md")])) == [FileResult("clean.md")]


def test_the_file_is_sorted_and_has_an_entry_a_line(tmp_path: Path) -> None:
    text = to_text(collect([FILE, FileResult("_posts/a.md", (replace(ONE, path="_posts/a.md"),))]))
    assert text == (
        "{\n"
        '  "version": 1,\n'
        '  "posts": {\n'
        '    "_posts/a.md": [\n'
        '      {"code": "Y102", "fingerprint": "aa", "count": 1}\n'
        "    ],\n"
        '    "_posts/新闻.md": [\n'
        '      {"code": "T401", "fingerprint": "bb", "count": 1},\n'
        '      {"code": "Y102", "fingerprint": "aa", "count": 2}\n'
        "    ]\n"
        "  }\n"
        "}\n"
    )
    json.loads(text)


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    baseline = collect([FileResult("a", (replace(ONE, path="a\udcff.md"),))])
    (tmp_path / "b.json").write_bytes(to_text(baseline).encode())
    assert read(tmp_path / "b.json").counts == baseline.counts


def test_an_empty_baseline(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(to_text(Baseline()))
    assert read(tmp_path / "b.json").counts == Counter()


@settings(max_examples=50, deadline=None)
@given(
    counts=st.dictionaries(
        st.tuples(st.text(max_size=9), st.sampled_from(["Y102", "T401"]), st.text("0123456789abcdef", max_size=4)),
        st.integers(1, 9),
    )
)
def test_what_is_written_is_read(
    counts: dict[tuple[str, str, str], int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("b") / "b.json"
    path.write_text(to_text(Baseline(Counter(counts))), encoding="utf-8")
    assert read(path).counts == Counter(counts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "no baseline"),
        ("{}", "no baseline"),
        ('{"version": 2, "posts": {}}', "no baseline"),
        ('{"version": 1, "posts": []}', "no baseline"),
        ('{"version": 1, "posts": {"a": [{}]}}', "no baseline"),
        ('{"version": 1, "posts": {"a": [{"code": 1, "fingerprint": "", "count": 1}]}}', "no baseline"),
        ('{"version": 1, "posts": {"a": [{"code": "Y1", "fingerprint": "", "count": 0}]}}', "no baseline"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        read(tmp_path / "b.json")
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--write-baseline makes one"):
        read(tmp_path / "none" / "baseline.json")
    (tmp_path / "baseline.json").write_text("{}")
    with pytest.raises(ConfigError, match=r"did you mean 'baseline\.json'"):
        read(tmp_path / "basline.json")
