import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscli.config import Config
from newscli.discovery import open_store
from newscli.errors import StoreError
from newscli.places import Places, folder_for, stem_for
from newscli.store import Store

DAY = datetime(2022, 6, 7, 7, 17, 20, tzinfo=UTC)


def store(root: Path, *names: str) -> Store:
    for name in names:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.write_text("", encoding="utf-8")
    return open_store(root, Config())


SITES = [
    (("_posts/",), "_posts", "2022-06-07-a", "_drafts"),
    (("source/_posts/",), "source/_posts", "a", "source/_posts"),
    (("content/", "hugo.toml"), "content/posts", "a", "content/posts"),
    (("content/", "content/blog/", "hugo.toml"), "content/blog", "a", "content/blog"),
    (("src/", "src/content/", "astro.config.mjs"), "src/content/blog", "a", "src/content/blog"),
    (("src/", "src/content/", "src/content/posts/", "astro.config.mjs"), "src/content/posts", "a", "src/content/posts"),
    ((), "", "2022-06-07-a", ""),
]


@pytest.mark.parametrize(("names", "folder", "stem", "undated"), SITES)
def test_every_generator_has_its_place_and_form_of_name(
    tmp_path: Path, names: tuple[str, ...], folder: str, stem: str, undated: str
) -> None:
    site = store(tmp_path, *names)
    assert folder_for(site, dated=True) == folder
    assert folder_for(site, dated=False) == undated
    assert stem_for(site, "a", DAY) == stem
    assert stem_for(site, "a", None) == "a"


def test_a_folder_of_posts_is_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    assert folder_for(store(tmp_path / "_posts"), dated=False) == ""


def test_years_have_four_digits(tmp_path: Path) -> None:
    assert stem_for(store(tmp_path), "a", DAY.replace(year=987)) == "0987-06-07-a"


def test_names_that_are_taken_get_a_number_and_no_file_is_touched(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")
    (tmp_path / "a-2.md").symlink_to("nowhere")
    with Places(tmp_path) as places:
        assert places.create("", "a", "x", b"new") == "a-3.md"
        assert places.create("", "a", "y", b"newer") == "a-4.md"
    assert (tmp_path / "a.md").read_bytes() == b"mine"
    assert (tmp_path / "a-3.md").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.md", "a-3.md", "a-4.md", "a.md"]


def test_after_twenty_of_a_name_a_hash_is_taken(tmp_path: Path) -> None:
    with Places(tmp_path) as places:
        names = [places.create("", "a", f"{number}", b"") for number in range(22)]
        assert names[19] == "a-20.md"
        assert len(names[20]) == len("a-.md") + 12
        assert len(set(names)) == 22
        with pytest.raises(StoreError, match="are taken"):
            places.create("", "a", "20", b"")


def test_folders_are_made(tmp_path: Path) -> None:
    with Places(tmp_path) as places:
        assert places.create("content/posts", "a", "x", b"1") == "content/posts/a.md"
        assert places.create("content/posts", "b", "y", b"2", ending=".png") == "content/posts/b.png"
    assert (tmp_path / "content/posts/b.png").read_bytes() == b"2"


def test_links_are_not_followed_out_of_the_store(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / "_posts").symlink_to(outside)
    with Places(root) as places, pytest.raises(StoreError, match="a link or no folder"):
        places.create("_posts", "a", "x", b"")
    assert not list(outside.iterdir())


@pytest.mark.parametrize(("folder", "stem"), [("..", "a"), ("a/../..", "a"), ("", "../a"), ("", ".a"), ("", "a\0b")])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, folder: str, stem: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with Places(root) as places, pytest.raises(StoreError, match="no name for a post"):
        places.create(folder, stem, "x", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def test_a_name_too_long_is_an_error_of_the_store(tmp_path: Path) -> None:
    with Places(tmp_path) as places, pytest.raises(StoreError, match="cannot write"):
        places.create("", "a" * 300, "x", b"")
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    old, new = (tmp_path / "_posts" / f".newscli-{digit * 16}.tmp" for digit in "01")
    old.parent.mkdir()
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    with Places(tmp_path) as places:
        places.create("_posts", "a", "i", b"x")
    assert sorted(path.name for path in old.parent.iterdir()) == [new.name, "a.md"]  # the other may be at work


def test_a_dry_run_names_files_and_makes_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")
    with Places(tmp_path, dry=True) as places:
        assert places.create("", "a", "x", b"") == "a-2.md"
        assert places.create("", "a", "y", b"") == "a-3.md"
        assert places.create("new", "a", "y", b"") == "new/a.md"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
