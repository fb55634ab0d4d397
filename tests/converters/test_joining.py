"""Parts of a body put together again."""

import pytest

from newscli.converters.joining import Joiner


def joined(*parts: str | tuple[str], newline: str = "\n", ends_line: bool = True) -> str:
    """Strings are kept, strings in a tuple added as converted."""
    joiner = Joiner(newline)
    for part in parts:
        if isinstance(part, tuple):
            joiner.add(part[0])
        else:
            joiner.keep(part)
    return joiner.text(ends_line=ends_line)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a\n\n", ("b",), "\nc\n"), "a\n\nb\n\nc\n"),
        (("a\n", ("b",), "c\n"), "a\n\nb\n\nc\n"),
        (("a\n \t\n", ("b",), " \nc\n"), "a\n \t\nb\n \nc\n"),
        ((("a",), ("b",)), "a\n\nb\n"),
        (("a\n", ("",), "b\n"), "a\n\nb\n"),
        (("a\n\n", ("",), "\nb\n"), "a\n\nb\n"),
        ((("",), "\nb\n"), "b\n"),
        (("\n", ("a",)), "\na\n"),
        (("a\n\n", ("",)), "a\n\n"),
        ((("",),), ""),
        ((("- a",), "\n", "\n  b\n"), "- a\n\n<!-- -->\n\n  b\n"),
        ((("- a",), "  b\n"), "- a\n\n<!-- -->\n\n  b\n"),
        ((("- a",), "\nb\n", "\n  c\n"), "- a\n\nb\n\n  c\n"),
        ((("a",), "{: .b}\n"), "a\n{: .b}\n"),
        (("a\n", ("b",), "{% c %}\n"), "a\n\nb\n\n{% c %}\n"),
    ],
)
def test_blank_lines(parts: tuple[str | tuple[str]], expected: str) -> None:
    assert joined(*parts) == expected


def test_no_line_end_at_the_end() -> None:
    assert joined(("a",), ends_line=False) == "a"
    assert joined(("a",), "\nb", ends_line=False) == "a\n\nb"


def test_mixed_line_ends() -> None:
    assert joined("a\nb\r", ("c",)) == "a\nb\r\n\nc\n"


def test_other_line_ends() -> None:
    assert joined("a\r\n", ("b\r\nc",), "d\r\n", newline="\r\n") == "a\r\n\r\nb\r\nc\r\n\r\nd\r\n"
    assert joined("a\r\n\r\n", ("b",), "\r\nc", newline="\r\n") == "a\r\n\r\nb\r\n\r\nc"
    assert joined("a\r\r", ("b",), "\rc", newline="\r") == "a\r\rb\r\rc"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("- a\n\n", ("- b\n  c\n\n- d",)), "- a\n\n* b\n  c\n\n* d\n"),
        (("- a\n  b\n\n", ("- c\n\ntext\n\n- d",)), "- a\n  b\n\n* c\n\ntext\n\n- d\n"),
        (("1. a\n\n", ("1. b",)), "1. a\n\n1) b\n"),
        (("* a\n\n", ("- b",)), "* a\n\n- b\n"),
        (("a\n\n", ("- b",)), "a\n\n- b\n"),
        ((("- a",), ("- b",)), "- a\n\n* b\n"),
        ((("- a",), "\n    code\n"), "- a\n\n<!-- -->\n\n    code\n"),
        ((("a",), "\n    code\n"), "a\n\n    code\n"),
        ((("- a",), "\ntext\n"), "- a\n\ntext\n"),
    ],
)
def test_lists_are_not_run_together(parts: tuple[str | tuple[str]], expected: str) -> None:
    assert joined(*parts) == expected
