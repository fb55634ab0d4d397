"""Markdown to HTML by markdown-it-py: CommonMark with the tables and the strikethrough of GitHub."""

import time
from collections.abc import Iterator
from functools import cache
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline

from newscli.converters.limits import DEADLINE, MARKDOWN_SIZE, ExceededError

_DEEPEST = 100
"""How deep blocks may be nested, a list and its items counting two; of deeper ones
the reader would lose the content."""


class _Reader(MarkdownIt):
    """Takes addresses as they are: what they are good for is not for a reader to say."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - theirs
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - theirs
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - theirs
        return link


def _watch(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001 - theirs
    """A rule that never matches, but stops the reader when it takes too long: a row of ``[`` is read in square time."""
    if time.monotonic() > state.env[_UNTIL]:
        raise ExceededError("reading the Markdown took too long")
    return False


def _watch_depth(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - theirs
    """A rule that never matches, but stops the reader where it would leave text out."""
    if state.level >= _DEEPEST - 1:
        raise ExceededError(f"nested more than {_DEEPEST // 2} blocks deep")
    return False


_UNTIL = "until"


@cache
def _reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("strikethrough")
    reader.inline.ruler.before("text", "watch", _watch)
    # HTML, quotes and items start before a table does, on GitHub; markdown-it looks for tables first
    reader.block.ruler.before("lheading", "late_table", table, {"alt": ["paragraph", "reference"]})
    reader.block.ruler.before("code", "watch_depth", _watch_depth)
    return reader


def _environment(text: str) -> dict[str, object]:
    if len(text) > MARKDOWN_SIZE:
        raise ExceededError(f"more than {MARKDOWN_SIZE:,} characters of Markdown")
    return {_UNTIL: time.monotonic() + DEADLINE}


def render(text: str) -> str:
    """Markdown as HTML, the HTML in it as it stands.

    Raises:
        ExceededError: it is too large, or takes too long.
    """
    return str(_reader().render(text, _environment(text)))


def render_pieces(text: str) -> Iterator[tuple[str, int]]:
    """Markdown as HTML piece by piece, each with the line of the text that its first line comes from, from 1.

    Raises:
        ExceededError: it is too large, or takes too long.
    """
    reader = _reader()
    environment = _environment(text)
    renderer = cast("RendererHTML", reader.renderer)
    tokens = reader.parse(text, environment)
    pieces: list[str] = []
    line = 1
    for number, token in enumerate(tokens):
        if token.map:
            yield "".join(pieces), line
            pieces, line = [], token.map[0] + 1 + (token.type == "fence")
        if token.type == "inline":
            pieces.append(renderer.renderInline(token.children or (), reader.options, environment))
        else:
            rule = renderer.rules.get(token.type, renderer.renderToken)
            pieces.append(rule(tokens, number, reader.options, environment))
    yield "".join(pieces), line
