"""A repair tried, and the lines it is tried on."""

import re
from dataclasses import dataclass

from newscli.front_matter import Fault

STATEMENT = re.compile(
    r"""(?P<lead>[ \t]*(?:-[ \t]+)*)
    (?P<key>(?:"[^"\n]*"|'[^'\n]*'|[^\s:：#"'\[\]{},-][^:：\n]{0,63}?)[ \t]*(?P<colon>:(?=[ \t\r]|$)|：|:(?![:\s]|//)))?
    (?P<gap>[ \t]*)(?P<value>[^\r\n]*)""",
    re.X,
)
"""A line with a key, a dash or both before its value; it matches every line."""
BLOCK_SCALAR = re.compile(r"[|>][-+0-9]{0,2}(?:[ \t]+#.*)?")
"""What stands behind the key of a text that follows on further lines."""


@dataclass(frozen=True, slots=True)
class Step:
    """One repair tried: the text after it, the fault it names, what was done, whether the meaning is plain."""

    text: str
    fault: Fault
    message: str
    safe: bool = False


class Lines:
    """The lines of a text with their offsets.

    Attributes:
        text, lines: all of it; its lines with their ends.
        starts: the offset of each line, and of the end.
        at: the line in which the parser gave up.
    """

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.at = max(0, min(sum(start <= offset for start in self.starts) - 1, len(self.lines) - 1))

    def statement(self, number: int) -> "re.Match[str]":
        """The parts of a line; those of a line that is not there are empty."""
        match = STATEMENT.match(self.lines[number] if number < len(self.lines) else "")
        assert match is not None  # noqa: S101 - it matches every line
        return match

    def key(self, number: int) -> str:
        """The key of a line, without quotes and colon."""
        return (self.statement(number)["key"] or "").rstrip(": \t：").strip("\"'")

    def replaced(self, number: int, line: str) -> str:
        """The text with another line in that place."""
        return "".join([*self.lines[:number], line, *self.lines[number + 1 :]])

    def indent(self, number: int) -> int:
        """How far in a line stands."""
        line = self.lines[number]
        return len(line) - len(line.lstrip(" \t"))

    def is_blank(self, number: int) -> bool:
        """Whether a line is empty."""
        return not self.lines[number].strip()

    def is_comment(self, number: int) -> bool:
        """Whether a line is a comment."""
        return self.lines[number].lstrip(" \t").startswith("#")

    def last_of(self, number: int) -> int:
        """The last line of the statement that starts at a line: lines further in belong to it."""
        depth, last = self.indent(number), number
        for following in range(number + 1, len(self.lines)):
            if self.is_blank(following):
                continue
            if self.indent(following) <= depth or self.is_comment(following):
                break
            last = following
        return last

    def last_of_run(self, number: int) -> int:
        """The last line before a blank one or a comment."""
        while number + 1 < len(self.lines) and not self.is_blank(number + 1) and not self.is_comment(number + 1):
            number += 1
        return number
