"""The article within a page: what is marked as such, else where most of the text is; menus and forms cut out."""

import re
from collections.abc import Iterator

from newscli.importers.markup.plain import one_line, plain
from newscli.importers.page import Page, Region

_MARKED = frozenset({
    "articleBody", "e-content", "entry-content", "post-content", "post-body", "article-content", "article-body",
    "article__body", "story-body", "rich_media_content", "js_content", "available-content", "article_content",
    "artical-content", "TRS_Editor", "TRS_UEDITOR",
})  # fmt: skip
_ENOUGH = 200
_MOST = 0.6
_HEADING = re.compile(
    r"\s*(?:<(?:div|section|header)[^<>]*>\s*){0,4}<(h[1-4])[\s>].{0,2000}?</\1\s*>", re.I | re.DOTALL
)
_TRAFILATURA_LIMIT = 4 << 20
_TELLING = 12  # characters of a line that are looked for in the page
_FEW_LINES = 2
_NEARLY_ALL = 0.8


def main_html(page: Page, title: str, url: str) -> str:
    """The article of a page as HTML, to the byte as it stands there; a heading that repeats the title is left out.

    What is marked as the article's text is taken. Otherwise trafilatura tells where the article is, where it is
    installed (extra ``web``); without it, it is the longest ``<article>`` or ``<main>``, else the innermost element
    with most of the text.
    """
    return without_title(_cut(page, _region(page, url)), title)


def _region(page: Page, url: str) -> Region:
    """Where the article is."""
    whole = page.regions[-1]
    enough = min(_ENOUGH, whole.size / 2)
    for number, tier in enumerate(_tiers(page)):
        if number == 1 and (found := _found_by_trafilatura(page, url)):
            return found
        longest = max(tier, key=lambda region: region.size, default=None)
        if longest and longest.size >= (enough if number else 1):
            return longest
    body = next((region for region in page.regions if region.name == "body"), whole)
    most = [region for region in page.regions if region.size - region.linked >= _MOST * max(1, body.size - body.linked)]
    return min(most, key=lambda region: region.end - region.start, default=body)


def _tiers(page: Page) -> Iterator[list[Region]]:
    yield [region for region in page.regions if region.marks & _MARKED]
    yield [region for region in page.regions if region.name == "article"]
    yield [region for region in page.regions if region.name == "main" or "role-main" in region.marks]


def _cut(page: Page, region: Region) -> str:
    """What is between the region's tags without what is around an article."""
    parts: list[str] = []
    position = region.start
    for start, end in page.chrome:
        if position <= start and end <= region.end:
            parts.append(page.text[position:start])
            position = end
    parts.append(page.text[position : region.end])
    return "".join(parts).strip()


def without_title(body: str, title: str) -> str:
    """HTML without a heading at its start that is the title once more."""
    match = _HEADING.match(body)
    if not match or not title:
        return body
    heading = match[0].rindex(f"<{match[1]}")
    if one_line(plain(match[0][heading:])) != one_line(title):
        return body
    return match[0][:heading] + body[match.end() :]


def _found_by_trafilatura(page: Page, url: str) -> Region | None:
    """The innermost element with nearly all the lines that trafilatura takes for the article.

    Only the place is taken from it: its own HTML has other white space, and no code blocks.
    """
    start = next((region.start for region in page.regions if region.name == "body"), 0)
    lines = [line.strip()[:_TELLING] for line in _trafilatura(page.text, url).splitlines()]
    places = [place for line in lines if len(line) == _TELLING and (place := page.text.find(line, start)) >= 0]
    if len(places) < _FEW_LINES:
        return None
    needed = _NEARLY_ALL * len(places)
    fits = [r for r in page.regions if sum(r.start <= place < r.end for place in places) >= needed]
    return min(fits, key=lambda region: region.end - region.start)


def _trafilatura(text: str, url: str) -> str:
    """The plain text of the article as trafilatura finds it; empty when it is not installed or finds none."""
    if len(text) > _TRAFILATURA_LIMIT:
        return ""
    try:
        from trafilatura import extract
    except ImportError:
        return ""
    try:
        return extract(text, url=url or None, output_format="txt", include_comments=False) or ""
    except Exception:  # whatever it cannot do with a page, our own rules can
        return ""
