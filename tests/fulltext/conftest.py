from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from newscli.dialect import Dialect
from newscli.fulltext.index import TextIndex
from newscli.index import Index
from newscli.operations.documents import preparing
from newscli.store import Store

Write = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An archive without posts."""
    (tmp_path / "site" / "_posts").mkdir(parents=True)
    return Store(tmp_path / "site", "", Dialect("jekyll"), in_posts=True)


@pytest.fixture
def write(store: Store) -> Write:
    """Writes a post: its name, its body, and other keys of its front matter."""

    def call(name: str, body: str, title: str | None = None, tags: str = "", date: str = "2022-06-07") -> None:
        lines = [f"date: {date}", f"title: {title or name}", f"tags: [{tags}]"]
        (store.root / "_posts" / f"{name}.md").write_text(
            "---\n" + "\n".join(lines) + f"\n---\n{body}\n", encoding="utf-8"
        )

    return call


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the indexes are."""
    return tmp_path / "cache"


class Opened:
    """An index with its full text, brought up to date whenever asked."""

    def __init__(self, store: Store, cache: Path) -> None:
        self.index = Index(store, cache)
        self.text = TextIndex(self.index)

    def sync(self) -> int:
        """How many posts were looked at."""
        self.index.refresh()
        return self.text.sync(preparing(self.index.store), lambda _done, _all: None)

    def close(self) -> None:
        self.text.close()
        self.index.close()

    def names(self, found: Mapping[int, object] | list[int]) -> list[str]:
        """The names of posts by their numbers."""
        paths = dict(self.index.execute("SELECT post, path FROM posts").fetchall())
        return [Path(paths[post]).stem for post in found]


@pytest.fixture
def opened(store: Store, cache: Path) -> Iterator[Opened]:
    """The full text of the archive."""
    opened = Opened(store, cache)
    yield opened
    opened.close()
