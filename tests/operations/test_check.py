from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newscli.finding import FileResult
from newscli.index import Index
from newscli.operations import check as module
from newscli.operations.check import Work, check
from newscli.rules.options import Options, options_from
from newscli.store import Store

COLON = "---\ntitle: 苏州: 驶上\ndate: 2022-06-07 07:17:20 +0800\n---\n正文\n"
STRING = "---\ntitle: 好\ndate: 2022-06-07 07:17:20 +0800\ntags: 新闻\npermalink: /same/\n---\n正文\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two posts with the same address and one that is broken, written long ago."""
    import os

    for name, text in {"a": COLON, "b": STRING, "c": STRING}.items():
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1e9, 1e9))
    return Store(tmp_path)


@pytest.fixture
def index(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the posts."""
    with Index(store, tmp_path_factory.mktemp("cache")) as opened:
        opened.refresh()
        yield opened


PATHS = ["a.md", "b.md", "c.md"]


def options(*select: str, **more: object) -> Options:
    return options_from({}, engine="jekyll", select=list(select), **more)


def codes(results: list[FileResult]) -> list[tuple[str, str]]:
    return [(result.path, finding.code) for result in results for finding in result.findings]


def test_a_result_for_each_file_in_order_with_what_shows_across(store: Store, index: Index) -> None:
    results = list(check(Work(store, options("Y104", "T413", "X501"), index=index), PATHS))
    assert [result.path for result in results] == PATHS
    assert codes(results) == [("a.md", "Y104"), ("b.md", "T413"), ("c.md", "T413"), ("c.md", "X501")]


def test_files_by_themselves_are_compared_with_one_another(store: Store) -> None:
    work = Work(store, options("X501"))
    assert codes(list(check(work, PATHS))) == [("c.md", "X501")]
    assert codes(list(check(work, ["c.md"]))) == []


def test_some_files_are_compared_with_all(store: Store, index: Index) -> None:
    assert codes(list(check(Work(store, options("X501"), index=index), ["c.md"]))) == [("c.md", "X501")]


def test_bodies_are_compared_with_all(store: Store, index: Index) -> None:
    assert codes(list(check(Work(store, options("X504"), index=index), ["c.md"]))) == [("c.md", "X504")]
    assert codes(list(check(Work(store, options("X504"), index=index), ["a.md"]))) == []


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamps of files count at once; otherwise they would do so two seconds after the files were written."""
    monkeypatch.setattr("newscli.sweep.SLACK", -(10**18))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read while the rules look at them."""
    paths: list[str] = []
    original = Store.read_bytes

    def watch(self: Store, path: str) -> bytes:
        paths.append(path)
        return original(self, path)

    monkeypatch.setattr(Store, "read_bytes", watch)
    return paths


def test_a_second_run_reads_nothing_and_finds_the_same(
    settled: None, store: Store, index: Index, read: list[str]
) -> None:
    work = Work(store, options("Y104", "T413", "X501"), index=index)
    first = list(check(work, PATHS))
    assert set(read) == set(PATHS)
    read.clear()
    second = list(check(work, PATHS))
    assert read == []
    assert [result.findings for result in second] == [result.findings for result in first]


@pytest.mark.parametrize(
    "change",
    [
        lambda work: replace(work, cache=False),
        lambda work: replace(work, options=options("Y104")),
        lambda work: replace(work, options=options("Y104", "T413", severity=["T413=error"])),
        lambda work: replace(work, options=options("Y104", "T413", "L601")),
        lambda work: replace(work, options=replace(work.options, packages=("acme-rules 1.3",))),
    ],
)
def test_other_options_read_again(
    change: Callable[[Work], Work], settled: None, store: Store, index: Index, read: list[str]
) -> None:
    work = Work(store, options("Y104", "T413"), index=index)
    list(check(work, PATHS))
    read.clear()
    list(check(change(work), PATHS))
    assert set(read) == set(PATHS)


def test_texts_come_with_known_findings_where_they_are_wanted(settled: None, store: Store, index: Index) -> None:
    work = Work(store, options("T413"), index=index)
    assert [result.text for result in check(work, PATHS)] == ["", "", ""]
    assert [result.text for result in check(replace(work, texts=True), PATHS)] == ["", STRING, STRING]
    (store.root / "b.md").unlink()
    assert [result.text for result in check(replace(work, texts=True), PATHS)] == ["", "", STRING]


def test_several_processes_find_the_same_in_the_same_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(store, options("Y104", "T413", "X501"), jobs=2)
    alone = list(check(replace(work, jobs=1), PATHS))
    monkeypatch.setattr(module, "SHARED_FROM", 2)
    monkeypatch.setattr(module, "CHUNK", 1)
    assert list(check(work, PATHS)) == alone


def test_what_is_given_in_place_of_the_disk_is_checked(store: Store, index: Index) -> None:
    work = Work(store, options("Y104"), index=index, read=lambda _path: COLON.encode())
    assert codes(list(check(work, ["new.md"]))) == [("new.md", "Y104")]


def test_mending_leaves_what_cannot_be_mended(store: Store) -> None:
    work = Work(store, options("Y104", "T413", fix="safe"))
    first, second, _ = check(work, PATHS)
    assert (first.findings, second.findings) == ((), ())
    assert first.fixed_text is not None
    assert "苏州: 驶上" in first.fixed_text
    assert [finding.code for finding in second.fixed] == ["T413"]


def test_only_what_is_fixable_is_mended(store: Store) -> None:
    work = Work(store, options("Y104", "T413", fix="safe"), fixable=frozenset(["T413"]))
    first, second, _ = check(work, PATHS)
    assert first.fixed_text is None
    assert [(finding.code, finding.fix) for finding in first.findings] == [("Y104", None)]
    assert [finding.code for finding in second.fixed] == ["T413"]
    assert second.findings == ()


def test_without_mending_the_fixes_that_are_not_wanted_are_not_offered(store: Store) -> None:
    work = Work(store, options("Y104", "T413"), fixable=frozenset(["T413"]))
    found = [(finding.code, finding.fix is None) for result in check(work, PATHS) for finding in result.findings]
    assert found == [("Y104", True), ("T413", False), ("T413", False)]


def test_a_slip_among_tags_takes_the_index_and_no_vocabulary(tmp_path: Path) -> None:
    tags = ["economisc", *["economics"] * 20]
    for number, tag in enumerate(tags):
        (tmp_path / f"{number:02}.md").write_text(f"---\ntitle: {number}\ntags: [{tag}]\n---\nx\n", encoding="utf-8")
    store = Store(tmp_path)
    paths = [f"{number:02}.md" for number in range(len(tags))]
    with Index(store, tmp_path / "cache") as opened:
        opened.refresh()
        assert codes(list(check(Work(store, options("T405"), index=opened), paths))) == [("00.md", "T405")]
        assert codes(list(check(Work(store, options("T405"), index=opened), paths[1:]))) == []
        known = options("T405", vocabulary=["economisc", "economics"])
        assert codes(list(check(Work(store, known, index=opened), paths))) == []
    assert codes(list(check(Work(store, options("T405")), paths))) == []


FINGERPRINT = """
import sys
from pathlib import Path
from newscli.operations.check import Work, _fingerprint
from newscli.rules.options import options_from
from newscli.schema import built_in
from newscli.store import Store

config = {
    "liquid-tags": ["a", "b", "c", "d"],
    "per-file-ignores": {"x": ["Y", "D"]},
    "fields": {"a": {"enum": ["b", "c"]}},
    "collections": [{"glob": "docs/**", "schema": "hugo"}],
}
options = options_from(config, select=["F", "Y", "D"], schema=built_in("jekyll"))
sys.stdout.write(_fingerprint(Work(Store(Path()), options)))
"""


def test_what_results_depend_on_is_the_same_in_every_process() -> None:
    """Sets of strings differ in order from process to process, objects in their address."""
    import os
    import subprocess
    import sys

    seen = {
        subprocess.run(
            [sys.executable, "-c", FINGERPRINT],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(seen) == 1
    assert b"0x" not in seen.pop()
