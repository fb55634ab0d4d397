import pytest

from newscli.operations.diffs import diff


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\n", "a\n", ""),
        ("", "a\n", "--- a/x.md\n+++ b/x.md\n@@ -0,0 +1 @@\n+a\n"),
        ("a\r\n", "a\n", "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\r\n+a\n"),
        ("a\x0bb\n", "a\n", "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\x0bb\n+a\n"),
        ("a\n", "a", "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"),
    ],
)
def test_only_line_feeds_end_lines(before: str, after: str, expected: str) -> None:
    assert diff(before, after, "x.md") == expected
