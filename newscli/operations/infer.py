"""Infer: a JSON Schema proposed from what the posts have."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from newscli.fields import type_of

_FEW = 12
"""A key with at most so many different values in many posts is inferred to be an enumeration."""


def infer_schema(posts: Iterable[Mapping[str, Any]], *, enumerate_from: int = 50) -> dict[str, Any]:
    """A JSON Schema that the front matters given fulfil: their keys, types, the few values of a key.

    Args:
        posts: front matters.
        enumerate_from: a key needs so many posts before its few values are taken for all there are.
    """
    total = 0
    seen: dict[str, Counter[str]] = {}
    values: dict[str, Counter[str]] = {}
    for data in posts:
        total += 1
        for key, value in data.items():
            seen.setdefault(str(key), Counter())[type_of(value)] += 1
            counter = values.setdefault(str(key), Counter())
            if isinstance(value, str) and len(counter) <= _FEW:
                counter[value] += 1
    properties = {
        key: _property(kinds, values[key], enumerate_from)
        for key, kinds in sorted(seen.items(), key=lambda pair: pair[0])
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": sorted(
            key for key, kinds in seen.items() if total and kinds.total() == total and not kinds["null"]
        ),
    }


_JSON_TYPES = {"date": "string", "list": "array", "mapping": "object"}


def _property(kinds: Counter[str], values: Counter[str], enumerate_from: int) -> dict[str, Any]:
    types = sorted({_JSON_TYPES.get(kind, kind) for kind in kinds})
    found: dict[str, Any] = {"type": types[0] if len(types) == 1 else types}
    few = 0 < len(values) <= _FEW and values.total() == kinds.total() and values.total() >= enumerate_from
    if types == ["string"] and few and min(values.values()) > 1:
        found["enum"] = sorted(values)
    return found
