import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli import results as module
from newscli.diagnostics import Edit, Fix, Severity
from newscli.finding import FileResult, Finding
from newscli.results import SETS, Results, results_path, stamps_of
from newscli.sweep import UNSETTLED, Folder

FINDING = Finding(
    "Y102",
    "unescaped-quote",
    Severity.ERROR,
    "a.md",
    2,
    8,
    2,
    9,
    "他说 \x00 \udcff",
    Fix((Edit(1, 2, "x"), Edit(3, 3, "")), safe=False, message="f"),
    "ff",
    'title: "他"',
    (("b.md", 3, "there"),),
)
BARE = replace(FINDING, code="T401", severity=Severity.INFO, fix=None, related=())
TODAY = date(2026, 11, 23)
STAMPS = {"a.md": 11, "b.md": 12, "c.md": 13}


class Checker:
    """Checks files and remembers which; a.md has findings."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings or (FINDING, BARE)
        self.asked: list[str] = []

    def __call__(self, paths: Sequence[str]) -> Iterator[FileResult]:
        for path in paths:
            self.asked.append(path)
            yield FileResult(path, self.findings if path == "a.md" else (), "text")


def look(
    path: Path, check: Checker, stamps: dict[str, int], options: str = "o", today: date = TODAY
) -> list[FileResult]:
    with Results(path, options, today) as results:
        return list(results.through(["a.md", "b.md", "c.md"], stamps, check))


def test_a_second_run_checks_nothing_and_finds_the_same(tmp_path: Path) -> None:
    first, second = Checker(), Checker()
    before = look(tmp_path / "r.sqlite", first, STAMPS)
    after = look(tmp_path / "r.sqlite", second, STAMPS)
    assert first.asked == ["a.md", "b.md", "c.md"]
    assert second.asked == []
    assert [(result.path, result.findings) for result in after] == [(result.path, result.findings) for result in before]
    assert after[0].findings == (FINDING, BARE)


@pytest.mark.parametrize("stamp", [99, UNSETTLED])
def test_a_file_that_changed_is_checked_again_in_its_place(stamp: int, tmp_path: Path) -> None:
    look(tmp_path / "r.sqlite", Checker(), STAMPS)
    check = Checker()
    results = look(tmp_path / "r.sqlite", check, {**STAMPS, "b.md": stamp})
    assert check.asked == ["b.md"]
    assert [result.path for result in results] == ["a.md", "b.md", "c.md"]


def test_a_file_without_a_settled_stamp_is_never_kept(tmp_path: Path) -> None:
    unsettled = {"a.md": UNSETTLED, "b.md": UNSETTLED}
    for _ in range(2):
        check = Checker()
        look(tmp_path / "r.sqlite", check, unsettled)
        assert check.asked == ["a.md", "b.md", "c.md"]


@pytest.mark.parametrize("code", ["F015", "N900"])
def test_what_may_pass_by_itself_is_never_kept(code: str, tmp_path: Path) -> None:
    for _ in range(2):
        check = Checker(replace(FINDING, code=code))
        look(tmp_path / "r.sqlite", check, STAMPS)
        assert "a.md" in check.asked


def test_other_options_have_results_of_their_own_and_few_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    for number in range(SETS + 1):
        check = Checker()
        look(path, check, STAMPS, f"options {number}")
        assert check.asked == ["a.md", "b.md", "c.md"]
    check = Checker()
    look(path, check, STAMPS, f"options {SETS}")
    look(path, check, STAMPS, "options 1")
    assert check.asked == []
    look(path, check, STAMPS, "options 0")
    assert check.asked == ["a.md", "b.md", "c.md"]


def test_the_text_is_read_where_a_fix_refers_to_it(tmp_path: Path) -> None:
    look(tmp_path / "r.sqlite", Checker(), STAMPS)
    with Results(tmp_path / "r.sqlite", "o", TODAY) as results:
        found = list(results.through(["a.md", "b.md"], STAMPS, Checker(), lambda path: f"text of {path}"))
    assert [result.text for result in found] == ["text of a.md", ""]
    look(tmp_path / "s.sqlite", Checker(BARE), STAMPS)
    with Results(tmp_path / "s.sqlite", "o", TODAY) as results:
        assert [result.text for result in results.through(["a.md"], STAMPS, Checker(), str.upper)] == [""]


def test_another_version_starts_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(tmp_path / "r.sqlite", Checker(), STAMPS)
    monkeypatch.setattr(module, "_SCHEMA", "next")
    check = Checker()
    look(tmp_path / "r.sqlite", check, STAMPS)
    look(tmp_path / "r.sqlite", check, STAMPS)
    assert check.asked == ["a.md", "b.md", "c.md"]


def test_a_damaged_cache_is_none(tmp_path: Path) -> None:
    (tmp_path / "r.sqlite").write_bytes(b"no database at all, however long it may be" * 99)
    check = Checker()
    assert len(look(tmp_path / "r.sqlite", check, STAMPS)) == 3
    look(tmp_path / "r.sqlite", check, STAMPS)
    look(tmp_path / "r.sqlite", check, STAMPS)
    assert check.asked == ["a.md", "b.md", "c.md"] * 2


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    assert len(look(tmp_path / "none" / "r.sqlite", Checker(), STAMPS)) == 3


def test_a_cache_that_fails_while_it_is_used_harms_nothing(tmp_path: Path) -> None:
    look(tmp_path / "r.sqlite", Checker(), STAMPS)
    with Results(tmp_path / "r.sqlite", "o", TODAY) as results:
        with sqlite3.connect(tmp_path / "r.sqlite") as other:
            other.execute("DROP TABLE results")
        check = Checker()
        assert len(list(results.through(["a.md", "b.md"], STAMPS, check))) == 2
        assert check.asked == ["a.md", "b.md"]


@settings(max_examples=60, deadline=None)
@given(
    message=st.text(),
    place=st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)),
    fix=st.none()
    | st.builds(Fix, st.tuples(st.builds(Edit, st.integers(), st.integers(), st.text())), st.booleans(), st.text()),
    related=st.lists(st.tuples(st.text(), st.integers(1, 9), st.text()), max_size=2).map(tuple),
)
def test_a_finding_comes_back_as_it_was(
    message: str,
    place: tuple[int, int, int, int],
    fix: Fix | None,
    related: tuple[tuple[str, int, str], ...],
) -> None:
    finding = Finding("Y102", "n", Severity.WARNING, "a.md", *place, message, fix, "ff", "s", related)
    (row,) = json.loads(module._to_json((finding,)))
    assert module._from_json(row) == finding


@pytest.mark.parametrize(("days", "asked"), [(0, []), (8, []), (9, ["a.md"]), (10, ["a.md"])])
def test_what_passes_by_itself_is_checked_again_a_day_before(days: int, asked: list[str], tmp_path: Path) -> None:
    to_come = replace(FINDING, until=(TODAY + timedelta(days=10)).toordinal())
    look(tmp_path / "r.sqlite", Checker(to_come), STAMPS)
    check = Checker()
    look(tmp_path / "r.sqlite", check, STAMPS, today=TODAY + timedelta(days=days))
    assert check.asked == asked


@pytest.mark.parametrize(
    ("singly", "told"),
    [
        ([], [("", 2), ("a.md", 0)]),
        (["c.md"], [("", 1), ("a.md", 0), ("c.md", 0)]),
        (["b.md", "c.md"], [("a.md", 0), ("b.md", 0), ("c.md", 0)]),
    ],
)
def test_clean_files_may_come_in_one_result(singly: list[str], told: list[tuple[str, int]], tmp_path: Path) -> None:
    look(tmp_path / "r.sqlite", Checker(), STAMPS)
    with Results(tmp_path / "r.sqlite", "o", TODAY) as results:
        found = list(results.through(["a.md", "b.md", "c.md"], STAMPS, Checker(), singly=singly))
    assert [(result.path, result.clean) for result in found] == told


def test_what_shows_across_files_is_found_once_while_they_stay(tmp_path: Path) -> None:
    asked: list[int] = []

    def find() -> list[Finding]:
        asked.append(1)
        return [FINDING, BARE]

    for _ in range(2):
        with Results(tmp_path / "r.sqlite", "o", TODAY) as results:
            assert results.whole(["a.md"], STAMPS, find) == (FINDING, BARE)
    assert len(asked) == 1
    with Results(tmp_path / "r.sqlite", "o", TODAY) as results:
        results.whole(["a.md"], {**STAMPS, "b.md": 99}, find)
        results.whole(["a.md"], {**STAMPS, "b.md": UNSETTLED}, find)
        results.whole(["a.md"], {**STAMPS, "b.md": UNSETTLED}, find)
        results.whole(["a.md", "b.md"], {**STAMPS, "b.md": 99}, find)
    assert len(asked) == 5


def test_nothing_across_files_is_an_answer_too(tmp_path: Path) -> None:
    for _ in range(2):
        with Results(tmp_path / "r.sqlite", "o", TODAY) as results:
            assert results.whole(["a.md"], STAMPS, list) == ()
            assert len(list(results.through(["a.md"], STAMPS, Checker()))) == 1


def test_stamps_and_places() -> None:
    folders = [Folder("", 1, "a.md", "x", (5).to_bytes(8, "little")), Folder("x", 1, "", "", b"")]
    folders.append(Folder("x/y", 1, "b.md/c.md", "", (6).to_bytes(8, "little") + (7).to_bytes(8, "little")))
    assert stamps_of(folders) == {"a.md": 5, "x/y/b.md": 6, "x/y/c.md": 7}
    assert results_path(Path("/c/site-12.sqlite")) == Path("/c/site-12.results.sqlite")
