"""Y109-Y111: YAML that parses, but to other values than were written."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.fixes.scalars import quote, single
from newscli.front_matter.values import Value
from newscli.rules.model import Hit, edit, rule
from newscli.rules.scalars import is_disputed, is_surprising, kind
from newscli.rules.subject import Subject
from newscli.rules.syntax import mended
from newscli.rules.usual import TEXTS, is_unusual, starts_with_digit

_MAY_BE_FALSE = frozenset("excerpt layout permalink".split())
_LONG_TEXTS = frozenset("title subtitle description excerpt summary".split())
_NUMBER = re.compile("0|[1-9][0-9]{0,14}")
_VALID_ESCAPE = re.compile(r"\\[^\"\\/]")
_WINDOWS_PATH = re.compile(r'"(?:[A-Za-z]:\\|\\\\\w|[\w.-]+(?:\\[\w .-]+)+\.\w{2,4}")')


@rule("Y109", "comment-cuts-value", fix="unsafe", needs="odd")
def comment_cuts_value(subject: Subject) -> Iterator[Hit]:
    """A number sign after a blank makes a comment of the rest of a value.

    Why: the value is silently cut, or null when it starts with the sign.

    Bad::

        title: 芯片 #1 选择

    Good::

        title: "芯片 #1 选择"

    Engines: all cut the value without a word.
    Fix (unsafe): the whole line is put between quotes.
    """
    if subject.front_matter.format != "yaml" or "#" not in subject.front_matter.text:
        return
    text = subject.text
    for value in subject.values.values():
        if value.kind != "scalar" or value.style or len(value.path) > 2:
            continue
        start, end = value.span.start, value.span.end
        stop = text.find("\n", end)
        rest = text[end : stop if stop >= 0 else len(text)].rstrip()
        sign = rest.find("#")
        if sign < 0 or (rest[:sign].strip(" \t:")) or not _is_cut(value, rest[sign:]):
            continue
        at = end + sign
        first = start if end > start else at
        fix = edit(first, end + len(rest), quote(text[first : end + len(rest)]), "quote the whole", safe=False)
        yield Hit(
            at, end + len(rest), f"everything from {rest[sign : sign + 12]} on is a comment; quote it", fix, value.path
        )


def _is_cut(value: Value, comment: str) -> bool:
    """Whether a comment looks like part of the value."""
    if comment.lstrip("# \t").startswith("newscli:"):
        return False
    tight = len(comment) > 1 and not comment[1].isspace() and comment[1] not in "#!-="
    return tight or (value.path[0] in _LONG_TEXTS and comment.strip("# \t") != "" and value.span.end > value.span.start)


@rule("Y110", "implicit-type", fix="safe", when=is_unusual)
def implicit_type(subject: Subject) -> Iterator[Hit]:
    """A text without quotes is read as a number, date or truth value, and not by every engine alike.

    Why: ``title: no`` has no title under Jekyll; ``title: 12:30`` is 45000, 750 or 12:30.

    Bad::

        title: 0777

    Good::

        title: "0777"

    Engines: Psych and PyYAML read YAML 1.1 (``no``, ``0777`` octal, ``12:30`` by sixties, ``1_000``), Hugo and Astro
    1.2, js-yaml 3 something between; PyYAML raises at ``=``.
    Fix (safe): the value is put between quotes.
    """
    if subject.is_plain:
        if not starts_with_digit(subject):
            return
    elif subject.front_matter.format != "yaml":
        return
    for value in subject.values.values():
        if value.kind != "scalar" or value.style or value.span.end == value.span.start or value.path[0] in _TERMS:
            continue
        raw = subject.text[value.span.start : value.span.end]
        yield from _untyped(subject, value, raw)


_TERMS = frozenset(("tags", "tag", "categories", "category"))


def _untyped(subject: Subject, value: Value, raw: str) -> Iterator[Hit]:
    engine = subject.engine
    if value.path[-1] in TEXTS and len(value.path) == 1:
        read = kind(raw, engine)
        if not is_disputed(raw) or read == "null" or raw.lower() in ("null", "~"):
            return
        if read == "bool" and value.path[0] in _MAY_BE_FALSE:
            return
        if value.path[0] == "slug" and _NUMBER.fullmatch(raw):
            return  # every engine writes the digits that stand there
        severity = Severity.WARNING if read == "text" and raw != "=" else None
    elif is_surprising(raw, engine) and raw[:1] not in "&*!":
        read, severity = kind(raw, engine), Severity.WARNING
    else:
        return
    words = f"{raw} is read as {article(read)}" if read != "text" else f"{raw} is not text to every engine"
    fix = edit(value.span.start, value.span.end, quote(raw), "put the value between quotes", safe=True)
    yield Hit(value.span.start, value.span.end, f"{words}; quote it", fix, value.path, severity)


def article(name: str) -> str:
    """A kind of scalar in words, with its article."""
    return {"int": "an integer", "float": "a number", "bool": "true or false", "value": "an operator"}.get(
        name, f"a {name}"
    )


@rule("Y111", "backslash-escape", fix="unsafe", needs="odd")
def backslash_escape(subject: Subject) -> Iterator[Hit]:
    r"""A backslash between double quotes is read as an escape that was not meant.

    Why: ``"C:\new"`` silently holds a line break; ``"C:\users"`` does not parse.

    Bad::

        title: A title
        image: "C:\new\table.jpg"

    Good::

        title: A title
        image: 'C:\new\table.jpg'

    Engines: all read ``\n`` and ``\t`` as line break and tab, and refuse ``\u`` without four digits.
    Fix (unsafe): the value is put between single quotes.
    """
    yield from mended(subject, "Y111")
    if "\\" not in subject.front_matter.text or not subject.reads:
        return
    for value in subject.values.values():
        raw = subject.text[value.span.start : value.span.end]
        if value.style != '"' or not _WINDOWS_PATH.match(raw):
            continue
        if escape := _VALID_ESCAPE.search(raw):
            at = value.span.start + escape.start()
            fix = edit(value.span.start, value.span.end, single(raw[1:-1]), "put it between single quotes", safe=False)
            yield Hit(at, at + 2, f"{escape.group()} is an escape here; put the value between '…'", fix, value.path)
