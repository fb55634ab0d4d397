"""Repairs of the margin: lines that stand too far out or in, and text that belongs to no key."""

import re
from collections.abc import Iterator

from newscli.fixes.quoting import guesses, is_curly, is_half_quoted
from newscli.fixes.steps import BLOCK_SCALAR, Lines, Step
from newscli.front_matter import Fault
from newscli.front_matter.fences import WELL_KNOWN
from newscli.front_matter.kinds import LIST_KEYS, TEXT_KEYS, fits

_KEY_OR_ITEM = re.compile(r"[ \t]+(?:-[ \t]|[A-Za-z_][\w -]*:(?:[ \t\r\n]|$))")
_RUBBISH = re.compile(r"[ \t]*(?:<!--.*-->|//.*|/\*.*\*/|</?\w+[^<>]*>|[^\w\s\-\"'\[\]{}]{1,9}|[0-9a-f]{40})\s*")
"""What no text goes on with: comments of other languages, lone tags and marks, the name of a commit."""
_INNER_KEYS = frozenset("name title url description type id lang language author summary".split())
"""Well-known keys that mappings within a front matter have, too."""
_WRAPPED = "this line belongs to the value above; indent it"
_INDENT = "indent the lines that belong to the value"


def wrapped(lines: Lines) -> Iterator[Step]:
    """Lines that belong to the value above them but do not stand further in."""
    yield from _block_scalar(lines)
    yield from _below_key(lines)
    yield from _at_margin(lines)
    yield from _level(lines)


def _block_scalar(lines: Lines) -> Iterator[Step]:
    """Lines of a block of text that stand further out than its first."""
    value = lines.statement(0)["value"].strip()
    if not BLOCK_SCALAR.fullmatch(value) or len(lines.lines) == 1:
        return
    depth = max(lines.indent(1), 2)
    changed = [
        line
        if number == 0 or lines.is_blank(number) or lines.indent(number) >= depth
        else " " * depth + line.lstrip(" \t")
        for number, line in enumerate(lines.lines)
    ]
    fault = Fault("Y101", lines.starts[lines.at], "this line belongs to the text above; indent it")
    yield Step("".join(changed), fault, "indent the lines that belong to the text")


def _below_key(lines: Lines) -> Iterator[Step]:
    """Text at the margin below a key that has none: its value."""
    match, key = lines.statement(0), lines.key(0)
    last = lines.last_of_run(0)
    if not key or match["value"].strip() or last != 1 or lines.indent(1) or lines.lines[1][0] in "-\"'[{":
        return
    value = lines.lines[1].rstrip()
    if key in TEXT_KEYS or (key not in LIST_KEYS and " " not in value and fits(key, value)):
        fault = Fault("Y101", lines.starts[1], _WRAPPED)
        yield Step(lines.replaced(1, "  " + lines.lines[1]), fault, _INDENT)


def _at_margin(lines: Lines) -> Iterator[Step]:
    match = lines.statement(0)
    if not match["key"] or not match["value"].strip():
        return
    last = 0
    while last + 1 < len(lines.lines) and lines.lines[last + 1][0] not in " \t\r\n#-":
        last += 1
    if not last or re.fullmatch(r"""(?:"[^"]*"|'[^']*')\s*""", match["value"]):
        return
    start = match.start("value")
    end = lines.starts[last] + len(lines.lines[last].rstrip())
    value = re.sub(r"\n(?=\S)", "\n  ", lines.text[start:end])
    fault = Fault("Y101", lines.starts[1], _WRAPPED)
    indented = Step(lines.text[:start] + value + lines.text[end:], fault, _INDENT)
    if not is_curly(value) and not is_half_quoted(value):
        yield indented
    for guess in guesses(value, lines.key(0)):
        yield Step(lines.text[:start] + guess.text + lines.text[end:], fault, f"{_INDENT}; {guess.message}")


def _level(lines: Lines) -> Iterator[Step]:
    """A line of text that stands as far in as the key whose value it goes on with."""
    for number in (lines.at, lines.at - 1):
        if number < 2 or lines.is_blank(number) or lines.is_comment(number):
            continue
        above, here = lines.statement(number - 1), lines.statement(number)
        value = above["value"].strip()
        if here["key"] or here["lead"].strip() or not above["key"] or not value or value[0] in "\"'[{|>":
            continue
        if lines.indent(number) == lines.indent(number - 1) > 0:
            fault = Fault("Y101", lines.starts[number], _WRAPPED)
            yield Step(lines.replaced(number, "  " + lines.lines[number]), fault, _INDENT)


def moved(lines: Lines) -> Iterator[Step]:
    """A key or item that stands a few columns off, moved to a column in use above; alone, or with what follows it."""
    for number in (lines.at, lines.at - 1):
        if number < 0 or not _KEY_OR_ITEM.match(lines.lines[number]):
            continue
        here = lines.indent(number)
        fault = Fault("Y101", lines.starts[number] + here, "this line is indented unlike its neighbours")
        inward = 1 if lines.key(number) in WELL_KNOWN - _INNER_KEYS else -1
        columns = sorted(_columns(lines, number), key=lambda column: (abs(column - here), inward * column))
        for column in columns:
            for text in (_moved(lines, number, number + 1, column), _moved(lines, number, len(lines.lines), column)):
                yield Step(text, fault, "indent the line as its neighbours are")


def _columns(lines: Lines, number: int) -> set[int]:
    """The columns where the lines above have what this line is, a key or an item."""
    keys, items = {0}, {0}
    for line in lines.lines[:number]:
        bare = line.lstrip(" ")
        if not bare.strip() or bare.startswith("#"):
            continue
        depth = len(line) - len(bare)
        if item := re.match(r"- +", bare):
            items.add(depth)
            keys.add(depth + item.end())
        else:
            keys.add(depth)
    return items if lines.lines[number].lstrip().startswith("- ") else keys


def _moved(lines: Lines, number: int, stop: int, column: int) -> str:
    here = lines.indent(number)
    changed = list(lines.lines)
    for place in range(number, stop):
        if lines.is_blank(place):
            continue
        depth = lines.indent(place)
        if depth < here:
            break
        changed[place] = " " * (column + depth - here) + changed[place].lstrip(" \t")
    return "".join(changed)


def rubbish(lines: Lines) -> Iterator[Step]:
    """A line that can be no part of any value: kept as a comment."""
    for number in range(len(lines.lines)):
        if not lines.is_comment(number) and _RUBBISH.fullmatch(lines.lines[number]):
            yield _comment(lines, number, number)


def strays(lines: Lines) -> Iterator[Step]:
    """Text that belongs to no key: kept as a comment."""
    for number in (lines.at, lines.at - 1, *range(1, lines.at)):
        if not 0 <= number < len(lines.lines) or lines.is_blank(number) or lines.is_comment(number):
            continue
        if number == 0 and lines.statement(0)["key"]:
            continue
        yield _comment(lines, number, lines.last_of_run(number))


def _comment(lines: Lines, number: int, last: int) -> Step:
    fault = Fault("Y101", lines.starts[number] + lines.indent(number), "this text belongs to no key")
    kept = "".join(f"# {line.strip()}\n" for line in lines.lines[number : last + 1])
    before, after = lines.text[: lines.starts[number]], lines.text[lines.starts[last + 1] :]
    return Step(before + kept + after, fault, "make a comment of the text that belongs to no key")
