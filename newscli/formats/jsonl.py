"""``jsonl``: one JSON object a line, streamed, UTF-8; for ``jq`` and for programs."""

import json
import math
import re
from collections.abc import Callable, Iterator

from newscli.formats import View
from newscli.report import Record, Report, value_of

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def render(report: Report, view: View) -> Iterator[str]:
    """Yield a line a record."""
    to_json = encoder(report, view)
    for record in report.records:
        yield to_json(record) + "\n"


def encoder(report: Report, view: View) -> Callable[[Record], str]:
    """How the report's records are written as JSON.

    Fields asked for stand under the name they were asked by, null when a record lacks them. Half of a surrogate pair,
    which UTF-8 cannot hold, is written as an escape, as are the invisible characters when a terminal reads along.

    Raises:
        NewscliError: a field that was asked for does not exist.
    """
    for name in view.fields:
        report.check_field(name, meta=True)
    hidden = report.hidden_fields()
    escape = _escape_for_terminal if view.terminal else _escape_surrogates

    def chosen(record: Record) -> Record:
        if view.fields:
            return {name: value_of(record, name) for name in view.fields}
        if hidden:
            return {name: value for name, value in record.items() if name not in hidden}
        return record

    def to_json(record: Record) -> str:
        values = chosen(record)
        try:
            return escape(_encode(values))
        except ValueError:
            return escape(_encode(_without_nan(values)))

    return to_json


def _escape_surrogates(text: str) -> str:
    try:
        text.encode()  # far faster than to look for them
    except UnicodeEncodeError:
        return _SURROGATE.sub(_unicode_escape, text)
    return text


def _escape_for_terminal(text: str) -> str:
    return _UNSAFE.sub(_unicode_escape, text)


def _unicode_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def _without_nan(value: object) -> object:
    """The value with null for what JSON cannot say: YAML knows ``.nan`` and ``.inf``."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {name: _without_nan(inner) for name, inner in value.items()}
    return [_without_nan(inner) for inner in value] if isinstance(value, list | tuple) else value
