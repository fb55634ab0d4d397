"""Entry: what a listing needs of a post, without its body; a row of the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscli.diagnostics import Diagnostic, Severity

ID_LENGTH = 7
"""How many digits of an id are shown; any unique prefix is accepted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in a listing.

    Attributes:
        path: the file relative to the store's root, with ``/``.
        id: 16 hex digits, a hash of ``path``: it stays when the post is edited.
        slug: the name without date and ending, or what the front matter's ``slug`` says.
        title: the title; None when there is none or it is blank.
        date: when the post was published, with the offset it was written with; None when unknown.
        date_raw: the value of ``date`` that could not be read; None otherwise.
        tags, categories, authors: the names as the site's dialect reads them.
        layout: the layout; None when there is none.
        draft: whether the post is not to be published.
        words: words plus CJK characters of the body; None until it was counted.
        html: whether the body holds HTML; None until it was looked at.
        problems: what the reader found wrong; an error among them makes the post broken.
        meta: the whole front matter as JSON values, keys as written.
    """

    path: str
    id: str
    slug: str
    title: str | None = None
    date: datetime | None = None
    date_raw: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    layout: str | None = None
    draft: bool = False
    words: int | None = None
    html: bool | None = None
    problems: tuple[Diagnostic, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_broken(self) -> bool:
        """Whether the front matter could not be read as it stands."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
