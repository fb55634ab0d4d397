"""Where every key and value of a front matter stands in its file; what lossless edits and diagnostics point at."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from newscli.front_matter import FrontMatter

MOST_LEVELS = 100
"""Levels of nesting that are looked into; what is deeper is read by nobody (Y117)."""
KeyPath = tuple[str | int, ...]
"""The way to a value: keys of mappings as strings, places in lists as numbers from 0."""

_NAME = r"""[\w-]+|"[^"\n]*"|'[^'\n]*'"""
_TABLE = re.compile(rf"[ \t]*\[(\[?)[ \t]*((?:{_NAME})(?:[ \t]*\.[ \t]*(?:{_NAME}))*)[ \t]*\]")
_STATEMENT = re.compile(rf"[ \t]*((?:{_NAME})(?:[ \t]*\.[ \t]*(?:{_NAME}))*)[ \t]*=[ \t]*")
_TOKEN = re.compile(
    r""""{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[^\s"'#\[\]{}]+|.""", re.S
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
        for piece in reversed(pieces(block)):  # of a repeated key the first counts, as in recovery
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
        if not isinstance(key.value, str):  # a list or a mapping as a key: no JSON has such
            continue
        start, end = _extent(block, value)
        here = (*path, str(key.value))
        if value.start_mark.index < key.start_mark.index:  # an alias: the node stands where its anchor is
            start = end = key.end_mark.index
        yield here, Span(key.start_mark.index, key.end_mark.index, start, end)
        yield from _children(block, value, here, seen)


def _children(block: str, node: Any, path: KeyPath, seen: set[int]) -> Iterator[tuple[KeyPath, Span]]:
    if id(node) in seen or isinstance(node.value, str) or len(path) > MOST_LEVELS:
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
    start, last = node.start_mark.index, node
    while getattr(last, "flow_style", None) is False and last.value:
        item = last.value[-1]
        last = item[1] if isinstance(item, tuple) else item
    end = last.end_mark.index
    if last.start_mark.index < start:  # an alias: that node stands where its anchor is
        end = start + len(block[start : node.end_mark.index].rstrip())
    elif getattr(last, "style", None) in ("|", ">"):
        end = last.start_mark.index + len(block[last.start_mark.index : end].rstrip())
    return start, max(start, end)


def _toml(block: str) -> Iterator[tuple[KeyPath, Span]]:
    table: KeyPath = ()
    tables: dict[KeyPath, int] = {}  # the last place in each list of tables
    position, is_closed = 0, True
    while position < len(block):
        stop = block.find("\n", position) + 1 or len(block)
        if heading := _TABLE.match(block, position, stop):
            table = _table_path(_names(heading[2]), tables, is_item=bool(heading[1]))
            yield table, Span(heading.start(2), heading.end(2), heading.end(), heading.end())
        elif statement := _STATEMENT.match(block, position, stop):
            end = _value_end(block, statement.end()) if is_closed else -1
            if end < 0:  # never closed: the line has to do
                is_closed = False
                end = statement.end() + len(block[statement.end() : stop].rstrip())
            stop = block.find("\n", end) + 1 or len(block)
            yield (*table, *_names(statement[1])), Span(statement.start(1), statement.end(1), statement.end(), end)
        position = stop


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def _table_path(names: tuple[str, ...], tables: dict[KeyPath, int], *, is_item: bool) -> KeyPath:
    """The way to a table; a table within a list of tables belongs to the last one of that list."""
    path: KeyPath = ()
    for place, name in enumerate(names, 1):
        path = (*path, name)
        if is_item and place == len(names):
            tables[path] = tables.get(path, -1) + 1
        if path in tables:
            path = (*path, tables[path])
    return path


def _value_end(block: str, start: int) -> int:
    """Where a TOML value ends, without the remark behind it; -1 when a bracket in it is never closed."""
    depth, end = 0, start
    for token in _TOKEN.finditer(block, start):
        text = token.group()
        if text == "\n" and depth <= 0:
            return end
        depth += (text in "[{") - (text in "]}")
        if not text.isspace() and text[0] != "#":
            end = token.end()
    return end if depth <= 0 else -1


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
    if opening not in ("{", "[") or len(path) > MOST_LEVELS:
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
