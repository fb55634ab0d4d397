"""The loaders behind the fences: python-frontmatter's handlers, with a YAML loader that is safe for real archives."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, time
from functools import lru_cache
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # pragma: no cover - PyYAML without libyaml
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

from newscli.front_matter.fences import Fault

# What YAML does not take (YAML 1.1, 5.1 "Character set"), and byte order marks; a class up to U+10FFFF compiles slowly.
_BAD_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
MOST_CHARACTERS = 1 << 20
"""A block longer than this is not read: nobody writes it, and parsers can be made to take minutes over it."""
MOST_LEVELS = 100
"""Levels of nesting that are read."""
MOST_NODES = 100_000
"""Nodes that aliases may expand to before the block is refused (an alias bomb)."""


_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says beyond a thousand levels of flow."""


class LoadError(ValueError):
    """A block that is not what its fence says; ``fault`` tells the rule, the offset within the block and the reason."""

    def __init__(self, code: str, offset: int, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(code, offset, message)


class Loader(_BaseLoader):
    """YAML 1.1 as ``yaml.CSafeLoader`` reads it, but dates stay the text they are and nothing raises ``ValueError``.

    PyYAML leaves ``2022-06-07 07:17:20 +0800`` a string, makes ``2022-06-07`` a date and raises at 30 February;
    :mod:`newscli.dates` reads them all, so none is resolved here.
    """

    def repeated_key(self) -> yaml.Node | None:
        """The root's first repeated key, if there is one (YAML keeps the last value)."""
        return getattr(self, "_repeated", None)

    def get_single_data(self) -> Any:
        """The document as data.

        Raises:
            LoadError: it is not a mapping, or its aliases expand beyond all measure.
            yaml.YAMLError: it is no YAML.
        """
        node = self.get_single_node()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise LoadError("Y112", node.start_mark.index, "the front matter is no mapping; write lines of key: value")
        if (bomb := _expanded(node)) is not None:
            raise LoadError("Y116", bomb.start_mark.index, "aliases here expand to more than can be read; spell it out")
        self._repeated = _repeated_key(node)
        return self.construct_document(node)


def _without_dates(resolvers: dict[str, list[tuple[str, Any]]]) -> dict[str, list[tuple[str, Any]]]:
    skip = "tag:yaml.org,2002:timestamp"
    return {first: [pair for pair in pairs if pair[0] != skip] for first, pairs in resolvers.items()}


def _integer(loader: Any, node: yaml.ScalarNode) -> Any:
    try:
        return yaml.constructor.SafeConstructor.construct_yaml_int(loader, node)
    except ValueError:  # more digits than Python converts, or "0o" forms: the text as it stands
        return node.value


def _text(_loader: Any, node: yaml.ScalarNode) -> Any:
    return node.value


Loader.yaml_implicit_resolvers = _without_dates(Loader.yaml_implicit_resolvers)
Loader.add_constructor("tag:yaml.org,2002:int", _integer)
Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)
Loader.add_constructor("tag:yaml.org,2002:value", _text)


def _expanded(root: yaml.Node) -> yaml.Node | None:
    """A node at which the aliases expand beyond :data:`MOST_NODES`; None when all is well. Linear in the text."""
    sizes: dict[int, int] = {}

    def size(node: yaml.Node) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = MOST_NODES + 1  # met again inside itself: a cycle expands for ever
            sizes[id(node)] = 1 + sum(map(size, _children(node)))
        return sizes[id(node)]

    if size(root) <= MOST_NODES:
        return None
    return next((child for child in _children(root) if sizes[id(child)] > MOST_NODES), root)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _repeated_key(node: yaml.MappingNode) -> yaml.Node | None:
    seen: set[Any] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in seen:
            return key
        seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
    return None


class TomlHandler(BaseHandler):
    """python-frontmatter's TOML handler over the standard library's ``tomllib`` (its own wants the package toml)."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str, **_options: object) -> dict[str, Any]:
        """The block as data; raises ``tomllib.TOMLDecodeError``."""
        import tomllib

        return tomllib.loads(fm)


def _shallow(data: dict[Any, Any]) -> dict[Any, Any]:
    """The data, if it is not nested deeper than :data:`MOST_LEVELS`; raises LoadError."""
    level: list[Any] = [data]
    for _ in range(MOST_LEVELS):
        level = [part for value in level for part in _parts(value) if isinstance(part, dict | list)]
        if not level:
            return data
    raise LoadError("Y117", 0, f"the front matter is nested more than {MOST_LEVELS} levels deep; it is not read")


def _parts(value: dict[Any, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def load_yaml(block: str) -> tuple[dict[Any, Any], Fault | None]:
    """Load a YAML block; with the fault of its first repeated key.

    Raises:
        LoadError: the block is not a YAML mapping; nothing else is ever raised.
    """
    if len(block) > MOST_CHARACTERS:
        raise LoadError("Y117", 0, f"the front matter is over {MOST_CHARACTERS:,} characters long; it is not read")
    if bad := _BAD_CHARACTER.search(block):
        raise LoadError("F012", bad.start(), f"control character U+{ord(bad.group()):04X}; delete it")
    kept: list[Loader] = []

    def loader(stream: str) -> Loader:
        kept.append(Loader(stream))
        return kept[0]

    try:
        data = YAMLHandler().load(block, Loader=loader)
    except LoadError:
        raise
    except yaml.MarkedYAMLError as error:
        if error.problem == _TOO_DEEP:
            raise LoadError("Y117", 0, "the front matter is nested too deep to read") from error
        mark = error.problem_mark or error.context_mark
        raise LoadError("Y101", mark.index if mark else 0, _reason(error)) from error
    except RecursionError as error:
        raise LoadError("Y117", 0, "the front matter is nested too deep to read") from error
    except (yaml.YAMLError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LoadError("Y101", 0, f"not valid YAML: {error}") from error
    node = kept[0].repeated_key()
    if node is None:
        return _shallow(data), None
    return _shallow(data), Fault(
        "Y106", node.start_mark.index, f"the key {node.value} stands twice; the last one counts"
    )


@lru_cache(maxsize=1)
def compose(block: str) -> yaml.Node | None:
    """The tree of nodes with their places, to be looked at only; raises as PyYAML does.

    The last one is kept: who asks for a file's tree asks several times.
    """
    return yaml.compose(block, Loader=Loader)


def _reason(error: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (error.context, error.problem) if part]
    return "not valid YAML: " + ", ".join(parts)


def load_toml(block: str) -> dict[str, Any]:
    """Load a TOML block.

    Raises:
        LoadError: the block is not TOML.
    """
    try:
        data = TomlHandler().load(block)
    except RecursionError as error:
        raise LoadError("Y117", 0, "the front matter is nested too deep to read") from error
    except ValueError as error:
        message = str(error)
        place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
        offset = len(block)
        if place:
            lines = block.split("\n")[: int(place[1]) - 1]
            offset = sum(len(line) + 1 for line in lines) + int(place[2]) - 1
            message = message[: place.start()]
        raise LoadError("Y101", offset, f"not valid TOML: {message}") from error
    return {key: _dates_as_text(value) for key, value in _shallow(data).items()}


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    return value.isoformat() if isinstance(value, date | time) else value


def load_json(block: str) -> dict[str, Any]:
    """Load a JSON block.

    Raises:
        LoadError: the block is not a JSON object.
    """
    try:
        data = JSONHandler().load(block)
    except RecursionError as error:
        raise LoadError("Y117", 0, "the front matter is nested too deep to read") from error
    except json.JSONDecodeError as error:
        raise LoadError("Y101", error.pos, f"not valid JSON: {error.msg}") from error
    except ValueError as error:  # an integer of more digits than Python converts
        raise LoadError("Y101", 0, f"not valid JSON: {error}") from error
    if not isinstance(data, dict):
        raise LoadError("Y112", 0, "the front matter is no object; write keys and values")
    return _shallow(data)


def load_members(block: str) -> dict[str, Any]:
    """Load JSON members without the braces around them (Hexo's ``;;;`` form).

    Raises:
        LoadError: the block is not made of JSON members.
    """
    try:
        return load_json("{" + block + "}")
    except LoadError as error:
        raise LoadError(error.fault.code, max(0, error.fault.offset - 1), error.fault.message) from error


LOADERS: dict[str, Callable[[str], dict[str, Any]]] = {"json": load_json, "members": load_members, "toml": load_toml}
HOPELESS = frozenset(["Y112", "Y116", "Y117"])
"""Faults of blocks from which no keys can be recovered."""
