from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import NewscliError
from newscli.formats import View, get_format
from newscli.report import Column, Report
from newscli.text import display_width

Show = Callable[..., str]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{title}", "科技招商激活“创新集群”发展动能"),
        ("{ title }", "科技招商激活“创新集群”发展动能"),
        ("{title:9}|", "科技招商…|"),
        ("{title:10}|", "科技招商… |"),
        ("{title:<32}|", "科技招商激活“创新集群”发展动能  |"),
        ("{title:>32}|", "  科技招商激活“创新集群”发展动能|"),
        ("{words:6}|{words:>6}|", "1200  |  1200|"),
        ("{tags}", "新华日报新闻, 科技"),
        ("{draft} {mark}", "false "),
        ("{date}", "2022-06-07T07:17:20+08:00"),
        ("{date:%F}", "2022-06-07"),
        ("{date:%H:%M %z}", "07:17 +0800"),
        ("{date:%Y年%m月%d日}", "2022年06月07日"),
        ("{title:%F}", "科技招商激活“创新集群”发展动能"),
        ("{meta.source}", "新华日报"),
        ("{meta.nothing}|", "|"),
        ("{{{words}}}", "{1200}"),
        ("{{}}", "{}"),
        (r"{words}\t{draft}\n\\t{{", "1200\tfalse\n\\t{"),
        (r"\x{words}", r"\x1200"),
    ],
)
def test_a_template_is_filled_from_the_record(template: str, expected: str, posts: Report, show: Show) -> None:
    text = show(template, Report(posts.columns, list(posts.records)[:1]))
    assert text == expected + "\n"


def test_a_line_a_record_and_nothing_for_null(posts: Report, show: Show) -> None:
    assert show("{mark}|{date:%F}|{words}", posts) == "|2022-06-07|1200\nd|2021-12-31|\n!||0\n"


def test_nul_ends_a_record(posts: Report, show: Show) -> None:
    assert show("{words}", posts, View(null=True)) == "1200\0\0000\0"


def test_a_terminal_gets_no_commands_and_widths_count_what_is_shown(posts: Report, show: Show) -> None:
    second = show("{title:14}|", posts, View(terminal=True)).splitlines()[1]
    assert second == "Hostile \\x1b]…|"


def test_a_line_end_in_a_value_does_not_end_the_line(show: Show) -> None:
    assert show("{title}", [{"title": "a\nb\tc"}]) == "a\\nb\\tc\n"


@pytest.mark.parametrize(
    ("template", "why", "place"),
    [
        ("{title", "a brace without its partner; a brace to be printed is doubled", 0),
        ("中 title}", "a brace without its partner; a brace to be printed is doubled", 8),
        ("x {a{b}", "a brace without its partner; a brace to be printed is doubled", 2),
        ("{}", "no field is named here", 0),
        ("a{:40}", "no field is named here", 1),
        ("{title:}{title:x}", "neither a width in cells such as 40 or >6 nor a date pattern such as %F", 15),
        ("{title:0}", "neither a width in cells such as 40 or >6 nor a date pattern such as %F", 7),
        ("{title:^20}", "neither a width in cells such as 40 or >6 nor a date pattern such as %F", 7),
        ("{title:２０}", "neither a width in cells such as 40 or >6 nor a date pattern such as %F", 7),
    ],
)
def test_a_wrong_template_is_shown_with_a_caret(template: str, why: str, place: int) -> None:
    with pytest.raises(NewscliError) as caught:
        get_format(template)
    assert str(caught.value) == f"the template is wrong: {why}\n  {template}\n  {' ' * place}^"


def test_a_pattern_that_strftime_refuses_is_refused_at_once() -> None:
    with pytest.raises(NewscliError, match=r"not a date pattern"):
        get_format("{date:%\ud800}")


def test_an_unknown_field_is_refused_with_the_nearest(posts: Report, show: Show) -> None:
    with pytest.raises(NewscliError, match="no field 'titel'; did you mean 'title'"):
        show("{titel}", posts)


def test_a_key_of_the_front_matter_must_say_that_it_is_one(posts: Report, show: Show) -> None:
    with pytest.raises(NewscliError, match=r"no field 'source'.*written meta\.KEY"):
        show("{source}", posts)


@settings(max_examples=150, deadline=None)
@given(st.text(), st.integers(min_value=1, max_value=60), st.sampled_from(["", "<", ">"]))
def test_a_width_is_kept_to_the_cell_whatever_the_text(text: str, width: int, side: str) -> None:
    template = get_format(f"{{a:{side}{width}}}")
    (line,) = template(Report((Column("a"),), [{"a": text}]), View(terminal=True))
    assert display_width(line.removesuffix("\n")) == width


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text_is_a_template_or_a_use_error(text: str) -> None:
    try:
        template = get_format("{a}" + text)
        lines = list(template(Report((Column("a"),), [{"a": "x"}], fields=("a",)), View()))
    except NewscliError:
        return
    assert lines[0].startswith("x")
