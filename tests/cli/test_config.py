"""``newscli config``: settings listed, read and written."""

import sys
from pathlib import Path

import pytest

from newscli.__main__ import main
from newscli.config import SETTINGS


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["config", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture(autouse=True)
def inside(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "newscli.toml").write_text(
        "limit = 3\n[queries]\nhot = 'date:7d..'\n[convert.html2text]\npad_tables = true\n", encoding="utf-8"
    )
    monkeypatch.chdir(site)
    monkeypatch.setattr(sys, "stdin", None)


def test_every_setting_is_listed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capsys, "list")
    lines = [line.split("\t") for line in out.splitlines()]
    assert status == 0
    assert [line[0] for line in lines] == [*(setting.name for setting in SETTINGS), "queries.hot"]
    told = {line[0]: line[1:3] for line in lines}
    assert told["limit"] == ["3", str(site / "newscli.toml")]
    assert told["sort"] == ["date-", "default"]
    assert told["convert.html2text.pad_tables"] == ["true", str(site / "newscli.toml")]
    assert told["convert.html2text.wrap_links"] == ["false", "default"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "3"), ("queries.hot", "date:7d.."), ("convert.html2text.pad_tables", "true"), ("sort", "date-")],
)
def test_one_setting_is_read(name: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "get", name) == (0, f"{value}\n", "")


def test_one_setting_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "convert.html2text.body_width"
    assert call(capsys, "set", "--local", name, "70") == (0, "", f"{name} is set in {site / 'newscli.toml'}\n")
    assert (site / "newscli.toml").read_text(encoding="utf-8").endswith("pad_tables = true\nbody_width = 70\n")


def test_unknown_settings_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "get", "limt") == (2, "", "newscli: no setting 'limt'; did you mean 'limit'?\n")
    told = "Unknown setting 'convert.html2text.ignore_link'. Did you mean convert.html2text.ignore_links?"
    assert call(capsys, "set", "convert.html2text.ignore_link", "true") == (2, "", f"newscli: {told}\n")
