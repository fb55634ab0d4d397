"""Validate: the stream of results, ignores, severities, rules across posts, and a run that goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.errors import ConfigError
from newscli.operations.validate import FileResult, Finding, options_from, validate
from newscli.rules import RULES, Rule, model
from newscli.store import UnreadableError

GOOD = "---\ntitle: A title\n---\nA body.\n"
POST = "_posts/2022-06-07-example.md"
Files = dict[str, str | bytes]


def check(files: Files, config: dict[str, Any] | None = None, **flags: Any) -> list[FileResult]:
    def read(path: str) -> bytes:
        content = files[path]
        if not content:
            raise PermissionError(13, "Permission denied", path)
        return content if isinstance(content, bytes) else content.encode()

    options = options_from(config or {}, **({"engine": "jekyll"} | flags))
    return list(validate(files, options, read=read))


def find(text: str, **flags: Any) -> list[Finding]:
    return [finding for result in check({POST: text}, **flags) for finding in result.findings]


def codes(text: str, **flags: Any) -> list[str]:
    return [finding.code for finding in find(text, **flags)]


def test_every_file_gives_a_result() -> None:
    results = check({POST: GOOD, "_posts/no-date.md": "---\ntitle: B\ndate: 2022-06-07\n---\nx\n"})
    assert [(result.path, [one.code for one in result.findings]) for result in results] == [
        (POST, []),
        ("_posts/no-date.md", ["D303"]),
    ]
    assert results[0].text == GOOD


def test_a_file_that_cannot_be_read_does_not_stop_the_run() -> None:
    results = check({"_posts/2022-01-01-a.md": "", POST: GOOD})
    assert [(one.code, one.message) for one in results[0].findings] == [("F015", "cannot be read: Permission denied")]
    assert (results[1].path, results[1].findings) == (POST, ())


def test_a_file_that_the_store_cannot_read_is_named_once() -> None:
    def read(_path: str) -> bytes:
        raise UnreadableError(Diagnostic(POST, 1, 1, "F015", Severity.ERROR, "cannot be read: a link to nowhere"))

    (result,) = validate([POST], options_from({}), read=read)
    assert [one.message for one in result.findings] == ["cannot be read: a link to nowhere"]


def test_results_come_one_by_one() -> None:
    read: list[str] = []

    def paths() -> Iterator[str]:
        for number in range(3):
            read.append(str(number))
            yield f"_posts/2022-06-0{number + 1}-a.md"

    results = validate(paths(), options_from({}), read=lambda _: GOOD.encode())
    next(results)
    assert read == ["0"]


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_subject: Any) -> Iterator[model.Hit]:
        raise ZeroDivisionError("by\nzero")

    old = RULES["F002"]
    monkeypatch.setitem(RULES, "F002", Rule(**{name: getattr(old, name) for name in old.__slots__} | {"check": fails}))


@pytest.mark.usefixtures("broken_rule")
def test_a_rule_that_fails_is_named_and_the_others_go_on() -> None:
    found = find("---\ntitle: a: b\n---\nx\n")
    assert [one.code for one in found] == ["N900", "Y104"]
    assert (
        found[0].message
        == "the rule F002 failed on this file (ZeroDivisionError: by zero); please report it to the authors of newscli"
    )
    assert codes(GOOD, per_file_ignores={"*": "N900"}) == []


def test_a_rule_that_ends_the_program_ends_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaves(_subject: Any) -> Iterator[model.Hit]:
        raise SystemExit(0)

    old = RULES["F002"]
    monkeypatch.setitem(RULES, "F002", Rule(**{name: getattr(old, name) for name in old.__slots__} | {"check": leaves}))
    assert codes("---\ntitle: a: b\n---\nx\n") == ["N900", "Y104"]


def test_findings_are_in_the_order_of_the_file() -> None:
    found = find("---\ntags: a b\ntitle: a: b\ndate: tuesday\n---\nx\n\n<>\n")
    assert [(one.code, one.line) for one in found] == [("T401", 2), ("Y104", 3), ("D301", 4), ("L603", 8)]


def test_a_fingerprint_stays_when_lines_move() -> None:
    (first,) = find("---\ntitle: A\ntags: a b\n---\nx\n")
    (second,) = find("---\n# a remark\n\ntitle: A\ntags: a b\n---\nx\n")
    assert first.line != second.line
    assert first.fingerprint == second.fingerprint
    assert len(first.fingerprint) == 32


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    found = find("---\ntitle: A\n---\n[x]() [x]()\n")
    assert len({one.fingerprint for one in found}) == len(found) == 2


# Choosing rules


@pytest.mark.parametrize(
    ("select", "some", "none"),
    [
        (["Y"], {"Y101", "Y117"}, {"F001"}),
        (["D3"], {"D301", "D313"}, {"T401"}),
        (["unescaped-quote"], {"Y102"}, {"Y101"}),
        (["taxonomy"], {"T401", "T405"}, {"X501"}),
        (["ALL"], set(RULES), set()),
        (["minimal"], {"F001", "Y102", "D301"}, {"T401"}),
        (["strict"], {"X505"}, set()),
        (None, {"T406", "X501", "L603", "H706"}, {"T412", "L604", "X502", "B802", "D308"}),
    ],
)
def test_rules_are_chosen_by_code_name_prefix_family_and_preset(
    select: list[str] | None, some: set[str], none: set[str]
) -> None:
    selected = options_from({"engine": "jekyll"}, select=select).selected
    assert some <= selected
    assert not none & selected


def test_a_setting_is_extended_and_taken_from() -> None:
    config = {"select": ["Y", "T"], "extend-select": ["L604"], "ignore": ["T4"], "extend_ignore": ["Y110"]}
    selected = options_from(config, engine="jekyll").selected
    assert {"Y102", "L604"} <= selected
    assert not {"T401", "Y110"} & selected


def test_the_command_line_wins() -> None:
    assert options_from({"select": ["Y"], "engine": "jekyll"}, select=["F002"], engine="hugo").selected == {"F002"}


def test_a_rule_that_an_engine_does_not_know_is_off() -> None:
    assert "D303" not in options_from({}, engine="hugo", select=["ALL"]).selected


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"select": ["Y999"]}, "unknown rule 'Y999' in select"),
        ({"ignore": ["unescaped-qote"]}, "did you mean 'unescaped-quote'"),
        ({"selekt": []}, r"Unknown setting 'selekt' in \[validate\]; did you mean 'select'"),
        ({"engine": "jekyl"}, "must be one of .* did you mean 'jekyll'"),
        ({"select": 3}, "must be a list of words"),
        ({"severity": {"Y102": "eror"}}, "did you mean 'error'"),
        ({"severity": ["Y1020=error"]}, "unknown rule 'Y1020'"),
        ({"severity": ["Y102"]}, "wants a code and a level, such as T401=error, not 'Y102'"),
        ({"per-file-ignores": ["Y102"]}, "wants a glob"),
        ({"now": "soon"}, "now in .* is no date"),
        ({"timezone": "Mars/Base"}, "Unknown time zone"),
        ({"tags": []}, "must be a table"),
        ({"tags": {"vocabluary": []}}, "did you mean 'vocabulary'"),
        ({"tags": {"case": "small"}}, "must be lower or upper"),
        ({"preset": "hard"}, "must be one of default, minimal, strict"),
    ],
)
def test_wrong_settings_say_what_is_wrong(config: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        options_from(config)


def test_settings_of_the_command_are_left_to_it() -> None:
    assert options_from({"fail-level": "warning", "max-warnings": 3, "baseline": "b.json"}).engine == "pyyaml"


@pytest.mark.parametrize(("given_", "level"), [({"T4": "error"}, Severity.ERROR), (["T401=info"], Severity.INFO)])
def test_severities_can_be_changed(given_: Any, level: Severity) -> None:
    (found,) = find("---\ntitle: A\ntags: a b\n---\nx\n", severity=given_)
    assert found.severity is level


@pytest.mark.parametrize("given_", [{"_posts/*": ["T401"]}, ["2022-*.md:T401,Y"]])
def test_rules_are_off_for_some_files(given_: Any) -> None:
    assert codes("---\ntitle: A\ntags: a b\n---\nx\n", per_file_ignores=given_) == []


# Ignores in a file


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("---\n# newscli: ignore[T401] they are two\ntitle: A\ntags: a b\n---\nx\n", []),
        ("---\ntitle: A\ntags: a b # newscli: ignore[T401, D301]\n---\nx\n", ["N901"]),
        ("---\ntitle: A # newscli: ignore[T401]\ntags: a b\n---\nx\n", ["N901", "T401"]),
        ("---\n# newscli: ignore[T]\ntitle: A\ntags: a b\n---\nx\n", []),
        ("---\n# newscli: ignore[string-with-space]\ntitle: A\ntags: a b\n---\nx\n", []),
        ("---\n# newscli: ignore\ntitle: A\ntags: a b\n---\nx\n", ["N902", "T401"]),
        ("---\n# newscli: ignore[T999]\ntitle: A\n---\nx\n", ["N902"]),
        ("---\ntitle: A\n---\n<!-- newscli: ignore[L603] -->\n[x]()\n", []),
        ("---\ntitle: A\n---\n[x]() <!-- newscli: ignore[L603] -->\n", []),
        ("---\ntitle: A\n---\n<!-- newscli: ignore[L603] -->\n\n[x]()\n", ["N901", "L603"]),
        ("---\ntitle: A\n---\n# newscli: ignore[L603] is no comment here\n[x]()\n", ["L603"]),
        ("---\ntitle: A # newscli: ignore[B802]\n---\nx\n", []),
    ],
)
def test_ignores(text: str, left: list[str]) -> None:
    assert codes(text) == left


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, []),
        ({"extend-select": ["S209"]}, ["info"]),
        ({"preset": "strict", "ignore": ["B"]}, ["info"]),
        ({"severity": {"S209": "warning"}}, ["warning"]),
    ],
)
def test_what_hardly_matters_is_told_only_when_asked_for(config: dict[str, Any], found: list[str]) -> None:
    text = f"---\ntitle: A\ndescription: {'x' * 161}\n---\nx\n"
    (result,) = check({POST: text}, config)
    assert [one.severity.value for one in result.findings] == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A # newscli: ignore[D301]\ntags: [b]\n", "title: A\ntags: [b]\n"),
        ("# newscli: ignore[D301] why\ntitle: A\n", "title: A\n"),
        ("title: A\r\n  # newscli: ignore[D301]\r\nx: b\r\n", "title: A\r\nx: b\r\n"),
    ],
)
def test_an_ignore_that_is_not_needed_goes_with_its_line(before: str, after: str) -> None:
    (result,) = check({POST: f"---\n{before}---\nx\n"}, fix="safe", select=["N901", "D301"])
    assert result.fixed_text == f"---\n{after}---\nx\n"


def test_a_fault_across_posts_can_be_ignored() -> None:
    files: Files = {
        "_posts/2022-06-07-a.md": "---\ntitle: A\npermalink: /x/\n---\nx\n",
        "_posts/2022-06-08-b.md": "---\n# newscli: ignore[X501]\ntitle: B\npermalink: /x/\n---\nx\n",
    }
    assert [one.code for result in check(files) for one in result.findings] == []


# Across posts


def pair(first: str, second: str, **flags: Any) -> list[tuple[str, Finding]]:
    files: Files = {
        "_posts/2022-06-08-later.md": f"---\ntitle: B\n{second}\n---\nx y\n",
        "_posts/2022-06-07-first.md": f"---\ntitle: A\n{first}\n---\nx y\n",
    }
    return [(result.path, one) for result in check(files, **flags) for one in result.findings]


@pytest.mark.parametrize(
    ("code", "first", "second", "line", "column"),
    [
        ("X501", "permalink: /a/", "permalink: /a/index.html", 3, 12),
        ("X503", "source: https://e.com/a/", "source: http://www.e.com/a?utm_source=b#c", 3, 9),
        ("X506", "id: 7", "id: 7", 3, 5),
        ("X507", "permalink: /a/", "redirect_from: [/a/]", 3, 16),
        ("X504", "a: b", "c: d", 5, 1),
    ],
)
def test_the_later_post_is_reported(code: str, first: str, second: str, line: int, column: int) -> None:
    ((path, one),) = pair(first, second, select=[code])
    assert (path, one.line, one.column) == ("_posts/2022-06-08-later.md", line, column)
    assert one.related[0][0] == "_posts/2022-06-07-first.md"


def test_a_date_decides_which_post_is_the_later() -> None:
    found = pair("date: 2022-06-09\nid: 7", "date: 2022-06-08\nid: 7", select=["X506"])
    assert [path for path, _ in found] == ["_posts/2022-06-07-first.md"]


def test_jekyll_makes_addresses_of_categories_day_and_name() -> None:
    files: Files = {
        "a/_posts/2022-06-07-x.md": "---\ntitle: A\n---\nx\n",
        "_posts/2022-06-07-x.md": "---\ntitle: B\ncategories: a\n---\nx\n",
        "b/_posts/2022-06-07-x.md": "---\ntitle: C\n---\nx\n",
    }
    found = [(result.path, one.code) for result in check(files, select=["X501"]) for one in result.findings]
    assert found == [("a/_posts/2022-06-07-x.md", "X501")]


def test_a_spelling_of_a_tag_is_reported_once() -> None:
    files: Files = {
        f"_posts/2022-06-0{day}-a.md": f"---\ntitle: A\ntags: [{tag}]\n---\nx\n"
        for day, tag in enumerate(["AI", "AI", "Ai", "Ai", "AI", "ＡＩ"], 1)
    }
    found = [(result.path, one.message) for result in check(files, select=["T406"]) for one in result.findings]
    assert found == [
        ("_posts/2022-06-03-a.md", "2 posts have the tag Ai, 3 have AI; use one spelling"),
        ("_posts/2022-06-06-a.md", "this post has the tag ＡＩ, 3 have AI; use one spelling"),
    ]


# The site


def test_fields_of_a_collection_go_over_those_of_all() -> None:
    config = {
        "fields": {"weight": {"type": "list"}, "team": {"type": "list"}},
        "collections": [{"glob": "docs/*", "fields": {"weight": {"type": "integer"}}}],
    }
    text = "---\ntitle: A\nweight: 1\nteam: b\n---\nx\n"
    files: Files = {"docs/a.md": text, "_posts/2022-06-07-a.md": text}
    found = [(result.path, one.line) for result in check(files, config, select=["S202"]) for one in result.findings]
    assert found == [("docs/a.md", 4), ("_posts/2022-06-07-a.md", 3), ("_posts/2022-06-07-a.md", 4)]


def test_layouts_of_the_site_are_known(tmp_path: Path) -> None:
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "post.html").write_text("", encoding="utf-8")
    text = "---\ntitle: A\nlayout: pots\n---\nx\n"
    (found,) = find(text, root=tmp_path, select=["S204"])
    assert found.message == "there is no layout pots; did you mean 'post'?"
    (tmp_path / "_config.yml").write_text("theme: minima\n", encoding="utf-8")
    assert find(text, root=tmp_path, select=["S204"]) == []


def test_tags_of_the_site_s_plugins_are_known(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n{% image a.jpg %}\n"
    assert codes(text, root=tmp_path) == ["H706"]
    (tmp_path / "_plugins").mkdir()
    (tmp_path / "_plugins" / "image.rb").write_text("Liquid::Template.register_tag('image', Image)", encoding="utf-8")
    assert codes(text, root=tmp_path) == []


def test_a_vocabulary_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "tags.txt").write_text("# ours\nAI\n\n芯片\n", encoding="utf-8")
    config = {"tags": {"vocabulary": "tags.txt"}}
    (result,) = check({POST: "---\ntitle: A\ntags: [AI, 芯片, B]\n---\nx\n"}, config, root=tmp_path, select=["T405"])
    assert [one.column for one in result.findings] == [16]
    with pytest.raises(ConfigError, match="cannot read the vocabulary"):
        options_from({"tags": {"vocabulary": "none.txt"}}, root=tmp_path)


def test_collections_have_settings_of_their_own() -> None:
    config = {
        "required": ["title"],
        "fields": {"weight": {"type": "integer"}},
        "collections": [{"glob": "docs/*", "required": ["title", "nav"], "fields": {"weight": {"type": "string"}}}],
    }
    files: Files = {
        "docs/a.md": "---\ntitle: A\nweight: 1\n---\nx\n",
        "b.md": "---\ntitle: A\nweight: 1\n---\nx\n",
    }
    results = check(files, config, engine="hugo")
    assert [[one.code for one in result.findings] for result in results] == [["S201", "S202"], []]


def test_a_default_of_the_settings_can_be_added() -> None:
    config = {"fields": {"layout": {"required": True, "default": "post"}}}
    (result,) = check({POST: GOOD}, config, select=["S201"], fix="unsafe")
    assert result.fixed_text == '---\ntitle: A title\nlayout: "post"\n---\nA body.\n'


@pytest.mark.parametrize(
    ("level", "fields", "found"),
    [
        ("error", {"title": {}}, [(Severity.ERROR, 3), (Severity.WARNING, 4)]),  # the second is a slip
        ("warn", {"title": {}}, [(Severity.WARNING, 3), (Severity.WARNING, 4)]),
        ("allow", {"title": {}}, []),
        (None, {"title": {}}, [(Severity.WARNING, 4)]),
        ("error", {}, [(Severity.WARNING, 4)]),  # nobody has said which keys there are
    ],
)
def test_the_settings_say_what_unknown_keys_are(level: str | None, fields: Any, found: Any) -> None:
    config = {"fields": fields} | ({"unknown-keys": level} if level else {})
    (result,) = check({POST: "---\ntitle: A\nflavour: x\ntitel: B\n---\nx\n"}, config, select=["S205"])
    assert [(one.severity, one.line) for one in result.findings] == found


@pytest.mark.parametrize(
    ("case", "mended"), [("lower", '["ai", 新闻, "b c"]'), ("upper", '["AI", 新闻, "B C"]'), (None, None)]
)
def test_the_settings_say_in_which_letters_tags_are(case: str | None, mended: str | None) -> None:
    text = "---\ntitle: A\ntags: [Ai, 新闻, b C]\n---\nx\n"
    config = {"tags": {"case": case}} if case else {}
    (result,) = check({POST: text}, config, select=["T411"], fix="unsafe")
    assert result.fixed_text == (mended and text.replace("[Ai, 新闻, b C]", mended))
    (safe,) = check({POST: text}, config, select=["T411"], fix="safe")
    assert (safe.fixed_text, len(safe.findings)) == (None, 2 if case else 0)


@pytest.mark.parametrize(("now", "found"), [("2022-06-08", []), ("2022-06-06", ["D305"])])
def test_the_clock_can_be_set(now: str, found: list[str]) -> None:
    assert codes("---\ntitle: A\ndate: 2022-06-07\n---\nx\n", now=now) == found


def test_dates_before_the_first_of_the_site_are_implausible() -> None:
    (result,) = check({POST: "---\ntitle: A\ndate: 2022-06-07\n---\nx\n"}, {"min-date": "2022-06-08"})
    assert [one.code for one in result.findings] == ["D310"]


ODD = "-+{}:\n\r\t \"'abtitledg[]#&*!<>()/\\%|苏：\ufeff\u3000`"


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=120),
        st.text(st.sampled_from(ODD), max_size=120).map(str.encode),
        st.text(max_size=60).map(lambda text: f"---\ntitle: {text}\ntags: [{text}]\n---\n{text}".encode()),
    ),
    st.sampled_from(["jekyll", "hugo", "hexo", "astro", "pyyaml"]),
    st.sampled_from(["none", "unsafe"]),
)
def test_nothing_stops_a_run(raw: bytes, engine: str, fix: str) -> None:
    """Law: whatever the bytes, there is a result, no rule fails, and every place is in the file."""
    (result, *_) = validate([POST], options_from({}, select=["ALL"], engine=engine, fix=fix), read=lambda _: raw)
    for one in result.findings:
        assert one.code != "N900", one.message
        assert one.line >= 1
        assert one.column >= 1
        assert (one.end_line, one.end_column) >= (one.line, one.column)
