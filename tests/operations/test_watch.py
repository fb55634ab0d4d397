"""Watch: what counts as a change, what is looked at, how long is waited."""

from pathlib import Path

import pytest

from newscli.operations.watch import PERIOD, State, around, state_of, wait_for_change


def test_the_files_their_folders_and_what_decides_over_them_are_looked_at() -> None:
    found = around(Path("/site"), ["a/_posts/b.md", "c.md"], [Path("/site/_config.yml"), Path("/schema.json")])
    assert found == {
        "/site",
        "/site/a",
        "/site/a/_posts",
        "/site/a/_posts/b.md",
        "/site/c.md",
        "/site/_config.yml",
        "/schema.json",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "longer than before"),
        ("a.md", None),
        ("b.md", "was not there"),
    ],
)
def test_a_file_that_changes_comes_or_goes_is_noticed(name: str, content: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    before = state_of({str(tmp_path / "a.md"), str(tmp_path / "b.md")})
    assert state_of(before.keys()) == before
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content)
    assert state_of(before.keys()) != before


def test_it_waits_until_something_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            path.write_text("x")

    wait_for_change(state_of([str(path)]), sleep)
    assert len(waited) == 3
    assert min(waited) >= PERIOD


def test_what_changed_in_the_meantime_needs_no_waiting(tmp_path: Path) -> None:
    before: State = {str(tmp_path / "a.md"): (1, 2, 3)}
    wait_for_change(before, lambda _seconds: pytest.fail("it was to return at once"))
