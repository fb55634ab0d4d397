"""Records in JSON and JSON Lines."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Item
from newscli.importers.decoding import iter_text
from newscli.importers.input import Input, Options
from newscli.importers.json_stream import Fault, Value, iter_values, loads
from newscli.importers.problems import Code, fault
from newscli.importers.records import RECORDS, Numbered, check_mapping, from_records, keys, pick

_LISTS = (
    "posts", "items", "articles", "entries", "records", "results", "stories", "result", "pages", "news", "docs",
    "rows", "data", "list", "数据", "文章",
)  # fmt: skip
_LEVELS = 3


def read(source: Input, options: Options) -> Iterator[Item]:
    """The records of a JSON text: an array of objects, an object that holds one, or objects one after the other."""
    check_mapping(options.mapping)
    found: list[Diagnostic] = []
    values = iter_values(iter_text(source, options, found), options.limits.item, options.limits.document)
    first = next(values, None)
    yield from found
    rest = () if first is None else itertools.chain((first,), values)
    yield from _items(_records(rest, options), source, options)


def read_lines(source: Input, options: Options) -> Iterator[Item]:
    """The records of a text with one JSON object a line; a line that is none is reported, the others are read."""
    check_mapping(options.mapping)
    found: list[Diagnostic] = []
    lines = _lines(iter_text(source, options, found), options.limits.item)
    first = next(lines, None)
    yield from found
    rest = () if first is None else itertools.chain((first,), lines)
    yield from _items(
        (_line(text, number, options) for number, text in rest if text is None or text.strip()), source, options
    )


def _items(values: Iterator[Value | Fault], source: Input, options: Options) -> Iterator[Item]:
    return from_records((_numbered(value, source) for value in values), source, options)


def _numbered(value: Value | Fault, source: Input) -> Numbered | Diagnostic:
    if isinstance(value, Fault):
        code = Code.TOO_BIG if value.too_big else Code.RECORD
        return fault(source.name, code, value.message, line=value.line)
    if not isinstance(value.value, Mapping):
        shown = type(value.value).__name__
        return fault(source.name, Code.RECORD, f"a {shown} where a record was expected", line=value.line)
    return Numbered(value.line, value.value)


def _records(values: Iterator[Value | Fault] | tuple[Value | Fault, ...], options: Options) -> Iterator[Value | Fault]:
    for value in values:
        if isinstance(value, Fault):
            yield value
            continue
        inner = _inner(value.value, options)
        if inner is None:
            yield value
        else:
            yield from (Value(record, value.line) for record in inner)


def _inner(value: Any, options: Options) -> list[Any] | None:
    """The list of records in an object that is not one itself; None when the object is the record."""
    if path := options.mapping.get(RECORDS):
        found = pick(value, path) if isinstance(value, Mapping) else None
        return found if isinstance(found, list) else []
    for _ in range(_LEVELS):
        if not isinstance(value, Mapping):
            break
        is_record = {"title", "body"} <= keys(value, {}).keys()
        found = next((value[key] for key in _LISTS if _is_list_of_records(value.get(key))), None)
        if found is not None and not is_record:
            return list(found)
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), Mapping)), None)
    return None


def _is_list_of_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(record, Mapping) for record in value[:3])


def _lines(chunks: Iterator[str], limit: int) -> Iterator[tuple[int, str | None]]:
    """The lines with their numbers; None for one of more than ``limit`` characters."""
    parts: list[str] = []
    size, number = 0, 1
    for chunk in chunks:
        first, *others = chunk.split("\n")
        parts.append(first)
        size += len(first)
        for line in others:
            yield number, "".join(parts) if size <= limit else None
            number += 1
            parts, size = [line], len(line)
        if size > limit:
            parts = []
    if size:
        yield number, "".join(parts) if size <= limit else None


def _line(text: str | None, number: int, options: Options) -> Value | Fault:
    if text is None:
        return Fault(f"a line has more than {options.limits.item:,} characters", number, too_big=True)
    try:
        return Value(loads(text.lstrip("\x1e")), number)
    except ValueError as error:
        return Fault(f"the line is no JSON: {error}", number)
