"""A YAML block that does not parse, mended key by key: the cause is inferred, the repair is proven by parsing again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from newscli.fixes.lines import steps
from newscli.fixes.steps import Step
from newscli.front_matter import Fault
from newscli.front_matter.flowed import breaks
from newscli.front_matter.loaders import LoadError, load_yaml
from newscli.front_matter.plain import read_plain
from newscli.front_matter.recovery import Piece, conflict_in, likely_cause, pieces

_MOST_STEPS = 24
_MOST_CHARACTERS = 500_000
"""Characters that are parsed in search of one step; the lines of a key that go on for pages are tried less often."""
_ALIAS = re.compile(r"[:,\[-][ \t]*\*([^\s,\]}]+)")
_FIRST_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(?P<lead>[ ]+)[A-Za-z_][\w-]*:(?:\s|\Z)")
_COMMENT_LINE = re.compile(r"[ \t]*(?:#.*)?\r?\n?")


@dataclass(frozen=True, slots=True)
class Mending:
    """A fault of a block and how it can be mended.

    Attributes:
        fault: its code, offset in the block and reason.
        start, end, text: replace this part of the block by that text; ``start`` is -1 where nothing can be done.
        safe: whether what was meant is plain.
        message: what is done.
        key: the top-level key concerned; empty for lines above the first.
    """

    fault: Fault
    key: str
    start: int = -1
    end: int = -1
    text: str = ""
    safe: bool = False
    message: str = ""


def mendings(block: str) -> list[Mending]:
    """The faults of a block that does not parse, each with its repair where one was found."""
    if (conflict := conflict_in(block)) is not None:
        return [Mending(conflict, "")]
    if flowed := breaks(block):
        return [_on_lines_of_their_own(block, flowed)]
    found = []
    parts = pieces(block)
    above = block[: parts[0].start if parts else len(block)]
    if (first := _FIRST_KEY.match(above)) and _failure(above) is None:
        found.append(_to_the_margin(above, first))
    elif _failure(above) is not None and not _is_blank(above):
        found.append(_mend(Piece(0, above, "", ":", 0, 0), above))
    found += [_mend(piece, piece.text) for piece in parts if _fails(piece, block)]
    return found


def _on_lines_of_their_own(block: str, flowed: list[tuple[int, int]]) -> Mending:
    """Keys that follow others on one line, each with a line of its own."""
    start, end = flowed[0][0], flowed[-1][1]
    text, at = "", start
    for here, after in flowed:
        text += block[at:here] + "\n"
        at = after
    fault = Fault("Y101", flowed[0][1], "several keys stand on one line; give each a line of its own")
    return Mending(fault, "", start, end, text, message="give each key a line of its own")


def _to_the_margin(above: str, first: "re.Match[str]") -> Mending:
    """Keys that stand further in than those that follow them."""
    lead = first["lead"]
    text = "".join(line.removeprefix(lead) for line in above.splitlines(keepends=True))
    fault = Fault("Y101", first.end("lead"), "this line is indented unlike its neighbours")
    return Mending(fault, "", 0, len(above), text, message="indent the line as its neighbours are")


def _is_blank(text: str) -> bool:
    return all(_COMMENT_LINE.fullmatch(line) for line in text.splitlines(keepends=True))


def _fails(piece: Piece, block: str) -> bool:
    if read_plain(piece.text) is not None or _failure(piece.text) is None:
        return False
    names = _ALIAS.findall(piece.text)
    return not (names and all(re.search(rf"&{re.escape(name)}(?=\s)", block) for name in names))


def _failure(text: str) -> Fault | None:
    """What YAML says against a text that should be a mapping; None when all is well."""
    try:
        load_yaml(text)
    except LoadError as error:
        return error.fault
    return None


def _mend(piece: Piece, text: str) -> Mending:
    fault = _failure(text) or Fault("Y101", 0, "not valid YAML")
    trail = list(_walk(text, fault)) if fault.code != "F012" else []
    cause = (
        (likely_cause(piece) if piece.key and fault.code != "F012" else None)
        or (trail[0].fault if trail else None)
        or fault
    )
    at = Fault(cause.code, piece.start + cause.offset, cause.message)
    if not trail or _failure(trail[-1].text) is not None:
        return Mending(at, piece.key)
    start, end, new = _difference(text, trail[-1].text)
    safe = all(step.safe for step in trail)
    message = "; ".join(dict.fromkeys(step.message for step in trail))
    return Mending(at, piece.key, piece.start + start, piece.start + end, new, safe, message)


def _walk(text: str, fault: Fault) -> Iterator[Step]:
    """Steps that each bring the parser further, until it is content or none helps."""
    for _ in range(_MOST_STEPS):
        left = len(text) - fault.offset
        for step in islice(steps(text, fault), max(_MOST_STEPS, _MOST_CHARACTERS // len(text))):
            after = _failure(step.text)
            if step.text != text and (after is None or len(step.text) - after.offset < left):
                yield step
                if after is None:
                    return
                text, fault = step.text, after
                break
        else:
            return


def _difference(old: str, new: str) -> tuple[int, int, str]:
    """The smallest stretch that differs: where it starts and ends in the old text, and what stands there in the new."""
    start = 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, len(old) - end, new[start : len(new) - end]
