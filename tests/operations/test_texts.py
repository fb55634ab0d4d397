from pathlib import Path

import pytest

from newscli.operations.originals import Original
from newscli.operations.texts import Text, decode, read_text
from newscli.store import Store, UnreadableError


def read(folder: Path, name: str, data: bytes) -> Text:
    (folder / name).write_bytes(data)
    return read_text(Original(Store(folder), name, name))


def test_a_text_is_cut_at_the_body(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md", b"---\na: 'b\n---\ntext\n") == Text("---\na: 'b\n---\n", "text\n", "utf-8", True)
    assert read(tmp_path, "a.md", b"text\n") == Text("", "text\n", "utf-8", False)
    assert read(tmp_path, "a.md", b"") == Text("", "", "utf-8", False)


def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = '<html><meta charset="koi8-r"><p>Привет</p></html>'.encode("koi8-r")
    for name in ("a.html", "a.md"):
        assert read(tmp_path, name, page).encoding == "koi8-r"
    assert "Привет" in decode(page).body


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        read_text(Original(Store(tmp_path), "gone.md", "gone.md"))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.html", Text("", "x", "utf-8", False), True),
        ("a.XHTML", Text("---\n---\n", "x", "utf-8", True), True),
        ("a.md", Text("", "\ufeff\n<!DOCTYPE html>", "utf-8", False), True),
        ("a.md", Text("", "<HTML lang=zh>", "utf-8", False), True),
        ("a.md", Text("---\n---\n", "<html>", "utf-8", True), False),
        ("a.md", Text("", "<p>x</p>", "utf-8", False), False),
    ],
)
def test_pages(name: str, text: Text, expected: bool) -> None:
    assert text.is_page(name) is expected


def test_what_begins_with_a_tag() -> None:
    assert Text("", "\n <p>", "utf-8", False).begins_with_tag
    assert not Text("", "text <p>", "utf-8", False).begins_with_tag
    assert not Text("---\n---\n", "<p>", "utf-8", True).begins_with_tag
