"""Report: what an operation found, ready for any format; the last step before text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
"""One result as JSON values under the names that ``--json`` prints and ``--fields`` selects."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the records as a column of a table or of TSV.

    Attributes:
        name: the field.
        heading: what stands above it in a table.
        narrowest: the terminal width in cells below which a table drops the column; 0 keeps it always.
        whole: never cut, whatever the width (dates, counts).
        right: aligned to the right (numbers).
        style: a Rich style.
    """

    name: str
    heading: str = ""
    narrowest: int = 0
    whole: bool = False
    right: bool = False
    style: str = ""


@dataclass(slots=True)
class Report:
    """Records with the columns that text formats show.

    Attributes:
        columns: the columns of tables, TSV and CSV, in order; JSON prints every field of a record.
        records: the results, streamed; read once.
        total: how many there are without a limit; None when nobody counted.
        empty: what to say (on stderr) when there are none.
    """

    columns: tuple[Column, ...]
    records: Iterable[Record]
    total: int | None = None
    empty: str = "Nothing found."
