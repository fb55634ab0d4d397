"""Y112, Y115-Y117: what parses, but readers refuse or choke on."""

import re
from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Severity
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject
from newscli.rules.syntax import mended, reported
from newscli.rules.usual import is_long, is_unusual

_ALIAS = re.compile(r"(?<=[\[,:\s-])\*[^\s,\]}]+")
_MOST_LEVELS = 50
_MOST_EXPANDED = 100


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
    yield from reported(subject, "Y112")


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
    yield from mended(subject, "Y115")


@rule("Y116", "alias-bomb", needs="odd")
def alias_bomb(subject: Subject) -> Iterator[Hit]:
    """Aliases expand to far more than is written; any other alias is worth a remark.

    Why: a few lines can become millions of values; a build that prints them never ends. An alias that does no harm is
    told of when the rule is asked for: the value stands elsewhere, and changes with what stands there.

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
    expanded, written = (0, 0) if refused or not subject.reads else _sizes_of(front.text)
    if refused or (expanded > _MOST_EXPANDED and expanded > 10 * written):
        yield Hit(*_alias_of(subject), "aliases expand to far more than is written; spell it out")
    elif expanded > written:
        message = "an alias stands for a value written elsewhere; spell it out"
        yield Hit(*_alias_of(subject), message, severity=Severity.INFO)


def _alias_of(subject: Subject) -> tuple[int, int]:
    """Where the first alias stands; what looks like one within a text is none."""
    start = subject.front_matter.start
    texts = [value.span for value in subject.values.values() if value.kind == "scalar"]
    for alias in _ALIAS.finditer(subject.front_matter.text):
        at = start + alias.start()
        if not any(span.start <= at < span.end for span in texts):
            return at, start + alias.end()
    return start, start + 1


def _sizes_of(block: str) -> tuple[int, int]:
    """How many nodes there are when aliases are spelt out, and how many are written."""
    from newscli.front_matter.loaders import compose

    sizes: dict[int, int] = {}

    def size(node: Any) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = 1
            sizes[id(node)] = 1 + sum(size(child) for child in _children(node))
        return sizes[id(node)]

    root = compose(block)
    return (0, 0) if root is None else (size(root), len(sizes))


def _children(node: Any) -> list[Any]:
    if node.id == "mapping":
        return [part for pair in node.value for part in pair]
    return list(node.value) if node.id == "sequence" else []


@rule("Y117", "too-deep", when=is_unusual)
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
    if is_long(front.text):
        yield Hit(front.start, front.start + 1, "the front matter is longer than 64 KiB; move text into the body")
    elif subject.is_plain:
        return
    elif found := list(reported(subject, "Y117")):
        yield from found
    elif (
        front.text.count("[") + front.text.count("{") + front.text.count("\n ") > _MOST_LEVELS
        and front.format == "yaml"
    ):
        deep = next((value for value in subject.values.values() if len(value.path) > _MOST_LEVELS), None)
        if deep:
            message = f"nested more than {_MOST_LEVELS} levels deep; write it flatter"
            yield Hit(deep.span.start, deep.span.end, message, None, deep.path)
