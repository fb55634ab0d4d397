"""One file under every rule: what is found, in which order, how severe it is, and what mending leaves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.finding import FileResult
from newscli.operations.validate import options_from, validate
from newscli.rules import RULES, Hit, edit
from newscli.rules.subject import Subject

POST = "_posts/2022-06-07-example.md"
SITE = {"now": "2026-11-23T00:00:00+08:00", "timezone": "Asia/Shanghai"}
Check = Callable[[Subject], Iterator[Hit]]


def examined(text: str | bytes, **flags: Any) -> FileResult:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    options = options_from(SITE, **({"engine": "jekyll"} | flags))
    (result,) = validate([POST], options, read=lambda _path: raw)
    return result


def front(lines: str) -> str:
    return f"---\n{lines}\n---\nA body.\n"


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a rule other eyes, which look at every post."""

    def put(code: str, check: Check) -> None:
        monkeypatch.setitem(RULES, code, replace(RULES[code], check=check, when=None))

    return put


def test_what_the_settings_say_of_a_severity_goes_over_the_case_and_that_over_the_rule(
    rule: Callable[..., None],
) -> None:
    def check(_subject: Subject) -> Iterator[Hit]:
        yield Hit(0, 1, "as the rule says")
        yield Hit(1, 2, "as the case says", severity=RULES["D305"].level)

    rule("S203", check)
    both = [each.severity.value for each in examined(front("title: a"), select=["S203"]).findings]
    assert both == ["error", "warning"]
    set_so = examined(front("title: a"), select=["S203"], severity=["S203=info"]).findings
    assert [each.severity.value for each in set_so] == ["info", "info"]


def test_a_rule_that_fails_half_way_keeps_what_it_found_and_the_others_go_on(rule: Callable[..., None]) -> None:
    def check(_subject: Subject) -> Iterator[Hit]:
        yield Hit(4, 9, "found before")
        raise RuntimeError("half\nway")

    rule("S203", check)
    result = examined(front("titel: x"), select=["S203", "S205", "N900"])
    assert [each.code for each in result.findings] == ["N900", "S203", "S205"]
    assert "half way" in result.findings[0].message
    assert "N900" not in {each.code for each in examined(front("a: b"), per_file_ignores=["*:N900"]).findings}


def test_what_is_off_for_a_file_is_not_even_asked(rule: Callable[..., None]) -> None:
    def check(_subject: Subject) -> Iterator[Hit]:
        raise AssertionError

    rule("S203", check)
    assert examined(front("title: a"), select=["S203"], per_file_ignores=["_posts/*:S203"]).findings == ()


def test_fixes_that_never_come_to_rest_end(rule: Callable[..., None]) -> None:
    def longer(subject: Subject) -> Iterator[Hit]:
        end = len(subject.text)
        yield Hit(end - 1, end, "too short", edit(end, end, "x", "write more", safe=True))

    rule("S203", longer)
    result = examined(front("title: a"), select=["S203"], fix="safe")
    assert result.fixed_text == front("title: a") + "x" * 10
    assert (len(result.fixed), len(result.findings)) == (10, 1)


def test_a_fix_that_would_change_another_key_is_not_made(rule: Callable[..., None]) -> None:
    def careless(subject: Subject) -> Iterator[Hit]:
        at = subject.text.index("keep")
        yield Hit(4, 9, "wrong", edit(at, at + 4, "lose", "lose it", safe=True), ("title",))

    rule("S203", careless)
    result = examined(front("title: &x keep\nother: *x"), select=["S203"], fix="safe")
    assert (result.fixed_text, result.fixed, len(result.findings)) == (None, (), 1)


@pytest.mark.parametrize(("fix", "left", "fixed"), [("none", 2, 0), ("safe", 1, 1), ("unsafe", 0, 2)])
def test_what_is_left_is_told_with_its_new_place(fix: str, left: int, fixed: int) -> None:
    text = "\n\n" + front("title: a\ntags: a b")
    result = examined(text, select=["F007", "T401"], fix=fix)
    assert (len(result.findings), len(result.fixed)) == (left, fixed)
    if left == 1:
        assert [(each.code, each.line) for each in result.findings] == [("T401", 3)]
    assert result.text == text


def test_findings_stand_in_the_order_of_the_text_and_of_their_codes() -> None:
    found = examined(front("titel: x\ndate: tuesday\ntags: a, b")).findings
    order = [(each.line, each.column, each.code) for each in found]
    assert len(order) > 3
    assert order == sorted(order)


def test_a_line_ends_where_it_ends_whatever_ends_it() -> None:
    (found,) = examined(front("title: ''").replace("\n", "\r\n"), select=["S203"]).findings
    assert (found.source_line, found.line, found.column, found.end_column) == ("title: ''", 2, 8, 10)


FRONT = ["---\n", "---", "title: a\n", "title: 'a\n", "tags: a b\n", "date: 2022-06-07\n", "a: *b\n", "x: {\n"]
OTHERS = ["\n", "text\n", "# newscli: ignore[T4]\n", "<script>x</script>\n", "\ufeff", "\r\n", "\t", "字", "{{ x }}\n"]
PIECES = st.sampled_from([*FRONT, *OTHERS, "[a]( )\n"])


@given(st.lists(PIECES, max_size=9).map("".join), st.sampled_from(["jekyll", "hugo", "astro", "pyyaml"]))
def test_every_finding_lies_within_the_text_and_has_a_print_of_its_own(text: str, engine: str) -> None:
    """Law: places are those of the text, no two findings share a fingerprint, and no rule fails."""
    found = examined(text, engine=engine, select=["ALL"]).findings
    lines = text.split("\n")
    for each in found:
        assert 1 <= each.line <= each.end_line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
        assert each.message
        assert "\n" not in each.message
    assert len({each.fingerprint for each in found}) == len(found)
    assert "N900" not in {each.code for each in found}


@given(st.lists(PIECES, max_size=9).map("".join), st.sampled_from(["safe", "unsafe"]))
def test_what_was_mended_stays_mended(text: str, fix: str) -> None:
    """Law: mending a mended file changes nothing, and finds what was left."""
    first = examined(text, fix=fix)
    again = examined(text if first.fixed_text is None else first.fixed_text, fix=fix)
    assert again.fixed_text is None
    assert [(each.code, each.line, each.column) for each in again.findings] == [
        (each.code, each.line, each.column) for each in first.findings
    ]
