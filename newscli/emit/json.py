"""A front matter as JSON; it holds no comments."""

import json
from collections.abc import Iterator
from typing import Any

from newscli.emit.comments import Comments
from newscli.emit.values import LONGEST, Number, quoted


def write_json(data: dict[str, Any], _comments: Comments) -> Iterator[str]:
    """The lines of an object."""
    yield from _value(data, "").split("\n")


def _value(value: Any, indent: str) -> str:
    if isinstance(value, dict | list) and value:
        return _collection(value, indent)
    if isinstance(value, Number):
        return value.spelled()
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def _collection(value: dict[str, Any] | list[Any], indent: str) -> str:
    inner = indent + "  "
    if isinstance(value, dict):
        parts, ends = [f"{quoted(key)}: {_value(item, inner)}" for key, item in value.items()], "{}"
    else:
        parts, ends = [_value(item, inner) for item in value], "[]"
        flat = f"[{', '.join(parts)}]"
        if len(indent) + len(flat) <= LONGEST and "\n" not in flat:
            return flat
    return f"{ends[0]}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{ends[1]}"
