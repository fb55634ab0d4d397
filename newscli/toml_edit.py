"""Edit TOML as text: one value changes, every other character of the file stays."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

TomlValue = str | int | float | tuple[str, ...]


class EditError(ValueError):
    """The text cannot be edited in such a way that nothing else changes; ``str()`` says why."""


def iter_names(lines: Iterable[str]) -> Iterator[tuple[int, str, bool]]:
    """The tables and keys of TOML lines: the index of the line, the whole dotted name, whether it opens a table.

    It reads line by line and may take a line of a long string or list for a key.
    """
    table = ""
    for index, line in enumerate(lines):
        if header := re.match(r"""\s*\[\[?([\w.'" \t-]+)\]\]?\s*(?:#.*)?$""", line):
            table = _plain(header[1])
            yield index, table, True
        elif key := re.match(r"""\s*([\w.'" \t-]+?)\s*=""", line):
            yield index, f"{table}.{_plain(key[1])}".lstrip("."), False


def _plain(name: str) -> str:
    """A dotted name without the quotes and blanks of its parts."""
    return ".".join(part.strip(" \t'\"") for part in name.split("."))


def set_key(text: str, table: str, key: str, value: TomlValue) -> str:
    """The text with ``key`` of the table (both may be dotted; an empty table is the top) set to the value.

    Raises:
        EditError: the text is not TOML, or the key cannot be set without another change.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + set_key(text[1:], table, key, value)
    wanted = _with(_load(text), f"{table}.{key}".lstrip(".").split("."), value)
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    name = f"{table}.{key}".lstrip(".")
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += ending
    names = list(iter_names(lines))
    if (place := next((index for index, found, opens in names if found == name and not opens), None)) is not None:
        lines = _replace(lines, place, value)
    else:
        lines = _insert(lines, names, name, value, ending)
    edited = "".join(lines)
    if _load(edited) != wanted:
        raise EditError(f"{name} cannot be set without another change")
    return edited


def _load(text: str) -> dict[str, Any]:
    """The content of TOML.

    Raises:
        EditError: it is none.
    """
    from tomllib import TOMLDecodeError, loads

    try:
        return loads(text)
    except (TOMLDecodeError, RecursionError) as error:
        raise EditError(f"not TOML: {error}") from error


def _with(content: dict[str, Any], path: list[str], value: TomlValue) -> dict[str, Any]:
    """The content with the value at the path."""
    first, *rest = path
    inner = content.get(first, {})
    new: Any = list(value) if isinstance(value, tuple) else value
    if rest:
        new = _with(inner if isinstance(inner, dict) else {}, rest, value)
    return content | {first: new}


def _literal(value: TomlValue) -> str:
    """The value in TOML."""
    if isinstance(value, int | float):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return (
        '"'
        + re.sub(
            r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]',
            lambda found: escapes.get(found[0], f"\\u{ord(found[0]):04x}"),
            value,
        )
        + '"'
    )


def _replace(lines: list[str], start: int, value: TomlValue) -> list[str]:
    """The lines with the value that begins on line ``start`` replaced; a remark behind it stays."""
    for end in range(start + 1, len(lines) + 1):
        assignment = "".join(lines[start:end])
        if _is_whole(assignment):
            break
    else:
        raise EditError(f"line {start + 1} is no key and value")
    body = assignment.rstrip("\r\n")
    line_end = assignment[len(body) :]
    head, _, _ = body.partition("=")
    blanks = re.match(r"[ \t]*", body[len(head) + 1 :])
    remark = _remark(body)
    return [*lines[:start], f"{head}={blanks[0] if blanks else ''}{_literal(value)}{remark}{line_end}", *lines[end:]]


def _is_whole(assignment: str) -> bool:
    """Whether the text is TOML by itself."""
    try:
        _load(assignment)
    except EditError:
        return False
    return True


def _remark(assignment: str) -> str:
    """The remark at the end of a key and value, with the blanks before it."""
    for sign in re.finditer(r"[ \t]*#", assignment):
        before = assignment[: sign.start()]
        if _is_whole(before) and "\n" not in assignment[sign.start() :]:
            return assignment[sign.start() :]
    return ""


def _insert(
    lines: list[str], names: list[tuple[int, str, bool]], name: str, value: TomlValue, ending: str
) -> list[str]:
    """The lines with a new key at the end of its table, which is made if need be."""
    table, _, key = name.rpartition(".")
    headers = [index for index, _, opens in names if opens]
    opening = next((index for index, found, opens in names if opens and found == table), None)
    line = f"{_key(key)} = {_literal(value)}{ending}"
    if table and opening is None:
        return [*lines, *([ending] if lines else []), f"[{'.'.join(map(_key, table.split('.')))}]{ending}", line]
    first = 0 if opening is None else opening + 1
    end = next((header for header in headers if header >= first), len(lines))
    last = _last_key(lines[first:end], more=end < len(lines)) + first
    apart = [ending] if not table and headers and not any(map(str.strip, lines[:last])) else []
    return [*lines[:last], line, *apart, *lines[last:]]


def _last_key(lines: list[str], *, more: bool) -> int:
    """How many of the lines of a table stand before a new key; a remark right above the next table belongs to that."""
    for count in range(len(lines), 0, -1):
        line = lines[count - 1].strip()
        if line and not line.startswith("#"):
            return count
    remarks = len(lines)
    while more and remarks and lines[remarks - 1].lstrip().startswith("#"):
        remarks -= 1
    return remarks


def _key(part: str) -> str:
    """One part of a name as TOML wants it."""
    return part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else _literal(part)
