"""Where a benchmark works: an archive, what the peers need beside it, an environment that touches nothing else."""

import os
import shlex
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEWSCLI = [sys.executable, "-c", "import sys; from newscli.__main__ import main; sys.exit(main())"]
"""What the installed ``newscli`` script does, for the code of this tree."""


class Workshop:
    """Where commands run.

    Attributes:
        tag: one that about one post in twenty has.
        folder: everything is in it; commands are run in it.
        archive: the posts to measure on, made by ``generate.py``.
        environment: what commands see: a cache and a configuration folder of their own, this tree on the path.
    """

    tag = "云浦周报新闻"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "archive"
        self.cache = folder / "cache"
        settings = {key: value for key, value in os.environ.items() if not key.startswith(("NEWSCLI_", "XDG_"))}
        self.environment = settings | {
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "HUGO_CACHEDIR": str(folder / "hugo-cache"),
            "PYTHONPATH": str(ROOT),
        }
        self._changes = 0

    def fill(self, posts: int) -> None:
        """Make the archive, in a process of its own: its memory is not to be carried through the measurements."""
        generator = [sys.executable, str(Path(__file__).with_name("generate.py")), str(posts), str(self.archive)]
        subprocess.run(generator, check=True, stdout=subprocess.DEVNULL)

    def words(self, command: str) -> list[str]:
        """A command line as arguments: ``newscli`` and ``python`` are this tree's, ``{at.…}`` attributes."""
        first, *rest = (word.format(at=self) for word in shlex.split(command))
        programs = {"newscli": NEWSCLI, "python": [sys.executable]}
        return [*programs.get(first, [first]), *rest]

    def call(self, command: str) -> None:
        """Run a command that is not measured; whether it succeeds is for the measured one to say."""
        subprocess.run(self.words(command), cwd=self.folder, env=self.environment, capture_output=True, check=False)

    def forget(self) -> None:
        """Remove what newscli keeps between runs."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def change(self) -> None:
        """Add a line to one post in a hundred, to others each time."""
        for path in self.posts[self._changes % 100 :: 100]:
            with path.open("ab") as file:
                file.write(b"\n<!-- changed -->\n")
        self._changes += 1

    @cached_property
    def posts(self) -> list[Path]:
        """All posts, sorted."""
        return sorted((self.archive / "_posts").iterdir())

    @cached_property
    def clean(self) -> Path:
        """A folder with ``_posts``: hard links to the posts that are not broken, for peers that stop at one that is."""
        manifest = (self.archive / "manifest.tsv").read_text(encoding="utf-8")
        broken = {line.partition("\t")[0].rpartition("/")[2] for line in manifest.splitlines()}
        folder = self.folder / "clean"
        (folder / "_posts").mkdir(parents=True)
        shutil.copy(self.archive / "_config.yml", folder)
        for path in self.posts:
            if path.name not in broken:
                os.link(path, folder / "_posts" / path.name)
        return folder
