"""What newscli raises when it is used wrongly or its surroundings fail, and the exit statuses.

Wrong *data* is never an exception: it is a :class:`newscli.diagnostics.Diagnostic`.
"""

from enum import IntEnum

from newscli.text import display_width, visible


class ExitCode(IntEnum):
    """The exit statuses every command keeps."""

    OK = 0
    """Done; an empty list is done too."""
    NEGATIVE = 1
    """A negative answer: nothing found, findings, a check that would change something."""
    USAGE = 2
    """Wrong usage, configuration or environment."""
    PARTIAL = 3
    """Done in part: some files could not be read or written, each named."""
    BUG = 4
    """A defect of newscli."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""


class NewscliError(Exception):
    """Wrong use or surroundings; ``str()`` is the whole message: what, where, what to do."""

    exit_code = ExitCode.USAGE


class NotFoundError(NewscliError):
    """What was asked for by name does not exist."""

    exit_code = ExitCode.NEGATIVE


class ConfigError(NewscliError):
    """A setting or a configuration file is wrong."""


class StoreError(NewscliError):
    """The store cannot be found or opened."""


class NoStoreError(StoreError):
    """There is no store here, and none was named."""


class QueryError(NewscliError):
    """A query cannot be understood.

    Attributes:
        query: the query as typed, terms joined by blanks.
        position: the offset in ``query`` (code points) where the fault starts.
        hint: what to type instead, or an empty string.
    """

    def __init__(self, message: str, query: str, position: int, hint: str = "") -> None:
        super().__init__(message, query, position, hint)
        self.message = message
        self.query = query
        self.position = position
        self.hint = hint

    def __str__(self) -> str:
        """The message, the query with a caret under the fault, and the hint."""
        caret = " " * display_width(visible(self.query[: self.position])) + "^"
        lines = [self.message, f"  {visible(self.query)}", f"  {caret}"]
        return "\n".join([*lines, self.hint] if self.hint else lines)
