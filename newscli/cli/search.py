"""``newscli search``."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, TypeVar, cast

import typer

from newscli.cli.archive import Archive, open_archive
from newscli.cli.options import Context, Filters, Output, Terms
from newscli.cli.output import format_name, limit_for, write_report
from newscli.errors import ExitCode, NewscliError
from newscli.fulltext.index import TextIndex
from newscli.index import is_damage
from newscli.operations.documents import preparing
from newscli.operations.duplicates import duplicates
from newscli.operations.search import By, Search, regex_term, scope_of
from newscli.operations.variants import Variants, load_variants, readings
from newscli.query import Query, Text
from newscli.query.terms import Origin
from newscli.report import Report
from newscli.text import fold

T = TypeVar("T")
_LINES_A_HIT = 4
_LEAST_HITS = 5


def _option(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, show_default=False, **settings)


@dataclass(frozen=True, slots=True)
class Manner:
    """How to search."""

    places: Annotated[str, _option("--in", metavar="PLACES", help="Where: title,tags,body; by default all three.")] = ""
    by: Annotated[str, _option("--by", metavar="relevance|date", help="What comes first.")] = "relevance"
    literal: Annotated[bool, _option("-F", "--literal", help="The words are a text as it stands, no query.")] = False
    regex: Annotated[bool, _option("-E", "--regex", help="The words are a regular expression.")] = False
    like: Annotated[str | None, _option("--like", metavar="REF", help="Posts that share rare words with this one.")] = (
        None
    )
    snippets: Annotated[int, _option("--snippets", metavar="N", min=0, max=3, help="Snippets a post, 0 to 3.")] = 2

    def check(self, words: list[str]) -> None:
        """Refuse what contradicts itself.

        Raises:
            NewscliError: saying what.
        """
        if self.by not in ("relevance", "date"):
            raise NewscliError(f"--by is relevance or date, not {self.by!r}")
        if self.literal and self.regex:
            raise NewscliError("one of -F and -E at a time")
        if self.like is not None and (self.literal or self.regex):
            raise NewscliError("--like goes with a query, not with -F or -E")
        if not words and self.like is None:
            raise NewscliError("search for what? Give words, or --like REF; newscli list lists all posts")


def search(query: Terms, manner: Manner, filters: Filters, output: Output, context: Context) -> ExitCode:
    """The posts in whose text the words stand, the most relevant first.

    A word or "phrase" is found wherever it stands in title, tags and body, Chinese from one character up; econ* is
    the beginning of a word, is:duplicate finds reprints. Exit status 1 when nothing is found.
    """
    manner.check(query)
    with open_archive(context) as archive:
        return _search(archive, query, manner, filters, output)


def _search(archive: Archive, words: list[str], manner: Manner, filters: Filters, output: Output) -> ExitCode:
    variants = load_variants(archive.config.section("search"))
    with open_text(archive, variants) as text:

        def run() -> ExitCode:
            wanted = _find(archive, text, variants, words, manner, filters)
            if filters.explain:
                archive.context.terminal.stdout.writelines(f"{line}\n" for line in wanted.explain())
                return archive.status()
            return _show(archive, wanted, manner, filters, output)

        return _sound(archive, text, variants, run)


@contextmanager
def open_text(archive: Archive, variants: Variants) -> Iterator[TextIndex]:
    """The full-text index of an archive, up to date unless ``--no-sync`` was said and it is whole."""
    with TextIndex(archive.index, variants.mark) as text:
        if archive.context.sync or not text.is_whole:
            _sound(archive, text, variants, lambda: _sync(archive, text, variants))
        yield text


def _sync(archive: Archive, text: TextIndex, variants: Variants) -> None:
    terminal = archive.context.terminal
    if text.note:
        terminal.note(f"newscli: {text.note}")
        text.note = ""
    with terminal.counter("Indexing the text") as advance:
        text.sync(
            preparing(archive.store, variants),
            advance,
            lambda: terminal.note("waiting for another newscli that is at it"),
            readings,
        )


def _sound(archive: Archive, text: TextIndex, variants: Variants, work: Callable[[], T]) -> T:
    """Do the work; when the file turns out to be damaged, build it anew and do it again."""
    try:
        return work()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        text.start_over(f"the text index was damaged ({error}); building it anew")
    _sync(archive, text, variants)
    return work()


def _find(
    archive: Archive, text: TextIndex, variants: Variants, words: list[str], manner: Manner, filters: Filters
) -> Search:
    asked = _query(archive, words, manner, filters)
    wanted = Search(text, asked, scope_of(manner.places), partial(duplicates, text), variants)
    if manner.regex:
        progress = partial(archive.context.terminal.progress, label="Reading posts")
        wanted.only([regex_term(wanted, " ".join(words), lambda paths: progress(paths, total=len(paths)))])
    if manner.like is not None:
        from newscli.operations.related import related

        wanted = related(wanted, manner.like)
    return wanted


def _show(archive: Archive, wanted: Search, manner: Manner, filters: Filters, output: Output) -> ExitCode:
    context, terminal = archive.context, archive.context.terminal
    kind = format_name(output, terminal)
    limit = (wanted.query.limit or None) if wanted.query.limit is not None else limit_for(filters, output, context)
    if kind == "table" and not output.format and not output.fields:
        output = replace(output, format="hits")
        if limit is not None and filters.limit is None and wanted.query.limit is None and manner.snippets:
            limit = max(_LEAST_HITS, terminal.height // _LINES_A_HIT)
    if kind == "count":
        report = Report((), (), total=wanted.found.count())
    else:
        report = wanted.report(
            by=cast("By", manner.by),
            limit=limit,
            offset=filters.offset,
            count=manner.snippets,
            paths=kind == "paths",
            total=kind == "table" and limit is not None,
        )
    report.empty = ""
    shown = write_report(report, output, context, root=str(archive.store.root))
    if not shown:
        terminal.note(wanted.diagnose_nothing())
        return ExitCode.NEGATIVE
    if kind == "table" and report.total is not None and limit is not None and report.total > limit:
        terminal.note(f"{min(limit, report.total):,} of {report.total:,} · -n 0 for all")
    return archive.status()


def _query(archive: Archive, words: list[str], manner: Manner, filters: Filters) -> Query:
    """The query; its own order counts only where somebody asked for it."""
    typed = [] if manner.literal or manner.regex else words
    asked = archive.query(typed, filters)
    if filters.sort is None and all(key.origin.text.startswith("--sort ") for key in asked.sort):
        asked = replace(asked, sort=())
    if manner.literal:
        text = " ".join(words)
        asked = Query(Text(text, fold(text), Origin(f'"{text}"', 0, len(text) + 2)), text).and_(asked)
    return asked
