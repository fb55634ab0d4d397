import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from newscli.errors import NewscliError
from newscli.git import Repository, find_repository

Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in a fresh repository with one commit: a.md, b.md, 新闻.md, gone.md on ``main``."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")

    def run(*arguments: str) -> None:
        person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *person, *arguments], cwd=tmp_path, check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    for name in ("a.md", "b.md", "新闻.md", "gone.md"):
        (tmp_path / name).write_text(f"{name}, a file of some length\n" * 5)
    (tmp_path / ".gitignore").write_text("ignored.md\n")
    run("add", "-A")
    run("commit", "-qm", "first")
    return run


def names(paths: list[Path], top: Path) -> list[str]:
    return [path.relative_to(top).as_posix() for path in paths]


def test_committed_staged_changed_and_untracked_files_count(tmp_path: Path, git: Git) -> None:
    git("checkout", "-qb", "work")
    (tmp_path / "新闻.md").write_text("committed\n")
    git("mv", "b.md", "renamed 1.md")
    git("rm", "-q", "gone.md")
    git("commit", "-qam", "second")
    (tmp_path / "a.md").write_text("not committed\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "new\nline.md").write_text("untracked\n")
    (tmp_path / "ignored.md").write_text("ignored\n")
    repository = find_repository(tmp_path / "inner")
    found = names(repository.changed_since("main"), repository.top)
    assert found == ["a.md", "inner/new\nline.md", "renamed 1.md", "新闻.md"]


def test_what_the_other_branch_did_meanwhile_does_not_count(tmp_path: Path, git: Git) -> None:
    git("checkout", "-qb", "work")
    git("checkout", "-q", "main")
    (tmp_path / "a.md").write_text("on main\n")
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "work")
    assert find_repository(tmp_path).changed_since("main") == []


def test_a_file_that_was_deleted_since_does_not_count(tmp_path: Path, git: Git) -> None:
    git("checkout", "-qb", "work")
    (tmp_path / "c.md").write_text("c\n")
    git("add", "c.md")
    git("commit", "-qm", "c")
    (tmp_path / "c.md").unlink()
    assert find_repository(tmp_path).changed_since("main") == []


def test_staged_and_unstaged(tmp_path: Path, git: Git) -> None:
    (tmp_path / "a.md").write_text("staged\n")
    git("add", "a.md")
    (tmp_path / "a.md").write_text("and changed again\n")
    (tmp_path / "b.md").write_text("changed only\n")
    repository = find_repository(tmp_path)
    assert names(repository.staged(), repository.top) == ["a.md"]
    assert names(repository.unstaged(), repository.top) == ["a.md", "b.md"]


def test_a_revision_that_git_does_not_know_or_has_nothing_in_common_with(tmp_path: Path, git: Git) -> None:
    repository = find_repository(tmp_path)
    with pytest.raises(NewscliError, match=r"^git knows no revision 'nowhere' here; name a branch, a tag") as caught:
        repository.changed_since("nowhere")
    assert caught.value.exit_code == 2
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-qm", "first of another history")
    with pytest.raises(NewscliError, match=r"^'main' and HEAD have no commit in common here$"):
        repository.changed_since("main")


def test_of_a_shallow_clone_more_is_to_be_fetched(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, git: Git
) -> None:
    git("checkout", "-qb", "work")
    git("commit", "-q", "--allow-empty", "-m", "second")
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git("clone", "-q", "--depth=1", "--no-single-branch", tmp_path.as_uri(), str(clone))
    repository = find_repository(clone)
    with pytest.raises(NewscliError, match=r"no commit in common here; fetch more: this clone is shallow$"):
        repository.changed_since("origin/main")
    with pytest.raises(NewscliError, match=r"^git knows no revision 'origin/gone' here; fetch it: this clone is sh"):
        repository.changed_since("origin/gone")


@pytest.mark.parametrize("revision", ["", "--output=x", "-"])
def test_an_option_is_no_revision(revision: str, tmp_path: Path, git: Git) -> None:
    with pytest.raises(NewscliError, match="is no git revision"):
        find_repository(tmp_path).changed_since(revision)
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NewscliError, match=r"^git: not a git repository"):
        find_repository(tmp_path)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NewscliError, match="git is not installed"):
        Repository(tmp_path).staged()


def test_git_that_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(NewscliError, match=r"^git: it ended with 3$"):
        Repository(tmp_path).staged()
