"""Checks: what a query asks of one value (contains, is, like, matches, more or less than), for Python and for SQL."""

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from newscli.query.meta import Scalar, find, json_text, scalars
from newscli.query.patterns import pattern
from newscli.text import fold

Bound = tuple[str, int | float]
"""A comparison (``<`` ``<=`` ``>`` ``>=``) and the number to compare with."""

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt}
_NUMBER = r"-?\d{1,300}(?:\.\d{1,300})?"
_EXACT_DIGITS = 15  # so many digits fit a float and SQLite's integer, whatever they are
_WORDS = {"contains": "contains", "is": "is", "glob": "is like", "regex": "matches", "number": "", "present": ""}
_SQL = {
    "contains": "instr({folded}, ?) > 0",
    "is": "{folded} = ?",
    "glob": "{folded} GLOB ?",
    "regex": "newscli_regex(?, {raw})",
}


class Check(NamedTuple):
    """One question about a value.

    Attributes:
        kind: ``contains``, ``is``, ``glob``, ``regex``; of front matter ``number`` and ``present``, too.
        text: what was typed.
        operand: what is compared, as SQL gets it: folded, a pattern of GLOB, a regular expression, or bounds.
    """

    kind: str
    text: str = ""
    operand: str = ""

    def holds(self, raw: str, folded: str) -> bool:
        """Whether the text, given as it stands and folded, passes."""
        match self.kind:
            case "contains":
                return self.operand in folded
            case "is":
                return self.operand == folded
            case "glob":
                return fnmatchcase(folded, self.operand)
            case _:
                return pattern(self.operand).found_in(raw)

    def sql(self, raw: str, folded: str) -> str:
        """The same over two columns; the operand is the one parameter."""
        return _SQL[self.kind].format(raw=raw, folded=folded)

    def explain(self) -> str:
        """The check in words, the value's name to be put before it."""
        return f"{_WORDS[self.kind]} {self.text}".strip()


def contains(text: str) -> Check:
    """The value has the text in it, folded."""
    return Check("contains", text, fold(text))


def equals(text: str) -> Check:
    """The value is the text, folded."""
    return Check("is", text, fold(text))


def like(text: str, *, folding: Callable[[str], str] = fold) -> Check:
    """The whole value fits the text, in which ``*`` stands for any characters and ``?`` for one."""
    parts = re.split("([*?])", text)
    return Check("glob", text, "".join(part if part in ("*", "?") else literal(folding(part)) for part in parts))


def literal(text: str) -> str:
    """The text as a GLOB pattern (SQLite's and Python's) that fits nothing else."""
    return re.sub(r"[\[*?]", r"[\g<0>]", text)


def regular(text: str) -> Check:
    """The regular expression is found in the value as it stands.

    Raises:
        PatternError: the text is none.
    """
    pattern(text).spent = 0.0
    return Check("regex", text, text)


def number(bounds: tuple[Bound, ...]) -> Check:
    """The value is a number within the bounds, or a text that is one."""
    operand = " ".join(f"{comparison} {limit!r}" for comparison, limit in bounds)
    return Check("number", explain_bounds(bounds), operand)


def bounds_of(text: str) -> tuple[Bound, ...] | None:
    """The bounds of ``500``, ``>=500``, ``100..500``, ``500..``, ``..500``; None when the text is nothing such."""
    narrow = fold(text)
    if match := re.fullmatch(rf"([<>]=?)\s*({_NUMBER})", narrow, re.ASCII):
        return ((match[1], _number(match[2])),)
    if match := re.fullmatch(rf"({_NUMBER})|({_NUMBER})?\.\.({_NUMBER})?", narrow, re.ASCII):
        point, low, high = match.groups()
        ends = ((">=", point or low), ("<=", point or high))
        return tuple((comparison, _number(end)) for comparison, end in ends if end) or None
    return None


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() and len(text) <= _EXACT_DIGITS else float(text)


def is_within(value: float, bounds: tuple[Bound, ...]) -> bool:
    """Whether the number is within all bounds."""
    return all(_COMPARISONS[comparison](value, limit) for comparison, limit in bounds)


def explain_bounds(bounds: tuple[Bound, ...]) -> str:
    """The bounds in words: ``>= 100 and <= 500``."""
    return " and ".join(f"{comparison} {limit}" for comparison, limit in bounds)


def holds_in(meta: Mapping[str, Any], key: str, kind: str, operand: str) -> bool:
    """Whether the front matter has a value under the key that passes the check of that kind."""
    values = scalars(find(meta, key))
    match kind:
        case "present":
            return next(values, None) is not None
        case "number":
            bounds = _decoded(operand)
            return any(is_within(value, bounds) for value in _numbers(values))
        case _:
            check = Check(kind, "", operand)
            return any(check.holds(text, fold(text)) for text in map(json_text, values))


@lru_cache(maxsize=64)
def _decoded(operand: str) -> tuple[Bound, ...]:
    """The bounds that :func:`number` wrote."""
    words = iter(operand.split(" "))
    return tuple((comparison, float(limit)) for comparison, limit in zip(words, words, strict=True))


def _numbers(values: Iterator[Scalar]) -> Iterator[float]:
    for value in values:
        if isinstance(value, str):
            if re.fullmatch(_NUMBER, narrow := fold(value).strip(), re.ASCII):
                yield float(narrow)
        elif not isinstance(value, bool):
            yield value
