"""Every value of a front matter with its form: whether it is quoted, a list, a mapping, and where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newscli.front_matter import FrontMatter
from newscli.front_matter.spans import KeyPath, Span


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the front matter where it stands.

    Attributes:
        path: the keys and places that lead to it.
        kind: ``scalar``, ``list`` or ``mapping``.
        style: the quote, ``|`` or ``>`` of a scalar; empty for a plain one.
        text: the text of a scalar, escapes resolved.
        span: where it is.
    """

    path: KeyPath
    kind: str
    style: str
    text: str
    span: Span


def values_of(front: FrontMatter, spans: Mapping[KeyPath, Span]) -> dict[KeyPath, Value]:
    """Every value that can be read for sure, by its path; of a YAML block that does not parse, those of sound keys.

    Args:
        front: the front matter.
        spans: where its values stand, unless it is YAML.
    """
    if front.format == "yaml":
        return {value.path: value for value in _yaml(front.text, front.start)}
    return {path: _data_value(front.data, path, span) for path, span in spans.items()}


def _yaml(block: str, shift: int) -> Iterator[Value]:
    import yaml

    from newscli.front_matter.loaders import compose
    from newscli.front_matter.recovery import pieces

    try:
        yield from _from_root(compose(block), block, shift)
    except (yaml.YAMLError, ValueError, RecursionError):
        for piece in pieces(block):
            try:
                yield from _from_root(compose(piece.text), piece.text, shift + piece.start)
            except (yaml.YAMLError, ValueError, RecursionError):
                continue


def _from_root(root: Any, block: str, shift: int) -> Iterator[Value]:
    if root is not None and root.id == "mapping":
        yield from _mapping(root, block, shift, (), set())


def _mapping(node: Any, block: str, shift: int, path: KeyPath, seen: set[int]) -> Iterator[Value]:
    seen.add(id(node))
    for key, value in node.value:
        if value.start_mark.index < key.start_mark.index:
            continue  # an alias: the value stands elsewhere
        place = (key.start_mark.index + shift, key.end_mark.index + shift)
        yield from _node(value, _Place(block, shift, (*path, str(key.value)), place), seen)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node is: in which block, how far that is into the file, under which path, and where its key stands."""

    block: str
    shift: int
    path: KeyPath
    key: tuple[int, int] | None = None


def _node(node: Any, at: _Place, seen: set[int]) -> Iterator[Value]:
    start = node.start_mark.index + at.shift
    end = start + len(at.block[node.start_mark.index : node.end_mark.index].rstrip())
    key_start, key_end = at.key or (start, start)
    span = Span(key_start, key_end, start, end)
    if node.id == "scalar":
        yield Value(at.path, "scalar", node.style or "", node.value, span)
        return
    kind = "mapping" if node.id == "mapping" else "list"
    yield Value(at.path, kind, "[" if node.flow_style else "", "", span)
    if id(node) in seen:
        return
    if kind == "mapping":
        yield from _mapping(node, at.block, at.shift, at.path, seen)
        return
    seen.add(id(node))
    for place, item in enumerate(node.value):
        yield from _node(item, _Place(at.block, at.shift, (*at.path, place)), seen)


def _data_value(data: Any, path: KeyPath, span: Span) -> Value:
    value = data
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
    kind = "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "scalar"
    return Value(path, kind, '"' if isinstance(value, str) else "", "" if value is None else str(value), span)
