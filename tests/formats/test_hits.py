from typing import Any

import pytest

from newscli.errors import NewscliError
from newscli.formats import View, get_format
from newscli.report import Column, Report

COLUMNS = (Column("path"), Column("title"))


def hit(**values: Any) -> dict[str, Any]:
    return {"path": "_posts/a.md", "title": "标题", "date": "2022-06-07T07:17:20+08:00", "mark": "", **values}


def shown(*records: dict[str, Any], **view: Any) -> str:
    return "".join(get_format("hits")(Report(COLUMNS, records), View(**view)))


def test_a_hit_is_a_line_and_its_snippets() -> None:
    snippets = [{"text": "苏州科技招商", "matches": [[2, 4]]}, {"text": "another", "matches": []}]
    assert shown(hit(snippets=snippets)) == "_posts/a.md · 2022-06-07 · 标题\n    苏州科技招商\n    another\n"


def test_hits_with_snippets_stand_apart() -> None:
    snippet = [{"text": "x", "matches": []}]
    assert shown(hit(snippets=snippet), hit(snippets=snippet)).count("\n\n") == 1
    assert "\n\n" not in shown(hit(), hit())


def test_what_is_missing_leaves_no_gap() -> None:
    assert shown(hit(date=None, title=None)) == "_posts/a.md\n"
    assert shown(hit(date=None, mark="!")) == "! _posts/a.md · 标题\n"


def test_matches_are_marked_in_colour_over_line_breaks() -> None:
    text = "一二三四五六七八九十甲乙丙丁"
    out = shown(hit(snippets=[{"text": text, "matches": [[0, 2], [8, 12]]}]), color=True, width=24)
    lines = out.splitlines()[1:]
    assert lines[0] == "    \x1b[1;31m一二\x1b[0m三四五六七八\x1b[1;31m九十\x1b[0m"
    assert lines[1] == "    \x1b[1;31m甲乙\x1b[0m丙丁"
    assert out.startswith("\x1b[35m_posts/a.md\x1b[0m · \x1b[36m2022-06-07\x1b[0m · \x1b[1m标题\x1b[0m")


def test_nothing_commands_the_terminal() -> None:
    evil = hit(title="a\x1b]0;x\x07", snippets=[{"text": "b\x1b[31mc", "matches": [[0, 2]]}])
    out = shown(evil)
    assert "\x1b" not in out
    assert "\\x1b" in out


def test_fields_asked_for_are_added() -> None:
    assert shown(hit(tags=["a", "b"]), fields=("tags",)) == "_posts/a.md · 2022-06-07 · 标题\n    tags: a, b\n"
    with pytest.raises(NewscliError, match="no field"):
        shown(hit(), fields=("nonsense",))
