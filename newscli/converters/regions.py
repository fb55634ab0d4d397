"""What of a split body is converted: HTML blocks that belong together, but none that hold Markdown.

kramdown lets an HTML block run across blank lines to its closing tag; CommonMark ends it at the blank line and reads
what follows as Markdown. Both readings agree on the two rules used here:

- when only HTML stands between the opening and the closing tag, the blocks are converted as one;
- when Markdown stands between them, or a tag says ``markdown="1"``, all HTML from the one tag to the other stays as it
  is: the site's own reader decides what the Markdown inside means.

A tag without its counterpart in another block is converted with its own block.
"""

import re
from collections.abc import Iterator

from newscli.converters.blocks import Part

_VERBATIM = frozenset(("<!--", "pre", "script", "style", "textarea"))
"""What holds no other elements: comments, and elements whose text is kept as it is."""
_NAMES = (
    "address|article|aside|audio|blockquote|center|details|div|dl|fieldset|figure|footer|form|header|main|nav|object"
    "|ol|pre|script|section|span|style|table|textarea|ul|video|a|b|big|code|del|em|font|i|ins|kbd|mark|q|s|small"
    "|strike|strong|sub|sup|u"
)
"""The elements with an end tag that is not optional."""
_TAG = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])()")
"""As nearly all are written: without a flag, and all with one first letter, they are found three times as fast."""
_ANY_TAG = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])|(<!--|-->)", re.I)
_UNUSUAL = re.compile("<(?:/?[A-Z]|!--)")
_MARKDOWN_INSIDE = re.compile(r"<[A-Za-z][^<>]*\smarkdown\s*=", re.I)
_ONLY_COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+\Z", re.S)
_EDITORS_COMMENT = re.compile(r"\s*<!--\s*/?wp:")


def stays(text: str) -> bool:
    """Whether an HTML block is a note to the site or its writers that no reader sees: comments, instructions.

    The comments with which WordPress marks its blocks are none.
    """
    start = text.lstrip(" ")
    if start.startswith("<!--"):
        return _ONLY_COMMENTS.match(text) is not None and _EDITORS_COMMENT.match(text) is None
    return start.startswith(("<?", "<!"))


def _tags(parts: list[Part]) -> Iterator[tuple[int, str, bool]]:
    """The number of the part, the name and whether it closes, of every tag of an element that can hold blocks.

    Inside a comment, ``pre`` or the like there are none, if it is closed anywhere. Those of parts that hold but
    whole elements are left out.
    """
    find = (_ANY_TAG if any(map(_UNUSUAL.search, (part.text for part in parts))) else _TAG).findall
    tags: list[tuple[int, str, bool]] = []
    for number, part in enumerate(parts):
        found = [(name.lower() or "<!--", bool(slash) or comment == "-->") for slash, name, comment in find(part.text)]
        if not _are_whole(found):
            tags += [(number, name, closes) for name, closes in found]
    last_ends = {name: place for place, (_, name, closes) in enumerate(tags) if closes and name in _VERBATIM}
    inside = ""
    for place, (number, name, closes) in enumerate(tags):
        if inside and (name != inside or not closes):
            continue
        inside = name if name in _VERBATIM and not closes and last_ends.get(name, 0) > place else ""
        yield number, name, closes


def _are_whole(tags: list[tuple[str, bool]]) -> bool:
    """Whether every element that starts among the tags ends there, the last one first, and none is verbatim."""
    opened = []
    for name, closes in tags:
        if not closes:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and _VERBATIM.isdisjoint(name for name, _ in tags)


def _may_span(parts: list[Part]) -> bool:
    """A quick look: False when no element can start in an HTML block and end in another part."""
    found = False
    for part in parts:
        text = part.text
        if found and ("</" in text or "-->" in text):
            return True
        found = found or part.is_html
    return False


def _spans(parts: list[Part]) -> list[tuple[int, int]]:
    """The first and last part of every element that starts in an HTML block and ends in another part."""
    opened: dict[str, list[int]] = {}
    spans = []
    for number, name, closes in _tags(parts):
        waiting = opened.setdefault(name, [])
        if not closes:
            waiting.append(number)
            continue
        while waiting and waiting[-1] != number and not parts[waiting[-1]].is_html:
            waiting.pop()  # Markdown that speaks of a tag
        if waiting and (start := waiting.pop()) != number:
            spans.append((start, number))
    return spans


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, those that overlap made one, in order."""
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


def _join(parts: list[Part]) -> list[Part]:
    """One part of HTML, or all of them as they are."""
    text = "".join(part.text for part in parts)
    if all(part.is_html or not part.text.strip() for part in parts) and not _holds_markdown(text):
        return [Part(is_html=True, text=text)]
    return [part._replace(is_html=False) for part in parts]


def regions(parts: list[Part]) -> list[Part]:
    """The parts with elements that span several made one; ``is_html`` says what is to be converted."""
    if _may_span(parts):
        joined: list[Part] = []
        done = 0
        for first, last in _merged(_spans(parts)):
            joined += [*parts[done:first], *_join(parts[first : last + 1])]
            done = last + 1
        parts = [*joined, *parts[done:]]
    return [*_judged(parts)]


def _judged(parts: list[Part]) -> Iterator[Part]:
    """The parts; notes, HTML with Markdown inside, and what a tag with a blank line in it reaches over are no HTML."""
    in_tag = False
    for part in parts:
        text = part.text
        stays_html = in_tag or (part.is_html and (stays(text) or _holds_markdown(text)))
        if in_tag:
            in_tag = ">" not in text
        elif part.is_html and part is not parts[-1] and _is_cut(text):
            in_tag = stays_html = True
        yield part._replace(is_html=False) if stays_html else part


def _holds_markdown(text: str) -> bool:
    """Whether a tag says that there is Markdown inside."""
    return "=" in text and ("markdown" in text or "MARKDOWN" in text) and _MARKDOWN_INSIDE.search(text) is not None


def _is_cut(text: str) -> bool:
    """Whether the text ends in the middle of a tag."""
    start = text.rfind("<")
    return start > text.rfind(">") and (text[start + 1].isalpha() or text[start + 1] == "/")
