"""Text as people see and compare it: width in cells, folding, control characters made visible."""

import re
import unicodedata
from collections.abc import Iterable

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, then case folded.

    Full-width letters, digits and punctuation equal their ASCII twins and ``Ａ`` equals ``a``.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")


def visible(text: str) -> str:
    """The text with control, C1, bidi and invisible characters written as escapes.

    A file must not be able to send commands to the terminal (ESC, CSI, OSC) or to reorder what is read on it.
    """
    return text if text.isascii() and text.isprintable() else _CONTROL.sub(_escape, text)


def character_width(character: str) -> int:
    """Cells one character takes on a terminal: 0, 1 or 2 (Unicode Standard Annex 11, ambiguous is 1)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def display_width(text: str) -> int:
    """Cells the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(character_width, text))


def truncate(text: str, width: int) -> str:
    """The text cut to ``width`` cells, an ellipsis marking the cut; a wide character is never split."""
    if display_width(text) <= width:
        return text
    used, end = 1, 0
    for end, character in enumerate(text):  # noqa: B007 - the place of the cut is needed after the loop
        used += character_width(character)
        if used > width:
            break
    return text[:end] + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """The text filled with blanks on the right to ``width`` cells."""
    return text + " " * (width - display_width(text))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was perhaps meant by ``word``, compared folded; None when nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    names = {fold(candidate): candidate for candidate in candidates}
    near = get_close_matches(fold(word), names, n=1)
    return names[near[0]] if near else None
