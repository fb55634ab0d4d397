"""Import: every article of the sources becomes a post, once; importing again changes only what changed there."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from typing import Any

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import ASTRO_DATES
from newscli.errors import StoreError
from newscli.importers import Article, Skipped
from newscli.index import Index
from newscli.ledger import Identity, Known, Ledger
from newscli.operations.assets import Assets
from newscli.operations.sources import Found, Request, Unchanged
from newscli.places import Places, folder_for, stem_for
from newscli.post import BrokenPost, Post
from newscli.slugs import Style as SlugStyle
from newscli.slugs import make_slug
from newscli.store import Store
from newscli.writing import HASH, Draft, Style, cleaned, digest, draft, fingerprint, identity_of, with_labels


class Outcome(StrEnum):
    """What became of an article."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    """It changed at its source and the post was edited by hand: the edit is kept."""
    SKIPPED = "skipped"
    """It is left alone, and why."""
    FAILED = "failed"
    WARNING = "warning"
    """No article, but what is odd about a source that was read all the same."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one article, or of a source that could not be read.

    Attributes:
        outcome: which it is.
        origin: the file or address it was read from.
        path: its post, relative to the store; empty when there is none.
        title: its title.
        identity: what it is known by; None for what is no article.
        reason: why, where that needs to be said.
        problems: what is wrong with it.
        count: how many are meant, of things left out together.
    """

    outcome: Outcome
    origin: str
    path: str = ""
    title: str = ""
    identity: Identity | None = None
    reason: str = ""
    problems: tuple[Diagnostic, ...] = ()
    count: int = 1

    def record(self) -> dict[str, Any]:
        """The result as JSON values, for ``--report``."""
        return {
            "outcome": self.outcome.value,
            "path": self.path or None,
            "title": self.title,
            "source": self.origin,
            "source_url": (self.identity.url or None) if self.identity else None,
            "source_id": (self.identity.id or None) if self.identity else None,
            "reason": self.reason or None,
            "count": self.count,
            "problems": [
                {
                    "code": str(problem.code),
                    "severity": problem.severity.value,
                    "line": problem.line,
                    "message": problem.message,
                }
                for problem in self.problems
            ],
        }


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be done to posts.

    Attributes:
        style: how they are written.
        slug: how their names are made.
        overwrite: whether an edit by hand gives way to a change at the source.
        restore: whether articles whose posts were deleted come back.
        dry: whether nothing is written.
        zone: the zone of the days in file names: the site's, whose generator makes the same of the date; None for
            the date's own.
    """

    style: Style = field(default_factory=Style)
    slug: SlugStyle = "unicode"
    overwrite: bool = False
    restore: bool = False
    dry: bool = False
    zone: tzinfo | None = None


@dataclass(slots=True)
class Importing:
    """Turns what was found into posts of a store.

    Attributes:
        store: where they go.
        ledger: which articles it has.
        places: where new files are made.
        rules: what may be done.
        assets: where pictures go; None to leave them.
    """

    store: Store
    ledger: Ledger
    places: Places
    rules: Rules
    assets: Assets | None = None

    def run(self, found: Iterable[Found]) -> Iterator[Result]:
        """What becomes of each article; an article is finished when its result is out.

        Raises:
            NewscliError: an option is wrong.
        """
        for each in found:
            result = self._result(each)
            if result.outcome is Outcome.FAILED:
                self.ledger.doubt(each.request.word)
            yield result

    def _result(self, found: Found) -> Result:
        item = found.item
        if isinstance(item, Article):
            return self._article(item, found.request)
        if isinstance(item, Skipped):
            return Result(Outcome.SKIPPED, item.origin, reason=item.what, count=item.count)
        if isinstance(item, Unchanged):
            return Result(Outcome.SKIPPED, item.origin, reason="not changed since the last time", count=0)
        return _of_diagnostic(item)

    def _article(self, article: Article, request: Request) -> Result:
        identity = self.ledger.known_as(identity_of(article))
        outcome, path, reason, problems = self._decide(article, identity, request)
        return Result(outcome, article.origin, path, article.title, identity, reason, (*article.problems, *problems))

    def _decide(
        self, article: Article, identity: Identity, request: Request
    ) -> tuple[Outcome, str, str, tuple[Diagnostic, ...]]:
        known = self.ledger.find(identity)
        if not article.title and not article.body.strip():
            return Outcome.SKIPPED, "", "no title and no text", ()
        if known and not self.ledger.is_first_sight(known.path):
            return Outcome.SKIPPED, known.path, "met before in this run", ()
        if not known and not self.rules.restore and self.ledger.was_deleted(identity):
            return Outcome.SKIPPED, "", "imported before and deleted since; --restore brings it back", ()
        style = with_labels(self.rules.style, request.tags, request.categories)
        said = digest(article, style)
        if known and known.hash and not self.assets and self.ledger.is_written(identity, said, known.hash):
            return Outcome.UNCHANGED, known.path, "", ()
        article = cleaned(article, style)
        warnings: list[str] = []
        if self.assets:
            article, warnings, awaited = self.assets.localise(article)
            if awaited:
                self.ledger.doubt(request.word)
        post = draft(article, identity, style)
        problems = tuple(_warning(article.origin, text) for text in (*warnings, *post.warnings))
        try:
            done = self._again(known, post) if known else self._first(article, identity, post)
        except StoreError as error:
            return Outcome.FAILED, known.path if known else "", str(error), problems
        self.ledger.record(identity, done[1], post.hash)
        self.ledger.record_written(identity, said, post.hash)
        return *done, problems

    def _first(self, article: Article, identity: Identity, post: Draft) -> tuple[Outcome, str, str]:
        slug = make_slug(article.slug, article.title, identity=str(identity), style=self.rules.slug)
        day = article.date.astimezone(self.rules.zone) if article.date and self.rules.zone else article.date
        path = self.places.create(
            folder_for(self.store, dated=day is not None),
            stem_for(self.store, slug, day),
            str(identity),
            post.text.encode("utf-8", "replace"),
        )
        self.ledger.is_first_sight(path)
        return Outcome.CREATED, path, ""

    def _again(self, known: Known, post: Draft) -> tuple[Outcome, str, str]:
        if known.hash == post.hash:
            return Outcome.UNCHANGED, known.path, ""
        kept = self.store.read(known.path)
        says = "" if isinstance(kept, BrokenPost) else fingerprint(kept.data, kept.body)
        if says == post.hash:  # such as one that `newscli convert --in-place` made of it
            return Outcome.UNCHANGED, known.path, ""
        if (reason := _edited(kept, known, says)) and not self.rules.overwrite:
            return Outcome.CONFLICT, known.path, reason
        if not self.rules.dry:
            self.store.write(known.path, post.text.encode("utf-8", "replace"))
        return Outcome.UPDATED, known.path, ""


def posts_of(index: Index) -> Iterator[tuple[str, str, str, str]]:
    """What the ledger wants to know of the store's posts, from the index: path, id, address, hash."""
    keys = ("source_id", "source_url", HASH)
    columns = ", ".join(f"coalesce(json_extract(meta, '$.{key}'), '')" for key in keys)
    where = " OR ".join(f"json_extract(meta, '$.{key}') IS NOT NULL" for key in keys[:2])
    for path, *values in index.execute(f"SELECT path, {columns} FROM posts WHERE {where}"):  # noqa: S608
        source_id, url, mark = map(str, values)
        yield path, source_id, url, mark


def date_key_of(index: Index) -> str:
    """The key that most posts of an Astro site have their date under, which is up to the site; else an empty text."""
    if index.store.dialect.name != "astro":
        return ""
    keys = (*ASTRO_DATES, "date")
    columns = ", ".join(f"count(json_extract(meta, '$.{key}'))" for key in keys)
    counts = index.execute(f"SELECT {columns} FROM posts").fetchone()  # noqa: S608
    most = max(counts)
    return keys[counts.index(most)] if most else ""


def count(results: Iterable[Result], counts: Counter[Outcome], tell: Callable[[Result], None]) -> Iterator[str]:
    """The lines of the report (JSON Lines), counted on the way."""
    for result in results:
        counts[result.outcome] += result.count
        tell(result)
        yield json.dumps(result.record(), ensure_ascii=False) + "\n"


def summary(counts: Mapping[Outcome, int]) -> str:
    """The counts in one line; failures and conflicts only where there are some."""
    always = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)
    return " · ".join(f"{counts.get(each, 0):,} {each.value}" for each in Outcome if each in always or counts.get(each))


def _edited(kept: Post | BrokenPost, known: Known, says: str) -> str:
    """Why a post, with the fingerprint of what it says, is not what was once written; empty when nobody touched it."""
    if isinstance(kept, BrokenPost):
        return f"changed at its source, and the post does not parse any more: {kept.diagnostic.message}"
    if not known.hash:
        return f"changed at its source, and the post has no {HASH} to tell whether it was edited"
    if says != known.hash:
        return "changed at its source and edited here; the edit is kept (--overwrite takes the source's)"
    return ""


def _of_diagnostic(problem: Diagnostic) -> Result:
    if problem.severity is Severity.ERROR:
        return Result(Outcome.FAILED, problem.path, reason=problem.message, problems=(problem,))
    return Result(Outcome.WARNING, problem.path, reason=problem.message, problems=(problem,), count=0)


def _warning(origin: str, message: str) -> Diagnostic:
    return Diagnostic(origin, 1, 1, "I112", Severity.WARNING, message)
