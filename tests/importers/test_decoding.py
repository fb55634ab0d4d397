from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import ConfigError
from newscli.importers.decoding import CHUNK, iter_text, read_text
from newscli.importers.input import Input, Limits, Options
from newscli.importers.problems import SourceError

if TYPE_CHECKING:
    from newscli.diagnostics import Diagnostic

CHINESE = "苏州工业园区科技招商，新华日报财经讯。" * 20


def whole(content: bytes, *, charset: str = "", **options: str) -> tuple[str, list[str]]:
    found = read_text(Input.of_bytes("a", content, charset=charset), Options(**options))  # type: ignore[arg-type]
    return found.text, [problem.message for problem in found.problems]


def streamed(content: bytes, *, charset: str = "", **options: str) -> tuple[str, list[str]]:
    problems: list[Diagnostic] = []
    source = Input.of_bytes("a", content, charset=charset)
    text = "".join(iter_text(source, Options(**options), problems))  # type: ignore[arg-type]
    return text, [problem.message for problem in problems]


@pytest.mark.parametrize("read", [whole, streamed])
class TestBothWays:
    def test_utf8_needs_no_declaration(self, read: type) -> None:
        assert read(CHINESE.encode()) == (CHINESE, [])

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_a_mark_tells_and_goes(self, read: type, encoding: str) -> None:
        assert read(CHINESE.encode(encoding)) == (CHINESE, [])

    def test_the_header_tells(self, read: type) -> None:
        assert read("é".encode("cp1252"), charset="iso-8859-1") == ("é", [])

    @pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030"])
    def test_the_xml_declaration_tells_by_the_names_of_the_web(self, read: type, label: str) -> None:
        written = f'<?xml version="1.0" encoding="{label}"?>\n<a>\n{CHINESE}镕</a>'
        assert read(written.encode("gb18030")) == (written, [])

    def test_a_page_tells_in_its_meta(self, read: type) -> None:
        written = f'<html><meta charset="big5">\n{"經濟日報" * 20}'
        assert read(written.encode("big5")) == (written, [])

    def test_utf8_under_a_wrong_declaration_is_read_as_utf8(self, read: type) -> None:
        written = f'<?xml version="1.0" encoding="iso-8859-1"?>\n<a>\n{CHINESE}\n</a>'
        assert read(written.encode()) == (written, [])

    def test_what_is_asked_for_counts(self, read: type) -> None:
        assert read("éé".encode("cp1252"), encoding="latin1") == ("éé", [])
        assert read("дом".encode("koi8-r"), encoding="koi8-r") == ("дом", [])

    def test_an_encoding_that_does_not_exist_is_a_wrong_use(self, read: type) -> None:
        with pytest.raises(ConfigError, match="nonsense"):
            read(b"a", encoding="nonsense")

    def test_a_guess_is_said_to_be_one(self, read: type) -> None:
        text, problems = read((CHINESE * 3).encode("gb18030"))
        assert text == CHINESE * 3
        (problem,) = problems
        assert "read as gb18030" in problem
        assert "--encoding" in problem

    def test_what_is_asked_for_and_does_not_fit_is_replaced(self, read: type) -> None:
        text, (problem,) = read(b"a\xffb", encoding="utf-8")
        assert text == "a\ufffdb"
        assert "no utf-8 and were replaced" in problem

    def test_stray_bytes_in_utf8_are_replaced(self, read: type) -> None:
        text, (problem,) = read(CHINESE.encode() + b"\xff" + CHINESE.encode())
        assert text == CHINESE + "\ufffd" + CHINESE
        assert "utf-8" in problem


def test_a_declared_set_that_does_not_fit_is_said_to_be_broken() -> None:
    text, (problem,) = streamed(b'<?xml version="1.0" encoding="utf-8"?>\n<a>J\xfcrgen</a>')
    assert "J\ufffdrgen" in text
    assert "no utf-8 and were replaced" in problem


def test_a_text_longer_than_a_chunk_is_not_cut_within_a_character() -> None:
    written = "a" + "苏" * CHUNK
    assert streamed(written.encode()) == (written, [])


def test_a_source_too_long_to_guess_from_is_judged_by_its_head() -> None:
    problems: list[Diagnostic] = []
    source = Input.of_bytes("a", (CHINESE * 3).encode("gb18030"))
    text = "".join(iter_text(source, Options(limits=Limits(document=100)), problems))
    assert text == CHINESE * 3
    assert len(problems) == 1
    with pytest.raises(SourceError):
        read_text(source, Options(limits=Limits(document=100)))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=100, deadline=None)
def test_both_ways_read_utf8_alike(text: str) -> None:
    assert whole(text.encode()) == streamed(text.encode()) == (text.removeprefix("\ufeff"), [])


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_and_all_text_can_be_written(content: bytes) -> None:
    for read in (whole, streamed):
        text, _ = read(content)
        text.encode()
