import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscli.finding import FileResult
from newscli.operations import check as module
from newscli.operations.check import Work, check
from newscli.operations.terms import Terms
from newscli.results import Results
from newscli.rules.options import options_from
from newscli.store import Store

COLON = "---\ntitle: 苏州: 驶上\ndate: 2022-06-07 07:17:20 +0800\n---\n正文\n"
STRING = "---\ntitle: 好\ndate: 2022-06-07 07:17:20 +0800\ntags: 新闻\npermalink: /same/\n---\n正文\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two posts with the same address and one that is broken, written long ago."""
    for name, text in {"a": COLON, "b": STRING, "c": STRING}.items():
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1e9, 1e9))
    return Store(tmp_path)


@pytest.fixture
def look(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Results]]:
    """Looks at the posts, as every run does."""
    path = tmp_path_factory.mktemp("cache") / "r.sqlite"
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Results(path, store))


Looks = Callable[[], Results]
PATHS = ["a.md", "b.md", "c.md"]


def terms(*select: str, fix: str = "none", **more: object) -> Terms:
    found = options_from({}, engine="jekyll", select=list(select), fix=fix, **more)
    return Terms(repr((select, more)), lambda: found, fix=fix)


def codes(found: list[FileResult]) -> list[tuple[str, str]]:
    return [(result.path, finding.code) for result in found for finding in result.findings]


def test_a_result_for_each_file_in_order_with_what_shows_across(store: Store, look: Looks) -> None:
    results = list(check(Work(store, terms("Y104", "T413", "X501"), results=look()), PATHS))
    assert [result.path for result in results] == PATHS
    assert codes(results) == [("a.md", "Y104"), ("b.md", "T413"), ("c.md", "T413"), ("c.md", "X501")]


def test_files_by_themselves_are_compared_with_one_another(store: Store) -> None:
    work = Work(store, terms("X501"))
    assert codes(list(check(work, PATHS))) == [("c.md", "X501")]
    assert codes(list(check(work, ["c.md"]))) == []


def test_some_files_are_compared_with_all(store: Store, look: Looks) -> None:
    assert codes(list(check(Work(store, terms("X501"), results=look()), ["c.md"]))) == [("c.md", "X501")]


def test_bodies_are_compared_with_all(store: Store, look: Looks) -> None:
    assert codes(list(check(Work(store, terms("X504"), results=look()), ["c.md"]))) == [("c.md", "X504")]
    assert codes(list(check(Work(store, terms("X504"), results=look()), ["a.md"]))) == []


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
    settled: None, store: Store, look: Looks, read: list[str]
) -> None:
    work = Work(store, terms("Y104", "T413", "X501"), results=look())
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
        lambda work: replace(work, terms=terms("Y104")),
        lambda work: replace(work, terms=terms("Y104", "T413", severity=["T413=error"])),
        lambda work: replace(work, terms=terms("Y104", "T413", "L601")),
    ],
)
def test_other_options_read_again(
    change: Callable[[Work], Work], settled: None, store: Store, look: Looks, read: list[str]
) -> None:
    work = Work(store, terms("Y104", "T413"), results=look())
    list(check(work, PATHS))
    read.clear()
    list(check(change(work), PATHS))
    assert set(read) == set(PATHS)


def test_texts_come_with_known_findings_where_they_are_wanted(settled: None, store: Store, look: Looks) -> None:
    work = Work(store, terms("T413"), results=look())
    assert [result.text for result in check(work, PATHS)] == ["", "", ""]
    assert [result.text for result in check(replace(work, texts=True), PATHS)] == ["", STRING, STRING]
    (store.root / "b.md").unlink()
    assert [result.text for result in check(replace(work, texts=True), PATHS)] == ["", "", STRING]


def test_several_processes_find_the_same_in_the_same_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(store, terms("Y104", "T413", "X501"), jobs=2)
    alone = list(check(replace(work, jobs=1), PATHS))
    monkeypatch.setattr(module, "SHARED_FROM", 2)
    monkeypatch.setattr(module, "CHUNK", 1)
    assert list(check(work, PATHS)) == alone


def test_what_is_given_in_place_of_the_disk_is_checked(store: Store, look: Looks) -> None:
    work = Work(store, terms("Y104"), results=look(), read=lambda _path: COLON.encode())
    assert codes(list(check(work, ["new.md"]))) == [("new.md", "Y104")]


def test_what_is_given_is_compared_with_the_posts_on_disk(store: Store, look: Looks) -> None:
    same, other = STRING.replace("title: 好", "title: 新"), STRING.replace("正文", "别的正文")
    for text, found in ((same, [("new.md", "X504")]), (other, []), (COLON, [])):
        work = Work(store, terms("X504"), results=look(), read=lambda _path, text=text: text.encode())  # type: ignore[misc]
        assert codes(list(check(work, ["new.md"]))) == found


def test_mending_leaves_what_cannot_be_mended(store: Store) -> None:
    work = Work(store, terms("Y104", "T413", fix="safe"))
    first, second, _ = check(work, PATHS)
    assert (first.findings, second.findings) == ((), ())
    assert first.fixed_text is not None
    assert "苏州: 驶上" in first.fixed_text
    assert [finding.code for finding in second.fixed] == ["T413"]


def test_only_what_is_fixable_is_mended(store: Store) -> None:
    work = Work(store, terms("Y104", "T413", fix="safe"), fixable=frozenset(["T413"]))
    first, second, _ = check(work, PATHS)
    assert first.fixed_text is None
    assert [(finding.code, finding.fix) for finding in first.findings] == [("Y104", None)]
    assert [finding.code for finding in second.fixed] == ["T413"]
    assert second.findings == ()


def test_without_mending_the_fixes_that_are_not_wanted_are_not_offered(store: Store) -> None:
    work = Work(store, terms("Y104", "T413"), fixable=frozenset(["T413"]))
    found = [(finding.code, finding.fix is None) for result in check(work, PATHS) for finding in result.findings]
    assert found == [("Y104", True), ("T413", False), ("T413", False)]


def test_a_slip_among_tags_takes_an_archive_and_no_vocabulary(tmp_path: Path) -> None:
    tags = ["economisc", *["economics"] * 20]
    for number, tag in enumerate(tags):
        (tmp_path / f"{number:02}.md").write_text(f"---\ntitle: {number}\ntags: [{tag}]\n---\nx\n", encoding="utf-8")
    store = Store(tmp_path)
    paths = [f"{number:02}.md" for number in range(len(tags))]
    with Results(None, store) as opened:
        assert codes(list(check(Work(store, terms("T405"), results=opened), paths))) == [("00.md", "T405")]
        assert codes(list(check(Work(store, terms("T405"), results=opened), paths[1:]))) == []
        known = terms("T405", vocabulary=["economisc", "economics"])
        assert codes(list(check(Work(store, known, results=opened), paths))) == []
    assert codes(list(check(Work(store, terms("T405")), paths))) == []


LOSSES = {"a.md": COLON, "b.md": STRING, "c.md": STRING}
Change = tuple[str, str]
_changes = st.lists(
    st.tuples(st.sampled_from(["edit", "add", "delete", "rename"]), st.sampled_from(["a.md", "b.md", "c.md", "d.md"])),
    max_size=4,
)
_texts = [COLON, STRING, STRING.replace("新闻", "新闻 科技"), STRING.replace("/same/", "/other/"), "no front matter\n"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(_changes, min_size=1, max_size=3), data=st.data())
def test_whatever_happened_between_runs_a_run_finds_what_a_first_one_finds(
    rounds: list[list[Change]], data: st.DataObject, settled: None
) -> None:
    """Law: edited, added, deleted and renamed posts, and runs over some of the posts, change nothing that is found."""
    with TemporaryDirectory() as folder:
        root, clock = Path(folder) / "site", iter(range(1, 1000))
        root.mkdir()
        for name, text in LOSSES.items():
            _write(root / name, text, next(clock))
        for changes in rounds:
            for what, name in changes:
                if what in ("edit", "add"):
                    _write(root / name, data.draw(st.sampled_from(_texts)), next(clock))
                elif (root / name).exists() and what == "delete":
                    (root / name).unlink()
                elif (root / name).exists():
                    (root / name).rename(root / f"new-{name}")
            some = data.draw(st.booleans())
            assert _found(root, Path(folder) / "r.sqlite", some=some) == _found(root, None, some=some)


def _write(path: Path, text: str, time: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time, time))


def _found(root: Path, cache: Path | None, *, some: bool) -> list[FileResult]:
    store = Store(root)
    with Results(cache, store) as results:
        paths = sorted(results.census.stamps)
        selected = terms("Y104", "T401", "T413", "X501", "X504", "T405", "T406", "F005")
        return list(check(Work(store, selected, results=results), paths[:1] if some else paths))


def test_clean_files_may_come_in_one_result(settled: None, store: Store, look: Looks) -> None:
    for _ in range(2):
        work = Work(store, terms("Y104", "X501"), results=look(), singly=False)
        assert [(result.path, result.clean) for result in check(work, PATHS)] == [("", 1), ("a.md", 0), ("c.md", 0)]


def test_rules_are_imported_only_when_a_post_has_to_be_looked_at(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    code = """
import sys
from newscli.cli.app import run
status = run(["validate", "-C", sys.argv[1], "-f", "json"])
sys.stdout.write(str("newscli.rules" in sys.modules or "yaml" in sys.modules))
"""
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    while max(path.stat().st_ctime for path in [store.root, *store.root.iterdir()]) > time.time() - 2.1:
        time.sleep(0.1)  # until their stamps settle
    said = []
    for _ in range(2):
        command = [sys.executable, "-c", code, str(store.root)]
        said.append(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)
    assert said[0].removesuffix("True") == said[1].removesuffix("False")
