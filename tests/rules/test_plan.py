"""The plan of a run: a rule that is not asked would have found nothing."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.rules import RULES
from newscli.rules.options import Options, options_from
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject

ALONE = [rule for rule in RULES.values() if rule.needs not in ("corpus", "own", "schema")]
LINES = [
    "title: A title", "title: 苏\u200b州", "title: ", 'title: "a', "title: a: b", "layout: post",
    "date: 2022-06-07", "date: 2022-06-07 07:17:20 +0800", "date: 2022-06-07 07:17:20", "date: 2022-06-09",
    "date: 2022-6-7", "date: '2022-06-07'", "date: 2099-01-01", "date: 1970-01-01", "date: 0001-01-01",
    "date: 2022-02-30", "date: tuesday", "date: 2022-06-07T07:17:20Z", "date: [2022-06-07]", "date: 20220607",
    "updated: 2022-06-01", "lastmod: soon", "slug: other", "image: C:\\a.jpg",
    "tags: news", "tags: a b", "tags: a，b", "tags: [a, A]", "tags: [C, C++]", 'tags: [" a "]', "tags: ['#a']",
    "tags: [a/b]", "tags: ['']", "tags: []", "tags: ''", "tags: 2022-06-07", "tags: [no]", "tags: a/b",
    "tags:\n- a\n- b", "tags:\n- 2022-06-07", "tag: b", "tag:", "category: a b", "categories: other",
    "x: &x [1]", "# a remark", "\tx: 1", "x: \x08",
]  # fmt: skip
BODIES = [
    "A body.", "", "\u3000\u3000", "<!-- -->", "---\ntitle: x\n---\n", '+++\nx = "y"\n+++\n', "# A title\n", "\r\n",
    "\r", "<>", "[x]()", "<a href>", "<a\nhref=''>", "[x](//a.b)", "<//a.b>", "<a href=//a.b>", "<http://a.b>",
    "[r]: //a.b",
    "![x](a\\b.jpg)", "[x](file:///a)", "[x](C:/a)", "<img src='a.b'>", "![](/a)", "[x](#y)", "<a href='#y'>",
    "[x](</a b>)", "[x](/a b)", "[x](/a?token=b)", "[x](http://localhost)", "{% link a.md %}", "{% post_url a %}",
    "<script>", "<IFRAME>", "<b onclick=x>", "<b ONCLICK\n= x>", "[x](javascript:a)", "<a href='jav\nascript:a'>",
    "<a href='j&#97;vascript&#58;a'>", "<a href='javascript&colon;a'>", "<a href='data:te\nxt/html,'>", "<div>",
    "</b>", "<p style='display:none'>", "<p hidden>", "<img width=1 height=1>", "{{ a }}", "{% a %}", "{{", "\x0c",
    "<!-- EM_StockImg_End -->", "<p data-code=1>", "<span id=a></span>", "锟斤拷", "Ã©", "Â©", "ä¸\u00adæ–‡", "ðŸ˜€",
    "ÐŸÑ€Ð¸", "\ufffd", "\n\n",
]  # fmt: skip
PATHS = [
    "_posts/2022-06-07-a.md", "_posts/2022-06-07-a b.md", "x/_posts/2022-06-07-a.md", "_posts/a.md",
    "_posts/2022-6-7-a.md", "_posts/2022-13-45-a.md", "_posts/2022-06-07-a.txt", "_posts/2022-06-07-é.md",
    "con.md", "_posts/2099-01-01-a.md",
    "_posts/2022-06-07-cafe\u0301.html", "2022-06-07.md", f"_posts/2022-06-07-{'a' * 260}.md",
]  # fmt: skip


def options(engine: str) -> Options:
    return options_from(
        {"tags": {"vocabulary": ["news"]}},
        engine=engine,
        select=["ALL"],
        timezone="Asia/Shanghai",
        now="2026-11-23T00:00:00+08:00",
        min_date="2000-01-01",
    )


ENGINES = {engine: options(engine) for engine in ("jekyll", "hugo", "pyyaml")}


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    lines = draw(st.lists(st.sampled_from(LINES), max_size=5, unique=True))
    body = "".join(draw(st.lists(st.sampled_from(BODIES), max_size=4)))
    text = draw(st.sampled_from(["{}---\n{}---\n{}", "{}----\n{}---\n{}", "\n{}---\n{}---\n{}", "{}--- \n{}...\n{}"]))
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    whole = text.format(mark, "".join(f"{line}\n" for line in lines), body)
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16"]))
    return Subject(draw(st.sampled_from(PATHS)), whole.encode(encoding), ENGINES[draw(st.sampled_from(list(ENGINES)))])


@given(subject=subjects())
def test_a_rule_that_is_not_asked_would_find_nothing(subject: Subject) -> None:
    asked = {rule.code for rule in Plan(subject.options).rules_for(subject)}
    on = subject.options.selected
    finders = {rule.code for rule in ALONE if rule.code in on and list(rule.check(subject))}
    assert finders <= asked


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("body", ["A body."])
def test_no_line_alone_hides_a_finding(line: str, body: str) -> None:
    for path in PATHS:
        check_law(path, f"---\ntitle: A\n{line}\n---\n{body}\n")


@pytest.mark.parametrize("body", BODIES)
def test_no_body_alone_hides_a_finding(body: str) -> None:
    for before, after in pairwise(["", "x ", "\n", "<p>", ""]):
        check_law(PATHS[0], f"---\ntitle: A title\n---\n{before}{body}{after}")


def check_law(path: str, text: str) -> None:
    for settings in ENGINES.values():
        subject = Subject(path, text.encode(), settings)
        asked = {rule.code for rule in Plan(settings).rules_for(subject)}
        for rule in ALONE:
            if rule.code in settings.selected and rule.code not in asked:
                assert list(rule.check(subject)) == [], rule.code


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.hints], ids=lambda rule: rule.code)
def test_hints_start_with_a_literal(rule: Any) -> None:
    for hint in rule.hints:
        first = hint[1:2] if hint[:1] == b"\\" else hint[:1]
        assert not first.isalnum() or hint[:1] != b"\\", hint
        assert hint[:1] not in b"()[].^$*+?|", hint
        re.compile(hint)
    assert rule.needs == "body"


def test_a_usual_post_is_asked_about_little() -> None:
    settings = options_from({}, engine="jekyll", timezone="Asia/Shanghai", now="2026-11-23T00:00:00+08:00")
    text = "---\ntitle: 苏州\ndate: 2022-06-07 07:17:20 +0800\ntags: [a, b]\n---\n<p>x</p> [a](https://e.com/)\n"
    asked = Plan(settings).rules_for(Subject(PATHS[0], text.encode(), settings))
    assert {rule.code[0] for rule in asked} <= {"S", "Y"}


def test_rules_about_settings_are_asked_where_there_are_any() -> None:
    subject = Subject(PATHS[0], b"---\ntitle: a\n---\nx\n", options("jekyll"))
    assert "S211" not in {rule.code for rule in Plan(subject.options).rules_for(subject)}
    settings = options_from({"fields": {"x": {"type": "string"}}}, engine="jekyll", select=["ALL"])
    assert "S211" in {rule.code for rule in Plan(settings).rules_for(subject)}


def test_nothing_is_looked_for_in_bodies_when_no_rule_is_about_them() -> None:
    settings = options_from({}, engine="jekyll", select=["S201"])
    subject = Subject(PATHS[0], b"---\nlayout: post\n---\n<script>\n", settings)
    assert [rule.code for rule in Plan(settings).rules_for(subject)] == ["S201"]
    assert "low" not in subject.__dict__
