"""The alignment of columns is kept, and says nothing where the cells of a column do not agree."""

import pytest

from newscli.converters import convert
from newscli.converters.render import render


def markdown(html: str) -> str:
    return convert(html, source="html").text


ALIGNED = [
    pytest.param(
        '<tr><th align=left>a<th style="color: red; text-align: center">b<th align="RIGHT">c',
        "| a | b | c |\n| :--- | :---: | ---: |\n|  |  |  |",
        id="a header alone",
    ),
    pytest.param("<tr><th>a<th>b<tr><td align=right>1<td>2", "| a | b |\n| ---: | --- |\n| 1 | 2 |", id="by its cells"),
    pytest.param("<tr><th align=center>a<tr><td>1", "| a |\n| --- |\n| 1 |", id="a header that differs"),
    pytest.param(
        "<tr><th>a<tr align=right><td>1<tr align=right><td>2", "| a |\n| ---: |\n| 1 |\n| 2 |", id="by its rows"
    ),
    pytest.param("<tr><th>a<tr align=right><td align=left>1", "| a |\n| :--- |\n| 1 |", id="a cell over its row"),
    pytest.param("<tr><th>a<tr><td align=right>1<tr><td align=left>2", "| a |\n| --- |\n| 1 |\n| 2 |", id="several"),
    pytest.param("<tr><th>a<tr><td align=justify>1", "| a |\n| --- |\n| 1 |", id="what Markdown has no word for"),
    pytest.param("<tr><th>\n<tr><td align=right>1", "|  |\n| ---: |\n| 1 |", id="an empty header"),
    pytest.param(
        "<tr><th>a <br> \n<tr><td align=right>1", "| a |\n| ---: |\n| 1 |", id="a break at the end of a header"
    ),
    pytest.param("<tr><th>a|b<tr><td align=right>1", "| a\\|b |\n| ---: |\n| 1 |", id="a pipe in the header"),
    pytest.param("<tr><th><b>a</b><tr><td align=right>1", "| **a** |\n| ---: |\n| 1 |", id="emphasis in the header"),
    pytest.param("<tr><th>a<th>b<tr><td align=right>1", "| a | b |\n| ---: | --- |\n| 1 |  |", id="a row too short"),
    pytest.param("<tr><th>a<tr><td align=right>1<td>2", "| a |  |\n| ---: | --- |\n| 1 | 2 |", id="a header too short"),
]


@pytest.mark.parametrize(("rows", "expected"), ALIGNED)
def test_columns(rows: str, expected: str) -> None:
    assert markdown(f"<table>{rows}</table>") == expected


def test_in_lists_and_quotes() -> None:
    table = "<table><tr><th>a<tr><td align=right>1</table>"
    assert markdown(f"<ul><li>x{table}</ul>") == "- x\n\n  | a |\n  | ---: |\n  | 1 |"
    assert markdown(f"<blockquote>{table}</blockquote>") == "> | a |\n> | ---: |\n> | 1 |"


def test_each_table_has_its_own() -> None:
    tables = "".join(f"<table><tr><th align={side}>a</table>" for side in ("left", "right"))
    assert markdown(tables) == "| a |\n| :--- |\n|  |\n\n| a |\n| ---: |\n|  |"


def test_a_reader_sees_it() -> None:
    assert 'style="text-align:right"' in render(markdown("<table><tr><th>a<tr><td align=right>1</table>"))


def test_tables_without_cells() -> None:
    assert markdown("<table></table>a<table><tr></table>") == "a"
