"""Converters: bodies of HTML, or of Markdown with HTML in it, to Markdown, plain text or HTML."""

from typing import Literal

from newscli.converters.base import Conversion, Images, Links, Options

__all__ = ["Conversion", "Options", "convert"]


def convert(
    body: str,
    *,
    to: Literal["markdown", "text", "html"] = "markdown",
    engine: str = "auto",
    source: Literal["mixed", "html"] = "mixed",
    code: Literal["markdown", "html"] = "markdown",
    links: Links | None = None,
    images: Images | None = None,
    width: int = 0,
) -> Conversion:
    from newscli.converters.pipeline import Writer, convert_html, convert_mixed
    writer = Writer(engine, Options(code=code))
    text = convert_html(body, writer) if source == "html" else convert_mixed(body, writer)
    return Conversion(text, writer.engine, tuple(writer.warnings))
