"""Put the parts of a body together again, a blank line around what was converted."""

import re

_BLANK_START = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
_ITEM = re.compile(r"([-*+])(?: |$)|[0-9]{1,9}([.)])(?: |$)")
_OTHER = {"-": "*", "*": "-", "+": "-", ".": ")", ")": "."}
_COMMENT = "<!-- -->"


class Joiner:
    """Collects the parts of a body in order.

    Args:
        newline: the line end of the body.
    """

    def __init__(self, newline: str) -> None:
        self._newline = newline
        self._pieces: list[str] = []
        self._before = ""  # what was added last and is not blank
        self._is_open = False  # the last piece was converted: a blank line has to follow
        self._is_converted = False  # so was the last one that is not blank

    def keep(self, text: str) -> None:
        """Add text as it is."""
        if self._is_open:
            blank = _BLANK_START.match(text)
            if self._ends_blank():
                text = text[blank.end() :] if blank else text
            elif not blank and not text.startswith("{:"):
                text = self._newline + text
        if self._is_converted and text.lstrip("\r\n").startswith(("  ", "\t")) and _last_mark(self._before):
            start = "" if self._ends_blank() else self._newline
            text = f"{start}{_COMMENT}{self._newline}{self._newline}{text.lstrip(self._newline)}"
        self._add(text)
        self._is_open = False
        self._is_converted = self._is_converted and not text.strip()

    def add(self, text: str) -> None:
        """Add converted text, with the body's line ends; nothing is added for an empty one."""
        if text:
            if not self._ends_blank():
                self._add("\n\n" if self._newline == "\n" and self._before.endswith("\r") else self._newline)
            mark = _mark(_ITEM.match(text))
            if mark and mark == _last_mark(self._before):
                text = _remark(text, mark)
            self._add(text + self._newline)
            self._is_converted = True
        self._is_open = True

    def text(self, *, ends_line: bool) -> str:
        """All that was added; ``ends_line`` says whether a line end closes it."""
        text = "".join(self._pieces)
        if not ends_line and self._is_open:
            text = text.removesuffix(self._newline)
        return text

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        if text.strip():
            self._before = text

    def _ends_blank(self) -> bool:
        """Whether a blank line, or nothing, ends what was added."""
        last = self._pieces[-1] if self._pieces else ""
        if last.endswith("\n\n"):
            return True
        if last[-1:] == "\n" and not last[-2:-1].isspace():
            return len(last) == 1
        text = last[-200:].rstrip(" \t")
        if text.endswith(("\n", "\r")):
            text = text[: -2 if text.endswith("\r\n") else -1].rstrip(" \t")
            return not text or text.endswith(("\n", "\r"))
        return not text


def _mark(item: re.Match[str] | None) -> str:
    return (item[1] or item[2]) if item else ""


def _last_mark(text: str) -> str:
    """The mark of the list that the text ends with; empty when it ends with none."""
    for line in reversed(text.splitlines()):
        if line.strip() and not line.startswith((" ", "\t")):
            return _mark(_ITEM.match(line))
    return ""


def _remark(text: str, mark: str) -> str:
    """The text with another mark for the items of the list it starts with."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith(" "):
            if _mark(_ITEM.match(line)) != mark:
                break
            lines[number] = line.replace(mark, _OTHER[mark], 1)
    return "".join(lines)
