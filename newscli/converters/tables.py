"""Tables: what a pipe table can hold becomes one, the rest stays HTML."""

from turbohtml import Element

from newscli.converters.alignment import mark_columns
from newscli.converters.keep import keep_table
from newscli.converters.marks import Shelf
from newscli.converters.names import BLOCKS, EMBEDDED, PREFORMATTED
from newscli.converters.tree import OPAQUE, is_plain, shows

_NO_CELL_HOLDS = (
    PREFORMATTED
    | EMBEDDED
    | {"blockquote", "dir", "dl", "details", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "menu", "ol", "table", "ul"}
)
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
_PARTS = _SECTIONS | {"caption", "col", "colgroup", "td", "th", "tr"}
_SEVERAL_LINES = (BLOCKS | {"br"}) - _PARTS
_OF_A_TEXT = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "table")
_OF_A_TEXT_AT_LEAST = 3
_WIDEST = 1000
"""The cells that may be added to any table, HTML's own limit of ``colspan``."""
_DIGITS = 5
_FILLED = 10
"""How many times its cells a table may be filled up to."""


def tables(found: list[Element], shelf: Shelf, *, aligned: bool) -> list[Element]:
    """Bring every table into the shape of a pipe table, take it apart when it is no table, or keep it as HTML.

    Returns the cells that still hold several lines. With ``aligned`` the alignment of the columns is looked for.

    Kept is a table whose cells span rows, span columns before the end of their row, or hold what only blocks of their
    own can: lists, headings, code blocks, tables. A frame around a text, or a table said to be for layout, is none.
    """
    gone: set[Element] = set()
    cells: list[Element] = []
    for table in found:
        if table.parent is None or table in gone:
            continue
        inside = {inner.tag for inner in table.iter_elements()}
        rows = _rows(table)
        is_simple = inside.isdisjoint(_NO_CELL_HOLDS) and table.select_one(f"[{OPAQUE}]") is None
        if len(rows) <= 1 and not shows(table):
            table.decompose()
        elif table.attr("role") == "presentation" or (not is_simple and _is_frame(table, rows)):
            _take_apart(table)
        elif is_simple and _fill(table, rows):
            rows = _add_row(rows)
            if aligned:
                mark_columns(rows)
            if not inside.isdisjoint(_SEVERAL_LINES):
                cells += (cell for row in rows for cell in row if len(cell) > 1 or not is_plain(cell))
        else:
            gone.update(table.iter_elements("table"))
            keep_table(table, shelf)
    return cells


def _is_frame(table: Element, rows: list[list[Element]]) -> bool:
    """Whether the table is one cell around a text: paragraphs, headings, tables."""
    if sum(map(len, rows)) != 1:
        return False
    return sum(1 for _ in table.iter_elements(_OF_A_TEXT)) >= _OF_A_TEXT_AT_LEAST


def _elements(parent: Element, *tags: str) -> list[Element]:
    return [child for child in parent if isinstance(child, Element) and child.tag in tags]


def _rows(table: Element) -> list[list[Element]]:
    """The cells of each row of the table itself."""
    return [_elements(row, "td", "th") for section in _elements(table, *_SECTIONS) for row in _elements(section, "tr")]


def _take_apart(table: Element) -> None:
    for row in _rows(table):
        for cell in row:
            cell.tag = "div"
    for part in _elements(table, "caption", *_SECTIONS):
        for line in _elements(part, "tr"):
            line.tag = "div"
        part.tag = "div"
    table.tag = "div"


def _fill(table: Element, rows: list[list[Element]]) -> bool:
    """Fill the rows up with empty cells so that all are of one length; False when that would move a cell."""
    widest = max(map(len, rows), default=0)
    cells = sum(map(len, rows))
    if widest * len(rows) > _FILLED * cells + _WIDEST:
        return False
    if table.select_one("[colspan],[rowspan]") is not None:
        for row in rows:
            for cell in row:
                if _number(cell, "rowspan") > 1 or (_number(cell, "colspan") > 1 and cell is not row[-1]):
                    return False
                for name in ("colspan", "rowspan"):
                    cell.attrs.pop(name, None)
    for row in rows:
        if row and len(row) < widest:
            row[-1].insert_after(*(Element(row[-1].tag) for _ in range(widest - len(row))))
    return True


def _add_row(rows: list[list[Element]]) -> list[list[Element]]:
    """The rows, with an empty one above a single one, or beneath if that is a header: kramdown's tables have two."""
    cells, *others = [row for row in rows if row] or [[]]
    row = cells[0].parent if cells else None
    if others or not isinstance(row, Element):
        return rows
    empty = [Element(cell.tag, dict(cell.attrs)) for cell in cells]
    added = Element("tr", dict(row.attrs), empty)
    if all(cell.tag == "th" for cell in cells):
        row.insert_after(added)
        return [cells, empty]
    row.insert_before(added)
    return [empty, cells]


def _number(cell: Element, name: str) -> int:
    text = (cell.attr(name) or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 1
