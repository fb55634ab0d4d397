"""T403: names that are no texts."""

from collections.abc import Iterator
from typing import Any

from newscli.fixes.scalars import quote
from newscli.rules.model import Hit, edit, rule
from newscli.rules.scalars import kind
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import KEYS, is_unusual, is_yaml


@rule("T403", "non-string-tag", fix="safe", when=is_unusual)
def non_string_tag(subject: Subject) -> Iterator[Hit]:
    """A name without quotes is read as a number, date, truth value or null.

    Why: ``no`` becomes ``false``, ``1.10`` becomes 1.1.

    Bad::

        title: A title
        tags: [no, 1.10]

    Good::

        title: A title
        tags: ["no", "1.10"]

    Engines: Jekyll shows ``false`` and ``1.1``; YAML 1.2 engines keep ``no``.
    Fix (safe): the name is put between quotes.
    """
    if not is_yaml(subject):
        return
    for key in KEYS:
        if key not in subject.data or (subject.is_plain and not _holds_a_date(subject.data[key])):
            continue
        for value in subject.values.values():
            if value.path[0] != key or value.kind != "scalar" or value.style or len(value.path) > 2:
                continue
            raw = subject.text[value.span.start : value.span.end]
            read = kind(raw, subject.engine)
            if read == "text" or (len(value.path) == 1 and read == "null"):
                continue
            fix = edit(value.span.start, value.span.end, quote(raw), "put it between quotes", safe=True)
            yield Hit(
                value.span.start,
                value.span.end,
                f"{raw or 'nothing'} is read as {read}, not as text; quote it",
                fix,
                value.path,
            )


def _holds_a_date(names: Any) -> bool:
    """Whether a name among plain lines may be a date; nothing else in them is read otherwise."""
    return any(type(name) is str and name[:1].isdigit() for name in (names if type(names) is list else (names,)))
