"""Formats: report -> text. One file per format; a format is a function from a report and a view to pieces of text.

Reports of records have the formats in :data:`FORMATS`; findings have those in :data:`FINDINGS_FORMATS` and, as records,
the others too.

Third parties add formats of records under the entry point group ``newscli.formats``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from newscli.plugs import PlugPoint
from newscli.report import Report, cell
from newscli.text import visible

if TYPE_CHECKING:
    from newscli.findings import Findings

FORMATS: dict[str, str] = {
    "count": "newscli.formats.count:render",
    "csv": "newscli.formats.csv:render",
    "hits": "newscli.formats.hits:render",
    "json": "newscli.formats.json:render",
    "jsonl": "newscli.formats.jsonl:render",
    "paths": "newscli.formats.paths:render",
    "table": "newscli.formats.table:render",
    "tsv": "newscli.formats.tsv:render",
}
"""Name -> "module:object", loaded on use."""

FINDINGS_FORMATS: dict[str, str] = {
    "concise": "newscli.formats.concise:render",
    "full": "newscli.formats.full:render",
    "github": "newscli.formats.github:render",
    "gitlab": "newscli.formats.gitlab:render",
    "grouped": "newscli.formats.grouped:render",
    "json": "newscli.formats.findings_json:render",
    "junit": "newscli.formats.junit:render",
    "paths": "newscli.formats.faulty:render",
    "rdjson": "newscli.formats.rdjson:render",
    "sarif": "newscli.formats.sarif:render",
    "tap": "newscli.formats.tap:render",
}
"""The formats of findings: name -> "module:object", loaded on use."""

_POINT = PlugPoint("format", "newscli.formats", FORMATS)
_FINDINGS_POINT = PlugPoint("format", "newscli.formats", FINDINGS_FORMATS)


@dataclass(frozen=True, slots=True)
class View:
    """How and where the text will be read.

    Attributes:
        fields: the fields to show, in order; empty: those the report proposes.
        terminal: whether the text goes to a terminal; then no character of a cell may command or reorder it.
        width: the width of the window in cells, for tables.
        color: whether ANSI styles are wanted.
        null: whether a record ends with NUL in place of a line end (paths and templates).
        root: the folder that paths of records are relative to; empty: paths are printed as they are.
        project: the current folder as seen from the top of the project that a CI service checks, ended by ``/``; empty:
            it is the top.
    """

    fields: tuple[str, ...] = ()
    terminal: bool = False
    width: int = 80
    color: bool = False
    null: bool = False
    root: str = ""
    project: str = ""

    @property
    def end(self) -> str:
        """What ends a record."""
        return "\0" if self.null else "\n"


class Format(Protocol):
    """A report as text."""

    def __call__(self, report: Report, view: View) -> Iterator[str]:
        """Yield the text piece by piece, reading the records as it goes.

        Raises:
            NewscliError: before the first piece, when the report cannot be shown this way.
        """
        ...


class FindingsFormat(Protocol):
    """Findings as text."""

    def __call__(self, findings: "Findings", view: View) -> Iterator[str]:
        """Yield the text piece by piece, reading the results as it goes."""
        ...


def get_findings_format(name: str) -> FindingsFormat:
    """The format of that name for findings; those of records show each finding as a record.

    Raises:
        NewscliError: there is no such format, or the template is wrong.
    """
    if name not in FINDINGS_FORMATS:
        render = get_format(name, FINDINGS_FORMATS)
        return lambda findings, view: render(findings.report(), view)
    return cast("FindingsFormat", _FINDINGS_POINT.load(name))


def get_format(name: str, more: Iterable[str] = ()) -> Format:
    """The format of that name; a name with a brace is a template.

    Args:
        name: as typed.
        more: names to suggest beside those there are.

    Raises:
        NewscliError: there is no such format, or the template is wrong.
    """
    if "{" in name or "}" in name:
        from newscli.formats.template import Template

        return Template(name)
    return cast("Format", _POINT.load(name, more, ", and templates such as '{title}'"))


_BREAKS = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def one_line(value: object, view: View) -> str:
    """A JSON value as text that stays within its line, and on a terminal cannot command it.

    Away from a terminal only tabs and line ends are escaped: all else is data and passes as it is.
    """
    text = cell(value)
    if view.terminal:
        return visible(text)
    return text if text.isprintable() else text.translate(_BREAKS)
