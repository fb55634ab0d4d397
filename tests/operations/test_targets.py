from pathlib import Path

import pytest

from newscli.errors import NewscliError, StoreError
from newscli.operations import targets
from newscli.operations.originals import Original
from newscli.store import Store


def sources(root: Path, *paths: str) -> list[Original]:
    return [Original(Store(root), path, path) for path in paths]


def test_the_tree_stays_and_the_endings_change(tmp_path: Path) -> None:
    found = targets.in_folder(sources(tmp_path, "a.html", "_posts/2022/b.c.md"), Path("out"), ".txt")
    assert found == ["out/a.txt", "out/_posts/2022/b.c.txt"]


def test_two_posts_that_would_become_one(tmp_path: Path) -> None:
    posts = sources(tmp_path, *(f"{number}.{ending}" for number in range(7) for ending in ("md", "html")))
    with pytest.raises(NewscliError) as refused:
        targets.in_folder(posts, tmp_path / "out", ".md")
    lines = str(refused.value).split("\n")
    assert lines[0] == "posts would become the same file; convert them apart, or rename one:"
    assert lines[1] == f"  0.md and 0.html: {tmp_path}/out/0.md"
    assert lines[6:] == ["  and 2 more"]


def test_a_post_is_never_written_over_by_accident(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    with pytest.raises(NewscliError, match=r"^a\.md would be written over; use --in-place"):
        targets.in_folder(sources(tmp_path, "a.md"), tmp_path, ".md")
    assert targets.in_folder(sources(tmp_path, "a.md"), tmp_path, ".txt") == [f"{tmp_path}/a.txt"]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out" / "a.md").mkdir(parents=True)
    with pytest.raises(NewscliError, match=r"out/a\.md is a folder, where a\.md would be written"):
        targets.in_folder(sources(tmp_path, "a.md"), tmp_path / "out", ".md")


def test_results_of_an_earlier_run_are_no_posts(tmp_path: Path) -> None:
    posts = sources(tmp_path, "a.md", "out/a.md")
    assert targets.outside(posts, tmp_path / "out") == posts[:1]
    assert targets.outside(posts[1:], tmp_path / "out") == posts[1:]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a", "a"),
        ("a.b", "a"),
        (".a", ".a"),
        ("x.y/a", "x.y/a"),
        ("x/.a", "x/.a"),
        ("x/.a.md", "x/.a"),
    ],
)
def test_the_ending_is_that_of_the_name(tmp_path: Path, path: str, expected: str) -> None:
    assert targets.in_folder(sources(tmp_path, path), Path("out"), ".txt") == [f"out/{expected}.txt"]


def test_what_a_file_holds(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert targets.holds(f"{tmp_path}/a", b"x")
    assert not targets.holds(f"{tmp_path}/a", b"xy")
    assert not targets.holds(f"{tmp_path}/b", b"")
    assert not targets.holds(str(tmp_path), b"")


@pytest.mark.parametrize("is_new", [True, False])
def test_a_file_and_its_folders_are_written(tmp_path: Path, is_new: bool) -> None:
    for data in (b"x", b"yz"):
        targets.write(f"{tmp_path}/new/folder/a.md", data, is_new=is_new)
        assert (tmp_path / "new" / "folder" / "a.md").read_bytes() == data
    with pytest.raises(StoreError, match=r"^cannot write .*a\.md/b: Not a directory$"):
        targets.write(f"{tmp_path}/new/folder/a.md/b", b"", is_new=is_new)


def test_in_place_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    (tmp_path / "b.md").symlink_to("a.md")
    assert targets.in_place(sources(tmp_path, "a.md", "b.md")) == [f"{tmp_path}/a.md"] * 2
