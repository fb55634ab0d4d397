"""The short form of what a front matter must be: the tables ``[validate.fields.NAME]`` of the settings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
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
