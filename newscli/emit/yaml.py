"""A front matter as YAML that every 1.1 and 1.2 reader reads alike."""

import json
import re
from collections.abc import Iterator
from typing import Any

from newscli.emit.comments import Comments
from newscli.emit.values import LONGEST, UNSAFE, Moment, Number, quoted
from newscli.front_matter.spans import KeyPath

_PLAIN = re.compile("[A-Za-z\u00a1-\ud7ff\ue000-\U0010ffff]")
_EXPONENT = re.compile(r"([-+.\d]+)[eE]([-+]?\d+)")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_WORDS = frozenset("y n yes no true false on off null".split())
_UNPLAIN = (": ", " #")
_UNPLAIN_IN_LIST = (*_UNPLAIN, *",[]{}:")


def write_yaml(data: dict[str, Any], comments: Comments) -> Iterator[str]:
    """The lines, in block style; lists of a few words stand on one line."""
    yield from _mapping(data, (), comments)
    yield from comments.below


def _mapping(data: dict[str, Any], path: KeyPath, comments: Comments) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, key)
        yield from comments.above.get(here, ())
        name = key if _KEY.fullmatch(key) and key.lower() not in _WORDS else quoted(key)
        yield from _entry(f"{name}:", value, here, comments)


def _entry(start: str, value: Any, path: KeyPath, comments: Comments) -> Iterator[str]:
    """The lines of a key, or of the dash of a list, with what it holds."""
    behind = comments.behind(path)
    if isinstance(value, str) and _fits_block(value):
        sign = "|" if value.endswith("\n") else "|-"
        yield f"{start} {sign}{behind}"
        yield from _indented(value.removesuffix("\n").split("\n"))
    elif isinstance(value, dict) and value:
        lines = [*_mapping(value, path, comments)]
        if start == "-" and not behind and not lines[0].startswith("#"):
            lines[0] = f"- {lines[0]}"
            yield lines[0]
            yield from _indented(lines[1:])
        else:
            yield start + behind
            yield from _indented(lines)
    elif isinstance(value, list) and not _fits_line(value, path, comments):
        yield start + behind
        for place, item in enumerate(value):
            here = (*path, place)
            yield from _indented([*comments.above.get(here, ()), *_entry("-", item, here, comments)])
    else:
        yield f"{start} {_flat(value)}".rstrip(" ") + behind


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" if line else line for line in lines)


def _fits_line(value: list[Any], path: KeyPath, comments: Comments) -> bool:
    is_simple = not any(isinstance(item, dict | list) for item in value)
    return is_simple and not comments.within(path) and len(_flat(value)) <= LONGEST


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item, in_list=True) or 'null' for item in value)}]"
    return _scalar(value)


def _scalar(value: Any, *, in_list: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, Moment):
        return str(value)
    if isinstance(value, Number):
        return _number(value.spelled("."))
    return _text(value, in_list=in_list) if isinstance(value, str) else json.dumps(value)


def _number(text: str) -> str:
    """A number with a point and, before an exponent, a sign: without them YAML 1.1 reads ``5e-324`` as text."""
    match = _EXPONENT.fullmatch(text)
    if not match:
        return text
    mantissa, exponent = match.groups()
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent if exponent[0] in '+-' else '+' + exponent}"


def _text(text: str, *, in_list: bool) -> str:
    if UNSAFE.search(text):
        return quoted(text)
    marks = _UNPLAIN_IN_LIST if in_list else _UNPLAIN
    is_plain = _PLAIN.match(text) and not text.endswith((":", " ")) and not any(mark in text for mark in marks)
    if is_plain and text.lower() not in _WORDS:
        return text
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else quoted(text)


def _fits_block(text: str) -> bool:
    """Whether a text of several lines reads back the same from a literal block."""
    return (
        "\n" in text.rstrip("\n")
        and text[0] not in " \n"
        and not text.endswith("\n\n")
        and not UNSAFE.search(text.replace("\n", ""))
    )
