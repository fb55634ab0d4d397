"""A front matter as block YAML that every reader of 1.1 and 1.2 reads alike: a title has to stay a title everywhere."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newscli.emit.comments import Comments
from newscli.emit.values import UNSAFE, Moment, Number, quoted
from newscli.front_matter.spans import KeyPath

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./+()&。，、；！？：“”‘’（）《》「」【】…—·-]|:(?=/))*+")
_BLANKS = re.compile(r"^\s|\s$|\s{2}")
_EXPONENT = re.compile(r"([-+.\d]+)[eE]([-+]?\d+)")
_KEY = re.compile(r"[A-Za-z_][\w.-]*")
_WORDS = frozenset("y n yes no on off true false null none nan inf".split())
_NONE = Comments({}, {}, [])


def dump(data: Mapping[str, Any]) -> str:
    """The lines of a mapping of JSON values, without fences; empty for an empty one.

    Reading them with :func:`newscli.front_matter.read` gives the mapping back.
    """
    return "".join(_dumped(key, value) for key, value in data.items())


def _dumped(key: str, value: Any) -> str:
    if isinstance(value, str):
        return f"{_name(key)}: {_scalar(value)}\n"
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return f"{_name(key)}:\n" + "".join(f"- {_scalar(item)}\n" for item in value)
    return "".join(f"{line}\n" for line in _entry(f"{_name(key)}:", value, (key,), _NONE))


def write_yaml(data: dict[str, Any], comments: Comments) -> Iterator[str]:
    """The lines, in block style, the keys in their order."""
    yield from _mapping(data, (), comments)
    yield from comments.below


def _mapping(data: dict[str, Any], path: KeyPath, comments: Comments) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, key)
        yield from comments.above.get(here, ())
        yield from _entry(f"{_name(key)}:", value, here, comments)


def _name(key: str) -> str:
    return key if _KEY.fullmatch(key) and key.lower() not in _WORDS else quoted(key)


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
    elif isinstance(value, list | tuple) and value:
        yield start + behind
        for place, item in enumerate(value):
            here = (*path, place)
            lines = [*comments.above.get(here, ()), *_entry("-", item, here, comments)]
            yield from lines if start != "-" else _indented(lines)
    else:
        empty = "null" if start == "-" else ""
        yield f"{start} {_scalar(value) or empty}".rstrip(" ") + behind


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" if line else line for line in lines)


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Moment):
        return str(value)
    if isinstance(value, Number | float):
        return _number(Number(value).spelled("."))
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _number(text: str) -> str:
    """A number with a point and, before an exponent, a sign: without them YAML 1.1 reads ``5e-324`` as text."""
    match = _EXPONENT.fullmatch(text)
    if not match:
        return text
    mantissa, exponent = match.groups()
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent if exponent[0] in '+-' else '+' + exponent}"


def _text(text: str) -> str:
    """A text on one line, in quotes where any reader may take it for something else.

    Ruby's parser (Jekyll) takes ``1,000`` for a number and ``:a`` for a symbol, YAML 1.2 (Hugo) ``1e3`` for a number.
    """
    if UNSAFE.search(text):
        return quoted(text)
    if _BLANKS.search(text) or not _PLAIN.fullmatch(text) or text.lower() in _WORDS:
        return "'" + text.replace("'", "''") + "'"
    return text


def _fits_block(text: str) -> bool:
    """Whether a text of several lines reads back the same from a literal block."""
    return (
        "\n" in text.rstrip("\n")
        and text[0] not in " \n"
        and not text.endswith("\n\n")
        and not UNSAFE.search(text.replace("\n", ""))
    )
