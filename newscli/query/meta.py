"""Front matter as a query sees it: the value of a key, plain or nested, and the single values in it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newscli.text import fold

Scalar = str | int | float | bool


def find(meta: Mapping[str, Any], key: str) -> list[Any]:
    """What stands under the key: the key as written, else the same in other case, else the path that its dots name.

    A key that holds a dot itself is found, too, and a path leads through lists (``authors.name``). Several values come
    from lists only; none means that there is no such key.
    """
    name = _name(meta, key)
    if name is not None:
        return [meta[name]]
    dot = key.find(".")
    while dot >= 0:
        name = _name(meta, key[:dot])
        found = [value for below in _mappings(meta[name]) for value in find(below, key[dot + 1 :])] if name else []
        if found:
            return found
        dot = key.find(".", dot + 1)
    return []


def _name(meta: Mapping[str, Any], key: str) -> str | None:
    """The key as this front matter writes it; None when it has none."""
    if key in meta:
        return key
    lowered, is_ascii = key.lower(), key.isascii()
    return next((name for name in meta if name.isascii() is is_ascii and name.lower() == lowered), None)


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, Mapping):
            yield item


def scalars(values: Iterable[Any]) -> Iterator[Scalar]:
    """The single values in JSON values, those of lists and mappings included; null and blank texts are none."""
    for value in values:
        if isinstance(value, Mapping):
            yield from scalars(value.values())
        elif isinstance(value, list | tuple):
            yield from scalars(value)
        elif value is not None and (not isinstance(value, str) or value.strip()):
            yield value


def json_text(value: Scalar) -> str:
    """The value as JSON writes it, a text without its quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else _NOT_FINITE.get(repr(value), repr(value))


_NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def sort_value(meta: Mapping[str, Any], key: str) -> float | str | None:
    """What the front matter sorts by under the key: the first single value, texts folded; None when there is none."""
    value = next(scalars(find(meta, key)), None)
    if value is None or value != value:  # noqa: PLR0124 - not a number, which has no place in an order
        return None
    if isinstance(value, bool | str):
        return fold(json_text(value)).encode("utf-8", "replace").decode("utf-8")
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
