"""Converters: bodies of HTML, or of Markdown with HTML in it, to Markdown, plain text or HTML."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from newscli.converters.base import Conversion, Images, Links, Options
from newscli.settings import check_html2text
from newscli.toml_edit import TomlValue

__all__ = ["Conversion", "Images", "Links", "Options", "convert"]


@lru_cache(maxsize=64)
def _options(
    to: str,
    code: Literal["markdown", "html"],
    links: Links | None,
    images: Images | None,
    tables: Literal["tabs", "aligned"],
    bullet: str,
    width: int,
    html2text: tuple[tuple[str, TomlValue], ...],
) -> Options:
    """The options with the defaults of what is written: plain text shows neither addresses nor pictures."""
    is_text = to == "text"
    return Options(
        code=code,
        links=links or ("text" if is_text else "inline"),
        images=images or ("drop" if is_text else "keep"),
        tables=tables,
        bullet=bullet,
        width=width,
        html2text=html2text,
    )


def convert(
    body: str,
    *,
    to: Literal["html", "markdown", "text"] = "markdown",
    engine: str = "auto",
    source: Literal["mixed", "html"] = "mixed",
    code: Literal["markdown", "html"] = "markdown",
    links: Links | None = None,
    images: Images | None = None,
    tables: Literal["tabs", "aligned"] = "tabs",
    bullet: str = "- ",
    width: int = 0,
    html2text: Mapping[str, TomlValue] | None = None,
) -> Conversion:
    """Convert a body; whatever it holds, it is never lost and nothing is raised for it.

    Args:
        body: the body of a post, without front matter.
        to: ``markdown`` converts the HTML in it, Markdown stays byte for byte; ``text`` is plain text; ``html`` renders
            the Markdown, HTML stays.
        engine: ``turbohtml``, ``html2text`` or ``auto``: the first of them that is installed and can.
        source: ``html`` for a body that is HTML from end to end; ``mixed`` for Markdown with HTML blocks.
        code: what becomes of an inline code span that mixes text with links or emphasis; see :class:`Options`.
        links: what becomes of links; by default ``inline``, in plain text ``text``.
        images: what becomes of pictures; by default ``keep``, in plain text ``drop``.
        tables: how plain text shows tables.
        bullet: what stands before the items of a list in plain text.
        width: the cells to wrap plain text to; 0 wraps nothing.
        html2text: options of html2text, by its own names, for the engine of that name; ``newscli config list`` has all.

    Raises:
        ConfigError: there is no such engine, or no such option of html2text.
    """
    from newscli.converters import pipeline

    if html2text:
        check_html2text(html2text.items())
    options = _options(to, code, links, images, tables, bullet, width, tuple((html2text or {}).items()))
    writer = pipeline.Writer(engine, options, body)
    if to == "text":
        text = pipeline.convert_text(body, writer, options, is_html=source == "html")
    elif to == "html":
        text = body if source == "html" else pipeline.convert_to_html(body, writer)
    elif source == "html":
        text = pipeline.convert_html(body, writer)
    else:
        text = pipeline.convert_mixed(body, writer)
    return writer.conversion(text)
