"""``newscli import``."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

from typer import Argument, Option

from newscli.cli.archive import Archive, open_archive
from newscli.cli.options import Context, Output
from newscli.cli.output import write_report
from newscli.cli.terminal import Terminal
from newscli.errors import ExitCode, NewscliError
from newscli.front_matter.loaders import LoadError, load_yaml
from newscli.importers import IMPORTERS, Options
from newscli.importers.fetch import Fetcher, Policy
from newscli.ledger import Ledger, ledger_path
from newscli.operations import adopt as adoption
from newscli.operations.assets import open_assets
from newscli.operations.import_ import Importing, Outcome, Result, Rules, count, date_key_of, posts_of, summary
from newscli.operations.sources import Request, Sources, check_mapping, feeds_of, requests_of
from newscli.places import Places
from newscli.writing import Style

READING = "Reading"
WRITING = "Writing"
_SAID = 20
"""Lines about single articles on stderr, unless ``--verbose``."""
_KINDS = 5
"""Reasons to leave things alone that are said."""
_NEWS = frozenset([Outcome.CREATED, Outcome.UPDATED, Outcome.CONFLICT, Outcome.FAILED])


def _option(panel: str, *names: str, **settings: Any) -> Any:
    return Option(*names, rich_help_panel=panel, show_default=False, **settings)


def complete_importers(incomplete: str) -> Iterator[str]:
    """The importers whose names begin so, for the shell."""
    return (name for name in IMPORTERS if name.startswith(incomplete))


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read."""

    importer: Annotated[
        str,
        _option(
            READING,
            "--from",
            metavar="NAME",
            autocompletion=complete_importers,
            help="What the sources are; else found out: wordpress, feed, jsonl, csv, html …",
        ),
    ] = ""
    map: Annotated[
        list[str],
        _option(READING, "--map", metavar="FIELD=KEY", help="Which key of a record is title, date, body, … (repeat)."),
    ] = field(default_factory=list)
    encoding: Annotated[str, _option(READING, "--encoding", metavar="NAME", help="The character set.")] = ""
    base_url: Annotated[
        str, _option(READING, "--base-url", metavar="URL", help="What relative links mean, if the source does not say.")
    ] = ""
    feeds: Annotated[bool, _option(READING, "--feeds", help="Fetch the [[feeds]] of the settings.")] = False
    allow_private: Annotated[
        bool, _option(READING, "--allow-private", help="Fetch from this machine and its network, too.")
    ] = False


@dataclass(frozen=True, slots=True)
class Writing:
    """How posts are written."""

    tag: Annotated[list[str], _option(WRITING, "-t", "--tag", metavar="NAME", help="Give every post this tag.")] = (
        field(default_factory=list)
    )
    category: Annotated[
        list[str], _option(WRITING, "--category", metavar="NAME", help="Give every post this category.")
    ] = field(default_factory=list)
    layout: Annotated[str | None, _option(WRITING, "--layout", metavar="NAME", help="The layout of every post.")] = None
    set: Annotated[
        list[str], _option(WRITING, "--set", metavar="KEY=VALUE", help="Set a front matter key in every post.")
    ] = field(default_factory=list)
    to: Annotated[
        Literal["markdown", "text"] | None,
        _option(WRITING, "--to", metavar="markdown|text", help="Convert HTML bodies; else they stay HTML."),
    ] = None
    slug: Annotated[
        Literal["unicode", "ascii", "pinyin", "hash"],
        _option(WRITING, "--slug", metavar="unicode|ascii|pinyin|hash", help="How file names are made of titles."),
    ] = "unicode"
    assets: Annotated[
        str, _option(WRITING, "--assets", metavar="DIR", help="Download pictures into this folder of the archive.")
    ] = ""
    raw: Annotated[bool, _option(WRITING, "--raw", help="Keep scripts and Liquid of the sources as they are.")] = False
    overwrite: Annotated[
        bool, _option(WRITING, "--overwrite", help="Changed at the source and edited here: take the source's.")
    ] = False
    restore: Annotated[bool, _option(WRITING, "--restore", help="Bring back posts that were deleted here.")] = False


Words = Annotated[
    list[str],
    Argument(
        metavar="[SRC]...", default_factory=list, show_default=False, help="Files, folders, addresses; - is stdin."
    ),
]


def import_(
    sources: Words,
    reading: Reading,
    writing: Writing,
    context: Context,
    *,
    dry_run: Annotated[bool, Option("--dry-run", help="Say what would happen, write nothing.")] = False,
    report: Annotated[
        str, Option("--report", metavar="FILE", show_default=False, help="List every article: JSON Lines; - is stdout.")
    ] = "",
    adopt: Annotated[
        str,
        Option(
            "--adopt", metavar="DIR", show_default=False, help="Only look at a folder: what is in it, what is wrong."
        ),
    ] = "",
) -> ExitCode:
    """Bring articles in: posts, feeds, exports, records, pages, mail.

    Each article becomes one post; importing again changes only what changed at the source. Posts that were edited
    here keep the edit, posts that were deleted here do not come back, and no file is ever written over otherwise.
    """
    if adopt:
        if sources or reading.feeds:
            raise NewscliError("--adopt looks at one folder and imports nothing: leave out the sources")
        return _adopt(replace(context, store=adopt))
    if not sources and not reading.feeds:
        raise NewscliError("name what to import: files, folders, addresses, or - for standard input")
    with open_archive(context, sync=False) as archive:
        requests = requests_of(sources, reading.importer)
        if reading.feeds:
            requests += _feeds(archive)
        archive.sync()
        with (
            _importing(archive, reading, writing, dry=dry_run) as (reader, importing),
            _lines(report, context) as write,
        ):
            results = context.terminal.progress(importing.run(reader.read(requests)), "Importing")
            return _run(results, write, context.terminal, dry=dry_run, regular=reading.feeds)


def _feeds(archive: Archive) -> list[Request]:
    if not archive.config.feeds:
        raise NewscliError('no feeds in the settings; write [[feeds]] with url = "https://…" into newscli.toml')
    return feeds_of(archive.config.feeds)


@contextlib.contextmanager
def _importing(
    archive: Archive, reading: Reading, writing: Writing, *, dry: bool
) -> Iterator[tuple[Sources, Importing]]:
    """What reads and what writes, with the ledger open and knowing the store's posts."""
    store = archive.store
    options = Options(store.dialect.zone, reading.encoding, check_mapping(reading.map), base_url=reading.base_url)
    style = Style(
        store.dialect.name,
        writing.to,
        writing.raw,
        writing.layout,
        tuple(writing.tag),
        tuple(writing.category),
        dict(map(_value, writing.set)),
        date_key_of(archive.index),
    )
    zone = store.dialect.zone if archive.config.timezone else None
    rules = Rules(style, writing.slug, writing.overwrite, writing.restore, dry, zone)
    fetcher = Fetcher(Policy(allow_private=reading.allow_private))
    with Ledger(ledger_path(store.root), dry=dry) as ledger, Places(store.root, dry=dry) as places:
        if ledger.note:
            archive.context.terminal.complain(f"newscli: {ledger.note}")
        ledger.learn(posts_of(archive.index))
        assets = open_assets(writing.assets, store, fetcher, ledger, places, dry=dry) if writing.assets else None
        again = writing.restore or writing.overwrite
        yield Sources(options, fetcher, ledger, again), Importing(store, ledger, places, rules, assets)


def _value(pair: str) -> tuple[str, Any]:
    """Key and value of ``--set``; the value is what YAML reads, a text where that is nothing.

    Raises:
        NewscliError: it is no pair.
    """
    key, equals, written = pair.partition("=")
    if not equals or not key.strip():
        raise NewscliError(f"--set {pair}: write KEY=VALUE")
    try:
        data, _ = load_yaml(f"value: {written}")
    except LoadError:
        return key.strip(), written
    value = data.get("value")
    return key.strip(), written if value is None or isinstance(value, dict) or len(data) != 1 else value


@contextlib.contextmanager
def _lines(name: str, context: Context) -> Iterator[Callable[[str], object]]:
    """What takes the lines of the report: a file, written as the run goes on, or nothing.

    Raises:
        NewscliError: the file cannot be written.
    """
    if name == "-":
        yield context.terminal.stdout.write
    elif not name:
        yield lambda _line: None
    else:
        with _open(name) as stream:
            yield stream.write


def _open(name: str) -> TextIO:
    try:
        return Path(name).open("w", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise NewscliError(f"cannot write {name}: {error.strerror}") from error


def _run(
    results: Iterable[Result], write: Callable[[str], object], terminal: Terminal, *, dry: bool, regular: bool
) -> ExitCode:
    """Do it, and say what came of it; a regular run that nobody watches (cron) says nothing when nothing is new."""
    counts: Counter[Outcome] = Counter()
    said = _Said(terminal)
    try:
        for line in count(results, counts, said.tell):
            write(line)
    except KeyboardInterrupt:
        terminal.note(f"{summary(counts)} (interrupted: the same command goes on)")
        raise
    if not regular or terminal.stderr.isatty() or counts.keys() & _NEWS:
        said.end()
        terminal.note(summary(counts) + (" (dry run: nothing was written)" if dry else ""))
    return ExitCode.PARTIAL if counts[Outcome.FAILED] else ExitCode.OK


class _Said:
    """Says what is wrong with single articles, the first of them unless ``--verbose``."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._count = 0
        self._skipped: Counter[str] = Counter()

    def tell(self, result: Result) -> None:
        """Say what is to be said of an article; what is wrong with one that stays as it is was said before."""
        if result.outcome is Outcome.SKIPPED and result.count:
            self._skipped[result.reason] += result.count
        if result.outcome is Outcome.UNCHANGED and not self._terminal.verbose:
            return
        messages = [f"{problem.path}:{problem.line}: {problem.message}" for problem in result.problems]
        is_source = result.identity is None and result.problems  # the reason is the problem's own message
        if result.outcome in (Outcome.CONFLICT, Outcome.FAILED) and not is_source:
            messages.append(f"{result.path or result.origin}: {result.reason}")
        for message in dict.fromkeys(messages):
            self._count += 1
            if self._count <= _SAID or self._terminal.verbose or result.outcome is Outcome.FAILED:
                self._terminal.complain(f"{result.outcome}: {message}")

    def end(self) -> None:
        """Say why things were left alone, and how much was not said."""
        for reason, number in self._skipped.most_common(_KINDS):
            self._terminal.note(f"skipped: {number:,} × {reason}")
        if self._count > _SAID and not self._terminal.verbose:
            self._terminal.note(f"{self._count:,} remarks in all · --report FILE lists them, -v shows them")


def _adopt(context: Context) -> ExitCode:
    with open_archive(context) as archive:
        for line in adoption.facts(archive.index):
            context.terminal.note(line)
        write_report(adoption.survey(archive.index), Output(), context, root=str(archive.store.root))
        return archive.status()
