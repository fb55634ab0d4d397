r"""Regular expressions that cannot hang a run: a time limit on the matching, not on the syntax.

``re`` has no limit and holds the interpreter; a linear engine (RE2) knows neither ``\w`` for Chinese nor look-around.
The ``regex`` module takes the patterns of ``re`` and stops when told to. It is imported by the first pattern.
"""

from functools import lru_cache
from time import perf_counter
from typing import Any

BUDGET = 5.0
"""Seconds that the slow matches of one pattern may take together before it is given up."""

_FREE = 0.0001  # seconds each match has before it counts as slow; a title takes some millionths
_NO_CASE = r"\\[pP]\{[^}]*\}|\\.|\(\?P"  # what holds capitals that are not to be matched


class PatternError(ValueError):
    """A text that is no regular expression; ``str()`` says why.

    Attributes:
        offset: the position in the pattern where the fault is.
    """

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


class Pattern:
    """A compiled regular expression and the time it has taken.

    Case counts only when the pattern holds a capital (ripgrep's smart case); ``(?i)`` and ``(?-i:…)`` are obeyed.

    Attributes:
        spent: the seconds of its slow matches so far.
    """

    __slots__ = ("_compiled", "spent")

    def __init__(self, text: str) -> None:
        self._compiled = _compile(text)
        self.spent = 0.0

    @property
    def is_overdue(self) -> bool:
        """Whether the time is used up; the pattern matches nothing any more."""
        return self.spent >= BUDGET

    def found_in(self, text: str) -> bool:
        """Whether the pattern matches somewhere in the text.

        Raises:
            TimeoutError: the time of the pattern is used up.
        """
        if self.is_overdue:
            raise TimeoutError
        start = perf_counter()
        try:
            return self._compiled.search(text, timeout=BUDGET - self.spent) is not None
        except TimeoutError:
            self.spent = BUDGET
            raise
        finally:
            self.spent += max(0.0, perf_counter() - start - _FREE)


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """The pattern of the text; one object for the query and for the index that calls back with the text.

    Raises:
        PatternError: the text is no regular expression.
    """
    return Pattern(text)


def _compile(text: str) -> Any:
    import re
    import warnings

    import regex  # not above: costs as much as the whole query language

    literal = re.sub(_NO_CASE, "", text)
    flags = 0 if any(map(str.isupper, literal)) else regex.IGNORECASE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return regex.compile(text, flags)
    except regex.error as error:
        raise PatternError(str(error.msg), error.pos or 0) from None
    except (RecursionError, OverflowError, MemoryError):
        raise PatternError("it is too large", 0) from None
