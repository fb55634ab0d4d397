"""Y106, Y113, Y114: keys that stand twice, take others in, or are no text."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Fix, Severity
from newscli.fixes.scalars import quote
from newscli.rules.model import Hit, edit, rule
from newscli.rules.scalars import kind
from newscli.rules.subject import Subject
from newscli.rules.values import article

_MERGE = re.compile(r"(?P<indent> *)<<:[ ]+(?:\*[^\s,\[\]{}]+|\[[^\n]*\]|\{[^\n]*\})[ ]*(?:\n|\Z)")
_ONE_LINE = re.compile(r"[\w'\"][^\n&*]*:[ ][^\n&*|>]*")


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
    Fix (unsafe): all but the first are deleted where all say the same.
    """
    if subject.front_matter.format != "yaml":
        return
    text, shift = subject.front_matter.text, subject.front_matter.start
    said: dict[Any, list[str]] = {}
    keys = list(_keys_of(subject))
    for mapping, key, start, stop in keys:
        said.setdefault((mapping, key), []).append(text[start:stop].strip())
    seen = set()
    for mapping, key, start, stop in keys:
        name = (mapping, key)
        if name not in seen:
            seen.add(name)
            continue
        end = start + len(text[start:stop].split(":", 1)[0])
        fix = None
        if len(set(said[name])) == 1 and mapping == 0 and not _is_explicit(text, start):
            fix = edit(shift + start, shift + stop, "", "delete the second one", safe=False)
        message = f"the key {key} stands twice; keep one (the last one counts for Jekyll, Hugo stops)"
        yield Hit(shift + start, shift + end, message, fix, (key,))


def _keys_of(subject: Subject) -> Iterator[tuple[int, str, int, int]]:
    """Every key of the block: the mapping it is in, its name, where it starts and where what belongs to it ends."""
    from newscli.front_matter.recovery import conflict_in, pieces

    text = subject.front_matter.text
    if conflict_in(text):
        return
    outer = [
        (
            0,
            piece.key,
            piece.start + max(0, piece.key_at - (text[piece.start] in "\"'")),
            piece.start + len(piece.text),
        )
        for piece in pieces(text)
    ]
    root = None
    if subject.reads:
        from newscli.front_matter.loaders import compose

        root = compose(text)
    if root is None:
        yield from outer
        return
    yield from sorted([*outer, *_explicit_keys(root, text)], key=lambda key: key[2])
    yield from _inner_keys(root, set())


def _explicit_keys(root: Any, text: str) -> Iterator[tuple[int, str, int, int]]:
    """The outermost keys that are written behind a question mark."""
    for key, value in root.value if root.id == "mapping" else ():
        start = key.start_mark.index
        if key.id == "scalar" and _is_explicit(text, start):
            yield 0, str(key.value), start, value.end_mark.index


def _is_explicit(text: str, start: int) -> bool:
    return text.startswith("?", text.rfind("\n", 0, start) + 1)


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


@rule("Y113", "merge-key", Severity.WARNING, fix="unsafe", needs="odd")
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
    Fix (unsafe): the keys are written out where each stands on one line; the mapping's own keys count, as YAML says.
    """
    if "<<" not in subject.front_matter.text or subject.front_matter.format != "yaml":
        return
    for path, span in subject.spans.items():
        if path[-1] == "<<" and subject.text[span.key_start : span.key_end] == "<<":
            message = "merge keys exist in YAML 1.1 only; write the keys out"
            yield Hit(span.key_start, span.key_end, message, _spelled_out(subject, span.key_start), path)


def _spelled_out(subject: Subject, at: int) -> Fix | None:
    """A fix that writes the merged keys as they stand where they come from; None where that is not plain to do."""
    front = subject.front_matter
    line = _MERGE.match(front.text, front.text.rfind("\n", 0, at - front.start) + 1)
    own = _mapping_with(subject, at - front.start) if line else None
    if line is None or own is None:
        return None
    taken = {key.value for key, _ in own if key.value != "<<"}
    merged = [value for key, value in own if key.value == "<<"]
    if len(merged) != 1 or merged[0].id == "scalar":
        return None
    lines = []
    for node in merged[0].value if merged[0].id == "sequence" else merged:
        for key, value in node.value if node.id == "mapping" else [(node, node)]:
            written = front.text[key.start_mark.index : value.end_mark.index]
            if not _ONE_LINE.fullmatch(written):
                return None
            if key.value not in taken:
                taken.add(key.value)
                lines.append(f"{line['indent']}{written}\n")
    start = front.start + line.start()
    return edit(start, front.start + line.end(), "".join(lines), "write the keys out", safe=False) if lines else None


def _mapping_with(subject: Subject, at: int) -> list[tuple[Any, Any]] | None:
    """The keys and values of the mapping that has a key at an offset of the block."""
    from newscli.front_matter.loaders import compose

    left: list[Any] = [compose(subject.front_matter.text)] if subject.reads else []
    seen = set()
    while left:
        node = left.pop()
        if node is None or id(node) in seen or isinstance(node.value, str):
            continue
        seen.add(id(node))
        if node.id == "mapping" and any(key.start_mark.index == at for key, _ in node.value):
            return list(node.value)
        left += [inner for pair in node.value for inner in pair] if node.id == "mapping" else node.value
    return None


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
    Fix (safe): the key is put between quotes, unless that key is there too.
    """
    if subject.front_matter.format != "yaml":
        return
    names = Counter((mapping, key) for mapping, key, _, _ in _keys_of(subject))
    taken = {key for (_, key), count in names.items() if count > 1}
    for value in subject.values.values():
        if not isinstance(value.path[-1], str):
            continue
        start, end = value.span.key_start, value.span.key_end
        raw = subject.text[start:end]
        if raw == "<<" or raw[:1] in "\"'?" or kind(raw, subject.engine) == "text":
            continue
        read = kind(raw, subject.engine)
        fix = None if raw in taken else edit(start, end, quote(raw), "put the key between quotes", safe=True)
        yield Hit(start, end, f"the key {raw} is read as {article(read)}; quote it", fix, value.path)
