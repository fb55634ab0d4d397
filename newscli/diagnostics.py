"""What is wrong with a file, where, and how to mend it: values that travel with the posts."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic matters; an ``ERROR`` of the reader makes a post *broken*."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


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
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        """``path:line:column: CODE message``, the form editors and terminals make clickable."""
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"
