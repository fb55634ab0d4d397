"""Results: what is known of files that did not change; a cache that is never worse than none."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newscli import results as module
from newscli.diagnostics import Severity
from newscli.dialect import Dialect
from newscli.finding import Finding
from newscli.finding_json import to_json
from newscli.results import SETS, Kept, Result, Results, until
from newscli.store import Store

FINDING = Finding("Y102", "unescaped-quote", Severity.ERROR, "a.md", 2, 8, 2, 9, "m", until=0)
PATHS = ["a.md", "b.md", "c.md"]
FAULTY = {"a.md": to_json([FINDING])}
NOW = 1_795_000_000
FOREVER = until([])


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamps of files count at once."""
    monkeypatch.setattr("newscli.sweep.SLACK", -(10**18))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three posts."""
    root = tmp_path / "site"
    root.mkdir()
    for name in PATHS:
        (root / name).write_text("---\ntitle: x\n---\n")
    return Store(root)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The file of the results."""
    return tmp_path / "r.sqlite"


def run(results: Results, *, mark: str = "o", now: int = NOW, findings: Iterable[Finding] = (FINDING,)) -> list[str]:
    """Check all posts, of which a.md has the findings; the paths that had to be looked at."""
    kept = results.under(mark, now)
    unknown, _ = kept.known(PATHS)
    kept.keep(_look(unknown, tuple(findings)))
    kept.use()
    return unknown


def _look(paths: Iterable[str], findings: tuple[Finding, ...]) -> Iterator[Result]:
    for path in paths:
        found = findings if path == "a.md" else ()
        yield Result(path, to_json(found), until(found), f"facts of {path}")


def looked(cache: Path, store: Store, **more: object) -> list[str]:
    """A whole run; the paths that had to be looked at."""
    with Results(cache, store) as results:
        return run(results, **more)  # type: ignore[arg-type]


def opened(cache: Path, store: Store, mark: str = "o") -> Kept:
    return Results(cache, store).under(mark, NOW)


def test_a_second_run_looks_at_nothing_and_knows_the_same(cache: Path, store: Store) -> None:
    assert opened(cache, store).is_new
    assert looked(cache, store) == PATHS
    kept = opened(cache, store)
    assert not kept.is_new
    assert kept.known(PATHS) == ([], FAULTY)
    assert kept.known(["b.md", "README.txt"]) == (["README.txt"], FAULTY), "what is no post is not kept"
    assert kept.facts() == {path: f"facts of {path}" for path in PATHS}


def test_what_changed_came_or_went_is_looked_at(cache: Path, store: Store) -> None:
    looked(cache, store)
    (store.root / "a.md").write_text("---\ntitle: xyz\n---\n")
    (store.root / "b.md").unlink()
    (store.root / "d.md").write_text("---\ntitle: x\n---\n")
    kept = opened(cache, store)
    assert kept.known(["a.md", "c.md", "d.md"]) == (["a.md", "d.md"], {})
    assert kept.facts() == {"c.md": "facts of c.md"}


def test_a_file_whose_stamp_does_not_settle_is_never_kept(
    cache: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscli.sweep.SLACK", 10**18)
    assert [looked(cache, store) for _ in range(2)] == [PATHS, PATHS]


@pytest.mark.parametrize("code", ["F015", "N900"])
def test_what_may_pass_by_itself_is_never_kept(code: str, cache: Path, store: Store) -> None:
    passing = [replace(FINDING, code=code)]
    looked(cache, store, findings=passing)
    assert [looked(cache, store, findings=passing) for _ in range(2)] == [["a.md"], ["a.md"]]


@pytest.mark.parametrize(("seconds", "asked"), [(0, []), (9, []), (10, ["a.md"]), (11, ["a.md"])])
def test_what_passes_at_a_moment_is_looked_at_again_then(
    seconds: int, asked: list[str], cache: Path, store: Store
) -> None:
    to_come = [replace(FINDING, until=NOW + 10), FINDING]
    looked(cache, store, findings=to_come)
    assert looked(cache, store, now=NOW + seconds) == asked
    assert looked(cache, store, now=0) == [], "the settings say what time it is, which never changes"


def test_other_options_have_results_of_their_own_and_few_are_kept(cache: Path, store: Store) -> None:
    for number in range(SETS + 1):
        assert looked(cache, store, mark=f"options {number}") == PATHS
    assert looked(cache, store, mark=f"options {SETS}") == []
    assert looked(cache, store, mark="options 1") == []
    assert looked(cache, store, mark="options 0") == PATHS


@pytest.mark.parametrize(
    "change",
    [
        lambda store: replace(store, dialect=Dialect("hugo")),
        lambda store: replace(store, ignore=("in",)),
    ],
)
def test_another_reading_of_the_store_starts_over(change: Callable[[Store], Store], cache: Path, store: Store) -> None:
    looked(cache, store)
    assert looked(cache, change(store)) == PATHS


def test_another_version_starts_over(cache: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looked(cache, store)
    monkeypatch.setattr(module, "__version__", "next")
    assert looked(cache, store) == PATHS
    assert looked(cache, store) == []


def test_a_damaged_cache_is_none(cache: Path, store: Store) -> None:
    cache.write_bytes(b"no database at all, however long it may be" * 99)
    assert [looked(cache, store) for _ in range(3)] == [PATHS, PATHS, []]


def test_a_cache_that_cannot_be_written_is_none(store: Store) -> None:
    assert [looked(Path("/proc/none/r.sqlite"), store) for _ in range(2)] == [PATHS, PATHS]


def test_a_cache_that_fails_while_it_is_used_harms_nothing(cache: Path, store: Store) -> None:
    looked(cache, store)
    with Results(cache, store) as results:
        kept = results.under("o", NOW)
        with sqlite3.connect(cache) as other:
            other.execute("DROP TABLE results")
        assert kept.known(PATHS) == (PATHS, {})
        assert kept.facts() == {}
        assert kept.across(PATHS, lambda: [FINDING]) == (FINDING,)
        kept.keep(_look(PATHS, ()))
        kept.use()


def test_what_another_process_kept_since_is_newer(cache: Path, store: Store) -> None:
    with Results(cache, store) as slow:
        (store.root / "a.md").write_text("---\ntitle: xyz\n---\n")
        assert looked(cache, store, findings=[]) == PATHS
        assert run(slow) == PATHS, "it knows nothing of what has changed since it looked"
    assert opened(cache, store).known(PATHS) == ([], {})


def test_what_shows_across_files_is_found_once_while_they_stay(cache: Path, store: Store) -> None:
    asked: list[int] = []

    def find() -> list[Finding]:
        asked.append(1)
        return [FINDING, FINDING]

    for _ in range(2):
        assert opened(cache, store).across(["a.md"], find) == (FINDING, FINDING)
    assert len(asked) == 1
    opened(cache, store).across(["a.md", "b.md"], find)
    (store.root / "b.md").write_text("---\ntitle: xyz\n---\n")
    opened(cache, store).across(["a.md", "b.md"], find)
    assert len(asked) == 3


def test_nothing_across_files_is_an_answer_too(cache: Path, store: Store) -> None:
    assert opened(cache, store).across(PATHS, list) == ()
    assert opened(cache, store).across(PATHS, lambda: [FINDING]) == ()
    assert looked(cache, store) == PATHS
