"""Lists between brackets that are not written quite right, read for what was meant."""

import re

from newscli.fixes.scalars import quote

_CLOSING = re.compile(r"[\])}]+[ \t]*[,;\"']?[ \t]*\Z")
_BETWEEN = re.compile(r"\][ \t]*,?[ \t]*\[|\][ \t]*,")
_ITEM = re.compile(
    r"""(?:"(?P<double>[^"\\\n]*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\s,"'\[\]{}][^,\n\[\]{}]*?))\s*(?:[,\n]|\Z|(?=["']))\s*"""
)
_GAP = re.compile(r"[\s,]*")
_QUOTED_ITEMS = re.compile(r"""(?:"[^"\n]*"|'[^'\n]*')(?:[ \t]*,[ \t]*(?:"[^"\n]*"|'[^'\n]*'))+[ \t]*[,\]]?""")
_SIMPLE = re.compile(r"[^\W\d_][\w.+/-]*(?:[ \t]+[\w.+/-]+)*")
_WORDS = frozenset("y n yes no true false on off null".split())


def is_quoted_items(value: str) -> bool:
    """Whether a value is nothing but quoted texts with commas between them."""
    return _QUOTED_ITEMS.fullmatch(value) is not None


def list_of(value: str) -> str | None:
    """The list that was meant, written as YAML; None where no items can be told apart.

    Args:
        value: starts with a bracket, or holds quoted items; it may lack brackets and commas or have too many.
    """
    body = _CLOSING.sub("", value.strip()).removeprefix("[")
    body = _BETWEEN.sub(",", body)
    items: list[str] = []
    place = _match_end(_GAP, body, 0)
    while place < len(body):
        item = _ITEM.match(body, place)
        if not item:
            return None
        items.append(_written(item))
        place = _match_end(_GAP, body, item.end())
    return f"[{', '.join(items)}]" if items else None


def _match_end(pattern: "re.Pattern[str]", text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place


def _written(item: "re.Match[str]") -> str:
    if item["plain"] is None:
        return quote(item["double"] if item["double"] is not None else item["single"])
    text = item["plain"].strip()
    return text if _SIMPLE.fullmatch(text) and text.lower() not in _WORDS else quote(text)
