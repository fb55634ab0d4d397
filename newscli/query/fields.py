"""What each field of the query language means: a table from its name to what makes a term of it."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from newscli.dates import DateError
from newscli.periods import period
from newscli.query.checks import Check, bounds_of, contains, equals, like, literal, number, regular
from newscli.query.patterns import PatternError
from newscli.query.states import State
from newscli.query.terms import SOURCES, Key, Origin, Period, Value, Words
from newscli.query.tree import Node, Not, Or
from newscli.text import fold, nearest, visible

_ALIASES = {"tags": "tag", "categories": "category", "authors": "author"}
_QUOTE_IT = 'Put a text in quotation marks to search for it as it stands: f:"<x>"'
IS = ("draft", "broken", "duplicate", "future", "untagged", "undated", "html")
"""What may follow ``is:``."""
_HAS = {
    "title": "has title",
    "tag": "has tags",
    "category": "has categories",
    "author": "has authors",
    "date": "has date",
    "words": "has words",
    "layout": "has layout",
    "draft": "draft",
    "path": "any",
    "id": "any",
    "slug": "any",
}
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")
_HEX_DIGITS = frozenset("0123456789abcdef")


class Piece(NamedTuple):
    """One value of a field, as typed but without quotation marks.

    Attributes:
        origin: where the text itself stands.
        quoted: whether it stood in quotation marks; its wildcards and comparisons are plain text then.
    """

    text: str
    origin: Origin
    quoted: bool = False


class Asked(NamedTuple):
    """A field with its values, on the way to become a term.

    Attributes:
        name: as typed.
        operator: ``:``, ``:=`` or ``~``.
        pieces: the values; several only for the fields in ``LISTED``.
        origin: the whole term.
        zone, now: where days begin, and the present.
    """

    name: str
    operator: str
    pieces: tuple[Piece, ...]
    origin: Origin
    zone: tzinfo
    now: datetime

    @property
    def first(self) -> Piece:
        """The value, or the first one."""
        return self.pieces[0]


def canonical(name: str) -> str:
    """The built-in field of that name in any case or number; any other name as it stands."""
    lowered = name.lower()
    lowered = _ALIASES.get(lowered, lowered)
    return lowered if lowered in BUILT_IN else name


def build(asked: Asked) -> Node:
    """The term of a field.

    Raises:
        QueryError: the field does not take such a value.
    """
    name = canonical(asked.name)
    return _BUILDERS.get(name, _key)(asked._replace(name=name))


def _checked(asked: Asked, plain: Callable[[Piece], Check]) -> tuple[Check, ...]:
    """The checks of the values; ``plain`` makes those of the operator ``:``."""
    if asked.operator == "~":
        return (_regular(asked.first),)
    return tuple((equals(piece.text) if asked.operator == ":=" else plain(piece)) for piece in asked.pieces)


def _regular(piece: Piece) -> Check:
    try:
        return regular(piece.text)
    except PatternError as error:
        raise piece.origin.part(error.offset).error(
            f"This is no regular expression: {error}.", "For plain text use a colon instead, as in title:text."
        ) from None


def _is_wild(piece: Piece) -> bool:
    return not piece.quoted and ("*" in piece.text or "?" in piece.text)


def _member(asked: Asked) -> Node:
    """A tag or category: the whole name, or a pattern of it."""
    checks = _checked(asked, lambda piece: like(piece.text) if _is_wild(piece) else equals(piece.text))
    return Value(SOURCES[asked.name], checks, asked.origin)


def _text(asked: Asked) -> Node:
    """Title, author, slug, layout: a part of the text."""
    return Value(SOURCES[asked.name], _checked(asked, lambda piece: contains(piece.text)), asked.origin)


def _path(asked: Asked) -> Node:
    """The beginning of the path, or a pattern of the whole; case counts."""
    path = asked.first.text.removeprefix("./")
    if asked.operator == "~":
        check = _regular(asked.first)
    elif asked.operator == ":=":
        check = Check("is", path, path)
    elif _is_wild(asked.first):
        check = like(path, folding=str)
    else:
        check = Check("glob", f"{path}*", f"{literal(path)}*")
    return Value(SOURCES["path"], (check,), asked.origin)


def _id(asked: Asked) -> Node:
    """The first digits of the id."""
    checks = []
    for piece in asked.pieces:
        digits = fold(piece.text)
        if asked.operator == "~" or not _HEX_DIGITS.issuperset(digits):
            raise piece.origin.error("An id is made of the digits 0-9 and a-f.", "Write its first digits: id:3f9")
        checks.append(
            Check("is", digits, digits) if asked.operator == ":=" else Check("glob", f"{digits}*", f"{digits}*")
        )
    return Value(SOURCES["id"], tuple(checks), asked.origin)


def _date(asked: Asked) -> Node:
    """A period, both ends included whole."""
    if asked.operator == "~":
        raise asked.origin.error(
            "date: takes a period, no regular expression.", "date:2022  date:2022-06..2022-07  date:7d.."
        )
    text = asked.first.text
    sign = text[: len(text) - len(text.lstrip("<>="))] if not asked.first.quoted else ""
    start, end = dated(asked.first._replace(text=text[len(sign) :], origin=asked.first.origin.part(len(sign))), asked)
    ends = {
        "": (start, end),
        "=": (start, end),
        ">=": (start, None),
        ">": (end, None),
        "<": (None, start),
        "<=": (None, end),
    }
    if sign not in ends or (sign and ends[sign] == (None, None)):
        raise asked.first.origin.error(
            "No date can be compared so.", "date:>=2022  date:<2022-06  date:2022-06..2022-07"
        )
    return Period(*ends[sign], origin=asked.origin)


def dated(piece: Piece, asked: Asked) -> tuple[datetime | None, datetime | None]:
    """The period that the piece names.

    Raises:
        QueryError: it names none; the caret stands where it goes wrong.
    """
    try:
        return period(piece.text, zone=asked.zone, now=asked.now)
    except DateError as error:
        hint = "Ranges: 2022-06..2022-07  2022..  ..2021  7d.."
        raise piece.origin.part(error.offset).error(f"No such time: {visible(str(error))}.", hint) from None


def _words(asked: Asked) -> Node:
    """A number of words or a range."""
    bounds = None if asked.operator == "~" else bounds_of(asked.first.text)
    if bounds is None:
        raise asked.first.origin.error("words: takes a number or a range.", "words:500..  words:100..500  words:>=500")
    return Words(bounds, asked.origin)


def _draft(asked: Asked) -> Node:
    """``draft:true`` and ``draft:false``, for those who think of the key."""
    word = fold(asked.first.text)
    if asked.operator == "~" or word not in (*_TRUE, *_FALSE):
        raise asked.first.origin.error("draft: is true or false.", "is:draft and -is:draft say the same.")
    draft = State("draft", asked.origin)
    return draft if word in _TRUE else Not(draft, asked.origin)


def _either(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _is(asked: Asked) -> Node:
    """The states."""
    return _either([_state(piece, asked) for piece in asked.pieces])


def _state(piece: Piece, asked: Asked) -> Node:
    name = fold(piece.text)
    if asked.operator == "~" or name not in IS:
        near = nearest(name, IS)
        raise piece.origin.error(
            f"Unknown state {visible(piece.text)!r}." + (f" Did you mean {near}?" if near else ""),
            f"The states are {', '.join(IS)}.",
        )
    if name == "future":
        return Period(asked.now + timedelta.resolution, None, "in the future", asked.origin)
    return State(name, asked.origin)


def _has(asked: Asked) -> Node:
    """The fields a post has."""
    return _either([_presence(piece, asked) for piece in asked.pieces])


def _no(asked: Asked) -> Node:
    """The fields a post has not."""
    return _either([Not(_presence(piece, asked), asked.origin) for piece in asked.pieces])


def _presence(piece: Piece, asked: Asked) -> Node:
    if asked.operator == "~":
        raise piece.origin.error(f"{asked.name}: takes the name of a field.", "has:summary  no:tags")
    name = canonical(piece.text)
    if name in _HAS:
        return State(_HAS[name], asked.origin)
    return Key(name.removeprefix("meta."), Check("present"), asked.origin._replace(start=piece.origin.start))


def _key(asked: Asked) -> Node:
    """Any key of the front matter; ``meta.date`` is the key where ``date`` is what it means."""
    name = asked.name.removeprefix("meta.")
    piece = asked.first
    compared = asked.operator == ":" and not piece.quoted and (fold(piece.text)[:1] in "<>" or ".." in piece.text)
    bounds = bounds_of(piece.text) if compared else None
    if bounds:
        return Key(name, number(bounds), asked.origin)
    if compared and ".." not in piece.text:
        raise piece.origin.error("Only numbers can be compared so.", _QUOTE_IT)
    return Key(name, _checked(asked, lambda piece: contains(piece.text))[0], asked.origin)


_BUILDERS: dict[str, Callable[[Asked], Node]] = {
    "title": _text,
    "tag": _member,
    "category": _member,
    "author": _text,
    "date": _date,
    "words": _words,
    "path": _path,
    "id": _id,
    "slug": _text,
    "layout": _text,
    "draft": _draft,
    "is": _is,
    "has": _has,
    "no": _no,
}

SETTINGS = ("sort", "limit")
"""What looks like a field and sets how the result is shown."""

BUILT_IN = (*_BUILDERS, *SETTINGS)
"""Every name with a meaning of its own."""

LISTED = frozenset({"tag", "category", "is", "has", "no", "id"})
"""The fields that take several values with commas between: one of them must fit."""
