"""Ignores written into a file: ``# newscli: ignore[D304, T401] reason`` and ``<!-- newscli: ignore[H705] -->``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newscli.diagnostics import Fix
from newscli.nearest import did_you_mean
from newscli.rules.model import RULES, Hit, edit, is_beginning
from newscli.rules.subject import Subject

_COMMENT = re.compile(
    r"(?P<mark>#|<!--)[ \t]*newscli:[ \t]*ignore(?P<list>\[(?P<codes>[^\]\n]*)\])?(?P<rest>[^\n]*?(?:-->|$|(?=\n)))",
    re.M,
)
_MARKER = b"newscli:"


@dataclass(slots=True)
class Ignore:
    """One such comment.

    Attributes:
        start, end: its place in the file.
        codes: what it ignores; names and prefixes are taken too.
        lines: the lines it is about, from 1; None for the whole file.
        used: the codes that had something to ignore.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    lines: frozenset[int] | None
    used: set[str] = field(default_factory=set)

    def covers(self, code: str, line: int) -> bool:
        """Whether it ignores a rule at a line; remembers that it did."""
        if self.lines is not None and line not in self.lines:
            return False
        fitting = [word for word in self.codes if _stands_for(word, code)]
        self.used.update(fitting)
        return bool(fitting)


def _stands_for(word: str, code: str) -> bool:
    return is_beginning(word, code) or RULES[code].name == word.lower()


def find(subject: Subject) -> list[Ignore]:
    """The ignores of a file."""
    text = subject.text
    if _MARKER not in (subject.raw if subject.encoding == "utf-8" else text.encode("utf-8", "surrogateescape")):
        return []
    return [_read(subject, match) for match in _COMMENT.finditer(text) if _is_comment(subject, match)]


def _is_comment(subject: Subject, match: "re.Match[str]") -> bool:
    return (match["mark"] == "#") == (match.start() < subject.body_start)


def _read(subject: Subject, match: "re.Match[str]") -> Ignore:
    text = subject.text
    codes = re.findall(r"[^,\s]+", match["codes"] or "")
    line = text.count("\n", 0, match.start()) + 1
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    lines = frozenset((line, line + 1))
    if match["mark"] == "#":
        lines = frozenset((line,)) if before.strip() else None  # type: ignore[assignment]
    return Ignore(match.start(), match.end(), tuple(codes), lines)


def complaints(text: str, ignores: list[Ignore], selected: frozenset[str]) -> Iterator[tuple[str, Hit]]:
    """What is wrong with the ignores themselves: codes that are unknown or, once all rules ran, were not needed."""
    for ignore in ignores:
        if not ignore.codes:
            message = "an ignore must name what it ignores, as in ignore[D304]"
            yield "N902", Hit(ignore.start, ignore.end, message)
        unknown = [word for word in ignore.codes if not _fitting(word)]
        for word in unknown:
            message = f"there is no rule {word}{did_you_mean(word, RULES)}"
            yield "N902", Hit(ignore.start, ignore.end, message)
        unused = [word for word in ignore.codes if word not in ignore.used and selected.intersection(_fitting(word))]
        for word in unused:
            fix = _without(text, ignore, unused)
            yield "N901", Hit(ignore.start, ignore.end, f"{word} has nothing to ignore here; drop it", fix)


def _fitting(word: str) -> list[str]:
    return [code for code in RULES if _stands_for(word, code)]


def _without(text: str, ignore: Ignore, unused: list[str]) -> Fix:
    """The unused codes taken out of the list all at once, or the comment deleted that names no other."""
    kept = [word for word in ignore.codes if word not in unused]
    if not kept:
        return _deleted(text, ignore)
    start, end = text.index("[", ignore.start) + 1, text.index("]", ignore.start)
    return edit(start, end, ", ".join(kept), f"drop {', '.join(unused)}", safe=True)


def _deleted(text: str, ignore: Ignore) -> Fix:
    """The comment deleted, with the blanks before it, and with its line where it stands alone."""
    start = ignore.start - (len(text[: ignore.start]) - len(text[: ignore.start].rstrip(" \t")))
    end = ignore.end
    alone = start == 0 or text[start - 1] in "\r\n"
    if alone and (line := re.compile(r"[ \t]*(?:\r\n|\r|\n)").match(text, end)):
        end = line.end()
    return edit(start, end, "", "delete the comment", safe=True)
