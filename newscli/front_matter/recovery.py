"""What can be had of a YAML block that does not parse: its keys one by one, and the likely cause of the fault.

The block is cut at its top-level keys and every piece is read alone; a piece that YAML refuses gives its text as it
stands, without the quotes around it. On real broken posts this finds nearly all keys and the right line.
"""

import re
from dataclasses import dataclass
from typing import Any

from newscli.front_matter.causes import CLOSING, cause_in_value, stray_line
from newscli.front_matter.fences import WELL_KNOWN, Fault
from newscli.front_matter.flowed import one_key_a_line
from newscli.front_matter.loaders import LoadError, load_yaml
from newscli.front_matter.plain import read_plain

_KEY = re.compile(
    r"""^(?P<quote>["']?)(?P<key>[^\x00-@\[-^`{-\xa0][^\n:："']{0,63}?)(?P=quote)[ \t]*
    (?P<colon>:(?=[ \t\r\n]|\Z)|：|:(?![\s:]|//))""",
    re.M | re.X,
)
_MARKER = re.compile(r"^(?:(<{7})|(\|{7}|={7})|(>{7}))(?:[ \t][^\n]*)?\r?(?:\n|\Z)", re.M)
_TAB = re.compile(r"^[ ]*\t[ \t]*\S", re.M)
_ITEM = re.compile(r"^[ \t]*- ?", re.M)
_ASSIGNED = re.compile(r"^(?P<key>[a-z_]+)(?P<colon>[ \t]*=|(?=[ \t]))[ \t]*\S", re.M)
_SIMPLE_KEY = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one top-level key.

    Attributes:
        start: the offset of the piece in the block.
        text: its lines.
        key: the key without its quotes.
        colon: the colon as written, ``:`` or ``：``.
        key_at, value_at: the offsets in ``text`` of the key and of what follows the colon.
    """

    start: int
    text: str
    key: str
    colon: str
    key_at: int
    value_at: int

    @property
    def value(self) -> str:
        """What stands behind the colon, white space and further lines included."""
        return self.text[self.value_at :]


def recover(block: str, error: Fault) -> tuple[dict[str, Any], Fault]:
    """Read a YAML block that does not parse, as far as it goes.

    Args:
        block: the text between the fences.
        error: what the parser said.

    Returns:
        The keys that could be read, and the cause with its place in the block.
    """
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    for piece in pieces(block):
        value, fault = _read(piece)
        data[piece.key] = value  # as in YAML the last one counts
        if fault:
            faults.append(fault)
    return data, conflict_in(block) or min(faults, key=lambda fault: fault.offset, default=error)


def lost_colon(block: str) -> Fault | None:
    """The first key of a block that reads as mere text because no key in it has a colon and a blank."""
    found = (match for pattern in (_KEY, _ASSIGNED) for match in pattern.finditer(block))
    key = next((match for match in found if match["key"] in WELL_KNOWN), None)
    return key and Fault("Y107", key.start("colon"), f"no colon and blank after the key {key['key']}")


def conflict_in(block: str) -> Fault | None:
    """The fault of a block that holds an unresolved merge conflict; None without one."""
    marker = _MARKER.search(block)
    if not marker:
        return None
    return Fault("Y101", marker.start(), "an unresolved merge conflict; keep one side and delete the markers")


def _one_side(block: str) -> str:
    """The block without conflict markers and without the other side; blanks keep every offset what it was."""
    kept: list[str] = []
    end, ours = 0, True
    for marker in _MARKER.finditer(block):
        between = block[end : marker.start()]
        kept += [between if ours else _blank(between), _blank(marker.group())]
        ours = not marker[2]
        end = marker.end()
    return "".join([*kept, block[end:]])


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def pieces(block: str) -> list[Piece]:
    """The block cut at its top-level keys; lines above the first key belong to none.

    Of a merge conflict the first side counts; the markers and the other side are blanks in the pieces.
    """
    block = one_key_a_line(_one_side(block))
    found: list[re.Match[str]] = []
    for match in _KEY.finditer(block):
        if not (found and _is_prose(block, found[-1], match)):
            found.append(match)
    ends = [*(match.start() for match in found[1:]), len(block)]
    return [
        Piece(
            start=(start := match.start()),
            text=block[start:end],
            key=match["key"],
            colon=match["colon"],
            key_at=match.start("key") - start,
            value_at=match.end() - start,
        )
        for match, end in zip(found, ends, strict=False)
    ]


def _is_prose(block: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """Whether what looks like a key stands within the quotes that the key before it opens and a later line closes."""
    if _SIMPLE_KEY.fullmatch(match["key"]):
        return False
    value = block[before.end() :].lstrip(" \t")
    closing = CLOSING[value[0]].match(value, 1) if value[:1] in CLOSING else None
    if not closing:
        return False
    end = len(block) - len(value) + closing.end()
    return end > match.end() and not block[end:].split("\n", 1)[0].strip()


def _read(piece: Piece) -> tuple[Any, Fault | None]:
    """The piece's value and, where YAML refuses it, the reason."""
    plain = read_plain(piece.text)
    if plain is not None:
        return plain.get(piece.key), None
    try:
        data, _ = load_yaml(piece.text)
        return next(iter(data.values())), None
    except (LoadError, StopIteration) as error:
        fault = error.fault if isinstance(error, LoadError) else Fault("Y101", 0, "not valid YAML")
    cause = likely_cause(piece) or fault
    return _guess(piece.value), Fault(cause.code, piece.start + cause.offset, cause.message)


def likely_cause(piece: Piece) -> Fault | None:
    """The likely reason why YAML refuses a piece, with its offset there; None when the parser's own words are left."""
    name = piece.key
    if piece.colon == "：" or not re.match(r"\s|\Z", piece.value):
        message = f"no colon and blank after the key {name}; write {name}: …"
        return Fault("Y107", piece.value_at - 1, message)
    if tab := _TAB.search(piece.text):
        return Fault("Y105", tab.start(), "a tab in the indentation; YAML wants blanks")
    at = piece.value_at + len(piece.value) - len(piece.value.lstrip(" \t"))
    return cause_in_value(piece.text, at, name) or stray_line(piece.text, at)


def _guess(value: str) -> Any:
    """The text that was meant by a value YAML refuses: a list of lines with dashes, or the text without its quotes."""
    value = value.strip()
    lines = [line for line in value.split("\n") if line.strip()]
    if lines and all(_ITEM.match(line) for line in lines):
        return [_unquote(_ITEM.sub("", line, count=1)) for line in lines]
    return _unquote(" ".join(line.strip() for line in lines))


def _unquote(text: str) -> str:
    text = text.strip()
    if text[:1] in CLOSING:
        quote, text = text[0], text[1:]
        text = text.removesuffix(quote)
        return text.replace('\\"', '"') if quote == '"' else text.replace("''", "'")
    return text
