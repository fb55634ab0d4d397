"""The fast path: blocks of plain ``key: value`` lines, read with one regular expression.

It reads what it is sure of and leaves the rest to libyaml: whatever YAML 1.1 might take for something else than the
text as it stands (indicators, numbers, booleans, comments, escapes, nesting, repeated keys, special line breaks).
"""

import re
from typing import Any

# Control characters, YAML's other line breaks (NEL, LS, PS), byte order marks, surrogates, non-characters.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
# A plain value starts with what YAML gives no meaning to: a letter, a character beyond ASCII, a date, or digits before
# a Han character. The class is written by what it leaves out: one with a range up to U+10FFFF takes 4 ms to compile.
_TEXT = r"(?:[^\x00-@\[-`{-\xa0]|\d{4}-\d|\d+[\u3400-\u9fff])[^\n]*"
_QUOTED = r"""\"[^"\n]*"|'[^'\n]*'"""
_LINE = re.compile(
    rf"""^([A-Za-z_][A-Za-z0-9_-]{{0,63}}):(?:
        \ *\n((?:\ *-\ [^\n]*\n)+)
        |(?:\ +({_QUOTED}|\[[^\[\]{{}}\n]*\]|{_TEXT}))?\ *\n)""",
    re.M | re.X,
)
_ITEM = re.compile(rf"^( *)- +({_QUOTED}|{_TEXT}?) *\n", re.M)
_WORDS = frozenset("y n yes no true false on off null".split())
"""Words that YAML 1.1 reads as booleans or null."""


class _Doubtful(Exception):  # noqa: N818 - a signal, not an error
    """YAML could read this otherwise."""


def read_plain(block: str) -> dict[str, Any] | None:
    """The keys and values of a block of plain lines; None when YAML could read any of it otherwise.

    Values are strings, lists of strings, or None where nothing is written; dates stay text as everywhere in newscli.
    """
    if _UNSAFE.search(block):
        return None
    if not block.endswith("\n"):
        block += "\n"
    found: dict[str, Any] = {}
    lines = 0
    try:
        for key, items, value in _LINE.findall(block):
            if key.lower() in _WORDS or key in found:
                return None
            if items:
                lines += items.count("\n")
                found[key] = _block_list(items)
            else:
                found[key] = _scalar(value) if value else None
            lines += 1
    except _Doubtful:
        return None
    return found if lines == block.count("\n") else None


def _scalar(value: str) -> Any:
    first = value[0]
    if first == '"':
        if "\\" in value:
            raise _Doubtful
        return value[1:-1]
    if first == "'":
        return value[1:-1]
    if first == "[":
        return [_flow_item(item.strip(" ")) for item in value[1:-1].split(",")] if value[1:-1].strip(" ") else []
    return _plain(value.rstrip(" "))


def _plain(value: str) -> str:
    if ": " in value or " #" in value or value[-1] == ":" or value.lower() in _WORDS:
        raise _Doubtful
    return value


def _flow_item(item: str) -> str:
    """An item between commas; a quoted one that holds a comma arrives in pieces and is doubtful."""
    if not item or "\\" in item or "?" in item:
        raise _Doubtful
    quote = item[0]
    if quote in "\"'":
        if len(item) == 1 or item[-1] != quote or quote in item[1:-1]:
            raise _Doubtful
        return item[1:-1]
    if not (quote.isalpha() or quote > "\u00a0") or ":" in item or "#" in item or '"' in item or "'" in item:
        raise _Doubtful
    return _plain(item)


def _block_list(lines: str) -> list[Any]:
    found = _ITEM.findall(lines)
    if len(found) != lines.count("\n") or len({indent for indent, _ in found}) != 1:
        raise _Doubtful
    return [_scalar(item) for _, item in found]
