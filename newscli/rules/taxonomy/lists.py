"""T404, T407, T412: names that are too many, or none."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import LISTS, is_unusual, names_in, text_of, without_item
from newscli.text import fold

_MARK = re.compile("[,，、;；]")
_NAMES = re.compile(r"[^\s,，、;；\"']+(?:[ \t]+[^\s,，、;；\"']+)*")
_WORDS = re.compile(r"[^\s\"']+")


@rule("T404", "duplicate-tag", Severity.WARNING, fix="safe", when=is_unusual)
def duplicate_tag(subject: Subject) -> Iterator[Hit]:
    """A name stands twice, perhaps in other letters.

    Why: each spelling gets a page of its own.

    Bad::

        title: A title
        tags: [AI, ai]

    Good::

        title: A title
        tags: [AI]

    Engines: all make one page a spelling.
    Fix (safe): the later one is dropped.
    """
    for key in LISTS:
        yield from _again_in_text(subject, key)
        value = subject.sure(key)
        if type(value) is not list or len(value) < 2:
            continue
        seen: dict[str, str] = {}
        for place, name in enumerate(value):
            if not isinstance(name, str) or not name.strip():
                continue
            folded = fold(name)
            if folded in seen:
                fix = without_item(subject, key, place)
                yield Hit(*subject.place((key, place)), f"{name} is {seen[folded]} again; drop it", fix, (key, place))
            seen.setdefault(folded, name)


def _again_in_text(subject: Subject, key: str) -> Iterator[Hit]:
    """Names that stand twice in a text that an engine or its author parts into names."""
    text = text_of(subject, key)
    parts = _NAMES if _MARK.search(text) else _WORDS
    if not text or (parts is _WORDS and subject.engine != "jekyll"):
        return
    start, end = subject.place((key,))
    seen: dict[str, str] = {}
    for match in parts.finditer(subject.text, start, end):
        name = match.group().strip()
        if (folded := fold(name)) in seen:
            yield Hit(match.start(), match.end(), f"{name} is {seen[folded]} again; drop it", None, (key,))
        seen.setdefault(folded, name)


@rule("T407", "no-tags", Severity.WARNING, fix="safe", when=is_unusual)
def no_tags(subject: Subject) -> Iterator[Hit]:
    """The list of tags is empty, or a tag is.

    Why: Jekyll keeps an empty tag and makes a page without a name for it.

    Bad::

        title: A title
        tags: ["", news]

    Good::

        title: A title
        tags: [news]

    Engines: Jekyll keeps ``""`` as a tag.
    Fix (safe): an empty name among others is dropped.
    """
    for key in LISTS:
        value = subject.sure(key)
        if value == [] and key == "tags":
            yield Hit(*subject.place((key,)), f"the list of {key} is empty; name some or drop the key", None, (key,))
        elif type(value) is str and not value.strip():
            yield Hit(*subject.place((key,)), f"{key} is empty; name some or drop the key", None, (key,))
        elif type(value) is list:
            for place, name in enumerate(value):
                if isinstance(name, str) and not name.strip():
                    fix = without_item(subject, key, place) if len(value) > 1 else None
                    yield Hit(
                        *subject.place((key, place)), f"an empty name among the {key}; drop it", fix, (key, place)
                    )


@rule("T412", "too-many-tags", Severity.INFO, default=False)
def too_many_tags(subject: Subject) -> Iterator[Hit]:
    """A post has more than ten tags.

    Why: nobody finds anything by them.

    Bad::

        title: A title
        tags: [a, b, c, d, e, f, g, h, i, j, k]

    Good::

        title: A title
        tags: [a, b, c]

    Engines: all take it as it is.
    """
    most = subject.options.tags.max
    count = len(names_in(subject, "tags"))
    if subject.engine == "jekyll":
        count = max(count, len(text_of(subject, "tags").split()))
    if count > most:
        yield Hit(*subject.place(("tags",)), f"{count} tags, over {most}", None, ("tags",))
