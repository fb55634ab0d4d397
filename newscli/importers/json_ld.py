"""The article a page describes in JSON-LD (https://schema.org/Article)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPINGS = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("// <![CDATA[", "// ]]>"), ("<![CDATA[", "]]>"))
_TYPES = re.compile(r"(?:Article|Posting|Report|NewsStory)$")
_LEVELS = 6
_MANY = 2000


def find_article(scripts: Iterable[str]) -> Mapping[str, Any]:
    """The first description of an article in JSON-LD scripts, else that of the page; empty without one."""
    things = [thing for script in scripts for thing in _things(_load(script), _LEVELS)]
    for is_wanted in (_TYPES.search, re.compile("WebPage$").search):
        for thing in things:
            if any(is_wanted(kind) for kind in texts(thing.get("@type"))):
                return thing
    return {}


def texts(value: object) -> list[str]:
    """A value of JSON-LD as texts: a text, a thing (its name, address or value), or a list of them."""
    if isinstance(value, list):
        return [found for part in value[:_MANY] if not isinstance(part, list) for found in texts(part)]
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "url", "@value", "@id", "contentUrl") if value.get(key)), None)
        return texts(value) if isinstance(value, list | str) else []
    return [str(value)] if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "" else []


def text(value: object) -> str:
    """The first text of a value; empty without one."""
    return next(iter(texts(value)), "")


def address(value: object) -> str:
    """The first address of a value (an image, a page); empty without one."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, Mapping):
        first = first.get("url") or first.get("contentUrl") or first.get("@id")
    return text(first)


def _load(script: str) -> Any:
    content = script.strip()
    for opening, closing in _WRAPPINGS:
        content = content.removeprefix(opening).removesuffix(closing).strip()
    for attempt in (content, _TRAILING_COMMA.sub(r"\1", content)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: object, levels: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for part in value[:_MANY]:
            yield from _things(part, levels - 1) if levels else ()
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _things(value.get(key), levels - 1) if levels else ()
