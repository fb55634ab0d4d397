"""Markdown to HTML by markdown-it-py: CommonMark with the tables and the strikethrough of GitHub."""

import time
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from newscli.converters.limits import DEADLINE, MARKDOWN_SIZE, ExceededError

if TYPE_CHECKING:
    from markdown_it.token import Token

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
    reader = _Reader("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    reader.inline.ruler.before("text", "watch", _watch)
    reader.block.ruler.before("table", "watch_depth", _watch_depth)
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


def render_blocks(text: str) -> Iterator[tuple[str, int]]:
    """The blocks of Markdown of the outermost level as HTML, each with its first line, from 1.

    Raises:
        ExceededError: it is too large, or takes too long.
    """
    reader = _reader()
    environment = _environment(text)
    block: list[Token] = []
    for token in reader.parse(text, environment):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            line = block[0].map[0] + 1 if block[0].map else 1
            yield str(reader.renderer.render(block, reader.options, environment)), line
            block = []
