"""What is wrong with a file, where, and how to mend it: values that travel with the posts."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic matters; an ``ERROR`` of the reader makes a post *broken*."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text from ``start`` to ``end`` (offsets in the file, in code points) by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How a fault can be mended.

    Attributes:
        edits: what to replace, in the order of the file, none overlapping another.
        safe: whether what is meant is plain: nothing but the fault reads differently afterwards. Else it is guessed.
        message: what the fix does, such as ``put the value between '…'``.
        rename: the new name of the file, in its folder; empty where it keeps its own.
    """

    edits: tuple[Edit, ...]
    safe: bool
    message: str
    rename: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault in one file.

    Attributes:
        path: the file, relative to the store, with ``/``.
        line: the line of the file, from 1.
        column: the column in code points, from 1.
        code: the rule, such as ``Y102``; the codes are those of ``newscli validate``.
        severity: how much it matters.
        message: what is wrong and, where it is known, what to do; one line.
        end_line, end_column: one past the end of the place at fault; 0 where only its start is known.
        fix: how it can be mended; None when only a person can.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    end_line: int = 0
    end_column: int = 0
    fix: Fix | None = None

    def __str__(self) -> str:
        """``path:line:column: CODE message``, the form editors and terminals make clickable."""
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"
