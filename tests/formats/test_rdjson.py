import json
from collections.abc import Callable
from dataclasses import replace

from newscli.diagnostics import Edit, Fix
from newscli.finding import FileResult


def test_columns_count_bytes_and_ends_are_exclusive(report: Callable[..., str], results: list[FileResult]) -> None:
    log = json.loads(report("rdjson", results))
    assert log["source"] == {"name": "newscli"}
    first, second, third = log["diagnostics"]
    # title: "他说 is 8 bytes of ASCII and 6 of Chinese; "好" is 2 and 3.
    assert first["location"] == {
        "path": "_posts/2022-06-07-引号.md",
        "range": {"start": {"line": 2, "column": 15}, "end": {"line": 2, "column": 20}},
    }
    assert (first["severity"], first["code"]) == ("ERROR", {"value": "Y102"})
    assert second["location"]["range"]["end"] == {"line": 3, "column": 8}
    assert (second["severity"], third["severity"]) == ("INFO", "WARNING")


def test_the_edits_of_a_fix_are_one_suggestion(report: Callable[..., str], results: list[FileResult]) -> None:
    first, second, third = json.loads(report("rdjson", results))["diagnostics"]
    assert first["suggestions"] == [
        {"range": {"start": {"line": 2, "column": 8}, "end": {"line": 2, "column": 21}}, "text": "'他说\"好\"'"}
    ]
    assert second["suggestions"] == [
        {"range": {"start": {"line": 3, "column": 7}, "end": {"line": 3, "column": 9}}, "text": "[AI]"}
    ]
    assert "suggestions" not in third


def test_without_the_text_there_is_no_suggestion(report: Callable[..., str], results: list[FileResult]) -> None:
    (first, _) = json.loads(report("rdjson", [replace(results[0], text="")]))["diagnostics"]
    assert "suggestions" not in first
    assert first["location"]["range"]["start"] == {"line": 2, "column": 15}


def test_a_byte_order_mark_takes_no_column(report: Callable[..., str], results: list[FileResult]) -> None:
    finding = replace(
        results[0].findings[0], line=1, column=1, end_line=0, fix=Fix((Edit(0, 1, ""),), safe=True, message="delete it")
    )
    (found,) = json.loads(report("rdjson", [FileResult("a.md", (finding,), "\ufeff---\n")]))["diagnostics"]
    assert found["location"]["range"]["start"] == {"line": 1, "column": 1}


def test_nothing_found(report: Callable[..., str]) -> None:
    assert json.loads(report("rdjson", [])) == {"source": {"name": "newscli"}, "diagnostics": []}
