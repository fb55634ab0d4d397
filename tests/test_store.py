import os
import socket
import threading
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.charsets import encode
from newscli.diagnostics import Severity
from newscli.dialect import Dialect
from newscli.entry import Entry, summarize
from newscli.errors import StoreError
from newscli.post import BrokenPost, Post, serialize
from newscli.store import Store, UnreadableError, site_zone, write_atomically

POST = "---\ntitle: x\n---\nbody\n"
JEKYLL = Dialect("jekyll", timezone(timedelta(hours=8)))
EDGE = 4096
"""How many bytes of a file are read first."""

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write files under a root; a value is the file's text or bytes."""

    def write(files: dict[str, str | bytes]) -> Path:
        root = tmp_path / "site"
        root.mkdir(exist_ok=True)
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        return root

    return write


def jekyll(root: Path) -> Store:
    return Store(root, dialect=JEKYLL, in_posts=True)


def paths(store: Store) -> list[str]:
    return [entry.path for entry in store.entries()]


def codes(entry: Entry) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in entry.problems]


def entry_of(root: Path, name: str = "_posts/a.md") -> Entry:
    (found,) = [entry for entry in jekyll(root).entries() if entry.path == name]
    return found


# What is a post, and where


def test_under_jekyll_posts_are_in_posts_and_drafts(make: Make) -> None:
    names = [
        "_drafts/d.md",
        "_posts/2022/06/c.html",
        "_posts/a.md",
        "_posts/b.MARKDOWN",
        "news/_drafts/f.md",
        "news/_posts/e.htm",
        "a/b/_posts/g.mkd",
    ]
    others = ["index.md", "about/x.md", "_layouts/_posts/x.md", "_site/_posts/x.md", "_posts/x.txt", "_posts/.x.md"]
    root = make(dict.fromkeys([*names, *others], POST))
    assert sorted(paths(jekyll(root))) == sorted(names)


def test_in_a_posts_folder_a_file_without_front_matter_is_a_broken_post(make: Make) -> None:
    root = make({"_posts/a.md": "prose", "_posts/b.md": "", "_posts/c.md": POST})
    entries = list(jekyll(root).entries())
    assert [(entry.path, codes(entry)) for entry in entries] == [
        ("_posts/a.md", [("F005", 1, 1)]),
        ("_posts/b.md", [("F005", 1, 1)]),
        ("_posts/c.md", []),
    ]


def test_elsewhere_a_post_begins_with_front_matter(make: Make) -> None:
    root = make(
        {
            "a.md": POST,
            "b/c.html": "\n" + POST,
            "b/d.md": "title: x\ndate: y\n---\n",
            "README.md": "# Read: me\n\n---\n\nmore\n",
            "prose.md": "Prose.\n",
            "page.html": "<html>" + "x" * 9000,
            "binary.md": b"\x89PNG\x00\x00" + bytes(9000),
            "_posts/e.md": "prose",
            "x.txt": POST,
            "empty.md": "",
        }
    )
    assert paths(Store(root)) == ["a.md", "_posts/e.md", "b/c.html", "b/d.md"]


@pytest.mark.parametrize("name", ["_posts", "_drafts"])
def test_a_posts_folder_itself_takes_all(make: Make, name: str) -> None:
    root = make({f"{name}/a.md": "prose", f"{name}/2022/b.md": "prose"})
    assert paths(Store(root / name)) == ["a.md", "2022/b.md"]


def test_hidden_folders_and_what_others_wrote_are_not_entered(make: Make) -> None:
    skipped = [".git/a.md", "node_modules/a.md", "b/vendor/a.md", "public/a.md", "resources/a.md", ".x.md/a.md"]
    taken = ["b/public/a.md", "b/resources/a.md", "_b/a.md"]
    assert sorted(paths(Store(make(dict.fromkeys([*skipped, *taken], POST))))) == sorted(taken)


def test_in_a_posts_folder_only_hidden_folders_are_not_entered(make: Make) -> None:
    taken = ["_posts/_x/a.md", "_posts/public/a.md", "_posts/vendor/a.md", "public/_posts/a.md"]
    root = make(dict.fromkeys([*taken, "_posts/.git/a.md", "vendor/_posts/a.md", ".x/_posts/a.md"], POST))
    assert sorted(paths(jekyll(root))) == sorted(taken)


def test_globs_of_folders_are_ignored(make: Make) -> None:
    root = make(dict.fromkeys(["a.md", "old/a.md", "b/old/a.md", "b/c/a.md", "d/e/a.md", "older/a.md"], POST))
    assert paths(Store(root, ignore=("old", "b/c", "d/*"))) == ["a.md", "older/a.md"]


def test_posts_are_looked_for_from_a_start_and_named_from_the_root(make: Make) -> None:
    root = make(dict.fromkeys(["a.md", "content/b.md", "content/resources/c.md"], POST))
    assert paths(Store(root, "content")) == ["content/b.md", "content/resources/c.md"]


def test_folders_come_in_order_with_their_names(make: Make) -> None:
    root = make(dict.fromkeys(["b/x.md", "a/z.md", "a/y.md", "a/c/w.md"], POST))
    assert list(Store(root).folders()) == [("", []), ("a", ["y.md", "z.md"]), ("a/c", ["w.md"]), ("b", ["x.md"])]


def test_a_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Store(tmp_path / "gone").scan("")


# Reading heads


@settings(max_examples=50, deadline=None)
@given(st.integers(-12, 12), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["---", "..."]), st.sampled_from("x苏😀"))
def test_what_the_head_gives_is_what_the_whole_gives(
    tmp_path_factory: pytest.TempPathFactory, shift: int, end: str, fence: str, letter: str
) -> None:
    opening, closing = f"---{end}title: ", f"{end}{fence}{end}body {letter}{end}"
    size = EDGE + shift - len(opening.encode())
    text = opening + letter * (size // len(letter.encode())) + "x" * (size % len(letter.encode())) + closing
    root = tmp_path_factory.mktemp("site")
    (root / "a.md").write_bytes(text.encode())
    assert list(Store(root).entries()) == [summarize(text, "a.md", Dialect())]


def test_a_front_matter_longer_than_the_first_read_is_read(make: Make) -> None:
    text = "---\ndescription: " + "苏" * 5000 + "\ntitle: last\n---\nbody\n"
    entry = entry_of(make({"_posts/a.md": text}))
    assert (entry.title, entry.problems) == ("last", ())


def test_blank_lines_longer_than_the_first_read_hide_no_front_matter(make: Make) -> None:
    root = make({"a.md": "\n" * 2 * EDGE + POST})
    assert [(entry.title, codes(entry)) for entry in Store(root).entries()] == [("x", [("F007", 1, 1)])]


@pytest.mark.parametrize(
    ("data", "title", "place"),
    [
        ("---\ntags: a\ntitle: 苏州驶上科技招商快车道\n---\n正文\n".encode("gbk"), "苏州驶上科技招商快车道", (3, 8)),
        ("---\ntitle: 苏州\n---\n".encode("utf-16"), "苏州", (1, 1)),
        ("---\ntitle: 苏州驶上科技招商快车道\nx: y".encode() + b"\xe4\xb8\n---\n", None, (3, 5)),
    ],
    ids=["gbk", "utf-16", "damaged"],
)
def test_a_file_that_is_not_utf8_is_marked_where_it_is_not(
    make: Make, data: bytes, title: str | None, place: tuple[int, int]
) -> None:
    entry = entry_of(make({"_posts/a.md": data}))
    problem = entry.problems[0]
    assert (problem.code, problem.severity, problem.line, problem.column) == ("F001", Severity.ERROR, *place)
    assert problem.message.startswith("not UTF-8 (")
    assert title is None or entry.title == title
    assert entry.is_broken


def test_utf16_is_known_by_its_mark_and_gbk_is_a_guess(make: Make) -> None:
    root = make(
        {"_posts/a.md": POST.encode("utf-16"), "_posts/b.md": "---\ntitle: 苏州驶上科技招商\n---\n".encode("gbk")}
    )
    assert "reads as utf-16-le" in entry_of(root).problems[0].message
    assert "may be gb18030" in entry_of(root, "_posts/b.md").problems[0].message


def test_utf16_without_front_matter_is_no_post_where_only_those_are(make: Make) -> None:
    root = make({"a.md": POST.encode("utf-16"), "b.md": "prose".encode("utf-16-le")})
    assert paths(Store(root)) == ["a.md"]


def test_a_body_that_is_not_utf8_does_not_stop_the_head(make: Make) -> None:
    entry = entry_of(make({"_posts/a.md": POST.encode() + b"\xff"}))
    assert (entry.title, entry.problems) == ("x", ())


# What cannot be read


def reason(root: Path, name: str = "_posts/a.md") -> str:
    """Why a file cannot be read: the listing and the reading of the post say the same."""
    (problem,) = entry_of(root, name).problems
    assert (problem.code, problem.severity, problem.line, problem.column) == ("F015", Severity.ERROR, 1, 1)
    with pytest.raises(UnreadableError) as caught:
        jekyll(root).read(name)
    assert caught.value.diagnostic == problem
    assert str(caught.value) == f"{name}:1:1: F015 {problem.message}"
    return problem.message.removeprefix("cannot be read: ")


def test_a_folder_named_like_a_post(make: Make) -> None:
    root = make({"_posts/a.md/b.md": POST, "_posts/c.md": POST})
    assert reason(root) == "Is a directory"
    assert paths(jekyll(root)) == ["_posts/a.md", "_posts/c.md"]


def test_a_dangling_link(make: Make) -> None:
    root = make({"_posts/b.md": POST})
    (root / "_posts/a.md").symlink_to("gone.md")
    assert reason(root) == "a link to gone.md, which does not exist"


def test_a_link_to_itself(make: Make) -> None:
    root = make({"_posts/b.md": POST})
    (root / "_posts/a.md").symlink_to("a.md")
    assert "symbolic links" in reason(root)


def test_a_link_out_of_the_store_is_not_followed(make: Make, tmp_path: Path) -> None:
    root = make({"_posts/b.md": POST})
    (tmp_path / "secret.md").write_text(POST)
    (root / "_posts/a.md").symlink_to("../../secret.md")
    assert reason(root) == f"the link leads out of the store, to {tmp_path / 'secret.md'}; it is not followed"


def test_a_link_within_the_store_is_followed(make: Make, tmp_path: Path) -> None:
    root = make({"_posts/b.md": POST})
    (root / "_posts/a.md").symlink_to("b.md")
    linked = tmp_path / "linked"
    linked.symlink_to(root)
    for place in (root, linked):
        assert entry_of(place).title == "x"
        assert jekyll(place).read("_posts/a.md").body == "body\n"


def test_a_folder_that_is_a_link_is_not_entered(make: Make) -> None:
    root = make({"_posts/a.md": POST})
    (root / "_posts/loop").symlink_to("..")
    assert paths(jekyll(root)) == ["_posts/a.md"]


def test_a_pipe_does_not_block(make: Make) -> None:
    root = make({"_posts/b.md": POST})
    os.mkfifo(root / "_posts/a.md")
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(reason(root)), daemon=True)
    thread.start()
    thread.join(20)
    assert found == ["a pipe or a device, not a file"]


def test_a_socket_is_no_file(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"_posts/b.md": POST})
    monkeypatch.chdir(root / "_posts")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.md")
        assert reason(root)


def test_a_file_that_may_not_be_read(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"_posts/a.md": POST, "_posts/b.md": POST})
    look = os.open

    def refuse(path: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if Path(path).name == "a.md":
            raise PermissionError(13, "Permission denied")
        return look(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refuse)
    assert reason(root) == "Permission denied"
    assert [entry.is_broken for entry in jekyll(root).entries()] == [True, False]


def test_a_file_that_is_gone(make: Make) -> None:
    root = make({"_posts/b.md": POST})
    ((name, entry),) = jekyll(root).read_entries("_posts", ["a.md"])
    assert (name, entry is not None and entry.problems[0].message) == (
        "a.md",
        "cannot be read: No such file or directory",
    )
    for path in ("_posts/a.md", "gone/a.md"):
        with pytest.raises(UnreadableError, match="No such file"):
            jekyll(root).read(path)


@pytest.mark.parametrize(
    ("name", "shown"), [(b"_posts/\xcb\xd5.md", "_posts/\\xcb\\xd5.md"), (b"\xcb/_posts/a.md", "\\xcb/_posts/a.md")]
)
def test_a_name_that_is_not_utf8_is_shown_escaped(make: Make, name: bytes, shown: str) -> None:
    root = make({os.fsdecode(name): POST, "_posts/苏.md": POST})
    entries = {entry.path: entry for entry in jekyll(root).entries()}
    assert entries.keys() == {shown, "_posts/苏.md"}
    assert codes(entries[shown]) == [("F015", 1, 1)]
    assert "not UTF-8; rename the file" in entries[shown].problems[0].message
    assert not entries["_posts/苏.md"].problems


# Reading and writing posts


@pytest.mark.parametrize(
    "data", [POST.encode(), b"\xef\xbb\xbf---\r\na: \xe8\x8b\x8f\r\n---\r\n", b"", b"prose\r", b"---\na: \xff\n---\n"]
)
def test_a_post_is_read_whole_and_written_back_as_it_was(make: Make, data: bytes) -> None:
    root = make({"_posts/a.md": data})
    post = jekyll(root).read("_posts/a.md")
    assert encode(serialize(post), post.encoding) == data


def test_a_post_in_gbk_is_read_and_knows_it(make: Make) -> None:
    text = "---\ntitle: 苏州驶上科技招商快车道\n---\n正文\n"
    post = jekyll(make({"_posts/a.md": text.encode("gbk")})).read("_posts/a.md")
    assert isinstance(post, BrokenPost)
    assert (post.encoding, post.diagnostic.code, serialize(post)) == ("gb18030", "F001", text)


def test_a_post_at_the_root_is_read(make: Make) -> None:
    post = Store(make({"a.md": POST})).read("a.md")
    assert isinstance(post, Post)
    assert (post.path, post.data, post.body) == ("a.md", {"title": "x"}, "body\n")


def test_a_file_is_written_and_replaced(make: Make) -> None:
    root = make({"_posts/a.md": POST})
    (root / "_posts/a.md").chmod(0o600)
    jekyll(root).write("_posts/a.md", b"new")
    jekyll(root).write("_posts/b.md", b"more")
    assert (root / "_posts/a.md").read_bytes() == b"new"
    assert (root / "_posts/a.md").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in (root / "_posts").iterdir()} == {"a.md", "b.md"}


def test_what_a_link_within_the_store_points_at_is_written(make: Make) -> None:
    root = make({"_posts/b.md": POST})
    (root / "_posts/a.md").symlink_to("b.md")
    jekyll(root).write("_posts/a.md", b"new")
    assert (root / "_posts/a.md").is_symlink()
    assert (root / "_posts/b.md").read_bytes() == b"new"


@pytest.mark.parametrize("path", ["../x.md", "a/../../x.md", "/tmp/x.md", "out/x.md", "", "link.md", "folder.md"])
def test_nothing_is_written_out_of_the_store(make: Make, tmp_path: Path, path: str) -> None:
    root = make({"a/a.md": POST})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "real.md").write_text("old")
    (root / "out").symlink_to(outside)
    (root / "link.md").symlink_to(outside / "real.md")
    (root / "folder.md").symlink_to(outside)
    with pytest.raises(StoreError, match=r"out of the store .*; nothing was written"):
        Store(root).write(path, b"new")
    assert {found.name for found in tmp_path.iterdir()} == {"site", "outside"}
    assert (outside / "real.md").read_text() == "old"
    assert [found.name for found in outside.iterdir()] == ["real.md"]


@pytest.mark.parametrize(
    ("path", "words"), [("gone/x.md", "No such file"), ("a.md/x.md", "Not a directory"), ("folder", "directory")]
)
def test_what_cannot_be_written_is_an_error_that_names_the_file(make: Make, path: str, words: str) -> None:
    root = make({"a.md": POST, "folder/b.md": POST})
    with pytest.raises(StoreError, match=f"cannot write {root / path}: .*{words}"):
        Store(root).write(path, b"new")
    with pytest.raises(StoreError, match="cannot write"):
        write_atomically(root / path, b"new")


# The site's own configuration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: x\ntimezone: Asia/Shanghai\n", "Asia/Shanghai"),
        ("timezone: 'Asia/Shanghai' # ours\r\n", "Asia/Shanghai"),
        ('timeZone = "Etc/GMT-8"\n', "Etc/GMT-8"),
        ('{\n  "timeZone": "America/Port-au-Prince"\n}', "America/Port-au-Prince"),
        ("time_zone: +08:00\n", "+08:00"),
        ("# timezone: UTC\n", None),
        ("timezone:\n", None),
        ("timezone: ''\nurl: x\n", None),
        ("mytimezone: UTC\n", None),
        ("", None),
    ],
)
def test_the_zone_of_a_site(text: str, expected: str | None) -> None:
    assert site_zone(text) == expected


def test_a_folder_that_goes_while_it_is_read_takes_its_posts_along(tmp_path: Path) -> None:
    assert list(Store(tmp_path).read_entries("gone", ["a.md", "b.md"])) == [("a.md", None), ("b.md", None)]
