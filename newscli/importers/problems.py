"""What may be wrong with a source: the codes, and how a reader says so."""

from enum import StrEnum

from newscli.diagnostics import Diagnostic, Severity


class Code(StrEnum):
    """The codes of the diagnostics of importing."""

    UNREADABLE = "I101"
    """The source, or a member of it, cannot be opened or read."""
    SYNTAX = "I102"
    """The source breaks the rules of its format: repaired (a warning), or given up (an error)."""
    ENTITIES = "I103"
    """XML that declares entities: refused before it is parsed, because of what they can expand to or read."""
    TOO_BIG = "I104"
    """More bytes, members, levels or a higher ratio of compression than the limits allow."""
    RECORD = "I105"
    """One record, item or message cannot be used; the others are."""
    BYTES = "I106"
    """Bytes that are no text in the character set that was declared or found."""
    DATE = "I107"
    """A date that cannot be read; kept as ``source_date``."""
    TRUNCATED = "I108"
    """The source ends in the middle of an article."""
    LIBRARY = "I109"
    """A library that reads this kind of source is not installed."""
    MEMBER = "I110"
    """A member of an archive or folder is left out for safety."""
    EMPTY = "I111"
    """An article without title and text."""
    UNTITLED = "I113"
    """An article without a title; the beginning of its text stands in for it."""
    BUG = "I199"
    """A fault of newscli, met while reading this source."""


class SourceError(Exception):
    """A source that cannot be read any further; becomes a diagnostic, never a traceback.

    Attributes:
        code: what kind of fault.
        line: where, from 1.
        name: the member, where it is not the source as a whole; empty otherwise.
    """

    def __init__(self, code: Code, message: str, *, line: int = 1, name: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.name = name

    def diagnostic(self, name: str) -> Diagnostic:
        """This fault as a value; ``name`` is the source."""
        return fault(self.name or name, self.code, str(self), line=self.line)


def fault(name: str, code: Code, message: str, *, line: int = 1) -> Diagnostic:
    """Something that could not be imported."""
    return Diagnostic(name, line, 1, code, Severity.ERROR, message)


def warning(name: str, code: Code, message: str, *, line: int = 1) -> Diagnostic:
    """Something that was imported, though not as it should be."""
    return Diagnostic(name, line, 1, code, Severity.WARNING, message)
