import os
from pathlib import Path

import pytest

from newscli.census import Census
from newscli.discovery import find_store
from newscli.errors import NewscliError, StoreError
from newscli.operations.scope import absolute, find_site, iter_posts
from newscli.results import Results
from newscli.store import Store

POST = "---\ntitle: x\n---\n"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the person who runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("NEWSCLI_STORE", raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A Jekyll site with two posts and a page."""
    root = tmp_path / "site"
    (root / "_posts" / "2022").mkdir(parents=True)
    (root / "_config.yml").write_text("timezone: Asia/Shanghai\n")
    (root / "_posts" / "2022-06-07-a.md").write_text(POST)
    (root / "_posts" / "2022" / "2022-06-07-b.md").write_text(POST)
    (root / "README.md").write_text("# read me\n")
    return root


def test_without_paths_it_is_the_archive_around_here(site: Path) -> None:
    found = find_site(None, [], here=site / "_posts")
    assert (found.store.root, found.whole, found.config.timezone) == (site, True, "Asia/Shanghai")


def test_a_path_belongs_to_the_archive_around_here(site: Path) -> None:
    assert find_site(None, [site / "README.md"], here=site).store.root == site


def test_a_path_elsewhere_belongs_to_the_archive_around_it(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "_posts").mkdir(parents=True)
    for path in (site / "_posts", site / "_posts" / "2022-06-07-a.md"):
        found = find_site(None, [path], here=other)
        assert (found.store.root, found.whole) == (site, True)


def test_a_file_in_no_archive_is_checked_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST)
    found = find_site(None, [tmp_path / "a.md"], here=tmp_path)
    assert (found.store.root, found.whole) == (tmp_path, False)


def test_files_elsewhere_have_the_folder_above_them_as_root(site: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "loose" / "inner").mkdir(parents=True)
    for name in ("a.md", "inner/b.md"):
        (tmp_path / "loose" / name).write_text(POST)
    found = find_site(None, [tmp_path / "loose" / "a.md", tmp_path / "loose" / "inner" / "b.md"], here=here)
    assert (found.store.root, found.whole) == (tmp_path / "loose", False)
    mixed = find_site(None, [site / "_posts", tmp_path / "loose" / "a.md"], here=here)
    assert (mixed.store.root, mixed.whole) == (tmp_path, False)


def test_a_named_archive_must_hold_the_paths(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST)
    with pytest.raises(StoreError, match=r"a\.md lies outside the archive"):
        find_site(str(site), [tmp_path / "a.md"], here=tmp_path)
    with pytest.raises(StoreError, match="there is no such folder"):
        find_site(str(tmp_path / "none"), [tmp_path / "a.md"], here=tmp_path)


def test_no_archive_and_no_path(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no archive found"):
        find_site(None, [], here=tmp_path)


def test_an_argument_must_exist_as_a_path(site: Path) -> None:
    assert absolute("../site/README.md", site) == site / "README.md"
    assert absolute("README.md", site / "_posts", site) == site / "README.md"
    assert absolute("2022-06-07-a.md", site / "_posts", site) == site / "_posts" / "2022-06-07-a.md"
    (site / "dead.md").symlink_to("nowhere")
    assert absolute("dead.md", site) == site / "dead.md"
    with pytest.raises(NewscliError, match=r"_posts/none\.md: there is no such file"):
        absolute("_posts/none.md", site)


def test_files_are_taken_as_named_and_folders_give_their_posts(site: Path) -> None:
    store = find_site(None, [], here=site).store
    every = ["_posts/2022-06-07-a.md", "_posts/2022/2022-06-07-b.md"]
    assert list(iter_posts(store, [site])) == every
    assert list(iter_posts(store, [site / "README.md", site / "_posts" / "2022"])) == ["README.md", every[1]]
    assert list(iter_posts(store, [site / "_posts" / "2022", site, site / "_posts"])) == [every[1], every[0]]


def census_of(store: Store) -> Census:
    """The posts of a store as they are now."""
    with Results(None, store) as results:
        return results.census


def test_the_census_answers_for_folders(site: Path) -> None:
    store = find_site(None, [], here=site).store
    census = census_of(store)
    (site / "_posts" / "2022" / "2022-06-08-c.md").write_text(POST)
    assert list(iter_posts(store, [site / "_posts" / "2022"], census)) == ["_posts/2022/2022-06-07-b.md"]
    assert list(iter_posts(store, [site], census)) == [
        "_posts/2022-06-07-a.md",
        "_posts/2022/2022-06-07-b.md",
    ]


def test_what_jekyll_passes_over_is_checked_only_when_it_is_named(site: Path) -> None:
    template = site / "_posts" / "_TEMPLATE.md"
    template.write_text(POST)
    store, _ = find_store(str(site))
    census = census_of(store)
    assert "_posts/_TEMPLATE.md" not in list(iter_posts(store, [site], census))
    assert list(iter_posts(store, [template], census)) == ["_posts/_TEMPLATE.md"]


def test_a_folder_named_like_a_post_is_named_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert list(iter_posts(Store(tmp_path), [tmp_path / "a.md"])) == ["a.md"]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Store, folder: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Store, "scan", refuse)
    (tmp_path / "inner").mkdir()
    with pytest.raises(NewscliError, match="inner: Permission denied"):
        list(iter_posts(Store(tmp_path), [tmp_path / "inner"]))


def test_a_post_with_another_ending_is_checked_too(tmp_path: Path) -> None:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    for name in ("2022-06-07-a.md", "2022-06-07-b.txt", "notes.txt"):
        (posts / name).write_text("---\ntitle: x\n---\n", encoding="utf-8")
    store = find_store(str(tmp_path / "blog"))[0]
    census = census_of(store)
    for path in (store.root, posts):
        assert list(iter_posts(store, [path], census)) == ["_posts/2022-06-07-a.md", "_posts/2022-06-07-b.txt"]


def test_a_folder_whose_name_is_not_utf_8_is_passed_like_any_other(site: Path) -> None:
    odd = site / os.fsdecode(b"\xcb") / "_posts"
    odd.mkdir(parents=True)
    (odd / "2022-06-07-c.txt").write_text(POST)
    store = find_store(str(site))[0]
    census = census_of(store)
    ours = ["_posts/2022-06-07-a.md", "_posts/2022/2022-06-07-b.md"]
    assert list(iter_posts(store, [site / "_posts"], census)) == ours
    assert list(iter_posts(store, [site], census)) == [*ours, os.fsdecode(b"\xcb/_posts/2022-06-07-c.txt")]


def test_a_site_beside_a_folder_does_not_make_it_a_part_of_it(site: Path) -> None:
    here = site.parent
    loose = here / "loose"
    loose.mkdir()
    (loose / "a.md").write_text(POST)
    (site / "_config.yml").unlink()
    assert find_store(None, here=here)[0].in_posts is True
    assert find_site(None, [site], here=here).store.root == here
    for paths in ([loose], [loose / "a.md", loose]):
        found = find_site(None, paths, here=here)
        assert (found.store.root, found.store.in_posts, found.whole) == (loose, False, False)


def test_a_folder_that_cannot_be_read_is_told_when_it_is_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "inner").mkdir()

    def refuse(_store: Store, _folder: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Store, "scan", refuse)
    assert find_site(None, [site / "inner"], here=site).store.root == site
