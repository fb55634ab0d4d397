"""Records in CSV and TSV: separator and character set are found out, every row is read whatever the others are."""

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Item, Skipped
from newscli.importers.decoding import iter_text
from newscli.importers.input import Input, Options
from newscli.importers.problems import Code, SourceError, fault, warning
from newscli.importers.records import Numbered, check_mapping, from_records

_SEPARATORS = ",\t;|"
_SHOWN = 10
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class _Lines:
    """The lines of a text, counted, those of the row being read kept; ends where a row is longer than the limit."""

    lines: Iterator[str]
    limit: int
    number: int = 0
    row: list[str] = field(default_factory=list)
    size: int = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.number += 1
            self.row.append(line)
            self.size += len(line)
            if self.size > self.limit:
                start = self.number - len(self.row) + 1
                message = f"a row has more than {self.limit:,} characters: a quotation mark may not be closed"
                raise SourceError(Code.TOO_BIG, message, line=start)
            yield line

    def start_row(self) -> int:
        """Forget the last row; the line where the next one starts."""
        self.row.clear()
        self.size = 0
        return self.number + 1


def read(source: Input, options: Options) -> Iterator[Item]:
    """The rows of a table as articles; its first row names the columns."""
    check_mapping(options.mapping)
    found: list[Diagnostic] = []
    for item in from_records(iter_rows(source, options, found), source, options):
        yield from found
        found.clear()
        yield item
    yield from found


def iter_rows(source: Input, options: Options, found: list[Diagnostic]) -> Iterator[Numbered | Diagnostic | Skipped]:
    """The rows by their columns' names, with the line each starts on, and what is wrong with some of them."""
    csv.field_size_limit(options.limits.item)
    text = _split_lines(iter_text(source, options, found), options.limits.item)
    first = next(text, "")
    lines = _Lines(itertools.chain((first,), text) if first else iter(()), options.limits.item)
    reader = csv.reader(iter(lines), delimiter=_separator(first), skipinitialspace=True)
    header = _header(next(reader, []))
    odd = 0
    while True:
        last = list(lines.row)
        line = lines.start_row()
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield fault(source.name, Code.RECORD, f"the row cannot be read: {error}", line=line)
            continue
        if any(row):
            if len(row) != len(header):
                odd += 1
                yield from _odd(row, header, line, source) if odd <= _SHOWN else ()
            yield Numbered(line, dict(zip(header, row, strict=False)))
    if odd > _SHOWN:
        yield warning(
            source.name, Code.RECORD, f"{odd - _SHOWN} more rows with too many or too few fields", line=lines.number
        )
    if _is_open(last, _separator(first)):
        message = "a quotation mark is not closed: the rows from here on may have become one"
        yield warning(source.name, Code.TRUNCATED, message, line=lines.number - len(last) + 1)


def _odd(row: list[str], header: list[str], line: int, source: Input) -> Iterator[Diagnostic]:
    message = f"the row has {len(row)} fields, the header names {len(header)}"
    yield warning(source.name, Code.RECORD, message, line=line)


def _separator(header: str) -> str:
    """The separator that stands most often in the header outside quotation marks; a comma when there is none."""
    outside = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _header(row: list[str]) -> list[str]:
    """The columns' names: each once, none empty."""
    names: list[str] = []
    for number, name in enumerate(row, 1):
        wanted = name.strip() or f"column {number}"
        names.append(wanted if wanted not in names else f"{wanted} {number}")
    return names


def _split_lines(chunks: Iterator[str], limit: int) -> Iterator[str]:
    """The lines with their ends; a carriage return alone ends one, the other line ends of Unicode do not."""
    rest = ""
    for chunk in chunks:
        rest += chunk
        start = 0
        known = len(rest) - rest.endswith("\r")  # a carriage return at the very end may be half of one
        for end in _LINE_END.finditer(rest, 0, known):
            yield rest[start : end.end()]
            start = end.end()
        rest = rest[start:]
        if len(rest) > limit:
            raise SourceError(Code.TOO_BIG, f"a line has more than {limit:,} characters")
    if rest:
        yield rest


def _is_open(row: list[str], separator: str) -> bool:
    """Whether the last row ends within quotation marks."""
    try:
        list(csv.reader(row, delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
