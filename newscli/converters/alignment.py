"""The alignment of the columns of tables: ``| ---: |`` is right, ``| :---: |`` in the middle.

The writer knows none. Each cell of the first row says in a stand-in how its column is aligned, and the line of dashes
beneath is written accordingly.
"""

import re

from turbohtml import Element, Text

from newscli.converters.marks import INLINE

_MARKS = {"left": f"{INLINE}(", "center": f"{INLINE}^", "right": f"{INLINE})", "": f"{INLINE}."}
_DASHES = {"(": ":---", "^": ":---:", ")": "---:", ".": "---"}
_MARK = re.compile(rf"{INLINE}([(^).])")
_FIRST_ROW = re.compile(rf"^(.*{INLINE}[(^).].*\n[ >]*\|)(.*)\|$", re.M)
_STYLE = re.compile(r"(?:^|;)\s*text-align\s*:\s*(left|center|right)\b", re.I)


def mark_columns(rows: list[list[Element]]) -> None:
    """Put marks into the first row of a table if any column is aligned: if all its cells below the first row agree."""
    first, *others = [row for row in rows if row] or [[]]
    columns = [[row[number] for row in others or [first] if number < len(row)] for number in range(len(first))]
    alignments = [_common(column) for column in columns]
    if any(alignments):
        for cell, alignment in zip(first, alignments, strict=True):
            _append(cell, _MARKS[alignment])


def align(text: str) -> str:
    """Markdown with the marks of columns made what the line beneath the first row says."""
    return _FIRST_ROW.sub(_align, text) if _MARK.search(text) else text


def _align(match: re.Match[str]) -> str:
    dashes = match[2].split("|")
    for number, mark in enumerate(_MARK.findall(match[1])):
        dashes[number] = f" {_DASHES[mark]} "
    return f"{_MARK.sub('', match[1])}{'|'.join(dashes)}|"


def _common(cells: list[Element]) -> str:
    """The alignment of a column; empty when its cells have none or several."""
    found = {_alignment(cell) for cell in cells}
    return found.pop() if len(found) == 1 else ""


def _alignment(cell: Element) -> str:
    """What the style or the attribute of a cell, or of its row, says."""
    row = cell.parent
    for element in (cell, row) if isinstance(row, Element) else (cell,):
        style = _STYLE.search(element.attr("style") or "")
        said = (style[1] if style else element.attr("align") or "").strip().lower()
        if said and said in _MARKS:
            return said
    return ""


def _append(cell: Element, mark: str) -> None:
    last = cell[-1] if len(cell) else None
    if isinstance(last, Text):
        last.data = last.data.rstrip(" \t\n\f\r") + mark
    else:
        cell.append(Text(mark))
