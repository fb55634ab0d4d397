import fcntl
import io
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import newscli
from newscli.__main__ import main

Write = Callable[..., Path]
Call = Callable[..., tuple[int, str, str]]

HEAD = "---\ntitle: {0}\ntags: 科技\n---\n"


@pytest.fixture
def call(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run ``newscli convert`` in the site; answers status, output and errors."""
    monkeypatch.chdir(site)

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(["convert", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def posts(write: Write) -> list[Path]:
    """Three posts: two with HTML, one of Markdown."""
    return [
        write("a.md", body="<p>一</p>\n", title="A", tags="科技"),
        write("b.md", body="text\n", title="B"),
        write("c.md", body="<p>三</p>\n", title="C"),
    ]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# One post


def test_one_post_goes_to_standard_output(call: Call, posts: list[Path]) -> None:
    assert call("_posts/a.md") == (0, "---\ntitle: A\ntags: 科技\n---\n一\n", "")
    assert call("tag:科技", "-o", "-") == (0, "---\ntitle: A\ntags: 科技\n---\n一\n", "")
    assert "<p>" in read(posts[0])


def test_one_post_into_a_file_or_a_folder(call: Call, posts: list[Path], tmp_path: Path) -> None:
    assert call("_posts/a.md", "-o", f"{tmp_path}/x", "--front-matter", "drop") == (0, "", "")
    assert read(tmp_path / "x") == "一\n"
    assert call("tag:科技", "-o", f"{tmp_path}/y.txt", "--to", "text", "--front-matter", "drop") == (0, "", "")
    assert read(tmp_path / "y.txt") == "一\n"
    for folder in ("z/", "w", "v"):
        (tmp_path / "v").mkdir(exist_ok=True)
        status, out, err = call("tag:科技", "-o", f"{tmp_path}/{folder}")
        assert (status, out) == (0, "")
        assert err == f"1 converted · 0 unchanged · 0 failed · 1 file written to {tmp_path}/{folder.rstrip('/')}\n"
        assert read(tmp_path / folder / "_posts" / "a.md").endswith("---\n一\n")


def test_a_post_that_fails(call: Call, write: Write) -> None:
    write("d.md", body="<p>x</p>", author="")
    problem = "author: TOML has no null; give the key a value or delete it"
    message = f"newscli: _posts/d.md:2:1: the front matter cannot become TOML: {problem}\n"
    assert call("_posts/d.md", "--front-matter", "toml") == (3, "", message)


def test_warnings_are_for_those_who_ask(call: Call, write: Write) -> None:
    write("d.md", body="x\n", title="D # c")
    assert call("_posts/d.md", "--front-matter", "json")[2] == ""
    assert call("_posts/d.md", "--front-matter", "json", "-v")[2] == (
        "_posts/d.md: JSON holds no comments; they are left out\n"
    )


# Standard input


def test_standard_input(call: Call) -> None:
    assert call("-", "--to", "text", stdin=b"<h1>a</h1><p>b</p>") == (0, "a\n\nb\n", "")
    assert call("-", stdin="---\nt: x\n---\n<p>一</p>".encode()) == (0, "---\nt: x\n---\n一", "")
    assert call("-", stdin=b"") == (0, "", "")
    text = "6月的苏州，处处涌动着创新的活力。"
    assert call("-", stdin=f"<p>{text}</p>".encode("gbk")) == (0, text, "")


def test_standard_input_as_json_into_a_file(call: Call, tmp_path: Path) -> None:
    assert call("-", "--jsonl", "-o", f"{tmp_path}/x.jsonl", stdin=b"<p>a</p>") == (0, "", "")
    record = json.loads(read(tmp_path / "x.jsonl"))
    assert (record["path"], record["text"], record["engine"], record["warnings"]) == ("-", "a", "turbohtml", [])


def test_standard_input_fails(call: Call) -> None:
    assert call("-", "--front-matter", "toml", stdin=b"---\na:\n---\n")[0] == 3


def test_standard_input_where_there_is_no_site(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("-", stdin=b"<p>a</p>") == (0, "a", "")


@pytest.mark.parametrize("options", [["-", "x"], ["-", "--in-place"], ["-", "--against", "x"]])
def test_what_standard_input_cannot_be(call: Call, options: list[str]) -> None:
    assert call(*options, stdin=b"<p>a</p>")[:2] == (2, "")


# Many


def test_many_need_a_place(call: Call, posts: list[Path]) -> None:
    status, out, err = call()
    assert (status, out) == (2, "")
    assert err.startswith("newscli: 3 posts match, and standard output takes one\nWrite them with -o DIR")


def test_many_into_a_folder(call: Call, posts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = f"2 converted · 1 unchanged · 0 failed · 3 files written to {out}\n"
    assert call("-o", str(out), "--to", "text", "-j", "2") == (0, "", told)
    assert sorted(path.name for path in (out / "_posts").iterdir()) == ["a.txt", "b.txt", "c.txt"]
    assert call("-o", str(out), "--to", "text")[2].endswith(f"0 files written to {out}\n")
    assert call("-o", str(out), "--to", "text", "--check")[0] == 0
    (out / "_posts" / "c.txt").unlink()
    assert call("-o", str(out), "--to", "text", "--check")[:2] == (1, f"{out}/_posts/c.txt\n")
    assert call("-o", str(out), "--to", "text", "--dry-run")[:2] == (0, f"{out}/_posts/c.txt\n")
    assert not (out / "_posts" / "c.txt").exists()


def test_results_in_the_site_are_no_posts_of_the_next_run(call: Call, posts: list[Path]) -> None:
    for _ in range(2):
        assert call("-o", "out")[2].startswith("2 converted · 1 unchanged · 0 failed · ")


def test_names_that_collide_are_told_before_anything_is_written(
    call: Call, write: Write, posts: list[Path], tmp_path: Path
) -> None:
    write("a.html")
    status, out, err = call("-o", f"{tmp_path}/out")
    assert (status, out) == (2, "")
    assert f"_posts/a.html and _posts/a.md: {tmp_path}/out/_posts/a.md\n" in err
    assert not (tmp_path / "out").exists()


def test_in_place(call: Call, posts: list[Path]) -> None:
    before = posts[1].stat().st_mtime_ns
    assert call("--in-place", "--dry-run")[:2] == (0, "_posts/a.md\n_posts/c.md\n")
    assert call("--in-place") == (0, "", "2 converted · 1 unchanged · 0 failed\n")
    assert [read(path).rpartition("---\n")[2] for path in posts] == ["一\n", "text\n", "三\n"]
    assert posts[1].stat().st_mtime_ns == before
    assert call("--in-place") == (0, "", "0 converted · 3 unchanged · 0 failed\n")


def test_in_place_those_that_fail_stay_and_the_others_go_on(call: Call, write: Write, posts: list[Path]) -> None:
    page = write("d.html", body="<p>x</p>\n")
    status, out, err = call("--in-place")
    assert (status, out) == (3, "")
    assert err == (
        "newscli: _posts/d.html: a file of HTML does not show Markdown or text; write it elsewhere with -o\n"
        "2 converted · 1 unchanged · 1 failed\n"
    )
    assert read(page).endswith("<p>x</p>\n")
    assert read(posts[2]).endswith("---\n三\n")


def test_check_and_diff(call: Call, posts: list[Path]) -> None:
    assert call("--check", "-q") == (1, "_posts/a.md\n_posts/c.md\n", "")
    assert call("_posts/b.md", "--check", "-q") == (0, "", "")
    status, out, _ = call("--diff")
    assert status == 0
    assert "--- a/_posts/a.md\n+++ b/_posts/a.md\n@@ -2,4 +2,4 @@\n" in out
    assert "\n-<p>一</p>\n+一\n" in out
    assert call("--diff", "--check")[0] == 1
    assert "\x1b[31m-<p>一</p>\x1b[0m\n\x1b[32m+一\x1b[0m\n" in call("--diff", "--color", "always")[1]
    assert "<p>" in read(posts[0])


def test_json_lines(call: Call, posts: list[Path]) -> None:
    status, out, err = call("--jsonl")
    records = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "2 converted · 1 unchanged · 0 failed\n")
    assert list(records[0]) == ["path", "id", "text", "engine", "warnings"]
    assert [(record["path"], record["text"], record["engine"]) for record in records] == [
        ("_posts/a.md", "一\n", "turbohtml"),
        ("_posts/b.md", "text\n", ""),
        ("_posts/c.md", "三\n", "turbohtml"),
    ]
    assert json.loads(call("--jsonl", "tag:科技", "--front-matter", "keep")[1])["text"].startswith("---\n")


def test_audit(call: Call, posts: list[Path], tmp_path: Path) -> None:
    assert call("--audit") == (0, "", "2 converted · 1 unchanged · 0 failed\n")
    out = tmp_path / "out"
    assert call("--audit", "-o", str(out))[0] == 0
    assert call("--against", str(out)) == (0, "", "3 whole · 0 failed\n")
    (out / "_posts" / "c.md").write_text("", encoding="utf-8")
    assert call("--against", str(out)) == (
        1,
        "_posts/c.md:4: text lost: 三\n",
        "2 whole · 1 with losses · 0 failed\n",
    )
    (out / "_posts" / "c.md").unlink()
    assert call("--against", str(out))[0] == 3
    (tmp_path / "x.md").write_text("二", encoding="utf-8")
    assert call("_posts/a.md", "--against", f"{tmp_path}/x.md")[:2] == (1, "_posts/a.md:5: text lost: 一\n")


def test_what_would_lose_something_is_not_written(call: Call, write: Write) -> None:
    path = write("a.md", body='<p>x</p><pre>a <b>b</b> <code>&lt;n&gt;</code></pre><img src="p.png">\n', title="A")
    write("b.md", body="<p>x</p>")
    import newscli.converters

    real = newscli.converters.convert

    def without_pictures(body: str, **options: object) -> object:
        return real(body.replace('<img src="p.png">', ""), **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newscli.converters, "convert", without_pictures)
        status, out, err = call("--audit", "--in-place")
        assert (status, out) == (1, "_posts/a.md:4: picture lost: p.png\n")
        assert err == "2 converted · 0 unchanged · 1 with losses · 0 failed\n"
        status, out, err = call("--audit", "--jsonl", "_posts/a.md")
        assert (status, json.loads(out)["lost"]) == (1, ["4: picture lost: p.png"])
        assert err == "_posts/a.md:4: picture lost: p.png\n"
    assert "<img" in read(path)


# Which posts


def test_filters_and_queries(call: Call, posts: list[Path]) -> None:
    assert call("--tag", "科技", "--check", "-q")[1] == "_posts/a.md\n"
    assert call("title:c", "--check", "-q")[1] == "_posts/c.md\n"
    assert len(call("-n", "2", "--jsonl")[1].splitlines()) == 2
    assert "3  title:" not in call("title:c", "--explain")[1]
    assert "all together" in call("title:c", "--explain")[1]


def test_nothing_found(call: Call, posts: list[Path]) -> None:
    assert call("tag:none", "--in-place") == (0, "", "No post matches.\n        0  tag:none\n")


def test_no_posts_at_all(call: Call, site: Path) -> None:
    assert call() == (0, "", "There are no posts here.\n")


def test_a_list_of_files(call: Call, posts: list[Path], tmp_path: Path) -> None:
    (tmp_path / "list").write_text("_posts/c.md\n_posts/a.md\n", encoding="utf-8")
    assert call("--files-from", f"{tmp_path}/list", "--check", "-q")[1] == "_posts/c.md\n_posts/a.md\n"


def test_files_need_no_site(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (tmp_path / "page.html").write_bytes("<html><meta charset=gbk><p>苏州</p></html>".encode("gbk"))
    assert call("../page.html") == (0, "苏州", "")
    status, _, err = call()
    assert status == 2
    assert "no archive found" in err
    assert call("../page.html", "-C", f"{tmp_path}/none")[0] == 2


def test_a_file_that_is_not_there(call: Call) -> None:
    assert call("x/y.md") == (2, "", "newscli: x/y.md: there is no such file\n")


def test_a_name_that_is_neither_a_file_nor_a_word_of_posts(
    call: Call, posts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("nope.md", "--jsonl") == (2, "", "newscli: nope.md: there is no such file\n")
    posts[0].write_text("---\ntitle: 关于 nope.md 的消息\n---\n<p>x</p>\n", encoding="utf-8")
    assert call("nope.md")[0] == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert call("nope.md") == (2, "", "newscli: nope.md: there is no such file\n")
    assert "no archive found" in call("nope.txt")[2]


def test_a_bare_name_is_the_post_of_that_name(call: Call, posts: list[Path]) -> None:
    assert posts[0].name == "a.md"
    assert call("a.md") == call(str(posts[0]))
    assert call("a.md", "-o", "one.md")[0] == 0  # one post, meant by whoever named it
    assert (posts[0].parents[1] / "one.md").is_file()
    (posts[0].parent / "more").mkdir()
    (posts[0].parent / "more" / "a.md").write_bytes(posts[0].read_bytes())
    status, out, err = call("a.md")
    assert (status, out) == (2, "")
    assert err.startswith("newscli: 2 posts are called a.md; name one by its path or id:\n")


# Options and settings


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--in-place", "-o", "x"], "one way at a time: -o or --in-place"),
        (["--in-place", "--jsonl"], "one way at a time: --in-place or --jsonl"),
        (["--diff", "--jsonl"], "one form of output at a time: --jsonl or --diff"),
        (["--against", "x", "--diff"], "one form of output at a time: --diff or --against"),
        (["--against", "x", "-o", "y"], "one way at a time: -o or --against"),
        (["--in-place", "--front-matter", "drop"], "--in-place with --front-matter drop would delete"),
        (["--engine", "nokogiri"], "no engine 'nokogiri'"),
        (["--to", "docx"], "invalid value for '--to'"),
    ],
)
def test_options_that_make_no_sense(call: Call, posts: list[Path], options: list[str], message: str) -> None:
    status, out, err = call(*options)
    assert (status, out) == (2, "")
    assert err.startswith(f"newscli: {message}")


def test_settings(call: Call, site: Path, posts: list[Path]) -> None:
    (site / "newscli.toml").write_text('[convert]\nto = "text"\nfront_matter = "drop"\n', encoding="utf-8")
    assert call("_posts/a.md") == (0, "一\n", "")
    assert call("_posts/a.md", "--to", "html")[1] == "<p>一</p>\n"
    (site / "newscli.toml").write_text('[convert]\nengin = "x"\n', encoding="utf-8")
    assert "newscli.toml:2: Unknown setting 'convert.engin'. Did you mean convert.engine?" in call("_posts/a.md")[2]


def test_options_of_html2text_are_settings(site: Path, call: Call) -> None:
    (site / "_posts" / "h.md").write_text("---\ntitle: h\n---\n<p><i>a</i> <a href='u'>b</a></p>\n", encoding="utf-8")
    settings = "[convert]\nengine = 'html2text'\n[convert.html2text]\nemphasis_mark = '_'\nignore_links = true\n"
    (site / "newscli.toml").write_text(settings, encoding="utf-8")
    assert call("_posts/h.md", "--front-matter", "drop") == (0, "_a_ b\n", "")
    assert call("_posts/h.md", "--audit") == (1, "_posts/h.md:4: link lost: u\n", "")


@pytest.mark.parametrize("engine", ["turbohtml", "html2text"])
def test_engines(call: Call, posts: list[Path], engine: str) -> None:
    assert json.loads(call("_posts/a.md", "--jsonl", "--engine", engine)[1])["engine"] == engine


# Processes


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    root = Path(newscli.__file__).parents[1]
    return {
        "PYTHONPATH": str(root),
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "TERM": "xterm",
    }


COMMAND = [sys.executable, "-m", "newscli", "convert"]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_killed_half_way_tears_nothing(
    site: Path, write: Write, environment: Mapping[str, str], ending: signal.Signals
) -> None:
    body = "<p>苏州</p>" * 400
    before = {write(f"{number:04}.md", body=body, title="x") for number in range(1500)}
    old, new = read(next(iter(before))), "---\ntitle: x\n---\n" + "\n\n".join(["苏州"] * 400)
    child = subprocess.Popen([*COMMAND, "--in-place", "-q"], cwd=site, env=environment, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while read(site / "_posts" / "0010.md") == old and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(ending)
    _, err = child.communicate(timeout=60)
    time.sleep(0.5)  # its processes notice
    assert child.returncode in (-ending, 130)
    assert b"Traceback" not in err
    texts = {path: read(path) for path in before}
    assert set(texts.values()) == {old, new}
    left = [path for path in (site / "_posts").iterdir() if path not in before]
    assert all(path.name.startswith(".newscli-") for path in left)
    assert len(left) <= 2
    done = subprocess.run([*COMMAND, "--in-place"], cwd=site, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert {read(path) for path in before} == {new}


def test_a_pipe_that_is_closed_ends_the_run_quietly(site: Path, write: Write, environment: Mapping[str, str]) -> None:
    for number in range(300):
        write(f"{number:04}.md", body="<p>苏州</p>" * 400, title="x")
    child = subprocess.Popen(
        [*COMMAND, "--jsonl"], cwd=site, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    child.stdout.close()
    assert child.stderr is not None
    with child.stderr:
        assert child.stderr.read() == b""
    assert child.wait(timeout=60) == 0


def test_no_post_commands_a_terminal(site: Path, write: Write, environment: Mapping[str, str]) -> None:
    write("a.md", body="<p>x\x1b]0;owned\x07</p>\n")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    for options in ([], ["--diff"]):
        child = subprocess.Popen(
            [*COMMAND, "_posts/a.md", *options], cwd=site, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
        )
        assert child.wait(timeout=60) == 0
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "\x1b]0;" not in shown
    assert r"\x1b]0;owned" in shown
    assert "\x1b[32m+" in shown
