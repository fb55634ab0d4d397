"""Marks of emphasis in a text: what they are, which of them say nothing, and white space moved out of them."""

import re

from newscli.converters.flanking import escape_start, starts_line
from newscli.converters.marks import BREAK

TAGS = {"b": "strong", "i": "em", "s": "del"}
"""The tag of each kind of emphasis."""
_LEADING = re.compile(rf"(?:\\?\n[ >]*|\s|{BREAK})*")
_LINE_END = re.compile(r"\\?\n[ >]*\Z")


class Mark:
    """One end of an emphasis.

    Attributes:
        kind: ``b``, ``i`` or ``s``.
        opens: whether it is the first end.
        partner: the other end.
        is_underscore: whether it is written ``_`` in place of ``*``.
        text: what it became, once that is no mark of emphasis any more: a tag, or nothing.
    """

    __slots__ = ("is_underscore", "kind", "opens", "partner", "text")

    def __init__(self, letter: str) -> None:
        self.kind = letter.lower()
        self.opens = letter.isupper()
        self.partner = self
        self.is_underscore = False
        self.text: str | None = None

    @property
    def character(self) -> str:
        """What it is written with."""
        return "~" if self.kind == "s" else "_" if self.is_underscore else "*"

    def become_tag(self) -> None:
        """Make this emphasis a tag."""
        first, last = (self, self.partner) if self.opens else (self.partner, self)
        first.text, last.text = f"<{TAGS[self.kind]}>", f"</{TAGS[self.kind]}>"

    def vanish(self) -> None:
        """Make this emphasis nothing."""
        self.text = self.partner.text = ""


class Reader:
    """Reads texts and the marks between them; emphasis within its like, next to its like or of nothing goes."""

    def __init__(self, first: str) -> None:
        self.texts = [[first]]
        self.marks: list[Mark] = []
        self._depth = {"b": 0, "i": 0, "s": 0}
        self._opened: list[Mark] = []

    def take(self, mark: Mark, after: str) -> None:
        """Take the next mark and the text after it."""
        depth = self._depth[mark.kind] = self._depth[mark.kind] + (1 if mark.opens else -1)
        if depth != mark.opens:  # inside its like
            self._append(after)
        elif mark.opens and self._resumes(mark, after):
            self._opened.append(self._drop_last().partner)
            self._append(after)
        elif not mark.opens and self._is_empty(mark):
            self._opened.pop()
            self._drop_last()
            self._append(after)
        else:
            if mark.opens:
                self._opened.append(mark)
            else:
                mark.partner = self._opened.pop()
                mark.partner.partner = mark
            self.marks.append(mark)
            self.texts.append([after])

    def _drop_last(self) -> Mark:
        inside = self.texts.pop()
        for piece in inside:
            self._append(piece)
        return self.marks.pop()

    def _append(self, after: str) -> None:
        """Go on with the last text; two code spans that come to touch would be read as one."""
        if after[:1] == "`" and self._last_piece()[-1:] == "`":
            self.texts[-1].append("<!-- -->")
        self.texts[-1].append(after)

    def _last_piece(self) -> str:
        return next((piece for piece in reversed(self.texts[-1]) if piece), "")

    def _resumes(self, mark: Mark, after: str) -> bool:
        """Whether an opening mark takes up an emphasis that was just closed."""
        if not self.marks or self.marks[-1].opens or self.marks[-1].kind != mark.kind or any(self.texts[-1]):
            return False
        before = next((piece for piece in reversed(self.texts[-2]) if piece), "")
        return not (before[-1:].isspace() or after[:1].isspace())

    def _is_empty(self, mark: Mark) -> bool:
        """Whether a closing mark follows its opening one with nothing to emphasize between."""
        return (
            self.marks[-1].opens
            and self.marks[-1].kind == mark.kind
            and all(not piece.replace(BREAK, "").strip() for piece in self.texts[-1])
        )


def _strip_end(text: str) -> str:
    """The text without white space and breaks at its end."""
    while True:
        stripped = text.rstrip()
        end = _LINE_END.search(text, len(stripped) - 1 if stripped.endswith("\\") else len(stripped))
        if end is None and stripped.endswith(">"):
            start = text.rfind("\n")
            end = _LINE_END.match(text, start) if start >= 0 else None
        if end is not None:
            stripped = text[: end.start()]
        elif stripped.endswith(BREAK):
            stripped = stripped[: -len(BREAK)]
        elif stripped == text:
            return text
        text = stripped


def move_space(texts: list[str], marks: list[Mark]) -> None:
    """Move white space at the edges out of the emphasis."""
    for number in reversed(range(len(marks))):
        if marks[number].opens:
            after = texts[number + 1]
            end = _LEADING.match(after).end()  # type: ignore[union-attr]  # it matches the empty string
            if end:
                texts[number + 1] = after[end:]
                texts[number] = _append(texts, number, after[:end])
    for number, mark in enumerate(marks):
        if not mark.opens:
            before = texts[number]
            stripped = _strip_end(before)
            if stripped != before:
                texts[number] = stripped
                after, space = texts[number + 1], before[len(stripped) :]
                if "\n" in space:
                    after = escape_start(after)
                texts[number + 1] = after if space == " " and after[:1] in (" ", "\n") else space + after


def _append(texts: list[str], number: int, space: str) -> str:
    """The text before an opening mark with white space from behind it; none is needed after white space."""
    before = texts[number]
    if space.strip(" ") == "" and (before[-1:] in (" ", "\n") or starts_line(texts, number)):
        return before
    return before + space
