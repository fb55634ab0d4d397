"""Fixes on whole files: what is written, and the laws of every fix."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Edit
from newscli.fixes.apply import apply_edits
from newscli.front_matter import read
from newscli.operations.validate import FileResult, options_from, validate

POST = "_posts/2022-06-07-example.md"
SHANGHAI = {"zone": "Asia/Shanghai"}
Table = list[tuple[str, str, str, dict[str, Any]]]
HEAD = "---\nlayout: post # kept\n"
TAIL = "---\nA body. \n\n"


def run(text: str | bytes, **flags: Any) -> FileResult:
    raw = text if isinstance(text, bytes) else text.encode()
    options = options_from({}, **({"engine": "jekyll"} | flags))
    return next(iter(validate([POST], options, read=lambda _: raw)))


def fixed(text: str | bytes, **flags: Any) -> str:
    result = run(text, **flags)
    raw = result.fixed_bytes
    return (raw if raw is not None else text if isinstance(text, bytes) else text.encode()).decode()


SAFE: Table = [
    ("Y102", 'title: "a "b" c"', "title: 'a \"b\" c'", {}),
    ("Y110", "title: 0777", 'title: "0777"', {}),
    ("Y114", "on: x", '"on": x', {}),
    ("S202", "published: 'false'", "published: false", {}),
    ("S205", "Tags: [a]", "tags: [a]", {}),
    ("S207", 'title: "a &amp; b"', 'title: "a & b"', {}),
    ("S208", 'title: " a  b "', 'title: "a b"', {}),
    ("D306", "date: 2022-06-07 07:17:20", "date: 2022-06-07 07:17:20 +0800", SHANGHAI),
    ("D306", 'date: "2022-06-07 07:17:20"', 'date: "2022-06-07 07:17:20 +0800"', SHANGHAI),
    ("D309", "date: '2022-6-7'", "date: 2022-06-07", {}),
    ("T402", 'tags: "AI, 芯片"', "tags: [AI, 芯片]", {}),
    ("T403", "tags: [no, a]", 'tags: ["no", a]', {}),
    ("T404", "tags: [AI, b, ai]", "tags: [AI, b]", {}),
    ("T404", "tags:\n- AI\n- ai\n- b", "tags:\n- AI\n- b", {}),
    ("T407", 'tags: ["", a]', "tags: [a]", {}),
    ("T411", 'tags: [" a "]', 'tags: ["a"]', {}),
    ("T413", "tags: 新闻", "tags: [新闻]", {}),
    ("F013", "title: a\u200bb", "title: ab", {}),
    ("F012", "title: a\bb", "title: ab", {}),
]
UNSAFE: Table = [
    ("Y103", 'title: "a', 'title: "a"', {}),
    ("Y106", "title: a\ntitle: a", "title: a", {}),
    ("Y109", "title: a #1 b", 'title: "a #1 b"', {}),
    ("Y111", 'image: "C:\\new"', "image: 'C:\\new'", {}),
    ("S204", "layout2: x\nlayout: pots", "layout2: x\nlayout: post", {"layouts": ["post"]}),
    ("S207", 'title: "<em>a</em>"', 'title: "a"', {}),
    ("D301", "date: 2022年6月7日", "date: 2022-06-07", {}),
    ("D301", "date: 1654586240", "date: 2022-06-07 15:17:20 +0800", SHANGHAI),
    ("D301", "date: 06/07/2022", "date: 06/07/2022", {}),
    ("T401", "tags: a b", "tags: [a, b]", {}),
    ("T405", "tags: [AI2]", 'tags: ["AI"]', {"vocabulary": ["AI"]}),
    ("T408", "tags: [a]\ntag: x", "tags: [a, x]", {}),
]


def post(lines: str) -> str:
    return f"---\nkept: it  # as it is\n{lines}\n{TAIL}"


@pytest.mark.parametrize(("code", "lines", "after", "flags"), SAFE)
def test_a_safe_fix_changes_its_value_alone(code: str, lines: str, after: str, flags: dict[str, Any]) -> None:
    assert fixed(post(lines), select=[code], fix="safe", **flags) == post(after)


@pytest.mark.parametrize(("code", "lines", "after", "flags"), UNSAFE)
def test_an_unsafe_fix_waits_to_be_asked_for(code: str, lines: str, after: str, flags: dict[str, Any]) -> None:
    assert fixed(post(lines), select=[code], fix="safe", **flags) == post(lines)
    assert fixed(post(lines), select=[code], fix="unsafe", **flags) == post(after)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("F001", HEAD.encode() + b"title: \xcb\xd5\xd6\xdd\xc8\xcb\n" + TAIL.encode(), HEAD + "title: 苏州人\n" + TAIL),
        ("F001", b"---\ntitle: a\n---\nover\xc2 1,200\n", "---\ntitle: a\n---\nover 1,200\n"),
        ("F001", "\ufeff---\ntitle: 苏州\n---\nx\n".encode("utf-16-le"), "---\ntitle: 苏州\n---\nx\n"),
        ("F002", "\ufeff---\ntitle: a\n---\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F003", "---\r\ntitle: a\r\n---\r\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F003", "---\rtitle: a\r---\rx\r", "---\ntitle: a\n---\nx\n"),
        ("F004", "title: a\ndate: 2022-06-07\n---\nx\n", "---\ntitle: a\ndate: 2022-06-07\n---\nx\n"),
        ("F004", "title: a\ndate: 2022-06-07\n\nx\n", "---\ntitle: a\ndate: 2022-06-07\n---\n\nx\n"),
        ("F013", "---\nseo:\n\u00a0\u00a0title: x\n---\nx\n", "---\nseo:\n    title: x\n---\nx\n"),
        ("F006", "---\ntitle: a\n\nA body.\n", "---\ntitle: a\n---\n\nA body.\n"),
        ("F007", "\n \n---\ntitle: a\n---\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F008", "--- \ntitle: a\n---\t\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F009", "----\ntitle: a\n----\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F009", "---\ntitle: a\n...\nx\n", "---\ntitle: a\n---\nx\n"),
        ("F011", '+++\n# c\ntitle = "a"\ntags = ["b"]\n+++\nx\n', "---\n# c\ntitle: a\ntags:\n- b\n---\nx\n"),
        ("L603", "---\ntitle: a\n---\nx\n\n<>\n", "---\ntitle: a\n---\nx\n\n\n"),
        ("L604", "---\ntitle: a\n---\n[x](//e.com)\n", "---\ntitle: a\n---\n[x](https://e.com)\n"),
        ("H701", "---\ntitle: a\n---\na<script>b</script>c\n", "---\ntitle: a\n---\nac\n"),
        ("H702", '---\ntitle: a\n---\n<b onclick="c">d</b>\n', "---\ntitle: a\n---\n<b>d</b>\n"),
        ("H706", "---\ntitle: a\n---\n{% b %}\n", "---\ntitle: a\n---\n{% raw %}{% b %}{% endraw %}\n"),
        ("B804", "---\ntitle: a\n---\n# A\n\nx\n", "---\ntitle: a\n---\n\nx\n"),
        ("B806", "---\ntitle: a\n---\nx", "---\ntitle: a\n---\nx\n"),
        ("N901", "---\ntitle: a # newscli: ignore[D304]\n---\nx\n", "---\ntitle: a\n---\nx\n"),
        ("N901", "---\ntitle: a # newscli: ignore[D304, D30] why\n---\nx\n", "---\ntitle: a\n---\nx\n"),
        (
            "N901",
            "---\ntags: a b # newscli: ignore[D304,T401, Q9, D30] why\n---\nx\n",
            "---\ntags: a b # newscli: ignore[T401, Q9] why\n---\nx\n",
        ),
    ],
)
def test_a_fix_of_the_file_or_body(code: str, before: str | bytes, after: str) -> None:
    assert fixed(before, select=[code, "D304"], fix="unsafe") == after


def test_several_faults_are_mended_in_one_go() -> None:
    before = 'title: "a "b""\ndate: 2022-6-7\ntags: [no]\n---\n\nx\n'
    after = '---\ntitle: \'a "b"\'\ndate: 2022-06-07\ntags: ["no"]\n---\n\nx\n'
    result = run(before, select=["F", "Y", "D309", "T403"], fix="unsafe")
    assert result.fixed_text == after
    assert {one.code for one in result.fixed} == {"F004", "Y102", "D309", "T403"}
    assert result.findings == ()


def test_what_was_not_mended_is_still_found() -> None:
    result = run("---\ntitle: a: b\ndate: tuesday\n---\nx\n", select=["Y", "D"], fix="safe")
    assert ([one.code for one in result.fixed], [one.code for one in result.findings]) == (["Y104"], ["D301"])


def test_an_old_encoding_stays_when_it_is_not_to_be_mended() -> None:
    before = "---\ntitle: 苏州: 驶上科技招商\n---\n处处涌动着创新的活力。\n".encode("gb18030")
    after = '---\ntitle: "苏州: 驶上科技招商"\n---\n处处涌动着创新的活力。\n'
    assert run(before, select=["Y"], fix="safe").fixed_bytes == after.encode("gb18030")


def test_nothing_is_written_where_nothing_was_mended() -> None:
    result = run("---\ntitle: a\n---\nx\n", fix="unsafe")
    assert (result.fixed_text, result.fixed_bytes, result.fixed) == (None, None, ())


def test_edits_are_made_in_the_order_of_the_text() -> None:
    assert apply_edits("abcdef", [Edit(4, 5, "X"), Edit(0, 1, ""), Edit(2, 2, "-")]) == "b-cdXf"


KEYS = st.sampled_from(["title", "tags", "date", "layout", "Titel", "image", "published", "on"])
VALUES = st.sampled_from(
    ['"a "b" c"', "a: b", "[no, x]", "2022/06/07", "'false'", "@x", "0777", '"&amp;"', "[AI, ai]", "a b", "x # y", "~",
     '"', "[a", "2022-6-7", "tuesday", "|\n  text", "\n- a\n-b", '" a "', '"C:\\new"', "“q: r”", "", "{a: b}"]
)  # fmt: skip
POSTS = st.lists(st.tuples(KEYS, VALUES), max_size=5, unique_by=lambda pair: pair[0]).map(
    lambda pairs: "---\nkept: it # so\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\nA body.\n"
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(POSTS, st.sampled_from(["safe", "unsafe"]), st.sampled_from(["jekyll", "hugo", "hexo", "pyyaml"]))
def test_fixing_twice_is_fixing_once_and_the_rest_stays(text: str, fix: str, engine: str) -> None:
    """Laws: a second run finds nothing to mend; the first line, other keys' comments and the body stay."""
    after = fixed(text, select=["F", "Y", "S", "D", "T"], fix=fix, engine=engine, **SHANGHAI)
    assert fixed(after, select=["F", "Y", "S", "D", "T"], fix=fix, engine=engine, **SHANGHAI) == after
    assert after.startswith("---\nkept: it # so\n")
    assert after.endswith("---\nA body.\n")
    assert read(after).data.get("kept") == "it"
