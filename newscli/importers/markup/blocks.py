"""Markdown in blocks, fenced code apart."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"(`{3,}|~{3,})[^`\n]*\n?$")
_CLOSING = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*\n?$")


def iter_blocks(text: str) -> Iterator[tuple[bool, str]]:
    """The text in blocks that end at blank lines, fenced code as one; each with whether it is code.

    Only a fence in the first column after a blank line counts: every reader of Markdown takes that for code, unless
    HTML is open around it.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    unclosed = {"`": len(text), "~": len(text)}  # fences of this length and longer are never closed from here on
    block: list[str] = []
    index = 0
    while index < len(lines):
        fence = None if block else _FENCE.match(lines[index])
        if fence and len(fence[1]) < unclosed[fence[1][0]]:
            end = _closing(lines, index, fence[1])
            if end is not None:
                yield True, "".join(lines[index : end + 1])
                index = end + 1
                continue
            unclosed[fence[1][0]] = len(fence[1])
        block.append(lines[index])
        if not lines[index].strip():
            yield False, "".join(block)
            block = []
        index += 1
    if block:
        yield False, "".join(block)


def _closing(lines: list[str], start: int, fence: str) -> int | None:
    for index in range(start + 1, len(lines)):
        match = _CLOSING.match(lines[index])
        if match and match[1].startswith(fence):
            return index
    return None
