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


def main_html(page: Page, title: str, url: str) -> str:
    """The article of a page as HTML; a heading that repeats the title is left out.

    What is marked as the article's text is taken as it stands. Otherwise trafilatura finds it where it is installed
    (extra ``web``); without it the longest ``<article>``, ``<main>`` or the innermost element with most of the text.
    """
    region, is_marked = _region(page)
    if not is_marked and (found := _trafilatura(page.text, url)) and 2 * len(plain(found)) > min(region.size, _ENOUGH):
        return _without_title(found, title)
    return _without_title(_cut(page, region), title)


def _region(page: Page) -> tuple[Region, bool]:
    """Where the article is, and whether it is marked."""
    whole = page.regions[-1]
    enough = min(_ENOUGH, whole.size / 2)
    for number, tier in enumerate(_tiers(page)):
        longest = max(tier, key=lambda region: region.size, default=None)
        if longest and longest.size >= (enough if number else 1):
            return longest, number == 0
    body = next((region for region in page.regions if region.name == "body"), whole)
    most = [region for region in page.regions if region.size - region.linked >= _MOST * max(1, body.size - body.linked)]
    return min(most, key=lambda region: region.end - region.start, default=body), False


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


def _without_title(body: str, title: str) -> str:
    """The body without a heading at its start that is the title once more."""
    match = _HEADING.match(body)
    if not match or not title:
        return body
    heading = match[0].rindex(f"<{match[1]}")
    if one_line(plain(match[0][heading:])) != one_line(title):
        return body
    return match[0][:heading] + body[match.end() :]


def _trafilatura(text: str, url: str) -> str:
    """The article as trafilatura finds it; empty when it is not installed or finds none."""
    if len(text) > _TRAFILATURA_LIMIT:
        return ""
    try:
        from trafilatura import extract  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return ""
    try:
        found = extract(
            text,
            url=url or None,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_links=True,
            include_tables=True,
        )
    except Exception:  # whatever it cannot do with a page, our own rules can
        return ""
    body = re.search(r"<body[^<>]*>(.*)</body>", found or "", re.DOTALL)
    return body[1].strip() if body else found or ""
