import os
from pathlib import Path

import pytest

from newscli.errors import StoreError
from newscli.finding import FileResult
from newscli.operations.mend import diff_of, write_fixes
from newscli.store import Store


def test_only_what_was_mended_is_written(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(b"old\r\n")
    results = [FileResult("a.md", (), "old\r\n", "new\r\n"), FileResult("b.md", (), "old\r\n")]
    assert list(write_fixes(Store(tmp_path), results)) == results
    assert (tmp_path / "a.md").read_bytes() == b"new\r\n"
    assert (tmp_path / "b.md").read_bytes() == b"old\r\n"


def test_a_file_keeps_its_character_set(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("旧".encode("gb18030"))
    list(write_fixes(Store(tmp_path), [FileResult("a.md", (), "旧", "新", encoding="gb18030")]))
    assert (tmp_path / "a.md").read_bytes() == "新".encode("gb18030")


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot write"):
        list(write_fixes(Store(tmp_path), [FileResult("none/a.md", (), "old", "new")]))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\nb\n", None, ""),
        ("a\nb\n", "a\nb\n", ""),
        ("a\nb\n", "a\nc\n", "--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
        (
            "a",
            "b",
            "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n",
        ),
        ("a\r\n", "a\n", "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\r\n+a\n"),
    ],
)
def test_a_diff(before: str, after: str | None, expected: str) -> None:
    assert diff_of(FileResult("x.md", (), before, after)) == expected


def test_a_mended_file_can_keep_the_time_of_its_last_change(tmp_path: Path) -> None:
    for keep, name in ((True, "a.md"), (False, "b.md")):
        file = tmp_path / name
        file.write_text("old")
        os.utime(file, ns=(10**18, 10**18 + 1))
        list(write_fixes(Store(tmp_path), [FileResult(name, (), "old", "new")], keep_mtime=keep))
        assert file.read_text() == "new"
        assert (file.stat().st_mtime_ns == 10**18 + 1) == keep
