"""A front matter as TOML 1.0."""

import json
import re
from collections.abc import Iterator
from typing import Any

from newscli.emit.comments import Comments
from newscli.emit.values import LONGEST, UNSAFE, Moment, Number, quoted
from newscli.front_matter.spans import KeyPath

_KEY = re.compile(r"[A-Za-z0-9_-]+")


def write_toml(data: dict[str, Any], comments: Comments) -> Iterator[str]:
    """The lines: mappings at the end become tables, others stand on one line so that the order of the keys stays."""
    keys = list(data)
    tables: list[str] = []
    while keys and isinstance(data[keys[-1]], dict) and data[keys[-1]]:
        tables.insert(0, keys.pop())
    for key in keys:
        yield from _statement(key, data[key], (key,), comments)
    for number, key in enumerate(tables):
        if keys or number:
            yield ""
        yield from comments.above.get((key,), ())
        yield f"[{_key(key)}]{comments.behind((key,))}"
        for inner, value in data[key].items():
            yield from _statement(inner, value, (key, inner), comments)
    yield from comments.below


def _statement(key: str, value: Any, path: KeyPath, comments: Comments) -> Iterator[str]:
    yield from comments.above.get(path, ())
    yield from comments.within(path)
    yield from f"{_key(key)} = {_value(value, in_line=False)}{comments.behind(path)}".split("\n")


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else quoted(key)


def _value(value: Any, *, in_line: bool = True) -> str:
    if isinstance(value, Moment | Number):
        return value.spelled()
    if isinstance(value, str):
        return quoted(value) if in_line else _text(value)
    if isinstance(value, dict):
        parts = [f"{_key(key)} = {_value(item)}" for key, item in value.items()]
        return f"{{ {', '.join(parts)} }}" if parts else "{}"
    if isinstance(value, list):
        parts = [_value(item) for item in value]
        flat = f"[{', '.join(parts)}]"
        return flat if in_line or len(flat) <= LONGEST else "[\n  " + ",\n  ".join(parts) + ",\n]"
    return json.dumps(value)


def _text(text: str) -> str:
    if "\n" not in text or UNSAFE.search(text.replace("\n", "")):
        return quoted(text)
    return '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'
