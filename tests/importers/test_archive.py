import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Input, Item, Limits, Options, Skipped, read
from newscli.importers.archive import members
from newscli.importers.problems import Code, SourceError

Items = Callable[..., list[Item]]
Packed = Callable[[Mapping[str, str | bytes]], bytes]

PAGE = "<html><head><title>{}</title></head><body><article><p>Text</p></article></body></html>"


def problems(found: list[Item]) -> list[tuple[str, str, str]]:
    return [(item.path, item.code, item.message) for item in found if isinstance(item, Diagnostic)]


def titles(found: list[Item]) -> list[str]:
    return [item.title for item in found if isinstance(item, Article)]


def test_every_member_is_read_by_what_it_is(items: Items, packed: Packed) -> None:
    archive = packed(
        {
            "a/page.html": PAGE.format("Page"),
            "b/records.json": '[{"title": "Record", "body": "b"}]',
            "c/feed.xml": "<rss version='2.0'><channel><item><title>Item</title></item></channel></rss>",
            "d/letter": "From: a@b.c\nSubject: Letter\nDate: 5 Jun 2024 00:00:00 +0000\n\nText",
            "e/picture.png": b"\x89PNG\r\n\x1a\n\0\0",
            "e/other.png": b"\x89PNG\0",
            "e/style.css": "a{}\nb{}\n",
            "README": "",
        }
    )
    found = items("zip", archive, name="x.zip")
    assert titles(found) == ["Page", "Record", "Item", "Letter"]
    assert next(item.origin for item in found if isinstance(item, Article)) == "x.zip/a/page.html"
    assert [item for item in found if isinstance(item, Skipped)] == [
        Skipped("x.zip", "file .css", 1),
        Skipped("x.zip", "file .png", 2),
        Skipped("x.zip", "file README", 1),
    ]
    assert problems(found) == []


def test_a_member_in_another_character_set_is_read_by_itself(items: Items, packed: Packed) -> None:
    archive = packed(
        {
            "a.html": PAGE.format("苏州").encode(),
            "b.html": PAGE.format("<meta charset=gbk>上海").encode("gbk"),
        }
    )
    assert [title.removeprefix("<meta charset=gbk>") for title in titles(items("zip", archive))] == ["苏州", "上海"]


def test_a_broken_member_costs_itself_only(items: Items, packed: Packed) -> None:
    archive = packed(
        {"a.json": '[{"title": "A", "body": "a"}', "b.html": PAGE.format("B"), "c.xml": "<feed>" + "<a>" * 300}
    )
    found = items("zip", archive, name="x.zip")
    assert titles(found) == ["A", "B"]
    assert [(path, code) for path, code, _ in problems(found)] == [
        ("x.zip/a.json", "I105"),
        ("x.zip/c.xml", "I104"),
    ]


@pytest.mark.parametrize(
    "name", ["../a.html", "a/../../b.html", "/etc/a.html", "C:/a.html", "a/..", "a\x1b[31m.html", "a\nb.html"]
)
def test_names_that_lead_out_are_left_out(items: Items, packed: Packed, name: str) -> None:
    found = items("zip", packed({name: PAGE.format("no"), "b.html": PAGE.format("B")}), name="x.zip")
    assert titles(found) == ["B"]
    ((_, code, message),) = problems(found)
    assert (code, message) == ("I110", "left out: its name leads out of the archive")


def test_links_and_locked_members_are_left_out(items: Items) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.html")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.html", PAGE.format("no"))
    content = bytearray(stream.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.rindex(signature)
        content[place + offset] |= 1  # the flag of an encrypted member
    found = items("zip", bytes(content), name="x.zip")
    assert problems(found) == [
        ("x.zip/link.html", "I110", "left out: it is a symbolic link"),
        ("x.zip/locked.html", "I110", "left out: it is encrypted"),
    ]


def test_a_member_that_unpacks_to_far_more_than_its_size_is_left_out(items: Items, packed: Packed) -> None:
    found = items("zip", packed({"bomb.html": "a" * (3 << 20), "small.html": PAGE.format("B")}), name="x.zip")
    assert titles(found) == ["B"]
    ((path, code, message),) = problems(found)
    assert (path, code) == ("x.zip/bomb.html", "I110")
    assert message == "left out: it unpacks to more than 200 times its size"


def test_a_member_larger_than_the_limit_is_left_out(items: Items, packed: Packed) -> None:
    found = items("zip", packed({"a.html": PAGE.format("x" * 500)}), limits=Limits(document=100))
    assert [message for _, _, message in problems(found)] == ["left out: it unpacks to more than 100 bytes"]


def test_many_such_members_are_not_listed_one_by_one(items: Items, packed: Packed) -> None:
    found = items("zip", packed({f"../{number}": "x" for number in range(15)}))
    assert len(found) == 11
    assert problems(found)[-1][2] == "5 more members left out"


@pytest.mark.parametrize(
    ("limits", "message"),
    [(Limits(members=1), "has 2 members, more than 1"), (Limits(unpacked=10), "unpacks to more than 10 bytes")],
)
def test_an_archive_beyond_the_limits_is_refused(items: Items, packed: Packed, limits: Limits, message: str) -> None:
    ((_, code, said),) = problems(items("zip", packed({"a.html": PAGE, "b.html": PAGE}), limits=limits))
    assert (code, said) == ("I104", message)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"no archive"])
def test_what_is_no_archive_is_said(items: Items, content: bytes) -> None:
    ((_, code, message),) = problems(items("zip", content))
    assert code == "I101"
    assert message.startswith("is no archive that can be read")


def test_a_member_whose_sum_is_wrong_costs_itself_only(items: Items, packed: Packed) -> None:
    content = bytearray(packed({"a.html": PAGE.format("A"), "b.html": PAGE.format("B")}))
    place = content.index(b"PK\x03\x04")
    name_length, extra_length = struct.unpack("<HH", content[place + 26 : place + 30])
    content[place + 30 + name_length + extra_length + 5] ^= 0xFF
    found = items("zip", bytes(content), name="x.zip")
    assert titles(found) == ["B"]
    ((path, code, _),) = problems(found)
    assert (path, code) == ("x.zip/a.html", "I110")


def test_an_archive_in_an_archive_is_not_opened(items: Items, packed: Packed) -> None:
    inner = packed({"a.html": PAGE.format("no")})
    assert items("zip", packed({"inner.zip": inner})) == [Skipped("source", "file .zip", 1)]


def test_what_systems_leave_behind_is_not_counted(items: Items, packed: Packed) -> None:
    archive = packed({"__MACOSX/._a.html": "x", "a/.DS_Store": "x", "Thumbs.db": "x", ".git/config": "x", "d/": ""})
    assert items("zip", archive) == []


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "苏州.html"), ("gb18030", "苏州.html"), ("cp437", "é.html")])
def test_names_of_older_archives_are_read(packed: Packed, encoding: str, name: str) -> None:
    raw = name.encode(encoding)
    content = packed({"x" * len(raw): PAGE.format("A")}).replace(b"x" * len(raw), raw)
    with members(Input.of_bytes("x.zip", content), Limits()) as found:
        assert list(found.inputs) == [name]


def test_a_name_with_its_flag_is_taken_as_it_is(packed: Packed) -> None:
    with members(Input.of_bytes("x.zip", packed({"苏州.html": "x"})), Limits()) as found:
        assert list(found.inputs) == ["苏州.html"]
        assert found.find("州.HTML".lower()) is not None
        assert found.find(".txt") is None


def test_a_folder_is_read_like_an_archive(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.html").write_text(PAGE.format("no"))
    (tmp_path / "b" / "c.html").write_text(PAGE.format("C"))
    (tmp_path / "a.html").write_text(PAGE.format("A"))
    found = list(read("folder", Input.of_path(tmp_path, "my/folder/"), Options()))
    assert [(item.title, item.origin) for item in found if isinstance(item, Article)] == [
        ("A", "my/folder/a.html"),
        ("C", "my/folder/b/c.html"),
    ]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.html").write_text(PAGE.format("no"))
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.html").symlink_to(outside / "a.html")
    (inside / "folder").symlink_to(outside)
    found = list(read("folder", Input.of_path(inside), Options()))
    assert titles(found) == []
    assert sorted((Path(path).name, code) for path, code, _ in problems(found)) == [
        ("folder", "I110"),
        ("link.html", "I110"),
    ]


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_text("x")
    with (
        pytest.raises(SourceError, match="more than 2 files") as caught,
        members(Input.of_path(tmp_path), Limits(members=2)),
    ):
        pass
    assert caught.value.code is Code.TOO_BIG


def test_a_file_of_a_folder_that_cannot_be_read_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text(PAGE.format("A"))
    (tmp_path / "b.html").write_text(PAGE.format("B"))
    opened = Path.open

    def refuse(path: Path, mode: str) -> object:
        if path.name == "a.html":
            raise PermissionError(13, os.strerror(13))
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    found = list(read("folder", Input.of_path(tmp_path, "f"), Options()))
    assert titles(found) == ["B"]
    assert problems(found) == [("f/a.html", "I101", "cannot be read: Permission denied")]


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert list(read("folder", Input.of_path(tmp_path), Options())) == []
