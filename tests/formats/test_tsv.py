from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import NewscliError
from newscli.formats import View, get_format
from newscli.report import Column, Report

Show = Callable[..., str]


def test_a_line_a_post_nothing_cut_and_no_marks(posts: Report, show: Show) -> None:
    assert show("tsv", posts).splitlines() == [
        "2022-06-07T07:17:20+08:00\t科技招商激活“创新集群”发展动能\t新华日报新闻, 科技\txinhuaribao",
        "2021-12-31T23:59:00Z\tHostile \x1b]0;x\x07 and \u202e end\ta\t",
        "\t\t\t苏州日报",
    ]


def test_a_terminal_gets_no_commands(posts: Report, show: Show) -> None:
    assert "\tHostile \\x1b]0;x\\x07 and \\u202e end\t" in show("tsv", posts, View(terminal=True))


def test_fields_select_columns_and_keys_of_the_front_matter(posts: Report, show: Show) -> None:
    text = show("tsv", posts, View(fields=("words", "source", "meta.source", "mark", "draft")))
    assert text == "1200\t新华日报\t新华日报\t\tfalse\n\t\t\td\ttrue\n0\t\t\t!\tfalse\n"


def test_a_field_that_no_record_can_have_is_refused(show: Show) -> None:
    with pytest.raises(NewscliError, match="no field 'psots'; did you mean 'posts'"):
        show("tsv", [{"tag": "a", "posts": 3}], View(fields=("tag", "psots")))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(), st.text()), min_size=1), st.booleans())
def test_whatever_is_in_the_cells_lines_and_columns_stay(rows: list[tuple[str, str]], terminal: bool) -> None:
    report = Report((Column("a"), Column("b")), [{"a": a, "b": b} for a, b in rows])
    text = "".join(get_format("tsv")(report, View(terminal=terminal)))
    lines = text.split("\n")
    assert lines.pop() == ""
    assert [line.count("\t") for line in lines] == [1] * len(rows)
