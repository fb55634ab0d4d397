"""Where every key and value of a front matter stands in its file; what lossless edits and diagnostics point at."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from newscli.front_matter import FrontMatter

KeyPath = tuple[str | int, ...]
"""The way to a value: keys of mappings as strings, places in lists as numbers from 0."""

_TABLE = re.compile(r"[ \t]*\[(?!\[)([^\[\]\n]+)\][ \t]*(?:#.*)?$")
_STATEMENT = re.compile(
    r"[ \t]*((?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|\"[^\"\n]*\"))*)[ \t]*=[ \t]*"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in the file, in code points; the ends are one past.

    Attributes:
        key_start, key_end: the key as written, with its quotes; both equal ``start`` for items of a list.
        start, end: the value as written, with its quotes; empty where nothing is written.
    """

    key_start: int
    key_end: int
    start: int
    end: int


def locate(front_matter: FrontMatter) -> dict[KeyPath, Span]:
    """The span of every key and value, by its path; nested ones too.

    Of a block that does not parse, the top-level keys that can be told apart are located.
    """
    shift = front_matter.start
    find = _FINDERS.get(front_matter.format)
    if find is None:
        return {}
    return {
        path: Span(span.key_start + shift, span.key_end + shift, span.start + shift, span.end + shift)
        for path, span in find(front_matter.text)
    }


def _yaml(block: str) -> Iterator[tuple[KeyPath, Span]]:
    import yaml

    from newscli.front_matter.loaders import compose
    from newscli.front_matter.recovery import pieces

    try:
        root = compose(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        for piece in pieces(block):
            end = piece.value_at + len(piece.value.rstrip())
            start = end - len(piece.value.strip())
            at = piece.start
            yield (piece.key,), Span(at + piece.key_at, at + piece.key_at + len(piece.key), at + start, at + end)
        return
    if isinstance(root, yaml.MappingNode):
        yield from _mapping(block, root, (), set())


def _mapping(block: str, node: Any, path: KeyPath, seen: set[int]) -> Iterator[tuple[KeyPath, Span]]:
    seen.add(id(node))
    for key, value in node.value:
        start, end = _extent(block, value)
        here = (*path, str(key.value))
        if value.start_mark.index < key.start_mark.index:  # an alias: the node stands where its anchor is
            start = end = key.end_mark.index
        yield here, Span(key.start_mark.index, key.end_mark.index, start, end)
        yield from _children(block, value, here, seen)


def _children(block: str, node: Any, path: KeyPath, seen: set[int]) -> Iterator[tuple[KeyPath, Span]]:
    if id(node) in seen or isinstance(node.value, str):
        return
    if node.id == "mapping":
        yield from _mapping(block, node, path, seen)
        return
    seen.add(id(node))
    for place, item in enumerate(node.value):
        start, end = _extent(block, item)
        yield (*path, place), Span(start, start, start, end)
        yield from _children(block, item, (*path, place), seen)


def _extent(block: str, node: Any) -> tuple[int, int]:
    """Where a node's text stands; libyaml lets block scalars and block collections run on into blank lines."""
    start, end = node.start_mark.index, node.end_mark.index
    flow = getattr(node, "flow_style", None)
    if flow is False or getattr(node, "style", None) in ("|", ">"):
        end = _last_end(block, node) if flow is False else start + len(block[start:end].rstrip())
    return start, max(start, end)


def _last_end(block: str, node: Any) -> int:
    if not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    child = last[1] if isinstance(last, tuple) else last
    return _extent(block, child)[1]


def _toml(block: str) -> Iterator[tuple[KeyPath, Span]]:
    import tomllib

    table: KeyPath = ()
    position = 0
    while position < len(block):
        stop = block.find("\n", position) + 1 or len(block)
        line = block[position:stop].rstrip("\r\n")
        if heading := _TABLE.match(line):
            table = _names(heading[1])
            end = position + heading.end(1)
            yield table, Span(position + heading.start(1), end, end + 1, end + 1)
        elif statement := _STATEMENT.match(line):
            stop = _statement_end(block, position, stop, tomllib.loads)
            start = position + statement.end()
            value = _without_comment(block[start:stop], tomllib.loads)
            at = position + statement.start(1)
            yield (*table, *_names(statement[1])), Span(at, position + statement.end(1), start, start + len(value))
        position = stop


def _names(dotted: str) -> KeyPath:
    return tuple(part.strip(" \t\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", dotted))


def _statement_end(block: str, start: int, stop: int, loads: Callable[[str], Any]) -> int:
    """Where the statement that starts a line ends: after the fewest lines that TOML accepts."""
    first = stop
    while not _accepts(loads, block[start:stop]):
        if stop >= len(block):
            return first
        stop = block.find("\n", stop) + 1 or len(block)
    return stop


def _accepts(loads: Callable[[str], Any], text: str) -> bool:
    try:
        loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _without_comment(value: str, loads: Callable[[str], Any]) -> str:
    value = value.rstrip()
    for mark in re.finditer(r"[ \t]*#", value):
        if "\n" not in value[mark.start() :] and _accepts(loads, "x = " + value[: mark.start()]):
            return value[: mark.start()]
    return value


def _json(block: str) -> Iterator[tuple[KeyPath, Span]]:
    yield from _json_value(block, _blank(block, 0), ())


def _members(block: str) -> Iterator[tuple[KeyPath, Span]]:
    for path, span in _json("{" + block + "}"):
        yield path, Span(span.key_start - 1, span.key_end - 1, span.start - 1, span.end - 1)


def _blank(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n,:":
        position += 1
    return position


def _json_value(text: str, position: int, path: KeyPath) -> Iterator[tuple[KeyPath, Span]]:
    """The members of the object or list that starts at ``position``; nothing for other values or a text at fault."""
    opening = text[position : position + 1]
    if opening not in ("{", "["):
        return
    decode = json.JSONDecoder().raw_decode
    position, place = _blank(text, position + 1), 0
    while position < len(text) and text[position] not in "]}":
        try:
            key_start, key_end, name = position, position, place
            if opening == "{":
                name, key_end = scanstring(text, position + 1)
                position = _blank(text, key_end)
            _, end = decode(text, position)
        except (ValueError, RecursionError):
            return
        yield (*path, name), Span(key_start, key_end, position, end)
        yield from _json_value(text, position, (*path, name))
        position, place = _blank(text, end), place + 1


_FINDERS: dict[str, Callable[[str], Iterator[tuple[KeyPath, Span]]]] = {
    "json": _json,
    "members": _members,
    "toml": _toml,
    "yaml": _yaml,
}
