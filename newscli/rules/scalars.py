"""What the engines make of a plain YAML scalar: small tables over the text as written.

YAML 1.1 is read by Psych (Jekyll) and PyYAML, YAML 1.2 by Hugo and Astro; js-yaml 3 (Hexo) is between them.
Sources: https://yaml.org/type/, https://yaml.org/spec/1.2.2/#103-core-schema, js-yaml 3 ``lib/js-yaml/type``.
"""

import re

_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL_12 = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_BOOL_11 = re.compile(r"(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\Z")
_INT_11 = re.compile(
    r"[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)\Z", re.ASCII
)
_INT_12 = re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z", re.ASCII)
_FLOAT_11 = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|\.(?:inf|Inf|INF))\Z|\.(?:nan|NaN|NAN)\Z",
    re.ASCII,
)
_FLOAT_12 = re.compile(
    r"[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))\Z|\.(?:nan|NaN|NAN)\Z", re.ASCII
)
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d\Z"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?\Z",
    re.ASCII,
)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z", re.ASCII)
_TABLE_11 = (("null", _NULL), ("bool", _BOOL_11), ("int", _INT_11), ("float", _FLOAT_11), ("date", _DATE))
_TABLE_12 = (("null", _NULL), ("bool", _BOOL_12), ("int", _INT_12), ("float", _FLOAT_12), ("date", _DATE))
_TABLES = {
    "astro": _TABLE_12,
    "hexo": (*_TABLE_12, ("int", _INT_11)),
    "hugo": _TABLE_12,
    "jekyll": _TABLE_11,
    "pyyaml": _TABLE_11,
}


def kind(text: str, engine: str) -> str:
    """What an engine reads a plain scalar as: ``null bool int float date value`` or ``text``."""
    if text == "=":
        return "value" if engine == "pyyaml" else "text"
    return next((name for name, form in _TABLES[engine] if form.match(text)), "text")


def is_disputed(text: str) -> bool:
    """Whether some engine reads something else than text, or the value differs from engine to engine."""
    return text == "=" or any(kind(text, engine) != "text" for engine in ("jekyll", "hugo", "hexo"))


def is_surprising(text: str, engine: str) -> bool:
    """Whether a scalar that need not be text means a number that nobody wrote: octal, by sixties, with underscores."""
    if text == "=" or _SEXAGESIMAL.match(text):
        return True
    number = kind(text, "jekyll") == "int"
    if number and (("_" in text) or (text.lstrip("+-").startswith("0") and len(text.lstrip("+-")) > 1)):
        return not text.lstrip("+-").startswith("0x") or "_" in text
    return engine in ("hugo", "astro", "hexo") and bool(_BOOL_11.match(text)) and not _BOOL_12.match(text)
