"""What of a split body is converted: HTML blocks that belong together, and those that hold Markdown.

kramdown lets an HTML block run across blank lines to its closing tag; CommonMark ends it at the blank line and reads
what follows as Markdown. Both readings agree on the two rules used here:

- when only HTML stands between the opening and the closing tag, the blocks are converted as one;
- when Markdown stands between them, or the tag says ``markdown="1"``, everything from the one tag to the other stays
  as it is: the reader of the site decides what the Markdown inside means.

A tag without its counterpart in another block is converted with its own block.
"""

import re
from collections.abc import Iterator

from newscli.converters.blocks import Part

_CONTAINERS = (
    "address|article|aside|audio|blockquote|center|details|div|dl|fieldset|figure|footer|form|header|main|nav|object"
    "|ol|pre|section|span|table|ul|video"
)
_TAG = re.compile(rf"<!--.*?-->|<(/?)({_CONTAINERS})(?=[\s/>])[^<>]*>", re.I | re.S)
_MARKDOWN_INSIDE = re.compile(r"<[A-Za-z][^<>]*\smarkdown\s*=", re.I)
_ONLY_COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+\Z", re.S)


def stays(text: str) -> bool:
    """Whether an HTML block is a note to the site or its writers that no reader sees: comments, instructions."""
    start = text.lstrip(" ")
    if start.startswith("<!--"):
        return _ONLY_COMMENTS.match(text) is not None
    return start.startswith(("<?", "<!"))


def _spans(parts: list[Part]) -> list[tuple[int, int]]:
    """The first and last part of every element that starts in one HTML block and ends in another."""
    opened: dict[str, list[int]] = {}
    spans = []
    for number, part in enumerate(parts):
        if not part.is_html:
            continue
        for tag in _TAG.finditer(part.text):
            if tag[2] is None:
                continue
            name = tag[2].lower()
            if not tag[1]:
                opened.setdefault(name, []).append(number)
            elif opened.get(name):
                start = opened[name].pop()
                if start != number:
                    spans.append((start, number))
    return spans


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans with those that overlap made one, in order."""
    first = last = -1
    for start, end in sorted(spans):
        if start > last:
            if first >= 0:
                yield first, last
            first, last = start, end
        else:
            last = max(last, end)
    if first >= 0:
        yield first, last


def _join(parts: list[Part]) -> Part:
    is_html = all(part.is_html or not part.text.strip() for part in parts)
    text = "".join(part.text for part in parts)
    return Part(is_html and not _MARKDOWN_INSIDE.search(text), text, parts[0].line)


def regions(parts: list[Part]) -> list[Part]:
    """The parts with elements that span several made one; ``is_html`` says what is to be converted."""
    if sum(part.is_html for part in parts) > 1:
        joined: list[Part] = []
        done = 0
        for first, last in _merged(_spans(parts)):
            joined += [*parts[done:first], _join(parts[first : last + 1])]
            done = last + 1
        parts = [*joined, *parts[done:]]
    return [
        part._replace(is_html=False)
        if part.is_html and (stays(part.text) or ("markdown" in part.text and _MARKDOWN_INSIDE.search(part.text)))
        else part
        for part in parts
    ]
