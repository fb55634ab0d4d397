import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newscli.converters
from newscli.entry import post_id
from newscli.operations import convert as operation
from newscli.operations.convert import Result, convert_bytes, convert_posts, convert_source
from newscli.operations.originals import Original
from newscli.operations.plan import Plan
from newscli.store import Store

HEAD = "---\ntitle: 苏州\ndate: 2022-06-07 07:17:20 +0800\n---\n"
BODY = "> digest\n\n<p>一</p><p>二</p>\n\n<http://example.org/a>\n\n[x](//example.org/)"
CONVERTED = "> digest\n\n一\n\n二\n\n<http://example.org/a>\n\n[x](//example.org/)"


def source(root: Path, name: str, data: str | bytes) -> Original:
    (root / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return Original(Store(root), name, name)


def test_only_the_html_changes(tmp_path: Path) -> None:
    result = convert_source(source(tmp_path, "a.md", HEAD + BODY), Plan())
    assert result == Result("a.md", "converted", HEAD + CONVERTED, "turbohtml", differs=True)


@pytest.mark.parametrize("text", ["", HEAD, HEAD + "no HTML at all\n", "no front matter\n", HEAD + CONVERTED])
def test_without_html_nothing_changes(tmp_path: Path, text: str) -> None:
    result = convert_source(source(tmp_path, "a.md", text), Plan())
    assert (result.outcome, result.text, result.engine, result.differs) == ("unchanged", text, "", False)


@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: "他说"好""\n---\n',
        "---\ntitle: x\n\tbad: y\n---\n",
        "\n\n---\ntitle: x\n---\n",
        "title: x\ndate: 2022-06-07\n---\n",
        "\ufeff---\r\ntitle: x\r\n---\r\n",
    ],
)
def test_broken_front_matter_stays_byte_for_byte(tmp_path: Path, head: str) -> None:
    result = convert_source(source(tmp_path, "a.md", f"{head}<p>一</p>"), Plan())
    assert result.text == f"{head}一"


def test_mdx_does_not_become_markdown(tmp_path: Path) -> None:
    post = source(tmp_path, "a.mdx", f"{HEAD}<Chart data={{[1]}} />\n")
    assert "MDX" in convert_source(post, Plan()).problem
    assert convert_source(post, Plan(to="text")).outcome == "converted"


def test_a_page_is_html_from_end_to_end(tmp_path: Path) -> None:
    body = "<div>\n\n*no emphasis*\n\n</div>"
    for name, text in (("a.html", HEAD + body), ("a.HTM", body), ("a.txt", f"\n<!DOCTYPE html>{body}")):
        assert r"\*no emphasis\*" in convert_source(source(tmp_path, name, text), Plan()).text
    assert r"\*" not in convert_source(source(tmp_path, "a.html", body), Plan(source="mixed")).text
    assert r"\*" in convert_source(source(tmp_path, "a.md", body), Plan(source="html")).text


def test_a_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Привет</p></body></html>'.encode("koi8-r")
    assert convert_source(source(tmp_path, "a.html", page), Plan()).text == "Привет"


def test_front_matter_dropped(tmp_path: Path) -> None:
    plan = Plan(front_matter="drop")
    result = convert_source(source(tmp_path, "a.md", f"{HEAD}\n\n<p>一</p>\n"), plan)
    assert (result.text, result.outcome) == ("一\n", "converted")
    assert convert_source(source(tmp_path, "b.md", f"{HEAD}\n一\n"), plan).outcome == "unchanged"


def test_front_matter_rewritten(tmp_path: Path) -> None:
    result = convert_source(source(tmp_path, "a.md", HEAD + "text\n"), Plan(front_matter="toml"))
    assert result.text == '+++\ntitle = "苏州"\ndate = 2022-06-07T07:17:20+08:00\n+++\ntext\n'
    assert result.outcome == "converted"
    result = convert_source(source(tmp_path, "a.md", "---\n# c\na: 1\n---\n"), Plan(front_matter="json"))
    assert result.warnings == ("JSON holds no comments; they are left out",)


def test_front_matter_that_cannot_be_rewritten_is_named_with_its_place(tmp_path: Path) -> None:
    result = convert_source(source(tmp_path, "a.md", "---\na: x\n  b:\n---\n"), Plan(front_matter="toml"))
    assert result.outcome == "failed"
    result = convert_source(source(tmp_path, "a.md", "---\na: x\nb:\n---\n<p>x</p>"), Plan(front_matter="toml"))
    assert result.problem == (
        "3:1: the front matter cannot become TOML: b: TOML has no null; give the key a value or delete it"
    )


def test_what_cannot_be_read_has_failed(tmp_path: Path) -> None:
    result = convert_source(Original(Store(tmp_path), "gone.md", "gone.md"), Plan())
    assert (result.outcome, result.problem) == ("failed", "cannot be read: No such file or directory")


def test_what_no_engine_can_convert_has_failed(tmp_path: Path) -> None:
    body = "<p>" + "<b>x" * 200_001
    result = convert_source(source(tmp_path, "a.md", body), Plan())
    assert result.outcome == "failed"
    assert "more than" in result.problem


def use(monkeypatch: pytest.MonkeyPatch, convert: Any) -> None:
    monkeypatch.setattr(newscli.converters, "convert", convert)


def test_what_takes_too_long_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, lambda *_, **__: time.sleep(9))
    result = convert_source(source(tmp_path, "a.md", BODY), Plan(seconds=0.05))
    assert (result.outcome, result.problem) == ("failed", "it took more than 0.05 seconds")
    assert convert_bytes(b"<p>x</p>", "-", Plan(seconds=0.05)).problem == "it took more than 0.05 seconds"


def test_a_diff(tmp_path: Path) -> None:
    result = convert_source(source(tmp_path, "a.md", "<p>x</p>\n\na\x0bb\nend"), Plan(delivery="diff"))
    assert result.text.split("\n") == [
        "--- a/a.md",
        "+++ b/a.md",
        "@@ -1,4 +1,4 @@",
        "-<p>x</p>",
        "+x",
        " ",
        " a\x0bb",
        " end",
        "\\ No newline at end of file",
        "",
    ]


# Writing


def put(tmp_path: Path, data: bytes, name: str = "a.md", **options: Any) -> tuple[Result, bytes]:
    post = source(tmp_path, name, data)
    result = convert_source(post, Plan(delivery="file", in_place=True, **options), post.file)
    return result, (tmp_path / name).read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_in_place_the_encoding_stays(tmp_path: Path, encoding: str) -> None:
    text = HEAD + "<p>6月的苏州，处处涌动着创新的活力和奋斗的热潮。</p>\n"
    result, data = put(tmp_path, text.encode(encoding))
    assert result.outcome == "converted"
    assert data == text.replace("<p>", "").replace("</p>", "").encode(encoding)


def test_elsewhere_it_is_utf_8(tmp_path: Path) -> None:
    for encoding, mark in (("gb18030", ""), ("utf-16", ""), ("utf-8-sig", "\ufeff")):
        post = source(tmp_path, "a.md", (HEAD + "<p>6月的苏州，处处涌动着创新的活力。</p>").encode(encoding))
        convert_source(post, Plan(delivery="file"), f"{tmp_path}/new/folder/a.md")
        written = (tmp_path / "new" / "folder" / "a.md").read_bytes()
        assert written.decode() == f"{mark}{HEAD}6月的苏州，处处涌动着创新的活力。"


def test_a_result_that_the_encoding_lacks_is_not_written(tmp_path: Path) -> None:
    text = "<html><head><meta charset=koi8-r></head><body><p>Привет &hearts;</p></body></html>".encode("koi8-r")
    result, data = put(tmp_path, text, "a.xhtml", to="html")
    assert result.outcome == "unchanged"
    post = source(tmp_path, "b.md", text)
    result = convert_source(post, Plan(delivery="file", in_place=True), post.file)
    assert result.problem == (
        "the result holds '♥', which koi8-r lacks; save the file as UTF-8, or write elsewhere with -o"
    )
    assert data == text == (tmp_path / "b.md").read_bytes()


def test_crlf_and_stray_bytes_stay(tmp_path: Path) -> None:
    text = HEAD.encode().replace(b"\n", b"\r\n") + "<p>一</p>\r\n\r\n二 ".encode() + b"\xff\r\n"
    result, data = put(tmp_path, text)
    assert result.outcome == "converted"
    assert data == text.replace(b"<p>", b"").replace(b"</p>", b"")


def test_what_would_not_change_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    post = source(tmp_path, "a.md", HEAD + BODY)
    assert convert_source(post, Plan(delivery="file"), str(target)).differs
    before = target.stat()
    assert not convert_source(post, Plan(delivery="file"), str(target)).differs
    assert target.stat().st_mtime_ns == before.st_mtime_ns
    assert target.stat().st_ino == before.st_ino


def test_nothing_is_written_when_nothing_is_to_be(tmp_path: Path) -> None:
    post = source(tmp_path, "a.md", HEAD + BODY)
    assert convert_source(post, Plan(delivery="nothing", in_place=True), post.file).differs
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == HEAD + BODY


def test_a_page_does_not_become_markdown_under_its_name(tmp_path: Path) -> None:
    result, data = put(tmp_path, b"<p>x</p>", "a.html")
    assert result.problem == "a file of HTML does not show Markdown or text; write it elsewhere with -o"
    assert data == b"<p>x</p>"


def test_what_cannot_be_written_has_failed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    post = source(tmp_path, "a.md", BODY)
    result = convert_source(post, Plan(delivery="file"), f"{tmp_path}/file/a.md")
    assert (result.outcome, result.problem) == ("failed", f"cannot write {tmp_path}/file/a.md: Not a directory")
    (tmp_path / "b.md").mkdir()
    result = convert_source(post, Plan(delivery="file", in_place=True), f"{tmp_path}/b.md")
    assert result.problem == f"cannot write {tmp_path}/b.md: Is a directory"


# Auditing


def drop_first(body: str, **_: object) -> Any:
    return SimpleNamespace(
        text=body.replace("<p>一</p>", "").replace("[x](//example.org/)", "x"), engine="x", warnings=()
    )


def test_an_audit_finds_nothing_where_nothing_is_lost(tmp_path: Path) -> None:
    assert convert_source(source(tmp_path, "a.md", HEAD + BODY), Plan(audit=True)).losses == ()


def test_an_audit_names_what_is_lost_and_where_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, drop_first)
    result, data = put(tmp_path, (HEAD + BODY).encode(), audit=True)
    assert result.losses == ("7: text lost: 一", "11: link lost: //example.org/")
    assert data.decode() == HEAD + BODY


def test_an_audit_does_not_miss_what_was_not_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, drop_first)
    post = source(tmp_path, "a.md", HEAD + BODY)
    assert convert_source(post, Plan(audit=True, links="text")).losses == ("7: text lost: 一",)


def test_an_earlier_result_is_audited(tmp_path: Path) -> None:
    post = source(tmp_path, "a.md", HEAD + BODY + "\n\n![p](p.png)\n")
    result = tmp_path / "r.md"
    plan = Plan(delivery="audit")
    result.write_text("+++\n+++\n" + CONVERTED.replace("二", ""), encoding="utf-8")
    assert convert_source(post, plan, str(result)).losses == ("7: text lost: 二", "13: picture lost: p.png")
    assert convert_source(post, Plan(delivery="audit", images="drop"), str(result)).losses == ("7: text lost: 二",)
    gone = convert_source(post, plan, f"{tmp_path}/gone.md")
    assert gone.problem == f"cannot read {tmp_path}/gone.md: No such file or directory"


def test_what_is_too_large_to_audit_has_failed(tmp_path: Path) -> None:
    result = convert_source(source(tmp_path, "a.md", "<p>x</p>\n\n" + "word " * 300_000), Plan(audit=True))
    assert result.problem.startswith("it cannot be audited: more than")


# Standard input


def test_bytes_that_begin_like_html_are_html() -> None:
    body = b"\n<div>\n\n*x*\n\n</div>"
    assert r"\*x\*" in convert_bytes(body, "-", Plan()).text
    assert r"\*x\*" not in convert_bytes(b"text\n" + body, "-", Plan()).text
    assert r"\*x\*" not in convert_bytes(body, "-", Plan(source="mixed")).text


def test_bytes_with_front_matter_are_a_post() -> None:
    assert convert_bytes((HEAD + BODY).encode(), "-", Plan()).text == HEAD + CONVERTED


def test_bytes_in_gbk_declared_or_not() -> None:
    text = "<p>6月的苏州，处处涌动着创新的活力和奋斗的热潮。</p>"
    for data in (text.encode("gbk"), ("<meta charset=gb2312>" + text).encode("gbk")):
        assert convert_bytes(data, "-", Plan(to="text")).text.strip() == text[3:-4]


def test_bytes_that_cannot_be_converted() -> None:
    assert convert_bytes(b"---\na:\n---\n", "-", Plan(front_matter="toml")).outcome == "failed"
    assert convert_bytes(b"", "-", Plan()) == Result("-", "unchanged")


# Many


def many(root: Path, count: int) -> list[Original]:
    return [source(root, f"{number:03}.md", f"{HEAD}<p>{number}</p>") for number in range(count)]


def test_many_are_converted_in_order(tmp_path: Path) -> None:
    posts = many(tmp_path, 50)
    results = list(convert_posts(posts, Plan(front_matter="drop"), jobs=2))
    assert [result.text for result in results] == [str(number) for number in range(50)]
    assert results == [convert_source(post, Plan(front_matter="drop")) for post in posts]


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(body: str, **_: object) -> Any:
        if body == "<p>7</p>":
            raise RuntimeError("no")
        return SimpleNamespace(text=body[3:-4], engine="x", warnings=())

    use(monkeypatch, convert)
    monkeypatch.setattr(operation, "_load", lambda _: None)
    posts = many(tmp_path, 20)
    results = list(convert_posts(posts, Plan(delivery="file", in_place=True), targets=[p.file for p in posts], jobs=2))
    assert [result.name for result in results if result.outcome == "failed"] == ["007.md"]
    assert results[7].problem == "internal error: RuntimeError: no"
    assert (tmp_path / "007.md").read_text(encoding="utf-8") == f"{HEAD}<p>7</p>"
    assert (tmp_path / "008.md").read_text(encoding="utf-8") == f"{HEAD}8"


def test_in_place_each_folder_is_flushed_once_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(operation, "flush", flushed.append)
    posts = many(tmp_path, 5)
    plan = Plan(delivery="file", in_place=True)
    results = convert_posts(posts, plan, targets=[post.file for post in posts], jobs=2)
    assert next(results).differs
    assert flushed == []
    assert len(list(results)) == 4
    assert flushed == [tmp_path]


def test_none_at_all() -> None:
    assert list(convert_posts([], Plan())) == []


def test_records() -> None:
    result = Result("a.md", "converted", "x", "turbohtml", ("w",), losses=("1: text lost: y",))
    assert result.record() == {
        "path": "a.md",
        "id": post_id("a.md")[:7],
        "text": "x",
        "engine": "turbohtml",
        "warnings": ["w"],
        "lost": ["1: text lost: y"],
    }
    assert "lost" not in Result("a.md", "unchanged").record()


PIECES = st.sampled_from(
    ["<p>一</p>", "text *x*", "> quote", "<div>\n", "</div>", "", "```", "{% raw %}", "<http://a.b/>", "&amp;", "- x"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=8).map("\n".join), st.sampled_from([HEAD, "", "---\nbad: 'x\n---\n"]))
def test_twice_is_once_and_the_head_stays(body: str, head: str) -> None:
    plan = Plan(source="mixed")
    once = convert_bytes((head + body).encode(), "-", plan).text
    assert once.startswith(head)
    assert convert_bytes(once.encode(), "-", plan).text == once
