import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import NewscliError
from newscli.formats import View, get_format
from newscli.formats.table import BATCH
from newscli.report import Column, Record, Report
from newscli.text import display_width, visible

Show = Callable[..., str]


def lines(show: Show, what: object, width: int, **view: Any) -> list[str]:
    return str(show("table", what, View(terminal=True, width=width, **view))).splitlines()


def test_a_wide_window_shows_everything(posts: Report, show: Show) -> None:
    # 1 for the mark, 16 for the date, 35 for the hostile title, 18 for the first tags
    assert lines(show, posts, 120) == [
        "   DATE              TITLE                                TAGS                CATEGORY",
        "   2022-06-07 07:17  科技招商激活“创新集群”发展动能       新华日报新闻, 科技  xinhuaribao",
        "d  2021-12-31 23:59  Hostile \\x1b]0;x\\x07 and \\u202e end  a",
        "!                    _posts/-202205262391921712.md                            苏州日报",
    ]


def test_the_usual_window_cuts_the_title_and_the_tags(posts: Report, show: Show) -> None:
    # 72 cells for the columns: 1 + 16, a sixth of the window (13) for the tags, 11 for the category, 31 for the title
    assert lines(show, posts, 80) == [
        "   DATE              TITLE                            TAGS           CATEGORY",
        "   2022-06-07 07:17  科技招商激活“创新集群”发展动能   新华日报新闻…  xinhuaribao",
        "d  2021-12-31 23:59  Hostile \\x1b]0;x\\x07 and \\u202…  a",
        "!                    _posts/-202205262391921712.md                   苏州日报",
    ]


def test_below_72_cells_there_is_neither_category_nor_time_of_day(posts: Report, show: Show) -> None:
    # 54 cells: 1 + 10, a sixth of the window (10) for the tags, 33 for the title
    assert lines(show, posts, 60) == [
        "   DATE        TITLE                              TAGS",
        "   2022-06-07  科技招商激活“创新集群”发展动能     新华日报…",
        "d  2021-12-31  Hostile \\x1b]0;x\\x07 and \\u202e …  a",
        "!              _posts/-202205262391921712.md",
    ]


def test_below_56_cells_there_are_no_tags(posts: Report, show: Show) -> None:
    assert lines(show, posts, 50)[:2] == [
        "   DATE        TITLE",
        "   2022-06-07  科技招商激活“创新集群”发展动能",
    ]


def test_below_40_cells_a_post_takes_two_lines(posts: Report, show: Show) -> None:
    assert lines(show, posts, 36) == [
        "科技招商激活“创新集群”发展动能",
        "  2022-06-07",
        "Hostile \\x1b]0;x\\x07 and \\u202e end",
        "  d  2021-12-31",
        "_posts/-202205262391921712.md",
        "  !",
    ]


def test_the_narrowest_window_cuts_the_title_but_no_date(posts: Report, show: Show) -> None:
    assert lines(show, posts, 12) == [
        "科技招商激…",
        "  2022-06-07",
        "Hostile \\x1…",
        "  d",
        "  2021-12-31",
        "_posts/-202…",
        "  !",
    ]


@pytest.mark.parametrize(
    ("width", "columns"),
    [(72, "DATE TITLE TAGS CATEGORY"), (71, "DATE TITLE TAGS"), (56, "DATE TITLE TAGS"), (55, "DATE TITLE")],
)
def test_columns_give_way_at_their_width(width: int, columns: str, posts: Report, show: Show) -> None:
    assert " ".join(lines(show, posts, width)[0].split()) == columns


def test_two_lines_are_for_what_does_not_fit_into_one(show: Show) -> None:
    report = Report(
        (Column("tag", "TAG"), Column("posts", "POSTS", right=True, whole=True)), [{"tag": "a", "posts": 3}]
    )
    assert lines(show, report, 20) == ["TAG  POSTS", "a        3"]


def test_a_column_in_which_nothing_stands_is_left_out(show: Show) -> None:
    columns = (Column("mark"), Column("title", "TITLE"), Column("tags", "TAGS"))
    report = Report(columns, [{"mark": "", "title": "a", "tags": []}, {"mark": None, "title": "b", "tags": []}])
    assert lines(show, report, 80) == ["TITLE", "a", "b"]


def test_a_column_asked_for_stays_even_if_blank(posts: Report, show: Show) -> None:
    assert lines(show, posts, 50, fields=("words", "nothing", "draft"))[:2] == [
        "WORDS  NOTHING  DRAFT",
        "1200            false",
    ]


def test_columns_asked_for_do_not_give_way(posts: Report, show: Show) -> None:
    assert lines(show, posts, 40, fields=("categories", "date"))[0] == "CATEGORY     DATE"


def test_a_field_that_no_record_can_have_is_refused(show: Show) -> None:
    with pytest.raises(NewscliError, match="no field 'tga'"):
        lines(show, [{"tag": "a"}], 80, fields=("tga",))


def test_without_headings_there_is_no_heading(show: Show) -> None:
    assert lines(show, [{"title": "a"}], 80) == ["a"]


def test_no_records_are_no_text(posts: Report, show: Show) -> None:
    assert show("table", Report(posts.columns, [])) == ""


def test_numbers_stand_right_and_have_their_thousands_apart(show: Show) -> None:
    report = Report(
        (Column("posts", "POSTS", whole=True, right=True), Column("tag", "TAG")),
        [
            {"posts": 17204, "tag": "a"},
            {"posts": 3, "tag": "b"},
            {"posts": True, "tag": "c"},
            {"posts": 2.5, "tag": "d"},
        ],
    )
    assert lines(show, report, 80) == [" POSTS  TAG", "17,204  a", "     3  b", "  true  c", "   2.5  d"]


def test_a_list_is_cut_between_its_items(show: Show) -> None:
    columns = (Column("title", main=True), Column("tags"))
    report = Report(columns, [{"title": "t" * 60, "tags": ["news", "a", "bee", "c"]}])
    # a sixth of 60 is 10 cells: "news, a +2" is 10
    assert lines(show, report, 60) == ["t" * 47 + "…  news, a +2"]


def test_the_room_that_the_main_column_leaves_goes_to_the_others(show: Show) -> None:
    columns = (Column("title", main=True), Column("tags"), Column("path"))
    report = Report(columns, [{"title": "t" * 10, "tags": "g" * 30, "path": "p" * 30}])
    # 56 cells: 10 for the title, then all that the tags need, then the rest
    assert lines(show, report, 60) == ["t" * 10 + "  " + "g" * 30 + "  " + "p" * 15 + "…"]


def test_the_first_column_that_may_be_cut_is_the_main_one_unless_another_says_so(show: Show) -> None:
    record = {"field": "f" * 40, "example": "e" * 60}
    first = Report((Column("field"), Column("example")), [record])
    second = Report((Column("field"), Column("example", main=True)), [record])
    assert lines(show, first, 60) == ["f" * 40 + "  " + "e" * 17 + "…"]
    assert lines(show, second, 60) == ["f" * 9 + "…  " + "e" * 47 + "…"]


def test_where_the_main_column_has_no_room_records_are_stacked(show: Show) -> None:
    columns = (Column("title", "TITLE"), Column("a", whole=True), Column("b", whole=True))
    report = Report(columns, [{"title": "t" * 30, "a": "a" * 20, "b": "b" * 20}])
    assert lines(show, report, 50) == ["t" * 30, "  " + "a" * 20 + "  " + "b" * 20]
    report.records = [{"title": "t" * 30, "a": "a" * 20, "b": "b" * 20}]
    assert lines(show, report, 40) == ["t" * 30, "  " + "a" * 20, "  " + "b" * 20]


def test_a_main_column_that_may_not_be_cut_comes_first_when_it_does_not_fit(show: Show) -> None:
    columns = (Column("place", "PLACE", whole=True), Column("problem", "PROBLEM", main=True, whole=True))
    report = Report(columns, [{"place": "a.md:3:8", "problem": "a problem in many words"}])
    assert lines(show, report, 40) == ["PLACE     PROBLEM", "a.md:3:8  a problem in many words"]
    assert lines(show, report, 30) == ["a problem in many words", "  a.md:3:8"]


def test_what_may_not_be_cut_at_all_is_stacked_whole(show: Show) -> None:
    report = Report((Column("a", whole=True), Column("b", whole=True)), [{"a": "a" * 30, "b": "b" * 30}])
    assert lines(show, report, 50) == ["  " + "a" * 30, "  " + "b" * 30]


@pytest.mark.parametrize(
    ("date", "wide", "narrow"),
    [
        ("2022-06-07T07:17:20+08:00", "2022-06-07 07:17", "2022-06-07"),
        ("2022-06-07 07:17", "2022-06-07 07:17", "2022-06-07"),
        ("2022-06-07", "2022-06-07", "2022-06-07"),
        ("Fri Oct 09 2020 02:04:03 GMT+0000", "Fri Oct 09 2020…", "Fri Oct 0…"),
        ("2022-13-45x", "2022-13-45x", "2022-13-4…"),
    ],
)
def test_dates_are_shown_as_written_by_minute_or_by_day(date: str, wide: str, narrow: str, show: Show) -> None:
    columns = (Column("date", date=True, fallback="date_raw"),)
    assert lines(show, Report(columns, [{"date": None, "date_raw": date}]), 72) == [wide]
    assert lines(show, Report(columns, [{"date": date}]), 71) == [narrow]


def test_a_long_table_is_laid_out_in_batches_under_one_heading(show: Show) -> None:
    records = ({"title": "a" if number < BATCH else "bbbbbb"} for number in range(BATCH + 1))
    pieces = list(get_format("table")(Report((Column("title", "T"),), records), View()))
    assert [piece.count("\n") for piece in pieces] == [BATCH + 1, 1]
    assert pieces[0].startswith("T\na\n")
    assert pieces[1] == "bbbbbb\n"


def test_colours_are_few_and_change_no_text(posts: Report, show: Show) -> None:
    plain = lines(show, Report(posts.columns, records := list(posts.records)), 80)
    coloured = lines(show, Report(posts.columns, records), 80, color=True)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == plain
    assert coloured[0].startswith("   \x1b[2mDATE\x1b[0m")
    assert coloured[1].startswith("   \x1b[36m2022-06-07 07:17\x1b[0m  科技")
    assert coloured[2].startswith("\x1b[33md\x1b[0m  ")
    assert coloured[3].startswith("\x1b[1;31m!\x1b[0m ")


def test_colour_was_decided_before_and_the_environment_has_no_say(
    posts: Report, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[36m" in show("table", posts, View(color=True))


def test_markup_of_rich_in_a_title_is_text(show: Show) -> None:
    assert "[red]x[/red] :smile:" in show("table", [{"title": "[red]x[/red] :smile:"}], View(color=True))


def test_a_table_without_colour_does_not_import_rich() -> None:
    code = (
        "import sys; from newscli.formats import *; from newscli.report import *;"
        "print(*get_format('table')(Report((Column('a'),), [{'a': 1}]), View())); sys.exit('rich' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=False).returncode
        == 0
    )


CELLS = st.text(max_size=30) | st.lists(st.text(max_size=8), max_size=4) | st.none() | st.integers()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"title": CELLS, "tags": CELLS, "path": CELLS}), min_size=1, max_size=4),
    st.integers(min_value=4, max_value=100),
    st.booleans(),
)
def test_no_line_is_wider_than_the_window_and_none_commands_it(records: list[Record], width: int, color: bool) -> None:
    columns = (Column("title", "T"), Column("tags", "G", narrowest=56), Column("path", "P"))
    text = "".join(get_format("table")(Report(columns, records), View(terminal=True, width=width, color=color)))
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).split("\n"):
        assert visible(line) == line
        assert display_width(line) <= width
