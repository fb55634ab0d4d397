"""git: which files differ from a revision, or are staged. git is asked, no library is loaded."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newscli.errors import NewscliError

_CHANGED = "--diff-filter=ACMR"
"""Added, copied, modified, renamed: the files that are there afterwards."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The work tree around a folder.

    Attributes:
        top: its top folder.
    """

    top: Path

    def changed_since(self, revision: str) -> list[Path]:
        """The files that changed since HEAD and ``revision`` parted, and those that git does not know yet.

        Committed changes count as in ``git diff REVISION...HEAD``, which is what a pull request shows; what is not yet
        committed counts too, and so do untracked files that are not ignored.

        Raises:
            NewscliError: git does not know the revision, or there is no common ancestor.
        """
        if not revision or revision.startswith("-"):
            raise NewscliError(f"{revision!r} is no git revision")
        self._see_common(revision)
        names = [
            *self._names("diff", "--name-only", "-z", _CHANGED, f"{revision}...HEAD", "--"),
            *self._names("diff", "--name-only", "-z", _CHANGED, "HEAD", "--"),
            *self._names("ls-files", "--others", "--exclude-standard", "-z", "--full-name"),
        ]
        return self._there(names)

    def staged(self) -> list[Path]:
        """The files that the next commit changes.

        Raises:
            NewscliError: git fails.
        """
        return self._there(self._names("diff", "--cached", "--name-only", "-z", _CHANGED, "--"))

    def unstaged(self) -> list[Path]:
        """The files that differ from what is staged.

        Raises:
            NewscliError: git fails.
        """
        return self._there(self._names("diff", "--name-only", "-z", _CHANGED, "--"))

    def _see_common(self, revision: str) -> None:
        """See that git knows the revision and what it has in common with HEAD; CI services often fetch too little.

        Raises:
            NewscliError: it does not.
        """
        shallow = _git(self.top, "rev-parse", "--is-shallow-repository").strip() == b"true"
        try:
            _git(self.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        except NewscliError:
            what = "fetch it: this clone is shallow" if shallow else "name a branch, a tag or a commit"
            raise NewscliError(f"git knows no revision {revision!r} here; {what}") from None
        try:
            _git(self.top, "merge-base", revision, "HEAD")
        except NewscliError:
            what = "; fetch more: this clone is shallow" if shallow else ""
            raise NewscliError(f"{revision!r} and HEAD have no commit in common here{what}") from None

    def _names(self, *arguments: str) -> Iterator[str]:
        return (os.fsdecode(name) for name in _git(self.top, *arguments).split(b"\0") if name)

    def _there(self, names: Iterator[str] | list[str]) -> list[Path]:
        """The files, each once, sorted, without those that are gone since."""
        paths = {self.top / name for name in names}
        return sorted(path for path in paths if path.is_symlink() or path.is_file())


def find_repository(folder: Path) -> Repository:
    """The work tree around a folder.

    Raises:
        NewscliError: there is none, or git is not installed.
    """
    top = _git(folder, "rev-parse", "--show-toplevel")
    return Repository(Path(os.fsdecode(top.removesuffix(b"\n"))))


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints.

    Raises:
        NewscliError: git is not installed, or fails; with its own reason.
    """
    command = ["git", "-c", "core.quotepath=off", "-C", str(folder), *arguments]
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
    except FileNotFoundError as error:
        raise NewscliError("git is not installed; --changed-since and --staged ask it") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"it ended with {done.returncode}"]
        raise NewscliError(f"git: {lines[0].removeprefix('fatal: ')}")
    return done.stdout
