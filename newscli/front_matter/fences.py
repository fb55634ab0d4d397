"""Where the front matter of a text starts and ends: YAML, TOML and JSON fences, sound ones and odd ones.

Sound forms are those that a site generator accepts: ``---`` (Jekyll, Hugo, Hexo), ``+++`` (Hugo, Zola), ``{`` … ``}``
(Hugo), and Hexo's forms that leave the opening fence out, closed by ``---`` or by ``;;;`` around JSON members.
Every other shape met in real archives is found too, and comes with the fault that names it.
"""

import json
import re
from dataclasses import dataclass
from typing import NamedTuple

_BLANK_LINES = re.compile(r"(?:[ \t\u00a0\u3000]*\r?\n)+")
_OPEN = re.compile(r"---[ \t]*(?:\r?\n|\Z)")
_CLOSE = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)")  # found three times as fast as with ^
_OPEN_TOML = re.compile(r"\+\+\+[ \t]*(?:\r?\n|\Z)")
_CLOSE_TOML = re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\r?\Z)", re.M)
_CLOSE_HEXO = re.compile(r"^(?:---+|;;;+)[ \t]*(?:\r?\n|\r?\Z)", re.M)
_OPEN_JSON = re.compile(r"\{\s*[\"}]")
_OPEN_ODD = re.compile(r"(?:--|[–—])[^\n]*\r?\n")
_FLOWED = re.compile(r"---[ \t]+((?=[\w-]+:[ \t])[^\n]*(?:\n(?!---)[^\n]+){0,20}?)[ \t\n]---[ \t]*(?:\r?\n|\Z)")
_CLOSE_ODD = re.compile(r"^-{2,}[ \t]*(?:\r?\n|\r?\Z)", re.M)
_KEY_LINE = re.compile(r"(?:[A-Za-z_][\w .-]{0,63}|\"[^\"\n]{1,64}\"|'[^'\n]{1,64}')[ \t]*(?::(?=\s|\Z)|：)")
_KEY_LINE_TOML = re.compile(r"[\w.-]+[ \t]*=|\[[\w.-]+\]")
_MEMBER_LINE = re.compile(r'[ \t]*"[^"\n]{1,64}"[ \t]*:')
_CONTINUED = re.compile(r"[ \t#-]|\]|\}")
_CONFLICT = re.compile(r"<{7}(?: [^\n]*)?\r?\n")
_BEGINS = re.compile(rf"\ufeff?\s*(?:--|[–—]|\+\+\+|\{{|<{{7}}|#|{_KEY_LINE.pattern}|{_MEMBER_LINE.pattern}|\Z)")
WELL_KNOWN = frozenset(
    "title date tags tag categories category layout permalink author authors description slug draft published updated "
    "lang language keywords url aliases redirect_from excerpt summary weight type id created modified name".split()
)
"""Keys that tell a front matter without an opening fence from prose that ends in a rule."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of a text: the rule's code, the offset in code points, what and what to do."""

    code: str
    offset: int
    message: str


class Fences(NamedTuple):
    """Where the block of front matter stands in a text; offsets in code points.

    Attributes:
        format: ``yaml``, ``toml``, ``json``, ``members`` (JSON members without braces), or an empty string for none.
        start, end: the block between the fences (with the braces for JSON).
        body: where the body starts.
        fault: what is wrong with the fences; None when they are sound.
    """

    format: str
    start: int
    end: int
    body: int
    fault: Fault | None = None


def find_fences(text: str) -> Fences:
    """Find the front matter of a text; never raises."""
    start = 1 if text.startswith("\ufeff") else 0
    if (opening := _OPEN.match(text, start)) and (closing := _CLOSE.search(text, opening.end() - 1)):
        return Fences("yaml", opening.end(), closing.start() + 1, closing.end())
    if "\r" in text and "\n" not in text:
        return _bare_returns(text)
    return _unusual(text, start)


def may_begin(text: str) -> bool:
    """Whether a text that starts so can begin with front matter; quick, and true when in doubt."""
    return _BEGINS.match(text) is not None


def _bare_returns(text: str) -> Fences:
    """Old Macintosh line ends: the same places, once the returns are read as line feeds."""
    found = find_fences(text.replace("\r", "\n"))
    message = "lines end with bare carriage returns, so Jekyll sees no front matter; use line feeds"
    fault = Fault("F003", text.find("\r"), message) if found.format else found.fault
    return Fences(found.format, found.start, found.end, found.body, fault)


def _unusual(text: str, start: int) -> Fences:
    blank = _BLANK_LINES.match(text, start)
    fault = None
    if blank:
        start = blank.end()
        fault = Fault("F007", 0, "blank lines before the front matter; Jekyll does not read it: delete them")
    found = _fenced(text, start) or _unopened(text, start) or _odd(text, start)
    if found is None:
        return Fences("", 0, 0, 0, Fault("F005", 0, "no front matter"))
    return Fences(found.format, found.start, found.end, found.body, found.fault or fault)


def _fenced(text: str, start: int) -> Fences | None:
    if opening := _OPEN.match(text, start):
        closing = _CLOSE.search(text, opening.end() - 1)
        if closing:
            return Fences("yaml", opening.end(), closing.start() + 1, closing.end())
        return _unclosed(text, start, opening.end(), "yaml", "---")
    if opening := _OPEN_TOML.match(text, start):
        if closing := _CLOSE_TOML.search(text, opening.end()):
            return Fences("toml", opening.end(), closing.start(), closing.end())
        return _unclosed(text, start, opening.end(), "toml", "+++")
    if _OPEN_JSON.match(text, start):
        return _json(text, start)
    return None


def _json(text: str, start: int) -> Fences | None:
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except RecursionError:
        return None
    except ValueError:
        closing = re.compile(r"^\}[ \t]*\r?\n", re.M).search(text, start)
        end = closing.start() + 1 if closing else -1
    if end < 0:
        return None
    after = re.compile(r"[ \t]*(?:\r?\n|\Z)").match(text, end)
    return Fences("json", start, end, after.end()) if after else None


def _unclosed(text: str, fence: int, start: int, kind: str, mark: str) -> Fences:
    """No closing fence: the block is taken to end where lines stop looking like keys and values."""
    end = _end_of_keys(text, start)
    message = f"the front matter opened here is never closed; put {mark} on a line of its own under its last key"
    odd = _CLOSE_ODD.search(text, start) if kind == "yaml" else None
    if odd and odd.start() <= end:
        message = f"{odd.group().strip()} does not close the front matter; write exactly {mark}"
        return Fences(kind, start, odd.start(), odd.end(), Fault("F009", odd.start(), message))
    return Fences(kind, start, end, end, Fault("F006", fence, message))


def _end_of_keys(text: str, start: int) -> int:
    end, seen = start, False
    while end < len(text):
        stop = text.find("\n", end) + 1 or len(text)
        line = text[end:stop]
        if not line.strip():
            if seen and (stop := _next_keys(text, stop)) < 0:
                return end
        elif _KEY_LINE.match(line) or _KEY_LINE_TOML.match(line):
            seen = True
        elif not _CONTINUED.match(line) or (not seen and not line.startswith("#")):
            return end
        end = stop
    return end


def _next_keys(text: str, start: int) -> int:
    """Where lines go on behind blank ones when they are keys, -1 otherwise: front matter may have paragraphs."""
    blank = _BLANK_LINES.match(text, start)
    found = position = blank.end() if blank else start
    while text.startswith("#", position):
        position = text.find("\n", position) + 1 or len(text)
    return found if _KEY_LINE.match(text, position) else -1


def _unopened(text: str, start: int) -> Fences | None:
    """Hexo's form: keys from the first line on, closed by ``---`` (YAML) or ``;;;`` (JSON members)."""
    closing = _CLOSE_HEXO.search(text, start)
    if not closing:
        return _bare(text, start)
    block = text[start : closing.start()]
    message = "no opening fence; only Hexo reads this: put --- on a line of its own above the first key"
    if closing.group().startswith(";") and _MEMBER_LINE.match(block):
        return Fences("members", start, closing.start(), closing.end(), Fault("F004", start, message))
    if not closing.group().startswith(";") and is_block(block):
        return Fences("yaml", start, closing.start(), closing.end(), Fault("F004", start, message))
    return None


def _bare(text: str, start: int) -> Fences | None:
    """Keys from the first line on and no fence at all, as Pelican and MultiMarkdown write them."""
    end = _end_of_keys(text, start)
    block = text[start:end]
    if len(_known_keys(block)) < 2 or not is_block(block):
        return None
    message = "no fences; put --- on a line of its own above the first key and below the last"
    return Fences("yaml", start, end, end, Fault("F004", start, message))


def _known_keys(block: str) -> list[str]:
    keys = (match.group().strip(" \t:：\"'").lower() for line in block.split("\n") if (match := _KEY_LINE.match(line)))
    return [key for key in keys if key in WELL_KNOWN]


def is_block(block: str) -> bool:
    """Whether lines between nothing and a closing fence read as front matter rather than as prose over a rule."""
    conflict = _CONFLICT.match(block)
    lines = block[conflict.end() if conflict else 0 :].split("\n")
    if not _known_keys(block):
        return False
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return bool(_KEY_LINE.match(first))


def _odd(text: str, start: int) -> Fences | None:
    """A first line that was meant as a fence: ``--``, ``----``, a fence with text in it, a merge conflict."""
    if flowed := _FLOWED.match(text, start):
        fault = Fault("F009", start, "the keys stand on the line of the fence; give each a line of its own")
        return Fences("yaml", flowed.start(1), flowed.end(1), flowed.end(), fault)
    opening = _OPEN_ODD.match(text, start)
    if not opening:
        return None
    closing = _CLOSE_ODD.search(text, opening.end())
    if not closing or not is_block(text[opening.end() : closing.start()]):
        return None
    shown = opening.group().strip()
    code = "F009" if shown.startswith("---") else "F004"  # less than three dashes are a fence to no engine
    message = f"{shown[:20]} is no fence; write exactly --- on a line of its own"
    return Fences("yaml", opening.end(), closing.start(), closing.end(), Fault(code, start, message))
