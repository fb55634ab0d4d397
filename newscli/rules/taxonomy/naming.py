"""Tags and categories as they are written, and lists of them."""

import re
from typing import Any

from newscli.diagnostics import Fix
from newscli.fixes.quoting import quote
from newscli.rules.model import edit
from newscli.rules.scalars import kind
from newscli.rules.subject import Subject

LISTS = ("tags", "categories")
KEYS = ("tags", "categories", "tag", "category")
_FLOW_SAFE = re.compile(r"[^\s\[\]{},:#&*!|>'\"%@`?-][^\[\]{},:#'\"\n]*\Z")


def names_in(subject: Subject, key: str) -> list[tuple[int, Any]]:
    """The items of a list of names with their places; empty when it is none."""
    value = subject.sure(key)
    return list(enumerate(value)) if isinstance(value, list) else []


def flow(names: list[str]) -> str:
    """Names as a YAML list on one line."""
    return (
        "["
        + ", ".join(
            name if _FLOW_SAFE.match(name) and kind(name, "jekyll") == "text" else quote(name) for name in names
        )
        + "]"
    )


def text_of(subject: Subject, key: str) -> str:
    """The names of a key where they are one text; empty where they are not."""
    value = subject.sure(key)
    return value.strip() if type(value) is str else ""


def is_yaml(subject: Subject) -> bool:
    """Whether the front matter can be mended as YAML."""
    return subject.front_matter.format == "yaml"


def as_list(subject: Subject, key: str, names: list[str], *, safe: bool) -> Fix | None:
    """A fix that writes a list in place of a text; None where that is not plain to do."""
    start, end = subject.place((key,))
    if not is_yaml(subject) or "\n" in subject.text[start:end]:
        return None
    return edit(start, end, flow(names), "write a list", safe=safe)


def without_item(subject: Subject, key: str, place: int) -> Fix | None:
    """A fix that drops one item of a list; None where that is not plain to do."""
    spans = subject.spans
    here, before = spans.get((key, place)), spans.get((key, place - 1))
    after = spans.get((key, place + 1))
    if here is None or not is_yaml(subject):
        return None
    text = subject.text
    whole = subject.spans[(key,)]
    if text[whole.start] == "[":
        start, end = (before.end, here.end) if before else (here.start, after.start if after else here.end)
        return edit(start, end, "", "drop it", safe=True)
    start = text.rfind("\n", 0, here.start) + 1
    end = text.find("\n", here.end) + 1
    if not (before or after) or end == 0 or text[start : here.start].strip(" \t") != "-":
        return None
    return edit(start, end, "", "drop it", safe=True)
