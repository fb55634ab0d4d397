import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscli.config import Config
from newscli.discovery import find_store
from newscli.errors import ConfigError, StoreError
from newscli.store import Store

Tree = Callable[..., Path]
Find = Callable[..., tuple[Store, Config]]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Make folders (names that end with a slash) and files, empty or with a text."""

    def make(*names: str, **texts: str) -> Path:
        root = tmp_path / "work"
        root.mkdir(exist_ok=True)
        for name in names:
            name, _, text = name.partition("=")  # noqa: PLW2901
            path = root / name
            if name.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return root

    return make


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Find the store from a folder, with an environment and settings of one's own."""

    def call(here: Path, given: str | None = None, **options: Any) -> tuple[Store, Config]:
        environment = {"XDG_CONFIG_HOME": str(tmp_path / "xdg"), **options.pop("environment", {})}
        return find_store(given, here=here, environment=environment, **options)

    return call


def shape(store: Store) -> tuple[str, str, bool]:
    return store.dialect.name, store.start, store.in_posts


@pytest.mark.parametrize(
    ("names", "here", "root", "expected"),
    [
        (["_posts/"], "", "", ("jekyll", "", True)),
        (["_posts/2022/"], "_posts/2022", "", ("jekyll", "", True)),
        (["_drafts/"], "", "", ("jekyll", "", True)),
        (["_config.yml"], "", "", ("jekyll", "", True)),
        (["_config.toml", "assets/css/"], "assets/css", "", ("jekyll", "", True)),
        (["news/_posts/"], "", "", ("jekyll", "", True)),
        (["a/_config.yml", "a/b/_posts/"], "a", "a", ("jekyll", "", True)),
        (["_config.yml", "a/_config.yml", "a/_posts/"], "a", "a", ("jekyll", "", True)),
        (["_config.yml", "source/_posts/"], "", "", ("hexo", "source", True)),
        (["source/_posts/x/", "themes/"], "source/_posts/x", "", ("hexo", "source", True)),
        (["source/_posts/", "_posts/"], "", "", ("jekyll", "", True)),
        (["content/", "hugo.toml"], "content", "", ("hugo", "content", False)),
        (["content/a/", "config.yaml"], "content/a", "", ("hugo", "content", False)),
        (["content/", "config/_default/"], "", "", ("hugo", "content", False)),
        (["astro.config.mjs", "src/content/blog/"], "src/content/blog", "", ("astro", "src/content", False)),
        (["astro.config.ts", "src/data/blog/", "src/pages/"], "src", "", ("astro", "src/data", False)),
        (["astro.config.js", "src/pages/"], "", "", ("astro", "src/pages", False)),
        (["astro.config.mjs", "src/"], "", "", ("astro", "src", False)),
        (["newscli.toml", "astro.config.mjs", "src/content/"], "", "", ("astro", "src/content", False)),
        (["newscli.toml", "src/content/"], "", "", ("plain", "", False)),
        (["newscli.toml"], "", "", ("plain", "", False)),
        (["newscli.toml", "a/b/"], "a/b", "", ("plain", "", False)),
        (["newscli.toml", "_posts/"], "", "", ("jekyll", "", True)),
    ],
)
def test_a_store_is_found_by_its_shape(
    tree: Tree, find: Find, names: list[str], here: str, root: str, expected: tuple[str, str, bool]
) -> None:
    work = tree(*names)
    store, _ = find(work / here)
    assert (store.root, shape(store)) == (work / root, expected)


@pytest.mark.parametrize(
    ("names", "here", "root"),
    [
        # Each sign counts before the next, however near the next one is.
        (["newscli.toml", "a/_posts/"], "a", ""),
        (["_posts/", "a/source/_posts/"], "a", ""),
        (["_posts/", "a/content/", "a/hugo.toml"], "a", ""),
        (["source/_posts/", "a/content/", "a/hugo.toml"], "a", ""),
        (["content/", "hugo.toml", "a/b/_posts/"], "a", ""),
        # Of one sign the nearest.
        (["newscli.toml", "a/newscli.toml"], "a", "a"),
        (["_posts/", "a/b/_config.yml"], "a/b", "a/b"),
        (["content/", "hugo.toml", "a/content/", "a/config.toml"], "a/content", "a"),
    ],
)
def test_the_order_of_the_signs(tree: Tree, find: Find, names: list[str], here: str, root: str) -> None:
    work = tree(*names)
    assert find(work / here)[0].root == work / root


@pytest.mark.parametrize(
    "names",
    [
        ["posts/a.md"],
        ["content/a.md"],
        ["hugo.toml"],
        ["_posts"],
        ["_config.yml/"],
        ["a/_posts/", "a/_config.yml"],
        ["a/_posts/", "a/.git/"],
        ["_a/_posts/", ".b/_posts/"],
        ["a/newscli.toml", "a/_posts/"],
    ],
)
def test_a_folder_without_a_sign_is_no_store(tree: Tree, find: Find, names: list[str]) -> None:
    with pytest.raises(StoreError) as caught:
        find(tree(*names))
    assert str(caught.value) == (
        "no archive found in this folder or above it.\n"
        "Name one with -C DIR, set NEWSCLI_STORE, or run: newscli config set store DIR"
    )


def test_the_store_given_counts_before_the_variable_before_the_folder(tree: Tree, find: Find) -> None:
    work = tree("_posts/", "given/", "variable/")
    variable = {"NEWSCLI_STORE": str(work / "variable")}
    assert find(work, str(work / "given"), environment=variable)[0].root == work / "given"
    assert find(work, environment=variable)[0].root == work / "variable"
    assert find(work, environment={"NEWSCLI_STORE": ""})[0].root == work


def test_the_store_of_the_users_settings_counts_last(tree: Tree, find: Find, tmp_path: Path) -> None:
    work = tree("a/_posts/", "b/")
    settings = tmp_path / "xdg" / "newscli" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"store = '{work / 'b'}'\ndialect = 'hugo'\n")
    assert find(work / "a")[0].root == work / "a"
    store, config = find(tmp_path)
    assert (store.root, store.dialect.name, config.store) == (work / "b", "hugo", str(work / "b"))
    settings.write_text("store = 'gone'\n")
    with pytest.raises(StoreError, match=r"gone: there is no such folder"):
        find(tmp_path)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("gone", "gone: there is no such folder"),
        ("a.md", "a.md: is a file; name the folder of the archive"),
        ("~nobody-of-that-name/x", "~nobody-of-that-name/x: there is no such folder"),
    ],
)
def test_a_store_that_is_none_is_refused(
    tree: Tree, find: Find, monkeypatch: pytest.MonkeyPatch, given: str, message: str
) -> None:
    work = tree("a.md")
    monkeypatch.chdir(work)
    for options in ({"given": given}, {"environment": {"NEWSCLI_STORE": given}}):
        with pytest.raises(StoreError) as caught:
            find(work, **options)
        assert str(caught.value) == message


@pytest.mark.parametrize("given", [".", "a/..", "./a/.././", "~/"])
def test_a_folder_is_named_in_any_way(tree: Tree, find: Find, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    work = tree("a/")
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(work))
    assert find(work, given)[0].root == work


def test_the_folder_one_is_in_is_where_the_search_begins(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tree("_posts/2022/")
    monkeypatch.chdir(work / "_posts" / "2022")
    assert find_store(environment={})[0].root == work


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("_posts", ("jekyll", "", False)),
        ("_drafts", ("jekyll", "", False)),
        ("source/_posts", ("hexo", "", False)),
        ("_posts/2022", ("plain", "", False)),
        ("plain", ("plain", "", False)),
        ("sites", ("plain", "", False)),
        ("categories", ("jekyll", "", True)),
    ],
)
def test_a_folder_that_is_given_is_taken_as_it_is(
    tree: Tree, find: Find, given: str, expected: tuple[str, str, bool]
) -> None:
    names = [
        "_posts/2022/",
        "_drafts/",
        "source/_posts/",
        "plain/",
        "sites/a/_posts/",
        "sites/a/.git/",
        "categories/a/_posts/",
    ]
    work = tree(*names)
    store, _ = find(work, str(work / given))
    assert (store.root, shape(store)) == (work / given, expected)


def test_in_a_drafts_folder_every_post_is_a_draft(tree: Tree, find: Find) -> None:
    work = tree("_drafts/a.md=---\ntitle: x\n---\n", "_posts/b.md=---\ntitle: x\n---\n")
    assert [entry.draft for entry in find(work, str(work / "_drafts"))[0].entries()] == [True]
    assert [entry.draft for entry in find(work, str(work / "_posts"))[0].entries()] == [False]
    assert [entry.draft for entry in find(work)[0].entries()] == [True, False]


def test_settings_say_what_the_dialect_is_and_where_the_terms_are(tree: Tree, find: Find) -> None:
    settings = (
        "dialect = 'hugo'\nignore = ['old']\n[fields]\ntags = ['topics']\ncategories = ['section']\nauthors = ['by']\n"
    )
    work = tree(f"newscli.toml={settings}", "_posts/a.md=---\ntopics: a b\nsection: c\nby: d\n---\n", "_posts/old/b.md")
    store, config = find(work)
    assert (store.dialect.name, store.ignore, config.fields_tags) == ("hugo", ("old",), ("topics",))
    (entry,) = store.entries()
    assert (entry.tags, entry.categories, entry.authors) == (("a b",), ("c",), ("d",))


def test_flags_and_a_file_of_settings_count(tree: Tree, find: Find) -> None:
    work = tree("_posts/", "my.toml=dialect = 'hexo'\ntimezone = 'UTC'\n")
    store, config = find(work, config_file=work / "my.toml", flags={"timezone": "+09:00"})
    assert (store.dialect.name, config.timezone) == ("hexo", "+09:00")
    with pytest.raises(ConfigError, match=r"No such configuration file: .*gone\.toml"):
        find(work, config_file=work / "gone.toml")


@pytest.mark.parametrize(
    ("names", "given", "hours"),
    [
        (["_posts/", "_config.yml=title: x\ntimezone: Asia/Shanghai\n"], "", 8),
        (["_posts/", "_config.yml=timezone: Asia/Tokyo\n"], "_posts", 9),
        (["source/_posts/", "_config.yml=timezone: Asia/Tokyo\n"], "source/_posts", 9),
        (["content/", "hugo.toml=timeZone = 'Asia/Kolkata'\n"], "", 5.5),
        (["content/", "config/_default/hugo.toml=timeZone = 'Asia/Tokyo'\n"], "", 9),
        (["_posts/", "_config.yml/", "_config.toml=timezone = 'Asia/Tokyo'\n"], "", 9),
        (["_posts/", "_config.yml=title: x\n", "newscli.toml=timezone = '-03:00'\n"], "", -3),
        (["_posts/", "_config.yml=timezone: Asia/Tokyo\n", "newscli.toml=timezone = '-03:00'\n"], "", -3),
    ],
)
def test_the_zone_is_the_sites(tree: Tree, find: Find, names: list[str], given: str, hours: float) -> None:
    work = tree(*names)
    store, _ = find(work, str(work / given))
    assert datetime(2022, 6, 7, tzinfo=store.dialect.zone).utcoffset() == timedelta(hours=hours)


def test_a_zone_that_is_none_is_named_with_its_file(tree: Tree, find: Find) -> None:
    with pytest.raises(ConfigError, match=r"_config\.yml: .*Asia/Shanghia"):
        find(tree("_posts/", "_config.yml=timezone: Asia/Shanghia\n"))


def test_a_folder_that_cannot_be_looked_into(tree: Tree, find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tree("a/")

    def refuse(_path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert shape(find(work, str(work / "a"))[0]) == ("plain", "", False)
    look = Path.is_dir
    monkeypatch.setattr(Path, "is_dir", lambda path: refuse(path) if path.name == "_posts" else look(path))
    with pytest.raises(StoreError, match=f"{work / 'a'}: Permission denied"):
        find(work, str(work / "a"))


def test_nothing_is_written_into_the_site(tree: Tree, find: Find) -> None:
    work = tree("_posts/a.md=---\ntitle: x\n---\n", "_config.yml")
    before = sorted(str(path) for path in work.rglob("*"))
    store, _ = find(work)
    assert len(list(store.entries())) == 1
    assert sorted(str(path) for path in work.rglob("*")) == before
