"""The values of a front matter as another format needs to know them, and what a format cannot hold."""

import json
import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from newscli.front_matter import FrontMatter
from newscli.front_matter.spans import KeyPath, Span

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What no format may hold as it stands."""
LONGEST = 100
"""Characters up to which a list stands on one line."""

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)? ?(?:[Zz]|[+-]\d\d:?\d\d)?)?")
_ZONE = re.compile(r"(?<=[+-]\d\d)(?=\d\d$)")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)\.\d+(?:[eE][+-]?\d+)?")
_TOML_INTEGERS = range(-(2**63), 2**63)


class EmitError(ValueError):
    """A front matter that another format cannot hold; ``str()`` says which value and why. It is a fault of data.

    Attributes:
        offset: where the value stands in the file, in code points.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Moment(str):
    """A date, perhaps with a time: written without quotes, and no text."""

    __slots__ = ()

    def spelled(self) -> str:
        """As RFC 3339 has it: the same moment, ``T`` before the time, the zone with a colon and no blank before it."""
        day, time = self[:10], self[11:].replace(" ", "").upper()
        return f"{day}T{_ZONE.sub(r':', time)}" if time else day


class Number(str):
    """A number with a point, as written: ``1.10`` stays ``1.10``."""

    __slots__ = ()

    def spelled(self, sign: str = "") -> str:
        """As a format writes it; ``sign`` stands before the words inf and nan."""
        return re.sub("(inf|nan)", rf"{sign}\1", self.removeprefix("+").replace("_", ""))


def quoted(text: str) -> str:
    """A text between double quotes, as all three formats read it."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def typed(front_matter: FrontMatter, spans: Mapping[KeyPath, Span], head: str) -> dict[Any, Any]:
    """The data, with dates that are not text and numbers with a point told apart.

    Args:
        front_matter: a front matter that reads without faults.
        spans: where its values stand.
        head: the text that the spans are offsets of.
    """

    def written(path: KeyPath) -> str:
        span = spans.get(path)
        return head[span.start : span.end] if span else ""

    loaded: dict[Any, Any] = front_matter.data
    if front_matter.format == "toml":
        import tomllib

        loaded = tomllib.loads(front_matter.text, parse_float=Number)
    elif front_matter.format != "yaml":
        block = front_matter.text if front_matter.format == "json" else "{" + front_matter.text + "}"
        loaded = json.loads(block, parse_float=Number)
    rule = _RULES[front_matter.format]
    return {
        key: _walk(value, (str(key),), lambda leaf, path: rule(leaf, written(path))) for key, value in loaded.items()
    }


def _walk(value: Any, path: KeyPath, leaf: Callable[[Any, KeyPath], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _walk(item, (*path, str(key)), leaf) for key, item in value.items()}
    if isinstance(value, list):
        return [_walk(item, (*path, place), leaf) for place, item in enumerate(value)]
    return leaf(value, path)


def _from_json(value: Any, _written: str) -> Any:
    return Number(value) if isinstance(value, float) else value


def _from_toml(value: Any, written: str) -> Any:
    if isinstance(value, date):
        return Moment(written or value.isoformat())
    return value.isoformat() if isinstance(value, time) else value


def _from_yaml(value: Any, written: str) -> Any:
    if isinstance(value, float):
        return Number(written if _DECIMAL.fullmatch(written) else value)
    return Moment(value) if isinstance(value, str) and written == value and _is_date(value) else value


def _is_date(text: str) -> bool:
    """Whether an unquoted text is a date that every format can write; 2022-13-45 and 7:17 are not."""
    with suppress(ValueError):
        return bool(_DATE.fullmatch(text) and datetime.fromisoformat(Moment(text).spelled()))
    return False


_RULES: dict[str, Callable[[Any, str], Any]] = {
    "json": _from_json,
    "members": _from_json,
    "toml": _from_toml,
    "yaml": _from_yaml,
}


def check(data: Any, to: str, offset: Callable[[KeyPath], int]) -> None:
    """Refuse what the format cannot hold.

    Raises:
        EmitError: with the offset of the value.
    """

    def refuse(path: KeyPath, reason: str) -> None:
        if reason:
            raise EmitError(f"{'.'.join(map(str, path))}: {reason}", offset(path))

    def check_keys(value: Any, path: KeyPath) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                here = (*path, str(key))
                refuse(here, "" if isinstance(key, str) else "this key is no text; put it between quotes")
                check_keys(item, here)

    check_keys(data, ())
    _walk(data, (), lambda value, path: refuse(path, _reason(value, to)))


def _reason(value: Any, to: str) -> str:
    """Why the format cannot hold a value; an empty text when it can."""
    if value is None:
        return "TOML has no null; give the key a value or delete it" if to == "toml" else ""
    if isinstance(value, Number):
        return f"JSON has no {value}" if to == "json" and not math.isfinite(float(value)) else ""
    if isinstance(value, bool | str):
        return ""
    if isinstance(value, int):
        return "TOML holds integers of 64 bits at most" if to == "toml" and value not in _TOML_INTEGERS else ""
    return f"{to.upper()} has no {type(value).__name__}"
