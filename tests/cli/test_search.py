import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import newscli
from newscli.__main__ import main
from newscli.cli import search as command
from newscli.fulltext.index import TextIndex

Write = Callable[..., Path]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def news(site: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    write("2022-06-01-a.md", body="<p>苏州科技招商，Honeywell</p>", title="苏州", date="2022-06-01", tags="科技")
    write("2022-06-02-b.md", body="上海<b>科</b>技", title="上海", date="2022-06-02", tags="金融")
    write("2022-06-03-c.md", body="other", title="'x", date="2022-06-03")
    monkeypatch.chdir(site)
    return site


def run(site: Path, capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    status = main(["search", "-C", str(site), *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_piped_hits_are_lines_of_cells(news: Path, capsys: Captured) -> None:
    status, out, err = run(news, capsys, "招商")
    assert (status, err) == (0, "")
    path, date, title, tags, score, snippet = out.rstrip("\n").split("\t")
    assert (path, date, title, tags) == ("_posts/2022-06-01-a.md", "2022-06-01T00:00:00+08:00", "苏州", "科技")
    assert float(score) > 0
    assert snippet == "苏州科技招商，Honeywell"


def test_json_has_scores_and_offsets(news: Path, capsys: Captured) -> None:
    status, out, _ = run(news, capsys, "honey", "--json")
    (record,) = json.loads(out)
    assert status == 0
    assert record["snippets"] == [{"text": "苏州科技招商，Honeywell", "matches": [[7, 12]]}]
    assert {
        "id",
        "path",
        "title",
        "date",
        "tags",
        "categories",
        "author",
        "layout",
        "draft",
        "words",
        "meta",
        "score",
    } <= set(record)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["科技", "--by", "date"], ["b", "a"]),
        (["科技", "--by", "date", "-n", "1"], ["b"]),
        (["科技", "--by", "date", "-n", "1", "--offset", "1"], ["a"]),
        (["科技", "limit:1", "--by", "date"], ["b"]),
        (["科技", "-s", "title"], ["b", "a"]),
        (["科技", "sort:date"], ["a", "b"]),
        (["科技", "--in", "tags"], ["a"]),
        (["科技", "-t", "金融"], ["b"]),
        (["科技", "-上海"], ["a"]),
        (["-F", "商，Honey"], ["a"]),
        (["-F", "title:x"], []),
        (["-E", "科技.{2}，"], ["a"]),
        (["-E", "^上海", "-t", "金融"], ["b"]),
        (["is:broken", "x"], ["c"]),
    ],
)
def test_what_is_found(news: Path, capsys: Captured, arguments: list[str], names: list[str]) -> None:
    status, out, _ = run(news, capsys, *arguments, "-l")
    assert [line.rpartition("-")[2].removesuffix(".md") for line in out.splitlines()] == names
    assert status == (0 if names else 1)


def test_counts(news: Path, capsys: Captured) -> None:
    assert run(news, capsys, "科技", "--count", "-n", "1")[:2] == (0, "2\n")
    status, out, err = run(news, capsys, "nowhere", "--count")
    assert (status, out) == (1, "0\n")
    assert "0  nowhere" in err


def test_no_hit_is_a_negative_answer_that_helps(news: Path, capsys: Captured) -> None:
    status, out, err = run(news, capsys, "科技", "honeywall")
    assert (status, out) == (1, "")
    assert err.splitlines() == ["No post matches.", "        2  科技", "        0  honeywall  nearest word: honeywell"]


def test_explain(news: Path, capsys: Captured) -> None:
    status, out, _ = run(news, capsys, "科技", "--explain")
    assert (status, out.splitlines()[0]) == (0, "text contains 科技")


def test_like(news: Path, write: Write, capsys: Captured) -> None:
    write("2022-06-04-d.md", body="再说苏州科技招商与 Honeywell", title="又一篇")
    status, out, _ = run(news, capsys, "--like", "a", "-l")
    assert (status, out) == (0, "_posts/2022-06-04-d.md\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "search for what?"),
        (["x", "--by", "size"], "--by is relevance or date"),
        (["-F", "-E", "x"], "one of -F and -E"),
        (["--like", "a", "-F", "x"], "--like goes with"),
        (["--like", "nothing-such"], "no post is called"),
        (["x", "--in", "boddy"], "Nothing to search in"),
        (["-E", "("], "no regular expression"),
        (["x", "--snippets", "9"], "snippets"),
        (["is:strange"], "Unknown state"),
    ],
)
def test_wrong_use(news: Path, capsys: Captured, arguments: list[str], says: str) -> None:
    status, out, err = run(news, capsys, *arguments)
    assert status in (1, 2) if "called" in says else status == 2
    assert out == ""
    assert says in err


def test_changes_are_seen_unless_told_not_to_look(news: Path, write: Write, capsys: Captured) -> None:
    assert run(news, capsys, "新来的")[0] == 1
    write("2022-06-05-e.md", body="新来的", title="E")
    assert run(news, capsys, "新来的", "--no-sync")[0] == 1
    assert run(news, capsys, "新来的", "-l")[:2] == (0, "_posts/2022-06-05-e.md\n")
    (news / "_posts" / "2022-06-05-e.md").unlink()
    assert run(news, capsys, "新来的")[0] == 1


def test_the_first_search_builds_even_without_looking(news: Path, capsys: Captured) -> None:
    assert run(news, capsys, "招商", "--no-sync", "-l")[:2] == (0, "_posts/2022-06-01-a.md\n")


def test_a_damaged_index_is_built_anew_with_a_line(news: Path, capsys: Captured, own_cache: Path) -> None:
    run(news, capsys, "招商")
    (path,) = own_cache.glob("*-text.sqlite")
    path.write_bytes(b"x" * 10000)
    status, out, err = run(news, capsys, "招商", "-l")
    assert (status, out) == (0, "_posts/2022-06-01-a.md\n")
    assert err.count("damaged") == 1


def test_damage_within_is_noticed_when_it_is_met(news: Path, capsys: Captured, own_cache: Path) -> None:
    import sqlite3

    run(news, capsys, "招商")
    (path,) = own_cache.glob("*-text.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE texts_data SET block = x'00ff00ff00ff' WHERE id > 10")
    connection.commit()
    connection.close()
    status, out, err = run(news, capsys, "招商", "-l")
    assert (status, out) == (0, "_posts/2022-06-01-a.md\n")
    assert "damaged" in err


def test_a_rebuild_takes_the_full_text_along(news: Path, capsys: Captured, own_cache: Path) -> None:
    run(news, capsys, "招商")
    assert list(own_cache.glob("*-text.sqlite"))
    assert main(["index", "rebuild", "-C", str(news)]) in (0, 3)
    capsys.readouterr()
    assert not list(own_cache.glob("*-text.sqlite"))
    assert run(news, capsys, "招商", "-l")[:2] == (0, "_posts/2022-06-01-a.md\n")


def test_other_errors_of_the_file_are_no_damage(news: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    import sqlite3

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("strange")

    monkeypatch.setattr(TextIndex, "sync", fail)
    assert run(news, capsys, "招商")[0] == 4


def test_settings(news: Path, capsys: Captured) -> None:
    (news / "newscli.toml").write_text("[search]\nsimplified = 1\n")
    status, _, err = run(news, capsys, "招商")
    assert status == 2
    assert "search.simplified must be true or false" in err


def test_other_settings_build_anew_with_a_line(news: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    from newscli.operations import variants

    sounds = {"科": "ke", "技": "ji"}
    monkeypatch.setattr(variants, "find_spec", lambda _: True)
    monkeypatch.setattr(command, "readings", lambda new: [(sounds[each], each) for each in new if each in sounds])
    assert run(news, capsys, "keji")[0] == 1
    (news / "newscli.toml").write_text("[search]\npinyin = true\n")
    status, out, err = run(news, capsys, "keji", "-l", "--by", "date")
    assert (status, out) == (0, "_posts/2022-06-02-b.md\n_posts/2022-06-01-a.md\n")
    assert err == "newscli: the text index was made by another version or for other settings; building it anew\n"
    assert "other settings" not in run(news, capsys, "keji")[2]
    (news / "newscli.toml").unlink()
    assert "other settings" in run(news, capsys, "keji")[2]


def test_a_terminal_shows_snippets_and_how_many_there_are(
    news: Path, write: Write, on_terminal: Callable[..., tuple[int, str]]
) -> None:
    for number in range(12):
        write(f"2021-01-{number + 1:02}-x.md", body=f"批量科技{number}", title=f"第{number}")
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, str(news)],
        env={**os.environ, "PYTHONPATH": str(Path(newscli.__file__).parents[1]), "TERM": "xterm"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b[1;31m科技\x1b[0m" in done.stdout
    assert "\x1b[35m_posts/" in done.stdout
    assert "6 of 14 · -n 0 for all" in done.stdout
    assert on_terminal is not None


TERMINAL = """
import os, pty, sys
os.environ.update(LINES="24", COLUMNS="80")
child, ours = pty.fork()
if child == 0:
    os.execv(sys.executable, [sys.executable, "-m", "newscli", "search", "-C", sys.argv[1], "科技"])
out = b""
while True:
    try:
        piece = os.read(ours, 65536)
    except OSError:
        break
    if not piece:
        break
    out += piece
sys.stdout.buffer.write(out)
"""
