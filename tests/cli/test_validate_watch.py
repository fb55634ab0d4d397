"""``newscli validate --watch``, as a process of its own."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from newscli.cli.app import run
from newscli.cli.validate_watch import CLEAR

GOOD = "---\ntitle: A title\ndate: 2022-06-07\n---\nA body.\n"
ROOT = Path(__file__).resolve().parents[2]
WAIT = 60
"""Seconds after which the process counts as hung."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A Jekyll site with one post."""
    (tmp_path / "site" / "_posts").mkdir(parents=True)
    (tmp_path / "site" / "_posts" / "2022-06-07-a.md").write_text(GOOD)
    return tmp_path / "site"


class Watching:
    """The process, and what it said; both its streams end up in one."""

    def __init__(self, site: Path, home: Path, out: int, stream: IO[bytes]) -> None:
        environment = os.environ | {"XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config")}
        environment |= {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newscli", "validate", "--watch", "-f", "concise"],
            cwd=site,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        self._stream = stream

    def round(self) -> str:
        """What it says until it waits again."""
        said = b""
        while b"Ctrl-C ends" not in said:
            ready, _, _ = select.select([self._stream], [], [], WAIT)
            assert ready, said.decode()
            more = os.read(self._stream.fileno(), 65536)
            assert more, f"it ended: {said.decode()}"
            said += more
        return said.decode()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WAIT)


@pytest.fixture
def watching(site: Path, tmp_path: Path) -> Iterator[Watching]:
    """A process that watches the site, its output read from a pipe."""
    out, into = os.pipe()
    with os.fdopen(out, "rb", buffering=0) as stream:
        found = Watching(site, tmp_path, into, stream)
        os.close(into)
        yield found
        found.process.kill()
        found.process.wait()


def findings(said: str) -> list[str]:
    return re.findall(r"\b[A-Z]\d{3}\b", said)


def test_it_checks_again_after_every_change_and_ends_by_ctrl_c(site: Path, watching: Watching) -> None:
    assert findings(watching.round()) == []
    (site / "_posts" / "2022-06-07-a.md").write_text(GOOD.replace("A title", "A: title"))
    assert findings(watching.round()) == ["Y104"]
    (site / "_posts" / "2022-06-08-b.md").write_text(GOOD.replace("2022-06-07", "tuesday"))
    assert findings(watching.round()) == ["Y104", "D301"]
    (site / "newscli.toml").write_text('[validate]\nignore = ["Y104"]\n')
    assert findings(watching.round()) == ["D301"]
    (site / "newscli.toml").write_text("[validate]\nignore = 7\n")
    assert "ignore in [validate] must be a list of words, not 7" in watching.round()
    (site / "newscli.toml").unlink()
    (site / "_posts" / "2022-06-08-b.md").unlink()
    assert CLEAR not in watching.round()
    assert watching.stop() == 130


def test_a_window_is_cleared(site: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as stream:
        watching = Watching(site, tmp_path, theirs, stream)
        os.close(theirs)
        try:
            assert CLEAR not in watching.round()
            (site / "_posts" / "2022-06-07-a.md").write_text(GOOD + "More.\n")
            assert watching.round().startswith(CLEAR)
            assert watching.stop() == 130
        finally:
            watching.process.kill()
            watching.process.wait()


@pytest.mark.parametrize("words", [["-"], ["--write-baseline"], ["--files-from", "-"]])
def test_what_does_not_go_with_watching(
    words: list[str], site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    assert run(["validate", "--watch", *words]) == 2
    assert "--watch looks at files" in capsys.readouterr().err


def test_what_is_wrong_from_the_start_ends_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    assert run(["validate", "--watch", "--select", "Y999"]) == 2
    assert "unknown rule 'Y999'" in capsys.readouterr().err
