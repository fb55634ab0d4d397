import io
from pathlib import Path

import pytest

from newscli.importers.input import HEAD, Input
from newscli.importers.problems import Code, SourceError, fault, warning


def test_bytes_can_be_opened_again_and_again() -> None:
    source = Input.of_bytes("a", b"0123456789", url="https://example.com", charset="gbk")
    assert (source.name, source.url, source.charset) == ("a", "https://example.com", "gbk")
    for _ in range(2):
        with source.open() as stream:
            assert stream.read() == b"0123456789"
    assert source.head(3) == b"012"
    assert source.read(10) == b"0123456789"


def test_a_file_is_called_as_it_is_written_or_as_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    assert Input.of_path(path).name == str(path)
    source = Input.of_path(path, "shown.txt")
    assert source.name == "shown.txt"
    assert source.folder is None
    assert source.read(4) == b"text"


def test_a_folder_has_no_bytes(tmp_path: Path) -> None:
    source = Input.of_path(tmp_path)
    assert source.folder == tmp_path
    assert source.head() == b""
    with pytest.raises(SourceError, match="is a folder"):
        source.read(10)


def test_a_source_larger_than_the_limit_is_refused() -> None:
    with pytest.raises(SourceError, match="larger than 1,000 bytes") as caught:
        Input.of_bytes("a", b"x" * 1001).read(1000)
    assert caught.value.code is Code.TOO_BIG


def test_the_head_is_all_there_is_or_64_kib() -> None:
    assert Input.of_bytes("a", b"x").head() == b"x"
    assert len(Input.of_bytes("a", b"x" * (HEAD + 1)).head()) == HEAD


@pytest.mark.parametrize("size", [0, 10, 20 << 20])
def test_a_stream_is_kept_so_that_it_can_be_read_again(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    with Input.of_stream("-", io.BytesIO(content)) as source, source.open() as stream:
        assert source.head(5) == content[:5]
        assert source.read(len(content)) == content
        assert stream.seekable()
        assert stream.seek(-3, io.SEEK_END) == len(content) - 3
        assert stream.read() == content[-3:]
        stream.seek(2)
        assert stream.read(2) == content[2:4]


def test_two_views_of_a_stream_do_not_disturb_each_other() -> None:
    content = io.BytesIO(b"abcdef" * 10_000)
    with Input.of_stream("-", content) as source, source.open() as first, source.open() as second:
        assert first.read(3) == b"abc"
        assert second.read(20_000)[:6] == b"abcdef"
        assert first.read(3) == b"def"
        first.seek(1, io.SEEK_CUR)
        assert first.read(2) == b"bc"


def test_a_file_that_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Input.of_path(tmp_path / "none").head()


def test_a_fault_becomes_a_diagnostic_of_the_source_or_of_a_member() -> None:
    error = SourceError(Code.SYNTAX, "is broken", line=7)
    assert str(error.diagnostic("a.xml")) == "a.xml:7:1: I102 is broken"
    member = SourceError(Code.MEMBER, "is locked", name="a.zip/b")
    assert str(member.diagnostic("a.zip")) == "a.zip/b:1:1: I110 is locked"
    assert fault("a", Code.RECORD, "m").severity == "error"
    assert warning("a", Code.RECORD, "m", line=3).line == 3
