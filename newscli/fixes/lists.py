"""Repairs of lists of lines: dashes without a blank, other marks for dashes, items without any."""

import re
from collections import Counter
from collections.abc import Iterator

from newscli.fixes.steps import BLOCK_SCALAR, Lines, Step
from newscli.front_matter import Fault
from newscli.front_matter.fences import WELL_KNOWN
from newscli.front_matter.kinds import LIST_KEYS

_TIGHT_DASH = re.compile(r"(?P<lead>[ \t]*)-(?=[^\s-])")
_STAR = re.compile(r"(?P<lead>[ \t]*)[*•·](?=[ \t])")
_LONG_DASH = re.compile(r"(?P<lead>[ \t]*)[–—](?=[ \t])")
_NUMBER = re.compile(r"(?P<lead>[ \t]*)\d{1,2}[.)](?=[ \t])")
_MARKS = ((_TIGHT_DASH, "- ", False), (_STAR, "-", False), (_LONG_DASH, "-", True), (_NUMBER, "-", True))
"""What stands for a dash, what to write, and whether every line must have it to be taken for a list."""
_ITEM = re.compile(r"(?P<lead>[ \t]*)- ")
_BARE_ITEM = re.compile(r"[ \t]*(?:(?:[^\W_]|/)[^:：\n]{0,39}?(?<![.!?。！？])|\"[^\"\n]+\"|'[^'\n]+')\s*")
_COMMA = re.compile(r",(?=\s*$)")
_TEXT_ITEM = re.compile(r"[ \t]*- (?![-\[{&*!|>])(?:(?!:\s)[^\n])+\s*")
_PATH = re.compile(r"[\"']?(?:/|https?:)")


def lists(lines: Lines) -> Iterator[Step]:
    """The repairs of lists to try, the likeliest first."""
    yield from _dashes(lines)
    yield from _bare_items(lines)
    yield from _first_item(lines)
    yield from _commas(lines)
    yield from _aligned(lines)


def _dashes(lines: Lines) -> Iterator[Step]:
    for pattern, dash, all_must in _MARKS:
        hits = [number for number, line in enumerate(lines.lines) if number and pattern.match(line)]
        others = any(not lines.is_blank(number) for number in range(1, len(lines.lines)) if number not in hits)
        if not hits or (all_must and (others or lines.statement(0)["value"])):
            continue
        text = "".join(
            pattern.sub(rf"\g<lead>{dash}", line, count=1) if number in hits else line
            for number, line in enumerate(lines.lines)
        )
        at = lines.starts[hits[0]] + lines.indent(hits[0])
        fault = Fault("Y101", at, "an item of a list starts with a dash and a blank")
        yield Step(text, fault, "start items of the list with a dash and a blank")


def _bare_items(lines: Lines) -> Iterator[Step]:
    """Items where dashes should stand, none or some of them with one."""
    if not lines.key(0) or lines.statement(0)["value"] or len(lines.lines) == 1:
        return
    run = range(1, lines.last_of_run(0) + 1)
    bare = [number for number in run if not _ITEM.match(lines.lines[number])]
    if not bare or (lines.key(0) not in LIST_KEYS and len(bare) == len(run)):
        return
    first = next((found for number in run if (found := _ITEM.match(lines.lines[number]))), None)
    lead = first["lead"] if first else ""
    for number in bare:
        line = lines.lines[number]
        is_deeper = lines.indent(number) > len(lead)
        if is_deeper or not _BARE_ITEM.fullmatch(line) or line.split()[0] in WELL_KNOWN | LIST_KEYS:
            return
    text = "".join(f"{lead}- {line.lstrip()}" if number in bare else line for number, line in enumerate(lines.lines))
    fault = Fault("Y101", lines.starts[bare[0]], "an item of a list starts with a dash and a blank")
    yield Step(text, fault, "start items of the list with a dash and a blank")


def _first_item(lines: Lines) -> Iterator[Step]:
    """Text beside the key of a list: its first item, or none at all where the others are paths."""
    match = lines.statement(0)
    value = match["value"].strip()
    run = range(1, lines.last_of_run(0) + 1)
    if not value or not run or value[0] in "[{#&*!" or BLOCK_SCALAR.fullmatch(value):
        return
    items = [_ITEM.match(lines.lines[number]) for number in run]
    if not match["key"] or not items[0] or not all(items):
        return
    rests = [lines.lines[number].lstrip(" \t")[2:] for number in run]
    key = lines.lines[0][: match.end("colon")]
    fault = Fault("Y101", match.start("value"), f"text beside the key {lines.key(0)}, whose list follows")
    if all(_PATH.match(rest) for rest in rests) and not _PATH.match(value):
        yield Step(lines.replaced(0, f"{key} # {value}\n"), fault, "make a comment of the text beside the key")
    elif lines.key(0) in LIST_KEYS:
        line = f"{key}\n{items[0]['lead']}- {value.removeprefix('- ')}\n"
        yield Step(lines.replaced(0, line), fault, "make the text beside the key the first item")


def _commas(lines: Lines) -> Iterator[Step]:
    """Items that end with a comma each, as between brackets."""
    run = [number for number in range(len(lines.lines)) if _ITEM.match(lines.lines[number])]
    ended = [number for number in run if _COMMA.search(lines.lines[number])]
    if ended and ended in (run, run[:-1]):
        text = "".join(_COMMA.sub("", line) if number in ended else line for number, line in enumerate(lines.lines))
        at = lines.starts[ended[0]] + len(lines.lines[ended[0]].rstrip()) - 1
        fault = Fault("Y101", at, "an item of a list of lines ends without a comma")
        yield Step(text, fault, "delete the commas behind the items")


def _aligned(lines: Lines) -> Iterator[Step]:
    """Items that are texts and stand in several columns, in that of most of them."""
    run = range(1, lines.last_of_run(0) + 1)
    columns = Counter(lines.indent(number) for number in run)
    texts = all(_TEXT_ITEM.fullmatch(lines.lines[number]) for number in run)
    if len(columns) < 2 or not texts or lines.statement(0)["value"]:
        return
    (column, _), *_ = columns.most_common(1)
    odd = [number for number in run if lines.indent(number) != column]
    fault = Fault("Y101", lines.starts[odd[0]] + lines.indent(odd[0]), "this line is indented unlike its neighbours")
    text = "".join(
        " " * column + line.lstrip(" \t") if number in odd else line for number, line in enumerate(lines.lines)
    )
    yield Step(text, fault, "indent the line as its neighbours are")
