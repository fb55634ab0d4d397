"""What the usual keys hold: what tells a value that is whole from text that runs on, and a key from a word of prose."""

import re

TEXT_KEYS = frozenset(
    "title subtitle headline name description excerpt summary abstract deck bio caption alt source credit".split()
)
"""Keys that hold a sentence or a paragraph."""
LIST_KEYS = frozenset("tags categories keywords aliases authors topics redirect_from".split())
"""Keys that hold a list."""
_DATES = frozenset("date published updated created modified lastmod publishdate expirydate end_date".split())
_FLAGS = frozenset("draft published comments toc hidden featured pinned math".split())
_WORDS = frozenset("layout type lang language slug id weight permalink url".split())
_NAMES = LIST_KEYS | {"tag", "category", "author"}
_DATE = re.compile(r"[\"']?\d{4}[-/.年]\d[^,;]*")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ][\d:.]+(?: ?[+-]\d\d:?\d\d|Z)?)?")
_FLAG = re.compile(r"true|false|yes|no", re.I)
_CLOSED = re.compile(r""""[^"\n]*"|'[^'\n]*'|\[[^\[\]\n]*\]|\{[^{}\n]*\}""")
_TOKEN = re.compile(r"[^\s,;]+")
_PATH = re.compile(r"[^\s,;]*[/.][^\s,;]*[^\s,;.]")


def is_whole(key: str, value: str) -> bool:
    """Whether a value ends where it seems to: closed by quotes or brackets, a date, a single word where one is due."""
    if _CLOSED.fullmatch(value) or _PATH.fullmatch(value) or _DAY.fullmatch(value) or is_telling(key, value):
        return True
    return (key in _WORDS or key in _NAMES) and _TOKEN.fullmatch(value) is not None


def is_telling(key: str, value: str) -> bool:
    """Whether a value is of the kind that the key holds and prose is not."""
    return bool(
        (key in _DATES and _DATE.fullmatch(value))
        or (key in _FLAGS and _FLAG.fullmatch(value))
        or (key in LIST_KEYS and value[:1] == "[")
    )


def fits(key: str, value: str) -> bool:
    """Whether the key may hold this at all; any key may hold nothing."""
    if not value or _CLOSED.fullmatch(value) or not (key in _DATES or key in _FLAGS or key in _WORDS):
        return True
    return is_telling(key, value) or (key in _WORDS and _TOKEN.fullmatch(value) is not None)
