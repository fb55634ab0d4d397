"""Tags and categories as they are written, and lists of them."""

import re
from functools import lru_cache
from typing import Any

from newscli.diagnostics import Fix
from newscli.fixes.scalars import quote
from newscli.rules.model import edit
from newscli.rules.scalars import kind
from newscli.rules.subject import Subject
from newscli.text import fold

LISTS = ("tags", "categories")
KEYS = ("tags", "categories", "tag", "category")
_ODD = re.compile(r"\A\Z|\A\d|[\s,，、;；/#]")
_SLUG = re.compile(r"[^\w]+")
_FLOW_SAFE = re.compile(r"[^\s\[\]{},:#&*!|>'\"%@`?-][^\[\]{},:#?'\"\n]*\Z")


def names_in(subject: Subject, key: str) -> list[tuple[int, Any]]:
    """The items of a list of names with their places; empty when it is none."""
    value = subject.sure(key)
    return list(enumerate(value)) if isinstance(value, list) else []


def flow(names: list[str]) -> str:
    """Names as a YAML list on one line."""
    return f"[{', '.join(name if _is_safe(name) else quote(name) for name in names)}]"


def _is_safe(name: str) -> bool:
    """Whether a name stays what it is without quotes."""
    return bool(_FLOW_SAFE.match(name)) and name == name.strip() and kind(name, "jekyll") == "text"


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


def is_unusual(subject: Subject) -> bool:
    """Whether a rule about names may have something to say: most posts have plain names, and each of them once."""
    data = subject.data
    if not subject.is_plain or subject.options.tags.case or "tag" in data or "category" in data:
        return True
    for key in LISTS:
        names = data.get(key)
        if names is not None and (_ODD.search(names) if type(names) is str else _are_odd(tuple(names))):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def _are_odd(names: tuple[str, ...]) -> bool:
    """Whether names of a list are none, odd in themselves, or alike."""
    if not names or any(not name[:1].isalpha() or name != name.strip() or "/" in name for name in names):
        return True
    return len({fold(name) for name in names}) + len({slug_of(name) for name in names}) < 2 * len(names)


def slug_of(name: str) -> str:
    """A name as Jekyll writes it into an address."""
    return _SLUG.sub("-", name.lower()).strip("-")
