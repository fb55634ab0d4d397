"""Bodies made to hang a run or to eat its memory."""

import time
import tracemalloc

import pytest

from newscli.converters import Conversion, convert, html2text_engine, limits, render
from newscli.converters.limits import ExceededError

HOSTILE = {
    "nested elements": "<div>" * 20_000 + "x" + "</div>" * 20_000,
    "100,000 nested elements": "<div>" * 100_000 + "x",
    "nested emphasis": "<b>" * 20_000 + "x",
    "100,000 emphases": "<b>x" * 100_000,
    "neighbours": "<b>x</b>" * 20_000,
    "emphasis in emphasis": "<b>x<i>y</i></b>。" * 8_000,
    "nothing but punctuation": "x<b><i>。</i></b>y" * 8_000,
    "much to move": "<p>x<b>" + "。)" * 30_000 + "</b>y",
    "formatting again and again": "<p>" + "".join(f"<font color={n}>" for n in range(1500)) + "</p>x" + "<p>a" * 1500,
    "nested lists": "<ul><li>a" * 10_000,
    "lists in lists": "<ul>" * 10_000 + "<li>x",
    "items without a list": "<li>a" * 20_000,
    "nested quotes": "<blockquote>" * 10_000 + "x",
    "nested tables": "<table><tr><td>" * 3_000 + "x",
    "frames": "<table><tr><td><p>a<p>b<p>c" * 2_000,
    "a wide table": "<table><tr>" + "<td>a<br>b" * 20_000,
    "columns": "<table><tr><td colspan=1000>a" + "<tr><td>b" * 20_000,
    "unclosed links": "<a href=x>y" * 20_000,
    "links in code": "<code>f(<a href=x>y</a>)</code>" * 10_000,
    "breaks": "a<br><br>" * 20_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x",
    "comments": "<!--" * 50_000,
    "nested pre": "<pre>\n\nx\n\n" * 10_000,
    "backticks": "<code>" + "`" * 200_000,
    "brackets": "<p>" + "[" * 200_000,
    "ampersands": "<p>" + "&" * 200_000,
    "less than": "<p>" + "< " * 100_000,
    "liquid": "<p>" + "{% {{ {: " * 50_000,
    "unclosed raw": "{% raw %}" * 30_000 + "<p>x",
    "formulas": "<p>" + "$$ _" * 50_000,
    "characters of ours": "<p>" + "\ufdd0b\ufdd1x\ufdd2" * 30_000,
    "references to ours": "<p>" + "&#xfdd0;B&#64977;n" * 20_000,
    "quotes in markdown": "> " * 20_000 + "<div>x",
    "items in markdown": "- " * 20_000 + "x\n\n<div>y",
    "deep items": "".join("  " * n + "- x\n" for n in range(600)) + "<div>y",
    "open blocks": "<div>\n\ntext\n\n" * 10_000,
    "open comments": "<p><!-- a\n\n" * 10_000,
    "open pre": "<p><pre>\n\ntext\n\n" * 10_000 + "</pre>",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("source", ["html", "mixed"])
def test_hostile_bodies(name: str, source: str) -> None:
    body = HOSTILE[name]
    start = time.process_time()
    conversion = convert(body, source=source)  # type: ignore[arg-type]
    assert time.process_time() - start < 10
    assert len(conversion.text) <= 10 * len(body) + 1000


@pytest.mark.parametrize(
    "name", ["nested elements", "nested lists", "nested tables", "columns", "links in code", "liquid"]
)
def test_hostile_bodies_as_text(name: str) -> None:
    start = time.process_time()
    convert(HOSTILE[name], source="html", to="text")
    convert(HOSTILE[name], source="html", to="text", engine="html2text")
    assert time.process_time() - start < 20


def test_memory() -> None:
    body = "<table>" + "<tr><td>a<td>b<td>c" * 300_000
    tracemalloc.start()
    conversion = convert(body, source="html")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert conversion == Conversion(body, "", ("line 1: left as it is: more than 120,000 tags",))
    assert peak < 2 * len(body)


def test_size() -> None:
    body = "<p>" + "word " * (limits.SIZE // 5)
    assert convert(body, source="html").warnings == ("line 1: left as it is: more than 8,000,000 characters",)
    assert convert(body, source="html", to="text") == Conversion(
        body, "", ("left as it is: more than 8,000,000 characters",)
    )


def test_only_the_block_that_is_too_large_is_left() -> None:
    block = "<p>" + "<b>x" * (limits.TAGS + 1)
    conversion = convert(f"<p>a</p>\n\n{block}\n\n<p>b</p>\n")
    assert conversion.text == f"a\n\n{block}\n\nb\n"
    assert conversion.warnings == ("line 3: left as it is: more than 120,000 tags",)


def test_markdown_size() -> None:
    body = "a\n\n" * (limits.MARKDOWN_SIZE // 3 + 1)
    for to in ("html", "text"):
        conversion = convert(body, to=to)
        assert conversion.text == body
        assert conversion.warnings == ("left as it is: more than 1,000,000 characters of Markdown",)


def test_markdown_depth() -> None:
    body = "> " * 200 + "x"
    conversion = convert(body, to="text")
    assert conversion == Conversion(body, "", ("left as it is: nested more than 50 blocks deep",))


def test_markdown_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "DEADLINE", 0.2)
    body = "[" * 20_000
    conversion = convert(body, to="html")
    assert conversion == Conversion(body, "", ("left as it is: reading the Markdown took too long",))


def test_html2text_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html2text_engine, "DEADLINE", -1.0)
    conversion = convert("<p>a</p>", engine="html2text")
    assert conversion.text == "<p>a</p>"
    assert conversion.warnings[0] == "html2text failed: ExceededError: html2text took too long"


def test_check() -> None:
    limits.check("<" * limits.TAGS)
    with pytest.raises(ExceededError, match="tags"):
        limits.check("<" * (limits.TAGS + 1))
    with pytest.raises(ExceededError, match="characters"):
        limits.check("a" * (limits.SIZE + 1))
