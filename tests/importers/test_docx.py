import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Item, detect

Items = Callable[..., list[Item]]
Packed = Callable[[Mapping[str, str | bytes]], bytes]

CORE = """<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>The title</dc:title><dc:creator>Ann; Bob</dc:creator><cp:keywords>a, b</cp:keywords>
<dc:description>About</dc:description><cp:category>news</cp:category>
<dcterms:created>2024-06-05T16:04:48Z</dcterms:created><dcterms:modified>2024-06-06T00:00:00Z</dcterms:modified>
</cp:coreProperties>"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Text</w:t></w:r></w:p></w:body></w:document>'
PARTS: dict[str, str | bytes] = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": DOCUMENT,
    "word/media/image1.png": b"\x89PNG<!DOCTYPE",
    "docProps/core.xml": CORE,
}


@pytest.fixture
def mammoth(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A mammoth that answers what the test says."""
    answer: dict[str, Any] = {"html": "<p>Text</p>", "messages": []}

    def convert_to_html(stream: Any) -> SimpleNamespace:
        assert zipfile.is_zipfile(stream)
        if isinstance(answer["html"], Exception):
            raise answer["html"]
        return SimpleNamespace(value=answer["html"], messages=[SimpleNamespace(message=m) for m in answer["messages"]])

    module = ModuleType("mammoth")
    module.convert_to_html = convert_to_html  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "mammoth", module)
    return answer


@pytest.mark.usefixtures("mammoth")
def test_everything_a_document_says(items: Items, packed: Packed) -> None:
    content = packed(PARTS)
    assert detect("a.docx", content) == "docx"
    assert items("docx", content) == [
        Article(
            title="The title",
            body="<p>Text</p>",
            date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=UTC),
            updated=datetime(2024, 6, 6, tzinfo=UTC),
            authors=("Ann", "Bob"),
            tags=("a", "b"),
            categories=("news",),
            summary="About",
            origin="source",
            alone=True,
        )
    ]


@pytest.mark.parametrize("core", [None, "", "<a>" * 300, "<a/>"])
def test_without_properties_the_first_heading_is_the_title(
    items: Items, packed: Packed, mammoth: dict[str, Any], core: str | None
) -> None:
    mammoth["html"] = "<h1>The <b>heading</b></h1><p>Text</p>"
    parts = {name: part for name, part in PARTS.items() if name != "docProps/core.xml"}
    (found,) = items("docx", packed(parts if core is None else {**parts, "docProps/core.xml": core}))
    assert isinstance(found, Article)
    assert (found.title, found.date, found.authors) == ("The heading", None, ())
    assert found.body == "<p>Text</p>"


def test_what_mammoth_says_is_passed_on(items: Items, packed: Packed, mammoth: dict[str, Any]) -> None:
    mammoth["messages"] = [f"Unrecognised style {number}\n" for number in range(9)]
    (found,) = items("docx", packed(PARTS))
    assert isinstance(found, Article)
    assert [problem.message for problem in found.problems][:1] == ["mammoth: Unrecognised style 0"]
    assert len(found.problems) == 5


@pytest.mark.parametrize("error", [KeyError("word/document.xml"), ValueError("x"), RecursionError()])
def test_what_mammoth_raises_is_a_diagnostic(
    items: Items, packed: Packed, mammoth: dict[str, Any], error: Exception
) -> None:
    mammoth["html"] = error
    (problem,) = items("docx", packed(PARTS))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I102"
    assert problem.message.startswith(f"mammoth cannot read it: {type(error).__name__}")


def test_without_mammoth_it_is_said_how_to_install_it(
    items: Items, packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    (problem,) = items("docx", packed(PARTS))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.message) == ("I109", "reading .docx needs mammoth: pip install 'newscli[docx]'")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    "part", [BOMB + DOCUMENT, BOMB.lower() + DOCUMENT, ("\ufeff" + BOMB + DOCUMENT).encode("utf-16-le")]
)
@pytest.mark.usefixtures("mammoth")
def test_document_types_are_refused(items: Items, packed: Packed, part: str | bytes) -> None:
    (problem,) = items("docx", packed({**PARTS, "word/document.xml": part}), name="a.docx")
    assert isinstance(problem, Diagnostic)
    assert (problem.path, problem.code) == ("a.docx/word/document.xml", "I103")


@pytest.mark.usefixtures("mammoth")
def test_a_document_with_members_that_may_not_be_read_is_refused(items: Items, packed: Packed) -> None:
    (problem,) = items("docx", packed({**PARTS, "word/bomb.xml": "a" * (3 << 20)}))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I110"
    assert "200 times" in problem.message


@pytest.mark.usefixtures("mammoth")
def test_what_is_no_archive_is_said(items: Items) -> None:
    (problem,) = items("docx", b"no document")
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I101"
