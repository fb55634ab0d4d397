import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newscli.cli.options import Context, Filters, Output
from newscli.cli.output import format_name, limit_for, write_file, write_report
from newscli.cli.terminal import Terminal
from newscli.errors import NewscliError
from newscli.report import Column, Record, Report

Run = Callable[..., Any]
OnTerminal = Callable[..., tuple[int, str]]


class Window(Terminal):
    """A terminal of 60 lines, whatever the tests run on."""

    is_terminal = True
    height = 60


PIPE = Terminal(environ={})


@pytest.mark.parametrize(
    ("output", "on_terminal", "on_pipe"),
    [
        (Output(), "table", "tsv"),
        (Output(output="-"), "table", "tsv"),
        (Output(fields="title"), "table", "tsv"),
        (Output(json=True), "json", "json"),
        (Output(json=True, format="json"), "json", "json"),
        (Output(jsonl=True), "jsonl", "jsonl"),
        (Output(paths=True), "paths", "paths"),
        (Output(print0=True), "paths", "paths"),
        (Output(paths=True, print0=True), "paths", "paths"),
        (Output(count=True), "count", "count"),
        (Output(format="csv"), "csv", "csv"),
        (Output(format="{title}", print0=True), "{title}", "{title}"),
        (Output(output="x.JSON"), "json", "json"),
        (Output(output="a.b/x.ndjson"), "jsonl", "jsonl"),
        (Output(output="x.csv"), "csv", "csv"),
        (Output(output="x.csv", json=True), "json", "json"),
        (Output(output="x.txt"), "tsv", "tsv"),
    ],
)
def test_which_format(output: Output, on_terminal: str, on_pipe: str) -> None:
    assert format_name(output, Window()) == on_terminal
    assert format_name(output, PIPE) == on_pipe


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (Output(json=True, jsonl=True), "one form of output at a time: json or jsonl"),
        (Output(format="tsv", count=True, paths=True), "one form of output at a time: count or paths or tsv"),
        (Output(json=True, print0=True), "--print0 goes with --paths and with templates"),
    ],
)
def test_contradictions_are_use_errors(output: Output, message: str) -> None:
    with pytest.raises(NewscliError) as caught:
        format_name(output, PIPE)
    assert str(caught.value) == message


class Reader(Context):
    """A context on a given terminal."""

    terminal: Terminal = Window()


@pytest.mark.parametrize(
    ("filters", "output", "expected"),
    [
        (Filters(), Output(), 50),
        (Filters(limit=7), Output(), 7),
        (Filters(limit=0), Output(), None),
        (Filters(), Output(json=True), None),
        (Filters(), Output(paths=True), None),
        (Filters(), Output(output="x.tsv"), None),
        (Filters(), Output(output="x.tsv", format="table"), None),
        (Filters(), Output(output="-"), 50),
        (Filters(limit=7), Output(json=True), 7),
    ],
)
def test_how_many_on_a_terminal(filters: Filters, output: Output, expected: int | None) -> None:
    assert limit_for(filters, output, Reader()) == expected


@pytest.mark.parametrize(("height", "expected"), [(200, 50), (53, 50), (30, 27), (13, 10), (5, 10)])
def test_a_screenful_is_what_the_window_holds(height: int, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Window, "height", height)
    assert limit_for(Filters(), Output(), Reader()) == expected


def test_away_from_a_terminal_there_is_no_limit_but_the_one_asked_for() -> None:
    context = Context()
    assert limit_for(Filters(), Output(), context) is None
    assert limit_for(Filters(limit=3), Output(format="table"), context) == 3


def test_data_goes_to_stdout_and_nothing_to_stderr(newscli_: Run) -> None:
    ended = newscli_("list", "-n2")
    assert (ended.out, ended.err) == ("第0篇\n第1篇\n", "")


def test_nothing_found_is_said_beside_the_data_unless_quiet(newscli_: Run, records: list[Record]) -> None:
    records.clear()
    assert (newscli_("list").out, newscli_("list").err) == ("", "Nothing to list.\n")
    ended = newscli_("list", "--json")
    assert (ended.status, ended.out, ended.err) == (0, "[]\n", "Nothing to list.\n")
    assert newscli_("list", "-q").err == ""
    ended = newscli_("list", "--count")
    assert (ended.out, ended.err) == ("0\n", "")


def test_counts_paths_and_templates(newscli_: Run) -> None:
    assert newscli_("list", "--count", "-n2").out == "100\n"
    assert newscli_("list", "-l", "-n2").out == "_posts/0.md\n_posts/1.md\n"
    assert newscli_("list", "-0", "-n2").out == "_posts/0.md\0_posts/1.md\0"
    assert newscli_("list", "-f", "{title:>8}|{path}", "-n1").out == "   第0篇|_posts/0.md\n"
    assert newscli_("list", "--json", "--fields", "path", "-n1").out == '[\n{"path": "_posts/0.md"}\n]\n'


def test_an_asked_for_table_is_shown_on_a_pipe_without_colour_and_without_footer(newscli_: Run) -> None:
    ended = newscli_("list", "-f", "table", "-n1")
    assert (ended.out, ended.err) == ("TITLE\n第0篇\n", "")


def test_colour_may_be_forced_onto_a_pipe(newscli_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[32m第0篇" in newscli_("list", "-f", "table", "-n1", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32m第0篇" in newscli_("list", "-f", "table", "-n1").out
    assert newscli_("list", "-n1").out == "第0篇\n"


def test_an_unknown_format_or_field_is_a_use_error(newscli_: Run) -> None:
    ended = newscli_("list", "-f", "tabel")
    assert (ended.status, ended.out, ended.err) == (2, "", "newscli: no format 'tabel'; did you mean 'table'?\n")
    ended = newscli_("list", "--fields", "titel", "--json")
    assert (ended.status, ended.out, ended.err) == (2, "", "newscli: no field 'titel'; did you mean 'title'?\n")


def test_it_answers_how_many_there_were(capsys: pytest.CaptureFixture[str]) -> None:
    def report(total: int | None) -> Report:
        return Report((Column("a"),), iter([{"a": 1}, {"a": 2}]), total)

    assert write_report(report(9), Output(), Context()) == 2
    assert write_report(report(9), Output(count=True), Context()) == 9
    assert write_report(report(None), Output(count=True), Context()) == 2
    assert capsys.readouterr().out == "1\n2\n9\n2\n"


def test_paths_are_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "_posts").mkdir()
    monkeypatch.chdir(tmp_path / "_posts")
    report = Report((Column("path"),), [{"path": "_posts/a.md"}])
    write_report(report, Output(paths=True), Context(), root=str(tmp_path))
    assert capsys.readouterr().out == "a.md\n"


def test_a_footer_only_where_something_is_left_out(on_terminal: OnTerminal) -> None:
    assert "for all" not in on_terminal("list", "3")[1]
    assert on_terminal("list", "20000")[1].endswith("50 of 20,000 · -n 0 for all\n")
    assert on_terminal("list", "20000", "-q")[1].endswith("第49篇\x1b[0m\n")
    assert on_terminal("list", "-n7")[1].endswith("\n7 of 100 · -n 0 for all\n")
    assert "for all" not in on_terminal("list", "-f", "tsv", "-n7")[1]


def test_a_file_gets_data_whole_and_the_terminal_stays_clean(on_terminal: OnTerminal, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert on_terminal("list", "-o", str(target)) == (0, "")
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 100
    assert on_terminal("list", "-f", "table", "--color", "always", "-o", str(target)) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("TITLE\n第0篇\n")


def left_overs(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_new_with_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "new", ["新", "\r\n", "\udcff\ud800"])
    finally:
        os.umask(mask)
    assert (tmp_path / "new").read_bytes() == "新".encode() + b"\r\n\xff\\ud800"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    assert left_overs(tmp_path) == ["new"]


def test_a_file_that_is_there_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    (tmp_path / "old").chmod(0o600)
    write_file(tmp_path / "old", ["new"])
    assert (tmp_path / "old").read_text() == "new"
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o600


def test_a_link_stays_and_what_it_points_at_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", ["new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def failing() -> Iterator[str]:
    yield "half"
    raise NewscliError("stop")


def test_what_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    with pytest.raises(NewscliError, match=r"^stop$"):
        write_file(tmp_path / "old", failing())
    with pytest.raises(NewscliError, match=r"^stop$"):
        write_file(tmp_path / "new", failing())
    assert (tmp_path / "old").read_text() == "old"
    assert left_overs(tmp_path) == ["old"]


def test_a_folder_and_a_place_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NewscliError) as caught:
        write_file(tmp_path, ["x"])
    assert str(caught.value) == f"cannot write {tmp_path}: it is a folder"
    with pytest.raises(NewscliError) as caught:
        write_file(tmp_path / "no/where", ["x"])
    assert str(caught.value) == f"cannot write {tmp_path}/no/where: No such file or directory"


def test_what_is_no_file_is_written_directly(tmp_path: Path) -> None:
    write_file(Path(os.devnull), ["x"])
    assert not Path(os.devnull).is_file()
    os.mkfifo(tmp_path / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    write_file(tmp_path / "pipe", ["a", "b"])
    reader.join(timeout=10)
    assert read == ["ab"]
    assert left_overs(tmp_path) == ["pipe"]


def test_a_pipe_that_is_closed_is_a_closed_pipe(script: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' '{script[1]}' list 200000 -o >(head -1)"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "第0篇\n".encode(), b"")
