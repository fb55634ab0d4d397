"""Medium exports (archive or folder): one HTML page a post, marked with the classes of h-entry."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from newscli.importers import html
from newscli.importers.archive import members
from newscli.importers.article import Article, Item, Skipped
from newscli.importers.decoding import read_text
from newscli.importers.input import Input, Options
from newscli.importers.main_text import without_title
from newscli.importers.page import read_page
from newscli.importers.problems import SourceError

_ID = re.compile(r"-([0-9a-f]{8,14})(?:\.html)?$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}_")
_DRAFT = "draft_"
_FIRST_RULE = re.compile(r"\A(\s*(?:<section[^<>]*>\s*)?)<div[^<>]*>\s*<hr[^<>]*>\s*</div>")
"""The line above the first section, which stands between the title and the title once more."""


def read(source: Input, options: Options) -> Iterator[Item]:
    """The posts and drafts of an export; its other pages (profile, claps, bookmarks) are counted."""
    with members(source, options.limits) as found:
        yield from found.problems
        pages = {name: page for name, page in found.inputs.items() if name.lower().endswith(".html")}
        others = 0
        for name, page in pages.items():
            if PurePosixPath(name).parent.name != "posts" and len(pages) > 1:
                others += 1
                continue
            try:
                yield _article(PurePosixPath(name).name, page, options)
            except SourceError as error:
                yield error.diagnostic(page.name)
        if others:
            yield Skipped(source.name, "page about the account", others)


def _article(name: str, page: Input, options: Options) -> Article:
    text = read_text(page, options)
    found = html.article(text.text, page, options)
    is_draft = name.startswith(_DRAFT)
    number = _ID.search(found.source_url) or _ID.search(name)
    slug = _ID.sub("", _DATE.sub("", name.removeprefix(_DRAFT))).removesuffix(".html")
    address = _ID.sub("", found.source_url.rpartition("/")[2])
    return replace(
        found,
        body=without_title(_FIRST_RULE.sub(r"\1", found.body), found.title),
        slug=address or slug.strip("-").lower(),
        source_id=number[1] if number else found.source_id,
        feed=options.feed or "medium.com",
        draft=is_draft or found.date is None,
        summary=_subtitle(text.text) or found.summary,
        problems=(*found.problems, *text.problems),
    )


def _subtitle(text: str) -> str:
    return read_page(text).said("p-summary")
