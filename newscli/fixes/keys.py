"""Repairs of keys: a colon that is missing or another mark, quotes around it, a key that is a comment."""

import re
from collections.abc import Iterator

from newscli.fixes.steps import Lines, Step
from newscli.front_matter import Fault
from newscli.front_matter.fences import WELL_KNOWN
from newscli.front_matter.kinds import LIST_KEYS, TEXT_KEYS, fits, is_whole

_BARE_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*\r?\n?")
_KEY_COMMENT = re.compile(r"#[ \t]*(?P<rest>[A-Za-z_][\w-]*:[ \t]*\r?\n?)")
_QUOTED_KEY = re.compile(
    r"(?P<quote>[\"'])(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<value>[^\n]*?)(?P=quote)?[ \t]*(?P<end>\r?\n?)"
)
_LOST = re.compile(
    r"(?P<lead>[ \t]*)(?P<key>[A-Za-z_][\w-]*)(?P<mark>[ \t]*[=;；][ \t]*|[ \t]+(?=[^\s:=]))(?P<value>\S[^\r\n]*)"
)
_FEW_WORDS = 3
"""Words that a line may have and still be no prose."""


def keys(lines: Lines) -> Iterator[Step]:
    """The repairs of keys to try, the likeliest first."""
    yield from _quoted_keys(lines)
    yield from _tight_colons(lines)
    yield from _of_lists(lines)


def _quoted_keys(lines: Lines) -> Iterator[Step]:
    """A quote that is opened before the key in place of the value."""
    for number in sorted({0, lines.at}):
        match = _QUOTED_KEY.fullmatch(lines.lines[number])
        if match and match["quote"] not in match["value"]:
            fault = Fault("Y103", lines.starts[number], "this quote stands before the key")
            line = f"{match['key']}: {match['value']}{match['end']}"
            yield Step(lines.replaced(number, line), fault, "delete the quote before the key")


def lost_colons(lines: Lines) -> Iterator[Step]:
    """A key with a blank, an equals sign or a semicolon where its colon should be."""
    for number in range(len(lines.lines)):
        match = _LOST.match(lines.lines[number])
        if not match or not _is_key(lines, number, match):
            continue
        at = lines.starts[number] + match.end("key")
        fault = Fault("Y107", at, f"no colon after the key {match['key']}")
        rest = lines.lines[number][match.end() :]
        line = f"{match['lead']}{match['key']}: {match['value']}{rest}"
        yield Step(lines.replaced(number, line), fault, "write the colon")


def _is_key(lines: Lines, number: int, match: "re.Match[str]") -> bool:
    """Whether the first word of a line is a key and not a word of the text above it."""
    key, value = match["key"], match["value"].rstrip()
    if not fits(key, value) or (lines.statement(number)["colon"] and key not in WELL_KNOWN and "_" not in key):
        return False
    above = lines.key(number - 1) if number else ""
    ended = number == 0 or _has_ended(lines, number)
    if key not in WELL_KNOWN and key not in LIST_KEYS and "=" not in match["mark"]:
        is_nested = bool(match["lead"] and number and is_whole("", lines.statement(number - 1)["value"].rstrip()))
        is_value = is_whole(key, value) or value in ("true", "false")
        return is_nested or (is_value and ("_" in key or (number > 0 and ended)))
    return ended or is_whole(key, value) or (above not in TEXT_KEYS and len(value.split()) <= _FEW_WORDS)


def _has_ended(lines: Lines, number: int) -> bool:
    """Whether the value above a line cannot go on in it."""
    if lines.is_blank(number - 1) or lines.is_comment(number - 1):
        return True
    above = lines.statement(number - 1)
    key, value = lines.key(number - 1), above["value"].rstrip()
    if key in TEXT_KEYS:
        return value[:1] in ("'", '"') and value.endswith(value[0])
    is_item = "-" in above["lead"] and lines.indent(number) <= lines.indent(number - 1)
    return is_item or is_whole(key, value) or lines.lines[number - 1].rstrip().endswith(('"', "'"))


def _tight_colons(lines: Lines) -> Iterator[Step]:
    """A key without a blank behind its colon, or with the full-width one: ``title:x``, ``title：x``."""
    for number in sorted({0, max(0, lines.at - 1), lines.at}):
        match = lines.statement(number)
        is_wide = match["colon"] == "："
        if not match["colon"] or (not is_wide and (match["gap"] or not match["value"])):
            continue
        colon = match.start("colon")
        line = lines.lines[number]
        fault = Fault("Y107", lines.starts[number] + colon, "no colon and blank after the key")
        safe = number == 0 == lines.last_of(0) and " " not in match["key"]
        rest = line[colon + 1 :].lstrip(" \t")
        text = lines.replaced(number, f"{line[:colon]}:{' ' if rest.strip() else ''}{rest}")
        yield Step(text, fault, "write a colon and a blank", safe=safe)


def _of_lists(lines: Lines) -> Iterator[Step]:
    """The key of a list that lost its colon, or was commented out while its list was not."""
    for number in range(len(lines.lines) - 1):
        if lines.is_blank(number + 1):
            continue
        line, below = lines.lines[number], lines.lines[number + 1]
        if not below.lstrip(" \t").startswith("- "):
            continue
        if (bare := _BARE_KEY.fullmatch(line)) and not _is_item(lines, number):
            fault = Fault("Y107", lines.starts[number] + bare.end("key"), f"no colon after the key {bare['key']}")
            yield Step(lines.replaced(number, f"{bare['key']}:{line[bare.end('key') :]}"), fault, "write the colon")
        if hidden := _KEY_COMMENT.fullmatch(line):
            fault = Fault("Y101", lines.starts[number + 1], "this list has no key; its key is a comment")
            yield Step(lines.replaced(number, hidden["rest"]), fault, "uncomment the key of the list")


def _is_item(lines: Lines, number: int) -> bool:
    """Whether a bare word between items is one of them."""
    above = lines.lines[number - 1] if number else ""
    return above.startswith("- ") and lines.lines[number].strip() not in WELL_KNOWN | LIST_KEYS
