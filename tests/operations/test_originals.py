from collections.abc import Callable
from pathlib import Path

import pytest

from newscli.discovery import find_store
from newscli.errors import NewscliError, StoreError
from newscli.operations.originals import Original, all_originals, named_originals
from newscli.store import Store

Write = Callable[..., Path]


@pytest.fixture
def store(site: Path, write: Write) -> Store:
    write("b.md")
    write("a.md")
    write("2022/c.html")
    (site / "README.md").write_text("no post\n", encoding="utf-8")
    return find_store(str(site))[0]


def names(sources: list[Original]) -> list[str]:
    return [source.name for source in sources]


def test_all_posts_of_a_site(store: Store, site: Path) -> None:
    sources = list(all_originals(store))
    assert names(sources) == ["_posts/a.md", "_posts/b.md", "_posts/2022/c.html"]
    assert sources[0].file == str(site / "_posts" / "a.md")


def test_where_not_every_file_is_a_post_those_with_front_matter_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("text\n", encoding="utf-8")
    assert names(list(all_originals(Store(tmp_path)))) == ["a.md"]


def test_files_and_folders_each_once_in_the_order_named(store: Store, site: Path) -> None:
    found = named_originals(["_posts/b.md", "_posts/2022", "_posts"], site, store)
    assert names(found) == ["_posts/b.md", "_posts/2022/c.html", "_posts/a.md"]


def test_a_file_of_the_site_that_is_no_post_is_meant_when_it_is_named(store: Store, site: Path) -> None:
    assert names(named_originals(["README.md"], site, store)) == ["README.md"]


def test_the_site_itself(store: Store, site: Path) -> None:
    assert len(named_originals(["."], site, store)) == 3


def test_paths_are_seen_from_the_root_too(store: Store, tmp_path: Path) -> None:
    assert names(named_originals(["_posts/a.md"], tmp_path, store)) == ["_posts/a.md"]


def test_files_and_folders_outside_the_site(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "page.html").write_text("<p>x</p>", encoding="utf-8")
    (folder / "post.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    found = named_originals(["elsewhere/page.html", "elsewhere"], tmp_path, store)
    assert [(source.name, source.path) for source in found] == [
        ("elsewhere/page.html", "page.html"),
        ("post.md", "post.md"),
    ]
    assert named_originals(["page.html"], folder, None)[0].file == str(folder / "page.html")


def test_what_is_not_there(store: Store, site: Path) -> None:
    with pytest.raises(NewscliError, match=r"^x/y\.md: there is no such file$"):
        named_originals(["x/y.md"], site, store)


def test_a_folder_that_cannot_be_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Store, folder: str) -> tuple[list[str], list[str]]:
        raise PermissionError(13, "Permission denied", folder)

    monkeypatch.setattr(Store, "scan", refuse)
    with pytest.raises(StoreError, match="cannot read the folder"):
        list(all_originals(store))


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot read the folder .*gone.*: No such file or directory"):
        list(all_originals(Store(tmp_path / "gone")))
