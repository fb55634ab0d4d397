r"""Templates: ``-f '{date:%F} {title:40} {tags}'``, a line of one's own a record.

``{name}`` is a field, ``{meta.key}`` a key of the front matter. After a colon stands how it is written: a number is a
width in cells, to which the text is cut (with an ellipsis) and filled, ``<`` (or nothing) keeps the text on the left,
``>`` on the right; ``%...`` is a strftime pattern for dates. ``{{`` and ``}}`` are braces, ``\t``, ``\n`` and ``\\`` a
tab, a line end and a backslash.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from newscli.errors import NewscliError
from newscli.formats import View, one_line
from newscli.report import Record, Report, value_of
from newscli.text import display_width, pad, truncate

_PIECE = re.compile(r"(?P<escape>\{\{|\}\}|\\[tn\\])|\{(?P<name>[^{}:]*)(?::(?P<spec>[^{}]*))?\}|(?P<brace>[{}])")
_WIDTH = re.compile(r"([<>]?)([1-9][0-9]{0,3})", re.ASCII)
_ESCAPES = {"{{": "{", "}}": "}", "\\t": "\t", "\\n": "\n", "\\\\": "\\"}
_ANY_DAY = datetime(2022, 6, 7)  # noqa: DTZ001 - only to try a pattern on

_Shape = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    shape: _Shape


class Template:
    """A template as a format.

    Raises:
        NewscliError: the template is wrong; the message shows where.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces = tuple(self._parse(text))

    def __call__(self, report: Report, view: View) -> Iterator[str]:
        """Yield a line a record.

        Raises:
            NewscliError: a field does not exist.
        """
        for piece in self._pieces:
            if isinstance(piece, _Field):
                report.check_field(piece.name)
        for record in report.records:
            yield "".join([_write(piece, record, view) for piece in self._pieces]) + view.end

    def _parse(self, text: str) -> Iterator[str | _Field]:
        place = 0
        for match in _PIECE.finditer(text):
            if place < match.start():
                yield text[place : match.start()]
            place = match.end()
            if match["brace"]:
                raise self._wrong(match.start(), "a brace without its partner; a brace to be printed is doubled")
            if match["escape"]:
                yield _ESCAPES[match["escape"]]
            else:
                yield self._field(match)
        if place < len(text):
            yield text[place:]

    def _field(self, match: re.Match[str]) -> _Field:
        if not match["name"].strip():
            raise self._wrong(match.start(), "no field is named here")
        return _Field(match["name"].strip(), self._shape(match["spec"] or "", match.start("spec")))

    def _shape(self, spec: str, place: int) -> _Shape:
        if not spec:
            return str
        if spec.startswith("%"):
            return self._dates(spec, place)
        width = _WIDTH.fullmatch(spec)
        if width is None:
            raise self._wrong(place, "neither a width in cells such as 40 or >6 nor a date pattern such as %F")
        return _aligned(int(width[2]), right=width[1] == ">")

    def _dates(self, pattern: str, place: int) -> _Shape:
        try:
            _ANY_DAY.strftime(pattern)
        except ValueError as error:
            raise self._wrong(place, f"not a date pattern: {error}") from error
        return lambda text: _date(text, pattern)

    def _wrong(self, place: int, why: str) -> NewscliError:
        caret = " " * display_width(self._text[:place]) + "^"
        return NewscliError(f"the template is wrong: {why}\n  {self._text}\n  {caret}")


def _write(piece: str | _Field, record: Record, view: View) -> str:
    return piece if isinstance(piece, str) else piece.shape(one_line(value_of(record, piece.name), view))


def _aligned(width: int, *, right: bool) -> _Shape:
    def shape(text: str) -> str:
        short = truncate(text, width)
        return " " * (width - display_width(short)) + short if right else pad(short, width)

    return shape


def _date(text: str, pattern: str) -> str:
    """A date by a strftime pattern; what is no ISO date stays as it is."""
    try:
        return datetime.fromisoformat(text).strftime(pattern)
    except ValueError:
        return text
