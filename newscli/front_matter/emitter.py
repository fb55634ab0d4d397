"""Front matter written as block YAML that every parser of it reads as the same values.

What needs no thought is written at once; everything else goes through PyYAML's emitter. Quoted is more than YAML 1.1
asks for: Ruby's parser (Jekyll) takes ``1,000`` for a number and ``:a`` for a symbol, YAML 1.2 (Hugo) ``1e3`` for a
number, and a title has to stay a title everywhere.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./+()&。，、；！？：“”‘’（）《》「」【】…—·-]|:(?=/))*+")
_SINGLE = re.compile(r"[\w :./+,;()\[\]{}&|#@%*!?\"=<>~^$`。，、；！？：“”‘’（）《》「」【】…—·-]*")
_WORDS = frozenset("y n yes no on off true false null none nan inf".split())
_KEY = re.compile(r"[A-Za-z_][\w-]*")
_FOLDED = re.compile(r"^\s|\s$|\s{2}|[\n\r\t\x85\u2028\u2029\ufeff]")  # blanks that must not get lost between lines


class Plain(str):
    """A text that is written without quotes though parsers may make something else of it: a date."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter for the values it needs: quotes around every text, lists indented like the rest."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML calls it
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if _FOLDED.search(text) else None if _is_plain(text) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def dump(data: Mapping[str, Any]) -> str:
    """The lines of a mapping of JSON values, keys in its order, without fences; empty for an empty one.

    Reading them with :func:`newscli.front_matter.read` gives the mapping back.
    """
    return "".join(_entry(key, value) for key, value in data.items())


def _entry(key: str, value: Any) -> str:
    if _KEY.fullmatch(key) and key.lower() not in _WORDS:
        if isinstance(value, str):
            return f"{key}: {_scalar(value)}\n"
        if isinstance(value, bool | int):
            return f"{key}: {str(value).lower()}\n"
        if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
            return f"{key}:\n" + "".join(f"- {_scalar(item)}\n" for item in value)
    return _emit({key: value})


def _scalar(text: str) -> str:
    if isinstance(text, Plain) or _is_plain(text):
        return text
    if _SINGLE.fullmatch(text) and not _FOLDED.search(text):
        return f"'{text}'"
    return _emit([text]).removeprefix("- ").rstrip("\n")


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and not _FOLDED.search(text) and text.lower() not in _WORDS


def _emit(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30))
