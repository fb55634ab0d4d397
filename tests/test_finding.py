from dataclasses import replace

from newscli.diagnostics import Fix, Severity
from newscli.finding import FileResult, Finding, fix_kind, shown_as, span_of, to_record

ERROR = Finding("Y102", "unescaped-quote", Severity.ERROR, "a.md", 2, 8, 2, 9, "m", source_line="title: x")
WARNING = replace(ERROR, code="T401", severity=Severity.WARNING, fix=Fix((), safe=True, message="f"))
INFO = replace(ERROR, code="T413", severity=Severity.INFO, fix=Fix((), safe=False, message="f"))


def test_a_place_whose_end_is_not_known_is_one_character() -> None:
    unknown = replace(ERROR, end_line=0, end_column=0)
    assert span_of(unknown) == (2, 8, 2, 9)
    assert span_of(replace(unknown, column=9)) == (2, 9, 2, 9)
    assert span_of(replace(ERROR, end_line=3, end_column=1)) == (2, 8, 3, 1)


def test_kinds_of_fixes() -> None:
    assert [fix_kind(finding) for finding in (ERROR, WARNING, INFO)] == [None, "safe", "unsafe"]


def test_a_record_knows_its_place() -> None:
    assert to_record(ERROR)["place"] == "a.md:2:8"


def test_paths_are_shown_as_they_are_seen_from_here() -> None:
    finding = replace(ERROR, related=(("b.md", 1, "the first one"),))
    shown = shown_as(FileResult("a.md", (finding,), fixed=(ERROR,)), lambda path: f"site/{path}")
    assert (shown.path, shown.findings[0].path, shown.fixed[0].path) == ("site/a.md", "site/a.md", "site/a.md")
    assert shown.findings[0].related == (("site/b.md", 1, "the first one"),)
    same = FileResult("a.md", (finding,))
    assert shown_as(same, lambda path: path) is same


def test_a_clean_file_and_files_in_one_are_renamed_too() -> None:
    assert shown_as(FileResult("a.md"), lambda path: f"site/{path}") == FileResult("site/a.md")
    many = FileResult("", clean=7)
    assert shown_as(many, lambda path: f"site/{path}") is many


def test_moving_a_finding_changes_nothing_else() -> None:
    finding = replace(ERROR, until=9, fix=Fix((), safe=True, message="f"))
    assert finding.moved("b.md", ()) == replace(finding, path="b.md", related=())
