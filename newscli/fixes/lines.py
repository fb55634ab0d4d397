"""Repairs of the lines of one key: each is a guess that the parser then confirms or refutes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscli.fixes.quoting import guesses, is_curly
from newscli.front_matter import Fault
from newscli.front_matter.causes import cause_in_value

_STATEMENT = re.compile(
    r"""(?P<lead>[ \t]*(?:-[ \t]+)*)
    (?P<key>(?:"[^"\n]*"|'[^'\n]*'|[^\s:：#"'\[\]{},-][^:：\n]{0,63}?)[ \t]*(?P<colon>:(?=[ \t\r]|$)|：|:(?![:\s]|//)))?
    (?P<gap>[ \t]*)(?P<value>[^\r\n]*)""",
    re.X,
)
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]{0,2}(?:[ \t]+#.*)?")
_BARE_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*\r?\n?")
_KEY_COMMENT = re.compile(r"#[ \t]*(?P<rest>[A-Za-z_][\w-]*:[ \t]*\r?\n?)")
_TIGHT_DASH = re.compile(r"(?P<lead>[ \t]*)-(?=[^\s-])")
_STAR = re.compile(r"(?P<lead>[ \t]*)[*•](?=[ \t])")
_TAG = re.compile(r"(?:^|[:\s,\[-])[ \t]*(!{1,2}[A-Za-z][\w/:.,-]*)[ \t]*", re.M)
_KEY_OR_ITEM = re.compile(r"[ \t]+(?:-[ \t]|[A-Za-z_][\w -]*:(?:[ \t\r\n]|$))")
_COLON = re.compile(r":(?=[ \t\r\n])")
_BELOW = re.compile(r"[ \t]+(?:-[ \t]|[\w-]+:(?:[ \t\r\n]|$))")


@dataclass(frozen=True, slots=True)
class Step:
    """One repair tried: the text after it, the fault it names, what was done, whether the meaning is plain."""

    text: str
    fault: Fault
    message: str
    safe: bool = False


class _Lines:
    """The lines of a text with their offsets."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.at = max(0, min(sum(start <= offset for start in self.starts) - 1, len(self.lines) - 1))

    def replaced(self, number: int, line: str) -> str:
        return "".join([*self.lines[:number], line, *self.lines[number + 1 :]])

    def indent(self, number: int) -> int:
        line = self.lines[number]
        return len(line) - len(line.lstrip(" \t"))

    def is_blank(self, number: int) -> bool:
        return not self.lines[number].strip()

    def last_of(self, number: int) -> int:
        """The last line of the statement that starts at a line: lines further in belong to it."""
        depth, last = self.indent(number), number
        for following in range(number + 1, len(self.lines)):
            if self.is_blank(following):
                continue
            if self.indent(following) <= depth or self.lines[following].lstrip().startswith("#"):
                break
            last = following
        return last


def steps(text: str, fault: Fault) -> Iterator[Step]:
    """The repairs to try on the lines of one key, the likeliest first.

    Args:
        text: the lines; they do not parse.
        fault: what the parser says, with the offset where it gave up.
    """
    lines = _Lines(text, fault.offset)
    if not lines.lines:
        return
    yield from _tabs(lines)
    yield from _tags(lines)
    yield from _colons(lines)
    yield from _dashes(lines)
    yield from _wrapped(lines)
    yield from _values(lines)
    yield from _keys(lines)
    yield from _indents(lines)
    yield from _strays(lines)


def _tabs(lines: _Lines) -> Iterator[Step]:
    expanded = [
        line[: len(line) - len(line.lstrip(" \t"))].expandtabs(2).replace("\t", "  ") + line.lstrip(" \t")
        for line in lines.lines
    ]
    text = "".join(expanded)
    if text != lines.text:
        at = next(match.start() for match in re.finditer(r"^[ ]*\t", lines.text, re.M))
        fault = Fault("Y105", at, "a tab in the indentation; YAML wants blanks")
        yield Step(text, fault, "write blanks in place of the tabs", safe=True)


def _tags(lines: _Lines) -> Iterator[Step]:
    """A tag in front of a value, such as ``!ruby/object:Object``."""
    if tag := _TAG.search(lines.text):
        fault = Fault("Y115", tag.start(1), "a YAML tag that readers refuse")
        yield Step(lines.text[: tag.start(1)] + lines.text[tag.end() :], fault, "delete the tag")


def _colons(lines: _Lines) -> Iterator[Step]:
    """A key without a colon and a blank behind it: ``title:x``, ``title：x``."""
    for number in sorted({0, lines.at}):
        match = _STATEMENT.match(lines.lines[number])
        if not match or not match["colon"] or match["gap"] or not match["value"]:
            continue
        colon = match.start("colon")
        line = lines.lines[number]
        fault = Fault("Y107", lines.starts[number] + colon, "no colon and blank after the key")
        safe = number == 0 and " " not in match["key"]
        yield Step(
            lines.replaced(number, f"{line[:colon]}: {line[colon + 1 :]}"),
            fault,
            "write a colon and a blank",
            safe=safe,
        )


def _dashes(lines: _Lines) -> Iterator[Step]:
    for pattern in (_TIGHT_DASH, _STAR):
        hits = [number for number, line in enumerate(lines.lines) if number and pattern.match(line)]
        if hits:
            text = "".join(
                pattern.sub(r"\g<lead>- " if pattern is _TIGHT_DASH else r"\g<lead>-", line, count=1)
                if number in hits
                else line
                for number, line in enumerate(lines.lines)
            )
            at = lines.starts[hits[0]] + lines.indent(hits[0])
            fault = Fault("Y101", at, "an item of a list starts with a dash and a blank")
            yield Step(text, fault, "start items of the list with a dash and a blank")


def _values(lines: _Lines) -> Iterator[Step]:
    """The value of a line, innermost first, quoted as it was meant."""
    for number in range(lines.at, -1, -1):
        match = _STATEMENT.match(lines.lines[number])
        if not match or not (match["key"] or match["lead"].strip()) or not match["value"].strip():
            continue
        if _BLOCK_SCALAR.fullmatch(match["value"].strip()):
            continue
        whole = lines.last_of(number)
        inner = lines.lines[number + 1 : whole + 1]
        if any(_BELOW.match(line) for line in inner):
            whole = number
        fault = _cause(lines, number, match, whole)
        for last in dict.fromkeys((whole, number)):
            start = lines.starts[number] + match.start("value")
            end = lines.starts[last] + len(lines.lines[last].rstrip())
            value = lines.text[start:end]
            for guess in guesses(value):
                text = lines.text[:start] + guess.text + lines.text[end:]
                yield Step(text, fault, guess.message, safe=guess.safe)


def _cause(lines: _Lines, number: int, match: "re.Match[str]", last: int) -> Fault:
    """What is wrong with the value of a line, which may run on to a later one."""
    at = lines.starts[number] + match.start("value")
    name = (match["key"] or "the item").rstrip(": \t：")
    if cause := cause_in_value(lines.text, at, name):
        return cause
    if last > number and (colon := _COLON.search(lines.text, lines.starts[number + 1], lines.starts[last + 1])):
        return Fault("Y104", colon.start(), f"a colon in the value of {name} needs quotes around the value")
    return Fault("Y101", at, "not valid YAML; quote the value")


def _wrapped(lines: _Lines) -> Iterator[Step]:
    """Lines that belong to the value above them but stand at the margin."""
    match = _STATEMENT.match(lines.lines[0])
    if not match or not match["key"] or not match["value"].strip():
        return
    last = 0
    while last + 1 < len(lines.lines) and lines.lines[last + 1][0] not in " \t\r\n#-":
        last += 1
    if not last or re.fullmatch(r"""(?:"[^"]*"|'[^']*')\s*""", match["value"]):
        return
    start = match.start("value")
    end = lines.starts[last] + len(lines.lines[last].rstrip())
    value = re.sub(r"\n(?=\S)", "\n  ", lines.text[start:end])
    fault = Fault("Y101", lines.starts[1], "this line belongs to the value above; indent it")
    message = "indent the lines that belong to the value"
    indented = Step(lines.text[:start] + value + lines.text[end:], fault, message)
    if not is_curly(value):
        yield indented
    header = _BLOCK_SCALAR.fullmatch(match["value"].strip())
    for guess in [] if header else guesses(value):
        yield Step(lines.text[:start] + guess.text + lines.text[end:], fault, f"{message}; {guess.message}")


def _keys(lines: _Lines) -> Iterator[Step]:
    """A key that lost its colon, or was commented out while its list was not."""
    for number in (lines.at, lines.at - 1, lines.at - 2):
        if not 0 <= number < len(lines.lines) - 1 or lines.is_blank(number + 1):
            continue
        line, below = lines.lines[number], lines.lines[number + 1]
        if not below.lstrip(" \t").startswith("- "):
            continue
        if bare := _BARE_KEY.fullmatch(line):
            fault = Fault("Y107", lines.starts[number] + bare.end("key"), f"no colon after the key {bare['key']}")
            yield Step(lines.replaced(number, f"{bare['key']}:{line[bare.end('key') :]}"), fault, "write the colon")
        if hidden := _KEY_COMMENT.fullmatch(line):
            fault = Fault("Y101", lines.starts[number + 1], "this list has no key; its key is a comment")
            yield Step(lines.replaced(number, hidden["rest"]), fault, "uncomment the key of the list")


def _indents(lines: _Lines) -> Iterator[Step]:
    """A key or item that stands a few columns off, moved to a column in use above; alone, or with what follows it."""
    for number in (lines.at, lines.at - 1):
        if number < 0 or not _KEY_OR_ITEM.match(lines.lines[number]):
            continue
        here = lines.indent(number)
        fault = Fault("Y101", lines.starts[number] + here, "this line is indented unlike its neighbours")
        columns = sorted(_columns(lines, number), key=lambda column: (abs(column - here), column))
        for column in columns:
            for moved in (_moved(lines, number, number + 1, column), _moved(lines, number, len(lines.lines), column)):
                yield Step(moved, fault, "indent the line as its neighbours are")


def _columns(lines: _Lines, number: int) -> set[int]:
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


def _moved(lines: _Lines, number: int, stop: int, column: int) -> str:
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


def _strays(lines: _Lines) -> Iterator[Step]:
    """Text that belongs to no key: kept as a comment."""
    for number in (lines.at, lines.at - 1, *range(1, lines.at)):
        if not 0 <= number < len(lines.lines) or lines.is_blank(number) or lines.lines[number].lstrip().startswith("#"):
            continue
        if number == 0 and (statement := _STATEMENT.match(lines.lines[0])) and statement["key"]:
            continue
        last = number
        while (
            last + 1 < len(lines.lines) and not lines.is_blank(last + 1) and not lines.lines[last + 1].startswith("#")
        ):
            last += 1
        fault = Fault("Y101", lines.starts[number] + lines.indent(number), "this text belongs to no key")
        kept = "".join(f"# {line.strip()}\n" for line in lines.lines[number : last + 1])
        before, after = lines.text[: lines.starts[number]], lines.text[lines.starts[last + 1] :]
        yield Step(before + kept + after, fault, "make a comment of the text that belongs to no key")
