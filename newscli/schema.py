"""What a front matter must be: the short form of the settings, JSON Schema, and a schema inferred from the posts."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from newscli.errors import ConfigError
from newscli.nearest import did_you_mean

TYPES = ("string", "integer", "number", "boolean", "date", "list", "mapping", "any")
FORMATS = ("uri", "email", "slug", "date")
_FORMATS = {
    "uri": re.compile(r"[a-z][a-z0-9+.-]*://[^\s/?#]+[^\s]*\Z|/[^\s]*\Z|\.{0,2}/?[^\s:]+\Z|mailto:[^\s]+\Z", re.I),
    "email": re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+\Z"),
    "slug": re.compile(r"[^\s/?#%&]+\Z"),
}
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt ].*)?\Z")
_FEW = 12
"""A key with at most so many different values in many posts is inferred to be an enumeration."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What one key may hold.

    Attributes:
        type: one of :data:`TYPES`.
        enum: the only values; pattern: a regular expression the text must match from end to end.
        min, max: of a number; of the length of a text (code points) or list.
        format: one of :data:`FORMATS`.
        required, deprecated: whether it must be there, or should not any more.
        alias_of: the key to use instead.
        default: what a fix may put where it is missing.
        message: said in place of newscli's own words.
    """

    type: str = "any"
    enum: tuple[Any, ...] = ()
    pattern: str = ""
    min: float | None = None
    max: float | None = None
    format: str = ""
    required: bool = False
    deprecated: bool = False
    alias_of: str = ""
    default: Any = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Posts whose paths match a glob, and what holds for them beside what holds for all."""

    glob: str
    required: tuple[str, ...] | None = None
    fields: Mapping[str, FieldSpec] = field(default_factory=dict)
    schema: "Schema | None" = None


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


def read_fields(table: Any) -> dict[str, FieldSpec]:
    """The tables ``[validate.fields.NAME]``.

    Raises:
        ConfigError: an unknown setting, type or format, or a pattern that is no regular expression.
    """
    if not isinstance(table, Mapping):
        raise ConfigError("[validate.fields] must hold one table a key")
    return {str(name): _field(str(name), value) for name, value in table.items()}


def _field(name: str, table: Any) -> FieldSpec:
    where = f"[validate.fields.{name}]"
    if isinstance(table, str):
        table = {"type": table}
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where} must be a table")
    known = {one.name.replace("_", "-") for one in fields(FieldSpec)}
    for key in table:
        if str(key).replace("_", "-") not in known:
            raise ConfigError(f"Unknown setting {key!r} in {where}{did_you_mean(str(key), known)}")
    values = {str(key).replace("-", "_"): value for key, value in table.items()}
    for setting, choices in (("type", TYPES), ("format", FORMATS)):
        if values.get(setting) and values[setting] not in choices:
            hint = did_you_mean(str(values[setting]), choices)
            raise ConfigError(
                f"{setting} in {where} must be one of {', '.join(choices)}, not {values[setting]!r}{hint}"
            )
    if "enum" in values:
        if not isinstance(values["enum"], list | tuple):
            raise ConfigError(f"enum in {where} must be a list")
        values["enum"] = tuple(values["enum"])
    try:
        re.compile(values.get("pattern", ""))
    except (re.error, TypeError) as error:
        raise ConfigError(f"pattern in {where} is no regular expression: {error}") from None
    return FieldSpec(**values)


def read_collections(tables: Any) -> tuple[Collection, ...]:
    """The tables ``[[validate.collections]]``.

    Raises:
        ConfigError: one without a glob, or as :func:`read_fields`.
    """
    found = []
    for table in tables:
        if not isinstance(table, Mapping) or not isinstance(table.get("glob"), str):
            raise ConfigError('each [[validate.collections]] needs a glob, such as glob = "docs/**"')
        for key in table:
            if key not in ("glob", "required", "fields", "schema"):
                hint = did_you_mean(str(key), ("glob", "required", "fields", "schema"))
                raise ConfigError(f"Unknown setting {key!r} in [[validate.collections]]{hint}")
        required = tuple(table["required"]) if "required" in table else None
        schema = load_schema(Path(table["schema"])) if "schema" in table else None
        found.append(Collection(table["glob"], required, read_fields(table.get("fields", {})), schema))
    return tuple(found)


_NAMES = ((bool, "boolean"), (int, "integer"), (float, "number"), (list, "list"), (dict, "mapping"))


def type_of(value: Any) -> str:
    """The type of a value in the words of :data:`TYPES`; a date is text that looks like one."""
    if value is None:
        return "null"
    name = next((name for kind, name in _NAMES if isinstance(value, kind)), "")
    return name or ("date" if isinstance(value, str) and _DATE.match(value) else "string")


def is_of_type(value: Any, wanted: str) -> bool:
    """Whether a value is what a field asks for; a date is a string too, an integer a number too."""
    found = type_of(value)
    return (
        wanted in ("any", found) or (wanted == "string" and found == "date") or (wanted, found) == ("number", "integer")
    )


def matches_format(text: str, name: str) -> bool:
    """Whether a text has one of the :data:`FORMATS`; a path counts as a URI."""
    return bool(_DATE.match(text) if name == "date" else _FORMATS[name].match(text))


def check_field(value: Any, spec: FieldSpec) -> Iterator[tuple[str, str]]:
    """What a field's settings have against a value: the rule's code and the reason."""
    if not is_of_type(value, spec.type):
        yield "S202", spec.message or f"must be {_article(spec.type)}, not {_article(type_of(value))}"
        return
    if spec.enum and value not in spec.enum:
        hint = did_you_mean(str(value), [str(item) for item in spec.enum])
        shown = ", ".join(str(item) for item in spec.enum[:8])
        yield "S204", spec.message or f"{value!r} is none of {shown}{hint}"
    if isinstance(value, str):
        if spec.pattern and not re.fullmatch(spec.pattern, value):
            yield "S206", spec.message or f"does not match the pattern {spec.pattern}"
        if spec.format and not matches_format(value, spec.format):
            yield "S206", spec.message or f"is no {spec.format}"
    yield from _size(value, spec)


def _size(value: Any, spec: FieldSpec) -> Iterator[tuple[str, str]]:
    if isinstance(value, bool) or not isinstance(value, int | float | str | list):
        return
    size, unit = (value, "") if isinstance(value, int | float) else (len(value), " long")
    if spec.max is not None and size > spec.max:
        yield "S209", spec.message or f"is {size}{unit}, over {spec.max:g}"
    if spec.min is not None and size < spec.min:
        yield "S209", spec.message or f"is {size}{unit}, under {spec.min:g}"


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else "null" if name == "null" else f"a {name}"


# JSON Schema


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
            reason = str(error).split("\n", 1)[0]
            raise ConfigError(f"{name} is no JSON Schema: {reason}") from None
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


# Inference


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


def merged(base: Mapping[str, FieldSpec], more: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    """The fields of all posts with those of a collection over them."""
    return {**base, **{name: replace(spec) for name, spec in more.items()}}
