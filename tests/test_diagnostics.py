from dataclasses import FrozenInstanceError

import pytest

from newscli.diagnostics import Diagnostic, Severity

DIAGNOSTIC = Diagnostic("_posts/2022-06-07-苏州.md", 3, 8, "Y102", Severity.ERROR, "Unescaped quote.")


def test_a_diagnostic_reads_as_editors_want_it() -> None:
    assert str(DIAGNOSTIC) == "_posts/2022-06-07-苏州.md:3:8: Y102 Unescaped quote."


def test_a_diagnostic_is_a_value() -> None:
    assert Diagnostic("a", 1, 1, "F001", Severity.INFO, "x") == Diagnostic("a", 1, 1, "F001", Severity("info"), "x")
    with pytest.raises(FrozenInstanceError):
        DIAGNOSTIC.line = 4  # type: ignore[misc]


def test_severities_are_written_as_words() -> None:
    assert [f"{severity}" for severity in Severity] == ["error", "warning", "info"]
