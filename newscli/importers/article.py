"""Article: one post as its source tells it, before it becomes a file; and what else a reader may come upon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from newscli.diagnostics import Diagnostic

BodyFormat = Literal["html", "markdown", "text"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a source.

    Attributes:
        title: the title as plain text, without markup and entities; empty when the source has none: the beginning of
            the text stands in for it then (:mod:`newscli.importers.tidy`).
        body: the text, unchanged but for line ends (line feeds): not sanitised, links not resolved.
        body_format: what ``body`` is written in.
        date: when it was published, with the offset of the source; None when unknown.
        date_raw: what the source says where a date is expected, when it is none; None otherwise.
        updated: when it was last changed; None when unknown, and when that was not after it was published.
        authors, tags, categories: the names people read, each once, in the source's order.
        slug: the name in the article's address as the source has it; empty when it has none.
        source_url: the article's own address, http or https; empty when unknown.
        source_id: what the source calls it for ever (GUID, Message-ID, post number); empty when it has none.
        feed: within what ``source_id`` is unique: the feed's or the site's address or name.
        layout: the layout, when the source names one.
        draft: whether it is not public: draft, pending, private or behind a password.
        summary: a summary as plain text; empty when there is none.
        image: the address of the picture that stands for the article; empty when there is none.
        kind: ``post``, ``page``, or the source's own name of a custom type.
        extra: the keys of the source that have no place above, as JSON values; never to override what is above.
        base_url: what relative links in ``body`` are relative to; empty when unknown.
        origin: the file, or the member of an archive, it was read from.
        alone: whether that file holds nothing else.
        problems: what is wrong with it; the article can be written all the same.
    """

    title: str = ""
    body: str = ""
    body_format: BodyFormat = "html"
    date: datetime | None = None
    date_raw: str | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    slug: str = ""
    source_url: str = ""
    source_id: str = ""
    feed: str = ""
    layout: str | None = None
    draft: bool = False
    summary: str = ""
    image: str = ""
    kind: str = "post"
    extra: Mapping[str, Any] = field(default_factory=dict)
    base_url: str = ""
    origin: str = ""
    alone: bool = False
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An address at which there is more to import: an entry of a list of feeds or of a sitemap.

    Attributes:
        url: the address.
        title: what the list calls it; empty when it does not.
        kind: ``feed``, ``page`` or ``sitemap``.
        updated: when it last changed, as the list says; None when it does not.
        tags: the folders of the list it stands in.
    """

    url: str
    title: str = ""
    kind: str = "page"
    updated: datetime | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Things of a source left out on purpose, because they are no articles (attachments, menus, comments).

    Attributes:
        origin: the file they stand in.
        what: what they are, in the source's own word.
        count: how many.
    """

    origin: str
    what: str
    count: int


Item = Article | Source | Skipped | Diagnostic
"""What a reader yields; a diagnostic stands for something that could not become an article, or for the whole source."""
