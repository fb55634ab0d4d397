import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscli.__main__ import main
from newscli.cli.pager import paged
from newscli.cli.terminal import Terminal

HTML = "<p>苏州科技招商</p><p>第二段</p>\n\n<http://example.org/a>\n"


@pytest.fixture
def post(site: Path, write: Callable[..., Path]) -> Path:
    return write("2022-06-07-a.md", body=HTML, title="苏州", date="2022-06-07", tags="科技", note="x" * 120)


def test_a_page_is_a_small_table_and_the_body(post: Path, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "-C", str(site), "a"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("title  苏州\ndate   2022-06-07 00:00:00+08:00\ntags   科技\nnote   xxxx")
    assert "苏州科技招商" in out
    assert "<p>" not in out
    assert "<http://example.org/a>" in out


def test_problems_stand_above_the_body(
    site: Path, write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write("b.md", title='"他说"好""')
    assert main(["show", "-C", str(site), "b"]) == 0
    assert "! _posts/b.md:2:11: Y102 the value of title ends at this quote" in capsys.readouterr().out


def test_the_forms(post: Path, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form, wanted in (("--raw", post.read_text(encoding="utf-8")), ("--md", HTML)):
        assert main(["show", "-C", str(site), "a", form]) == 0
        assert capsys.readouterr().out == wanted
    assert main(["show", "-C", str(site), "a", "--json"]) == 0
    assert '"body": "<p>苏州科技招商</p>' in capsys.readouterr().out
    assert main(["show", "-C", str(site), "a", "--text"]) == 0
    assert "苏州科技招商" in capsys.readouterr().out


def test_a_body_cannot_command_the_terminal(
    site: Path, write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write("c.md", body="\x1b]0;x\x07 \u202eabc\n", title="C")
    assert main(["show", "-C", str(site), "c"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert r"\x1b]0;x" in out


class Window(Terminal):
    """A terminal of five lines."""

    @property
    def height(self) -> int:
        return 5


def test_what_fits_is_not_paged(capsys: pytest.CaptureFixture[str]) -> None:
    paged("one\ntwo\n", Window(), f"{sys.executable} -c 1/0")
    assert capsys.readouterr().out == "one\ntwo\n"


def test_what_does_not_fit_goes_through_the_pager(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print(sys.stdin.read().upper(), end='')"
    paged("苏州 a\n" * 9, Window(), f'"{sys.executable}" -c "{code}"')
    assert capfd.readouterr().out == "苏州 A\n" * 9


def test_a_pager_that_is_not_there_is_done_without(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAGER", "no-such-pager-at-all")
    paged("line\n" * 9, Window(), "")
    assert capsys.readouterr().out == "line\n" * 9


def test_a_file_that_is_not_there_is_named_rather_than_an_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["show", "nope.md"]) == 2
    assert capsys.readouterr().err == "newscli: nope.md: there is no such file\n"
    assert main(["show", "nope"]) == 2
    assert "no archive found" in capsys.readouterr().err
