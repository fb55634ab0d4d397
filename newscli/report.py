"""Report: what an operation found, ready for any format; the last step before text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from newscli.errors import NewscliError
from newscli.nearest import did_you_mean

Record = Mapping[str, Any]
"""One result as JSON values under the names that ``--json`` prints and ``--fields`` selects."""

META = "meta"
"""The field of a record that holds the front matter, key by key."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the records as a column of a table or of TSV.

    Attributes:
        name: the field.
        heading: what stands above it in a table.
        narrowest: the terminal width in cells below which a table drops the column; 0 keeps it always.
        whole: never cut, whatever the width (dates, counts).
        right: aligned to the right, whole numbers with thousands separated (numbers).
        style: a Rich style.
        date: an ISO date: a table shows day and time as written, the day alone in a narrow window, and never cuts it.
        main: the column that takes the room the others leave; the first that may be cut when none says so. Where it is
            ``whole``, records are stacked before it would be cut.
        table: whether tables show it.
        data: whether it is data: JSON, TSV and CSV leave out what is only for eyes, such as marks, unless asked.
        fallback: the field a table shows where this one is null.
    """

    name: str
    heading: str = ""
    narrowest: int = 0
    whole: bool = False
    right: bool = False
    style: str = ""
    date: bool = False
    main: bool = False
    table: bool = True
    data: bool = True
    fallback: str = ""


@dataclass(slots=True)
class Report:
    """Records with the columns that text formats show.

    Attributes:
        columns: the columns of tables, TSV and CSV, in order; JSON prints every field of a record.
        records: the results, streamed; read once.
        total: how many there are without a limit; None when nobody counted.
        empty: what to say (on stderr) when there are none.
        fields: every name a record may have; empty: those of the first record.
    """

    columns: tuple[Column, ...]
    records: Iterable[Record]
    total: int | None = None
    empty: str = "Nothing found."
    fields: tuple[str, ...] = ()

    def known_fields(self) -> tuple[str, ...]:
        """Every name a record may have: the columns and ``fields``, or what the first record has."""
        if not self.fields:
            records = iter(self.records)
            first = next(records, None)
            self.records = records if first is None else chain((first,), records)
            self.fields = tuple(first or ())
        return tuple(dict.fromkeys([*self.fields, *(column.name for column in self.columns)]))

    def data_columns(self, fields: Sequence[str] = ()) -> tuple[Column, ...]:
        """The columns of TSV and CSV: those asked for, in that order, else the report's own."""
        return self._asked_for(fields) if fields else tuple(column for column in self.columns if column.data)

    def table_columns(self, fields: Sequence[str] = ()) -> tuple[Column, ...]:
        """The columns of a table; those asked for do not give way to a narrow window."""
        if fields:
            return tuple(replace(column, narrowest=0) for column in self._asked_for(fields))
        return tuple(column for column in self.columns if column.table)

    def hidden_fields(self) -> frozenset[str]:
        """The fields of records that no machine format prints unless asked."""
        return frozenset(column.name for column in self.columns if not column.data)

    def check_field(self, name: str, *, meta: bool = False) -> None:
        """Refuse a field that no record can have.

        Args:
            name: a field; a dotted name reaches into a value and is always accepted.
            meta: whether a name that is no field may be a key of the front matter, where the records have one.

        Raises:
            NewscliError: naming the nearest field.
        """
        known = self.known_fields()
        if not self.fields or name in known or (name and ("." in name or (meta and META in known))):
            return
        guess = did_you_mean(name, known) or f"; there are {', '.join(known)}"
        keys = f" (a key of the front matter is written {META}.KEY)" if META in known else ""
        raise NewscliError(f"no field {name!r}{guess}{keys}")

    def _asked_for(self, fields: Sequence[str]) -> tuple[Column, ...]:
        own = {column.name: column for column in self.columns}
        return tuple(own.get(name) or Column(name, heading=name.upper()) for name in fields)


def value_of(record: Record, name: str) -> object:
    """The value of a field; None when the record does not have it.

    A name that is no field of the record is a key of its front matter; a dotted name reaches into either.
    """
    if name in record:
        return record[name]
    found = _reach(record, name)
    return _reach(record.get(META), name) if found is None else found


def _reach(value: object, name: str) -> object:
    if not isinstance(value, Mapping):
        return None
    if name in value:
        return value[name]
    first, _, rest = name.partition(".")
    return _reach(value.get(first), rest) if rest else None


def cell(value: object) -> str:
    """A JSON value as the text of a cell: null is empty, a list is joined by ``, ``."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    if isinstance(value, bool | Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
