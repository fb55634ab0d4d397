"""Transcripts of the real program: command, standard output, standard error, exit status.

A transcript is a text of blocks::

    $ newscli list --tag 城市新闻 -n 1
    2024-07-06T00:10:21+08:00 …      what goes to standard output
    ! 4 posts are broken             what goes to standard error
    ? 3                              the exit status, unless it is 0

``\\t`` stands for a tab. Commands run in a copy of the example archive, in the order of the file; a line ``# …`` is a
remark, and commands other than newscli are run by ``sh`` to prepare what follows.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from newscli.__main__ import main

HERE = Path(__file__).parent
ARCHIVE = HERE.parent / "examples" / "archive"


class Block(NamedTuple):
    place: str
    command: str
    out: list[str]
    err: list[str]
    status: int


def blocks(path: Path) -> Iterator[Block]:
    for piece in re.split(r"^(?=\$ )", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        command, *lines = [line for line in piece.rstrip("\n").split("\n") if not line.startswith("# ") and line != "#"]
        while lines and not lines[-1]:
            lines.pop()
        status = int(lines.pop()[2:]) if lines and lines[-1].startswith("? ") else 0
        err = [line[2:] for line in lines if line.startswith("! ") or line == "!"]
        out = [line.replace("\\t", "\t") for line in lines if not (line.startswith("! ") or line == "!")]
        yield Block(path.name, command[2:], out, err, status)


@pytest.mark.parametrize("path", sorted((HERE / "transcripts").glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ARCHIVE, tmp_path / "archive")
    monkeypatch.chdir(tmp_path / "archive")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TZ", "UTC")
    found = list(blocks(path))
    assert found
    for block in found:
        if not block.command.startswith("newscli "):
            subprocess.run(["sh", "-c", block.command], check=True)
            continue
        status = main(words(block.command))
        out, err = (_without_places(text, tmp_path) for text in capsys.readouterr())
        seen = Block(block.place, block.command, out.splitlines(), err.splitlines(), status)
        assert seen == block


def _without_places(text: str, folder: Path) -> str:
    return re.sub(r"archive-[0-9a-f]{12}", "archive-…", text.replace(str(folder), "…"))


def words(command: str) -> list[str]:
    import shlex

    return shlex.split(command)[1:]
