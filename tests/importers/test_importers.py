import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscli.diagnostics import Diagnostic, Severity
from newscli.errors import ConfigError
from newscli.importers import IMPORTERS, Article, Input, Item, Options, Skipped, Source, load, read

SOURCE = Input.of_bytes("a.x", b"")


def test_the_importers_stand_in_order_and_can_be_loaded() -> None:
    assert list(IMPORTERS) == sorted(IMPORTERS)
    for name in IMPORTERS:
        assert callable(load(name))
        assert load(name).__doc__, name


def test_an_importer_that_does_not_exist_is_a_wrong_use() -> None:
    with pytest.raises(ConfigError, match="no importer 'nonsense'; there are blogger, buttondown, csv"):
        load("nonsense")
    with pytest.raises(ConfigError):
        list(read("nonsense", SOURCE, Options()))


def yielding(monkeypatch: pytest.MonkeyPatch, *found: Item | Exception) -> list[Item]:
    """What reading gives when the importer yields, or raises, this."""

    def importer(_source: Input, _options: Options) -> Iterator[Item]:
        for item in found:
            if isinstance(item, Exception):
                raise item
            yield item

    monkeypatch.setattr("newscli.importers.feed.read", importer)
    return list(read("feed", SOURCE, Options()))


def test_articles_are_tidied_and_everything_else_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    skipped, problem = Skipped("a", "b", 1), Diagnostic("a", 1, 1, "I101", Severity.ERROR, "m")
    source = Source("https://example.com/", " x ")
    found = yielding(monkeypatch, Article(title=" a\n b "), skipped, problem, source)
    assert found == [Article(title="a b"), skipped, problem, Source("https://example.com/", "x")]


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (PermissionError(13, "Permission denied"), "I101", "cannot be read: Permission denied"),
        (OSError("odd"), "I101", "cannot be read: odd"),
        (ZeroDivisionError("x"), "I199", "newscli failed while reading it: ZeroDivisionError: x"),
        (RecursionError("deep"), "I199", "newscli failed while reading it: RecursionError: deep"),
    ],
)
def test_what_goes_wrong_is_a_diagnostic_after_what_was_read(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, message: str
) -> None:
    first, second = yielding(monkeypatch, Article(title="a"), error)
    assert first == Article(title="a")
    assert isinstance(second, Diagnostic)
    assert (second.path, second.code, second.message, second.severity) == ("a.x", code, message, Severity.ERROR)


def test_a_wrong_use_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="wrong"):
        yielding(monkeypatch, ConfigError("wrong"))


@pytest.mark.parametrize("kind", sorted(set(IMPORTERS) - {"folder"}))
def test_a_file_that_is_not_there_is_said(kind: str, tmp_path: Path) -> None:
    (problem,) = read(kind, Input.of_path(tmp_path / "none"), Options())
    assert isinstance(problem, Diagnostic)
    assert problem.code in ("I101", "I109")  # I109: mammoth is not installed


def test_loading_an_importer_loads_no_library_of_another() -> None:
    code = (
        "import sys, newscli.importers as importers\n"
        "assert not {'feedparser', 'nh3', 'email', 'zipfile', 'http.client'} & set(sys.modules)\n"
        "[importers.load(name) for name in importers.IMPORTERS]\n"
        "assert not {'feedparser', 'nh3', 'mammoth', 'trafilatura', 'lxml'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
