"""What a front matter must be: JSON Schemas, of files and built in, and the posts that they hold for."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from newscli.errors import ConfigError
from newscli.fields import FieldSpec, read_fields
from newscli.nearest import did_you_mean

BUILT_IN = ("astro", "hugo", "jekyll")
"""The schemas that come with newscli, by name."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What a schema has against a front matter.

    Attributes:
        path: the way to the value; empty for the whole.
        rule: the code that says it; message: the reason.
        missing: the key that is not there.
    """

    path: tuple[str | int, ...]
    rule: str
    message: str
    missing: str = ""


class Schema:
    """A JSON Schema (2020-12), checked with jsonschema-rs, which is imported only here."""

    def __init__(self, document: Any, name: str = "the schema") -> None:
        try:
            import jsonschema_rs
        except ImportError:
            raise ConfigError(
                'a JSON Schema needs jsonschema-rs, which is not installed; run: pip install "newscli[schema]"'
            ) from None
        try:
            self._validator = jsonschema_rs.Draft202012Validator(document, validate_formats=True)
        except ValueError as error:
            place = "/".join(map(str, getattr(error, "instance_path", ())))
            reason = str(error).split("\n", 1)[0]
            raise ConfigError(f"{name} is no JSON Schema: {f'at {place}: ' if place else ''}{reason}") from None
        self.document = document

    def violations(self, data: Mapping[str, Any]) -> Iterator[Violation]:
        """What the schema has against a front matter."""
        for error in self._validator.iter_errors(data):
            yield from self._violation(error)
        yield from self._deprecated(data)

    def _violation(self, error: Any) -> Iterator[Violation]:
        path = tuple(error.instance_path)
        steps = [str(step) for step in error.schema_path]
        keyword = steps[-1] if steps else ""
        message = self._own_words(steps, keyword) or str(error.message)
        if keyword in ("required", "dependentRequired"):
            quoted = re.match(r'"([^"]+)" is a required', str(error.message))
            missing = quoted[1] if quoted else ""
            yield Violation(path, "S212" if _CONDITIONS.intersection(steps) else "S201", message, missing)
        elif keyword in ("additionalProperties", "unevaluatedProperties"):
            for name in re.findall(r"'([^']+)'", str(error.message)):
                yield Violation((*path, name), "S205", f"the schema knows no key {name}")
        else:
            yield Violation(path, _BY_KEYWORD.get(keyword, "S211"), message)

    def _own_words(self, steps: list[str], keyword: str) -> str:
        """The schema's ``errorMessage`` beside the keyword, if it has one."""
        node = self.document
        for step in steps[:-1]:
            node = node.get(step, {}) if isinstance(node, dict) else {}
        words = node.get("errorMessage") if isinstance(node, dict) else None
        if isinstance(words, dict):
            words = words.get(keyword)
        return words if isinstance(words, str) else ""

    def _deprecated(self, data: Mapping[str, Any]) -> Iterator[Violation]:
        properties = self.document.get("properties", {}) if isinstance(self.document, dict) else {}
        for key, spec in properties.items():
            if isinstance(spec, dict) and spec.get("deprecated") is True and key in data:
                yield Violation((key,), "S210", str(spec.get("description") or f"{key} is deprecated"))


_CONDITIONS = frozenset(("then", "else", "dependentRequired", "dependentSchemas"))
_BY_KEYWORD = {
    "type": "S202",
    "enum": "S204",
    "const": "S204",
    "pattern": "S206",
    "format": "S206",
    "maxLength": "S209",
    "minLength": "S209",
    "maxItems": "S209",
    "minItems": "S209",
}


def load_schema(path: Path) -> Schema:
    """A schema from a file: JSON, YAML or TOML.

    Raises:
        ConfigError: it cannot be read or is no JSON Schema.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = _parse_schema(text, path.suffix.lower())
    except OSError as error:
        raise ConfigError(f"cannot read the schema {path}: {error.strerror or error}") from None
    except ValueError as error:
        raise ConfigError(f"cannot read the schema {path}: {error}") from None
    if not isinstance(document, dict | bool):
        raise ConfigError(f"{path} is no JSON Schema: it must be a mapping")
    return Schema(document, str(path))


def _parse_schema(text: str, suffix: str) -> Any:
    if suffix == ".toml":
        import tomllib

        return tomllib.loads(text)
    if suffix in (".yaml", ".yml"):
        from newscli.front_matter.loaders import load_yaml

        return load_yaml(text)[0]
    return json.loads(text)


@cache
def built_in(name: str) -> Schema:
    """A schema of :data:`BUILT_IN`."""
    text = files("newscli").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    return Schema(json.loads(text), name)


def find_schema(name: str) -> Schema:
    """The schema of a name, or else of a file.

    Raises:
        ConfigError: there is none, it cannot be read or is no JSON Schema.
    """
    if name in BUILT_IN:
        return built_in(name)
    path = Path(name)
    if not path.suffix and not path.exists():
        known = ", ".join(BUILT_IN)
        hint = did_you_mean(name, BUILT_IN) or f"; name a file, or one of {known}"
        raise ConfigError(f"there is no schema {name!r}{hint}")
    return load_schema(path)


@dataclass(frozen=True, slots=True)
class Collection:
    """Posts whose paths match a glob, and what holds for them beside what holds for all."""

    glob: str
    required: tuple[str, ...] | None = None
    fields: Mapping[str, FieldSpec] = field(default_factory=dict)
    schema: "Schema | None" = None


_OF_COLLECTIONS = ("glob", "extends", "required", "fields", "schema")


def read_collections(tables: Any) -> tuple[Collection, ...]:
    """The tables ``[[validate.collections]]``; what one extends holds for it too, but for what it says itself.

    Raises:
        ConfigError: one without a glob, one that extends none before it, or as :func:`read_fields`.
    """
    found: dict[str, Collection] = {}
    for table in tables:
        if not isinstance(table, Mapping) or not isinstance(table.get("glob"), str):
            raise ConfigError('each [[validate.collections]] needs a glob, such as glob = "docs/**"')
        for key in table:
            if key not in _OF_COLLECTIONS:
                hint = did_you_mean(str(key), _OF_COLLECTIONS)
                raise ConfigError(f"Unknown setting {key!r} in [[validate.collections]]{hint}")
        base = _base(table.get("extends"), found)
        required = tuple(table["required"]) if "required" in table else base.required
        schema = find_schema(str(table["schema"])) if "schema" in table else base.schema
        fields = {**base.fields, **read_fields(table.get("fields", {}))}
        found.setdefault(table["glob"], Collection(table["glob"], required, fields, schema))
    return tuple(found.values())


def _base(glob: Any, known: Mapping[str, Collection]) -> Collection:
    """The collection that another extends, by its glob; an empty one where it extends none."""
    if glob is None:
        return Collection("")
    if glob not in known:
        hint = did_you_mean(str(glob), known)
        raise ConfigError(f"extends in [[validate.collections]] must be the glob of one before it, not {glob!r}{hint}")
    return known[glob]
