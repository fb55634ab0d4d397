"""Repairs of the lines of one key: each is a guess that the parser then confirms or refutes."""

import re
from collections.abc import Iterator

from newscli.fixes.indents import moved, rubbish, strays, wrapped
from newscli.fixes.keys import keys, lost_colons
from newscli.fixes.lists import lists
from newscli.fixes.quoting import guesses
from newscli.fixes.scalars import quote
from newscli.fixes.steps import BLOCK_SCALAR, Lines, Step
from newscli.front_matter import Fault
from newscli.front_matter.causes import cause_in_value
from newscli.front_matter.fences import WELL_KNOWN

_TAG = re.compile(
    r"(?:^|[:\s,\[-])[ \t]*"
    r"((?:!!|!(?=(?:ruby|python|js|java|perl|php)\b))[A-Za-z][\w/:.,-]*"
    r"|![A-Za-z][\w/:.,-]*(?=[ \t]*(?:[\[{]|\r?\n[ \t])))"
    r"[ \t]*",
    re.M,
)
_COLON = re.compile(r":(?=[ \t\r\n])")
_BELOW = re.compile(r"[ \t]+(?:-[ \t]|[\w-]+:(?:[ \t\r\n]|$))")
_TEXT_ITEM = re.compile(r"(?P<lead>[ \t]*-[ \t]+)(?P<text>(?P<key>[^\s\"'\[{&*!|>#][^:\n]*):[ \t][^\r\n]*)")
_KEYED_ITEM = re.compile(r"[ \t]*-[ \t]+[^\s\"'\[{][^:\n]*:(?:\s|$)")


def steps(text: str, fault: Fault) -> Iterator[Step]:
    """The repairs to try on the lines of one key, the likeliest first.

    Args:
        text: the lines; they do not parse.
        fault: what the parser says, with the offset where it gave up.
    """
    lines = Lines(text, fault.offset)
    if not lines.lines:
        return
    yield from _tabs(lines)
    yield from _tags(lines)
    yield from lost_colons(lines)
    yield from lists(lines)
    yield from keys(lines)
    yield from rubbish(lines)
    yield from wrapped(lines)
    yield from _text_items(lines)
    yield from _values(lines)
    yield from moved(lines)
    yield from strays(lines)


def _tabs(lines: Lines) -> Iterator[Step]:
    expanded = [
        line[: len(line) - len(line.lstrip(" \t"))].expandtabs(2).replace("\t", "  ") + line.lstrip(" \t")
        for line in lines.lines
    ]
    text = "".join(expanded)
    if text != lines.text:
        at = next(match.start() for match in re.finditer(r"^[ ]*\t", lines.text, re.M))
        fault = Fault("Y105", at, "a tab in the indentation; YAML wants blanks")
        yield Step(text, fault, "write blanks in place of the tabs", safe=True)


def _tags(lines: Lines) -> Iterator[Step]:
    """A tag in front of a value, such as ``!ruby/object:Object``."""
    if tag := _TAG.search(lines.text):
        fault = Fault("Y115", tag.start(1), "a YAML tag that readers refuse")
        yield Step(lines.text[: tag.start(1)] + lines.text[tag.end() :], fault, "delete the tag")


def _text_items(lines: Lines) -> Iterator[Step]:
    """An item with a colon among items that are texts: all of it is a text."""
    for number in (lines.at, lines.at - 1):
        match = _TEXT_ITEM.match(lines.lines[number]) if number > 0 else None
        if not match or match["key"] in WELL_KNOWN or lines.last_of(number) > number:
            continue
        others = [line for place, line in enumerate(lines.lines) if place != number and line.startswith(match["lead"])]
        if not others or any(_KEYED_ITEM.match(line) for line in others):
            continue
        at = lines.starts[number] + match.end("key")
        fault = Fault("Y104", at, "a colon in an item of a list needs quotes around the item")
        rest = lines.lines[number][match.end() :]
        line = f"{match['lead']}{quote(match['text'].rstrip())}{rest}"
        yield Step(lines.replaced(number, line), fault, "put the item between quotes")


def _values(lines: Lines) -> Iterator[Step]:
    """The value of a line, innermost first, quoted as it was meant."""
    for number in range(lines.at, -1, -1):
        match = lines.statement(number)
        if not (match["key"] or match["lead"].strip()) or not match["value"].strip():
            continue
        if BLOCK_SCALAR.fullmatch(match["value"].strip()):
            continue
        whole = lines.last_of(number)
        inner = lines.lines[number + 1 : whole + 1]
        if any(_BELOW.match(line) for line in inner) and not _closes_below(match["value"], lines.lines[whole]):
            whole = number
        fault = _cause(lines, number, match, whole)
        is_doubtful = bool(match["key"] and match["lead"].strip() and lines.key(number) not in WELL_KNOWN)
        for last in dict.fromkeys((whole, number)):
            start = lines.starts[number] + match.start("value")
            end = lines.starts[last] + len(lines.lines[last].rstrip())
            value = lines.text[start:end]
            for guess in guesses(value, lines.key(number)):
                text = lines.text[:start] + guess.text + lines.text[end:]
                yield Step(text, fault, guess.message, safe=guess.safe and not is_doubtful)


def _closes_below(value: str, last: str) -> bool:
    """Whether a quote that opens a value is closed on a later line, at its end."""
    return value[0] in "\"'" and value.count(value[0]) == 1 and last.rstrip(" \t\r\n,;").endswith(value[0])


def _cause(lines: Lines, number: int, match: "re.Match[str]", last: int) -> Fault:
    """What is wrong with the value of a line, which may run on to a later one."""
    at = lines.starts[number] + match.start("value")
    name = (match["key"] or "the item").rstrip(": \t：")
    if cause := cause_in_value(lines.text, at, name):
        return cause
    if last > number and (colon := _COLON.search(lines.text, lines.starts[number + 1], lines.starts[last + 1])):
        return Fault("Y104", colon.start(), f"a colon in the value of {name} needs quotes around the value")
    return Fault("Y101", at, "not valid YAML; quote the value")
