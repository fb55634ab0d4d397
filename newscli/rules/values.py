"""Y106, Y109-Y117: YAML that parses, but not to what was written."""

import re
from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Severity
from newscli.fixes.quoting import quote, single
from newscli.rules.model import Hit, edit, rule
from newscli.rules.scalars import is_disputed, is_surprising, kind
from newscli.rules.subject import Subject, Value
from newscli.rules.syntax import _mended, _reported

TEXTS = frozenset("title subtitle description excerpt summary author slug lang language layout permalink".split())
"""Keys whose values are text."""
_MAY_BE_FALSE = frozenset("excerpt layout permalink".split())
_LONG_TEXTS = frozenset("title subtitle description excerpt summary".split())
_ALIAS = re.compile(r"(?<=[\[,:\s-])\*[^\s,\]}]+")
_VALID_ESCAPE = re.compile(r"\\[^\"\\/]")
_WINDOWS_PATH = re.compile(r'"(?:[A-Za-z]:\\|\\\\\w|[\w.-]+(?:\\[\w .-]+)+\.\w{2,4}")')
_MOST_CHARACTERS = 1 << 16
_MOST_LEVELS = 50
_MOST_EXPANDED = 100


@rule("Y106", "duplicate-key", fix="unsafe", needs="odd")
def duplicate_key(subject: Subject) -> Iterator[Hit]:
    """A key stands twice in the same mapping.

    Why: one of the values is lost, and which one depends on the engine.

    Bad::

        title: A title
        title: A title

    Good::

        title: A title

    Engines: Jekyll and PyYAML silently keep the last; Hugo and js-yaml stop.
    Fix (unsafe): the second is deleted where both say the same.
    """
    if subject.front_matter.format != "yaml":
        return
    text, shift = subject.front_matter.text, subject.front_matter.start
    seen: dict[Any, str] = {}
    for mapping, key, start, stop in _keys_of(subject):
        name = (mapping, key)
        if name not in seen:
            seen[name] = text[start:stop].strip()
            continue
        end = start + len(text[start:stop].split(":", 1)[0])
        fix = None
        if seen[name] == text[start:stop].strip() and mapping == 0:
            fix = edit(shift + start, shift + stop, "", "delete the second one", safe=False)
        message = f"the key {key} stands twice; keep one (the last one counts for Jekyll, Hugo stops)"
        yield Hit(shift + start, shift + end, message, fix, (key,))


def _keys_of(subject: Subject) -> Iterator[tuple[int, str, int, int]]:
    """Every key of the block: the mapping it is in, its name, where it starts and where what belongs to it ends."""
    from newscli.front_matter.recovery import conflict_in, pieces

    text = subject.front_matter.text
    if conflict_in(text):
        return
    for piece in pieces(text):
        yield (
            0,
            piece.key,
            piece.start + max(0, piece.key_at - (text[piece.start] in "\"'")),
            piece.start + len(piece.text),
        )
    if subject.reads:
        from newscli.front_matter.loaders import compose

        root = compose(text)
        yield from _inner_keys(root, set()) if root is not None else ()


def _inner_keys(node: Any, seen: set[int]) -> Iterator[tuple[int, str, int, int]]:
    if id(node) in seen or isinstance(node.value, str):
        return
    seen.add(id(node))
    if node.id == "mapping":
        for key, value in node.value:
            if node.start_mark.column and key.id == "scalar":
                yield id(node), str(key.value), key.start_mark.index, key.end_mark.index
            yield from _inner_keys(value, seen)
        return
    for item in node.value:
        yield from _inner_keys(item, seen)


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


@rule("Y110", "implicit-type", fix="safe")
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
        if not _starts_with_digit(subject.data):
            return
    elif subject.front_matter.format != "yaml":
        return
    for value in subject.values.values():
        if value.kind != "scalar" or value.style or value.span.end == value.span.start or value.path[0] in _TERMS:
            continue
        raw = subject.text[value.span.start : value.span.end]
        yield from _untyped(subject, value, raw)


def _starts_with_digit(data: dict[Any, Any]) -> bool:
    """Whether a text among plain lines may be a date; nothing else in them is read otherwise."""
    for key in TEXTS:
        text = data.get(key)
        if type(text) is str and text[:1].isdigit():
            return True
    return False


_TERMS = frozenset(("tags", "tag", "categories", "category"))


def _untyped(subject: Subject, value: Value, raw: str) -> Iterator[Hit]:
    engine = subject.engine
    if value.path[-1] in TEXTS and len(value.path) == 1:
        read = kind(raw, engine)
        if not is_disputed(raw) or read == "null" or raw.lower() in ("null", "~"):
            return
        if read == "bool" and value.path[0] in _MAY_BE_FALSE:
            return
        severity = Severity.WARNING if read == "text" and raw != "=" else None
    elif is_surprising(raw, engine) and raw[:1] not in "&*!":
        read, severity = kind(raw, engine), Severity.WARNING
    else:
        return
    words = f"{raw} is read as {_article(read)}" if read != "text" else f"{raw} is not text to every engine"
    fix = edit(value.span.start, value.span.end, quote(raw), "put the value between quotes", safe=True)
    yield Hit(value.span.start, value.span.end, f"{words}; quote it", fix, value.path, severity)


def _article(name: str) -> str:
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
    yield from _mended(subject, "Y111")
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


@rule("Y112", "not-a-mapping", needs="faults")
def not_a_mapping(subject: Subject) -> Iterator[Hit]:
    """The front matter is a list or a text, not keys with values.

    Why: nothing can be looked up in it.

    Bad::

        ---
        just text
        ---

    Good::

        ---
        title: just text
        ---

    Engines: Jekyll fails internally and publishes the post without title; PyYAML's readers return nothing.
    """
    yield from _reported(subject, "Y112")


@rule("Y113", "merge-key", Severity.WARNING, needs="odd")
def merge_key(subject: Subject) -> Iterator[Hit]:
    """A merge key takes the keys of another mapping in.

    Why: it exists in YAML 1.1 only.

    Bad::

        title: A title
        <<: {a: 1}

    Good::

        title: A title
        a: 1

    Engines: four of five merge; yaml 2 for JavaScript keeps a key named ``<<``.
    """
    if "<<" not in subject.front_matter.text or subject.front_matter.format != "yaml":
        return
    for path, span in subject.spans.items():
        if path[-1] == "<<" and subject.text[span.key_start : span.key_end] == "<<":
            message = "merge keys exist in YAML 1.1 only; write the keys out"
            yield Hit(span.key_start, span.key_end, message, None, path)


@rule("Y114", "non-string-key", fix="safe", needs="odd")
def non_string_key(subject: Subject) -> Iterator[Hit]:
    """A key without quotes is read as a number or truth value.

    Why: ``on`` is the key ``true`` under YAML 1.1, and python-frontmatter raises TypeError.

    Bad::

        title: A title
        on: true

    Good::

        title: A title
        "on": true

    Engines: Jekyll has the key ``true``; python-frontmatter raises TypeError; Hugo has ``on``.
    Fix (safe): the key is put between quotes.
    """
    if subject.front_matter.format != "yaml":
        return
    for value in subject.values.values():
        if not isinstance(value.path[-1], str):
            continue
        start, end = value.span.key_start, value.span.key_end
        raw = subject.text[start:end]
        if raw == "<<" or raw[:1] in "\"'?" or kind(raw, subject.engine) == "text":
            continue
        read = kind(raw, subject.engine)
        fix = edit(start, end, quote(raw), "put the key between quotes", safe=True)
        yield Hit(start, end, f"the key {raw} is read as {_article(read)}; quote it", fix, value.path)


@rule("Y115", "unsafe-tag", fix="unsafe", needs="faults")
def unsafe_tag(subject: Subject) -> Iterator[Hit]:
    """A YAML tag asks for an object of a programming language.

    Why: no engine should make it, and most refuse the whole block.

    Bad::

        title: A title
        x: !ruby/object:Object {}

    Good::

        title: A title
        x: {}

    Engines: Jekyll cannot read a post with ``!ruby``; PyYAML refuses; Hugo ignores the tag.
    Fix (unsafe): the tag is deleted.
    """
    yield from _mended(subject, "Y115")


@rule("Y116", "alias-bomb", needs="odd")
def alias_bomb(subject: Subject) -> Iterator[Hit]:
    """Aliases expand to far more than is written.

    Why: a few lines can become millions of values; a build that prints them never ends.

    Bad::

        title: A title
        a: &a [x,x,x,x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]

    Good::

        title: A title
        a: [x, x]

    Engines: Jekyll loads it; turning it into text never ends.
    """
    front = subject.front_matter
    if front.format != "yaml" or "*" not in front.text:
        return
    refused = any(fault.code == "Y116" for fault in front.faults)
    if refused or (subject.reads and _is_bomb(front.text)):
        alias = _ALIAS.search(front.text)
        at = front.start + (alias.start() if alias else 0)
        yield Hit(
            at, at + (len(alias.group()) if alias else 1), "aliases expand to far more than is written; spell it out"
        )


def _is_bomb(block: str) -> bool:
    from newscli.front_matter.loaders import compose

    sizes: dict[int, int] = {}

    def size(node: Any) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = 1
            sizes[id(node)] = 1 + sum(size(child) for child in _children(node))
        return sizes[id(node)]

    root = compose(block)
    return root is not None and size(root) > _MOST_EXPANDED and size(root) > 10 * len(sizes)


def _children(node: Any) -> list[Any]:
    if node.id == "mapping":
        return [part for pair in node.value for part in pair]
    return list(node.value) if node.id == "sequence" else []


@rule("Y117", "too-deep")
def too_deep(subject: Subject) -> Iterator[Hit]:
    """The front matter is nested more than 50 levels deep, or longer than 64 KiB.

    Why: nobody writes that by hand, and readers run out of stack or time.

    Bad::

        title: A title
        x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Good::

        title: A title
        x: [[1]]

    Engines: PyYAML raises RecursionError at some depth.
    """
    front = subject.front_matter
    if len(front.text) > _MOST_CHARACTERS:
        yield Hit(front.start, front.start + 1, "the front matter is longer than 64 KiB; move text into the body")
    elif subject.is_plain:
        return
    elif reported := list(_reported(subject, "Y117")):
        yield from reported
    elif (
        front.text.count("[") + front.text.count("{") + front.text.count("\n ") > _MOST_LEVELS
        and front.format == "yaml"
    ):
        deep = next((value for value in subject.values.values() if len(value.path) > _MOST_LEVELS), None)
        if deep:
            message = f"nested more than {_MOST_LEVELS} levels deep; write it flatter"
            yield Hit(deep.span.start, deep.span.end, message, None, deep.path)
