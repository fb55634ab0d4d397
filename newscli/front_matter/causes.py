"""Why YAML refuses a value: the likely cause and its place, from the text of one key."""

import re

from newscli.front_matter.fences import Fault

_ESCAPE = re.compile(r'\\(?!["\\/abefnrtv0_ NLP\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
CLOSING = {'"': re.compile(r'(?:[^"\\]|\\.)*?"', re.S), "'": re.compile(r"(?:[^']|'')*?'(?!')", re.S)}
"""What closes a quoted value, by the quote that opened it."""
_FLOW_QUOTE = re.compile(r"""(?<=[\[{,:])[ \t]*(?P<quote>["'])""")
_TAG = re.compile(r"!(?:![\w/:.,-]+|(?:ruby|python|js|java|perl|php|map|seq|str|binary)\b)")
_MARGIN_LINE = re.compile(r"^[^\s#\-\]}]", re.M)


def cause_in_value(text: str, at: int, name: str) -> Fault | None:
    """The likely reason why YAML refuses a value.

    Args:
        text: the lines it stands in.
        at: where it starts there.
        name: the key it belongs to.
    """
    line = text[at:].split("\n", 1)[0].rstrip()
    if not line:
        return None
    if line[0] in CLOSING:
        return _quoted(text, at, name)
    return _unquoted(text, at, name)


def stray_line(text: str, at: int) -> Fault | None:
    """The first line at the margin that is neither key nor item."""
    line = _MARGIN_LINE.search(text, text.find("\n", at) + 1 or len(text))
    if not line:
        return None
    above = text[at : line.start()]
    belongs = above.strip() and above[0] not in CLOSING and "\n" not in above.strip("\n")
    words = "this line belongs to the value above; indent it" if belongs else "this text belongs to no key"
    return Fault("Y101", line.start(), words)


def _quoted(text: str, at: int, name: str) -> Fault | None:
    quote = text[at]
    closing = CLOSING[quote].match(text, at + 1)
    if not closing:
        message = f"the quote {quote} opened here is never closed; close it at the end of the value"
        return Fault("Y103", at, message)
    rest = text[closing.end() :].split("\n", 1)[0]
    if rest.strip() and not rest.lstrip(" \t").startswith("#"):
        other = "'" if quote == '"' else '"'
        message = f"the value of {name} ends at this quote; put the whole value between {other}…{other}"
        return Fault("Y102", closing.end() - 1, message)
    if quote == '"' and (escape := _ESCAPE.search(text, at, closing.end())):
        message = f"{text[escape.start() : escape.start() + 2]} is no escape; put the value between '…'"
        return Fault("Y111", escape.start(), message)
    return None


def _in_flow(text: str, at: int, name: str) -> Fault | None:
    """The quote of an item of a flow list or mapping that is never closed, or closed too early."""
    place = at
    while opening := _FLOW_QUOTE.search(text, place):
        start, quote = opening.start("quote"), opening["quote"]
        closing = CLOSING[quote].match(text, start + 1)
        if not closing or "\n" in closing.group():
            return Fault(
                "Y103", start, f"the quote {quote} opened here is never closed; close it at the end of the item"
            )
        place = closing.end()
        behind = text[place:].lstrip(" \t")[:1]
        if behind not in ",:]}\r\n":
            return Fault("Y102", place - 1, f"an item of {name} ends at this quote; put it between other quotes")
    return None


def _unquoted(text: str, at: int, name: str) -> Fault | None:
    line = text[at:].split("\n", 1)[0].rstrip()
    first = line[0]
    if first in "|>" and re.fullmatch(r".[-+0-9]{0,2}(?:[ \t]+#.*)?", line):
        return None  # a block scalar as it should be: the fault is further down
    if first == "!" and _TAG.match(line):
        return Fault("Y115", at, f"the value of {name} has a YAML tag that readers refuse; write plain data")
    fault = _in_flow(text, at, name) if first in "[{" else None
    if fault:
        return fault
    if first in "@`%*&!]},":
        return Fault("Y108", at, f"the value of {name} starts with {first}, which YAML keeps for itself; quote it")
    if first in "[{|>" or (first in "-?" and line[1:2].isspace()):
        return Fault("Y108", at, f"the value of {name} starts with {first}, which YAML reads as its own; quote it")
    colon = re.search(r":(?= |\t|\Z)", line)
    return colon and Fault("Y104", at + colon.start(), f"a colon in the value of {name} needs quotes around the value")
