"""``newscli convert``."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer import Argument, Option

from newscli.cli.archive import Archive, open_archive, read_text
from newscli.cli.completion import complete_terms
from newscli.cli.options import Context, Filters, whole_number
from newscli.cli.output import write_file
from newscli.cli.terminal import Terminal
from newscli.config import Config, load_config
from newscli.discovery import find_store
from newscli.errors import ConfigError, ExitCode, NewscliError, StoreError
from newscli.operations import targets
from newscli.operations.convert import ENDINGS, Delivery, Plan, Result, convert_bytes, convert_posts
from newscli.operations.conversion_settings import plan_from
from newscli.operations.list import diagnose_nothing, explain
from newscli.operations.select import is_path, read_names
from newscli.operations.sources import Source, all_sources, named_sources
from newscli.pool import cores
from newscli.text import visible

TO = "Where to"
HOW = "How"

Terms = Annotated[
    list[str],
    Argument(
        metavar="[QUERY|PATH|-]...",
        default_factory=list,
        show_default=False,
        autocompletion=complete_terms,
        help="A query, files, folders; - is standard input; nothing is every post.",
    ),
]


def _option(panel: str, *names: str, **settings: Any) -> Any:
    return Option(*names, rich_help_panel=panel, show_default=False, **settings)


@dataclass(frozen=True, slots=True)
class Where:
    """Where the converted posts go."""

    output: Annotated[
        str | None,
        _option(
            TO, "-o", "--output", metavar="FILE|DIR|-", help="Write a file, or into a folder the tree of the archive."
        ),
    ] = None
    in_place: Annotated[bool, _option(TO, "--in-place", help="Write over the posts; what is converted stays so.")] = (
        False
    )
    jsonl: Annotated[bool, _option(TO, "--jsonl", help="One JSON object a line: path, id, text, engine, warnings.")] = (
        False
    )
    check: Annotated[bool, _option(TO, "--check", help="Write nothing; name what would change, and exit 1.")] = False
    diff: Annotated[bool, _option(TO, "--diff", help="Write nothing; show what would change.")] = False
    dry_run: Annotated[bool, _option(TO, "--dry-run", help="Write nothing; name the files that would be written.")] = (
        False
    )
    audit: Annotated[
        bool,
        _option(TO, "--audit", help="Prove that no text, link or picture is lost; else name it, exit 1, write not."),
    ] = False
    against: Annotated[
        str | None,
        _option(
            TO, "--against", metavar="FILE|DIR", help="Audit what was made of the posts earlier; converts nothing."
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class How:
    """How bodies are converted."""

    to: Annotated[
        Literal["markdown", "text", "html"] | None,
        _option(HOW, "--to", metavar="markdown|text|html", help="What bodies become; Markdown unless said."),
    ] = None
    front_matter: Annotated[
        Literal["keep", "drop", "yaml", "toml", "json"] | None,
        _option(HOW, "--front-matter", metavar="keep|drop|yaml|toml|json", help="Keep it as it is, or rewrite it."),
    ] = None
    engine: Annotated[
        str | None,
        _option(HOW, "--engine", metavar="NAME", help="auto, turbohtml or html2text; auto is the first that can."),
    ] = None
    source: Annotated[
        Literal["mixed", "html"] | None,
        _option(HOW, "--source", metavar="mixed|html", help="Markdown with HTML in it, or HTML from end to end."),
    ] = None
    code: Annotated[
        Literal["markdown", "html"] | None,
        _option(HOW, "--code", metavar="markdown|html", help="Code spans with links in them: split, or kept as HTML."),
    ] = None
    links: Annotated[
        Literal["inline", "ref", "text", "drop"] | None,
        _option(HOW, "--links", metavar="inline|ref|text|drop", help="How links are written."),
    ] = None
    images: Annotated[
        Literal["keep", "alt", "drop"] | None,
        _option(HOW, "--images", metavar="keep|alt|drop", help="How pictures are written."),
    ] = None
    width: Annotated[
        int | None,
        _option(HOW, "--width", metavar="N", parser=whole_number, help="Wrap plain text to N cells; 0 does not."),
    ] = None
    jobs: Annotated[
        int,
        _option(HOW, "-j", "--jobs", metavar="N", parser=whole_number, help="Processes at a time; 0 is a core each."),
    ] = 0


def convert(query: Terms, where: Where, how: How, filters: Filters, context: Context) -> ExitCode:
    """HTML bodies to Markdown, plain text or HTML.

    Only the HTML in a body is converted; the Markdown around it and the front matter stay as they are. One post goes
    to standard output; many need -o DIR, --in-place or --jsonl.
    """
    _check(where, how)
    if "-" in query:
        return _convert_stdin(query, where, how, context)
    with ExitStack() as stack:
        sources, config, nothing = _select(query, filters, context, stack)
        if filters.explain:
            return ExitCode.OK
        plan = plan_from(config.section("convert"), _said(how))
        if not sources:
            context.terminal.note(nothing())
            return ExitCode.OK
        return _Run(where, how, context, plan, sources).go()


def _said(how: How) -> dict[str, Any]:
    """The options that were given."""
    names = ("to", "front_matter", "engine", "source", "code", "links", "images", "width")
    return {name: value for name in names if (value := getattr(how, name)) is not None}


def _check(where: Where, how: How) -> None:
    """Refuse options that contradict one another."""
    ways = {"-o": where.output not in (None, "-") and not where.jsonl, "--in-place": where.in_place}
    ways |= {"--jsonl": where.jsonl, "--against": where.against is not None}
    if len(said := [name for name, given in ways.items() if given]) > 1:
        raise NewscliError(f"one way at a time: {' or '.join(said)}")
    forms = {"--jsonl": where.jsonl, "--diff": where.diff, "--against": where.against is not None}
    if len(said := [name for name, given in forms.items() if given]) > 1:
        raise NewscliError(f"one form of output at a time: {' or '.join(said)}")
    if where.in_place and how.front_matter == "drop":
        raise NewscliError("--in-place with --front-matter drop would delete what is known of the posts; use -o")


def _convert_stdin(query: Sequence[str], where: Where, how: How, context: Context) -> ExitCode:
    if len(query) > 1:
        raise NewscliError("- is standard input; name nothing beside it")
    if where.in_place or where.against:
        raise NewscliError("standard input cannot be written over or audited later; name a file")
    try:
        config = find_store(context.store, config_file=Path(context.config) if context.config else None)[1]
    except StoreError:
        config = _config(context)
    plan = plan_from(config.section("convert"), _said(how))
    run = _Run(where, how, context, plan, [])
    return run.finish([convert_bytes(sys.stdin.buffer.read(), "-", run.plan)])


def _config(context: Context) -> Config:
    return load_config(None, file=Path(context.config) if context.config else None)


# Which posts


def _select(
    query: Sequence[str], filters: Filters, context: Context, stack: ExitStack
) -> tuple[list[Source], Config, Callable[[], str]]:
    """The posts, the settings, and what to say when there are none. Files are found without the index."""
    if _needs_index(query, filters):
        archive = stack.enter_context(open_archive(context))
        return _from_index(archive, query, filters)
    store, config = None, None
    try:
        store, config = find_store(context.store, config_file=Path(context.config) if context.config else None)
    except StoreError:
        if context.store or not (query or filters.files_from):
            raise
        config = _config(context)
    if query or filters.files_from:
        listed = read_names(read_text(filters.files_from)) if filters.files_from else []
        sources = named_sources([*query, *listed], Path.cwd(), store)
    else:
        sources = list(all_sources(store)) if store else []
    return sources, config, lambda: "There are no posts here."


def _needs_index(query: Sequence[str], filters: Filters) -> bool:
    names = ("tag", "category", "author", "since", "until", "limit", "offset", "sort", "explain")
    if any(getattr(filters, name) for name in names) or filters.draft is not None:
        return True
    return not all(is_path(term, Path.cwd()) for term in query)


def _from_index(
    archive: Archive, query: Sequence[str], filters: Filters
) -> tuple[list[Source], Config, Callable[[], str]]:
    asked = archive.query(query, filters)
    if filters.explain:
        archive.context.terminal.stdout.writelines(f"{line}\n" for line in explain(archive.index, asked))
    limit = asked.limit if asked.limit is not None else filters.limit
    entries = archive.index.find(asked, limit=limit or 0, offset=filters.offset)
    sources = [Source(archive.store, entry.path, entry.path) for entry in entries]
    return sources, archive.config, lambda: diagnose_nothing(archive.index, asked)


# Where to


class _Run:
    """One run: posts converted, results written, a status."""

    def __init__(self, where: Where, how: How, context: Context, plan: Plan, sources: list[Source]) -> None:
        from dataclasses import replace

        self.where = where
        self.terminal: Terminal = context.terminal
        self.sources = sources
        self.jobs = how.jobs or cores()
        self.folder = self._folder()
        drops = where.jsonl and "front_matter" not in _said(how)
        self.plan = replace(
            plan,
            audit=where.audit or where.against is not None,
            delivery=self._delivery(),
            in_place=where.in_place,
            **({"front_matter": "drop"} if drops else {}),
        )
        self.counts = dict.fromkeys(("converted", "unchanged", "failed", "written", "lossy", "warned"), 0)

    def _folder(self) -> Path | None:
        """The folder to write into or to compare with; None when it is a file or neither."""
        name = self.where.against or (None if self.where.jsonl else self.where.output)
        if name in (None, "-"):
            return None
        path = Path(str(name))
        is_folder = path.is_dir() or str(name).endswith("/") or len(self.sources) > 1
        return path if is_folder else None

    def _delivery(self) -> Delivery:
        where = self.where
        if where.against:
            return "audit"
        if where.diff:
            return "diff"
        if where.check or where.dry_run:
            return "nothing"
        if where.jsonl:
            return "text"
        if where.in_place or self.folder:
            return "file"
        return "nothing" if where.audit and where.output is None else "text"

    def go(self) -> ExitCode:
        """Convert the posts and write what comes of them."""
        if self.plan.delivery == "text" and not self.where.jsonl and len(self.sources) > 1:
            raise NewscliError(
                f"{len(self.sources):,} posts match, and standard output takes one\n"
                "Write them with -o DIR, --in-place or --jsonl, or narrow the query (-n 1 is the newest)."
            )
        results = convert_posts(self.sources, self.plan, targets=self._targets(), jobs=self.jobs)
        return self.finish(results)

    def _targets(self) -> list[Path]:
        self.targets: list[Path] = []
        if self.where.in_place:
            self.targets = targets.in_place(self.sources)
        elif self.folder:
            self.targets = targets.in_folder(self.sources, self.folder, ENDINGS[self.plan.to])
        elif self.where.against:
            self.targets = [Path(self.where.against)]
        return self.targets

    def finish(self, results: Iterable[Result]) -> ExitCode:
        """Write the results, say how many there were, and answer the status."""
        pieces = self._pieces(results)
        output = self.where.output
        if output not in (None, "-") and not self.folder and self.plan.delivery == "text":
            write_file(Path(str(output)), pieces)
        else:
            show = _show_diff if self.where.diff else _show
            for piece in pieces:
                self.terminal.stdout.write(show(piece, self.terminal))
        if len(self.sources) > 1 or self.plan.delivery == "file":
            self.terminal.note(self._summary())
        if self.counts["failed"]:
            return ExitCode.PARTIAL
        is_negative = self.counts["lossy"] or (self.where.check and self.counts["written"])
        return ExitCode.NEGATIVE if is_negative else ExitCode.OK

    def _pieces(self, results: Iterable[Result]) -> Iterator[str]:
        """What goes to standard output or the one file, result by result; the rest goes to standard error."""
        with self.terminal.counter("Auditing" if self.where.against else "Converting") as advance:
            for number, result in enumerate(results):
                advance(1, len(self.sources))
                self._count(result)
                yield from self._piece(number, result)

    def _count(self, result: Result) -> None:
        self.counts[result.outcome] += 1
        self.counts["written"] += result.differs and not result.losses
        self.counts["lossy"] += bool(result.losses)
        self.counts["warned"] += bool(result.warnings)
        if result.problem:
            self.terminal.complain(f"newscli: {_at(result.name, result.problem)}")
        for warning in result.warnings:
            self.terminal.detail(f"{result.name}: {warning}")

    def _piece(self, number: int, result: Result) -> Iterator[str]:
        if result.outcome == "failed":
            return
        tells = self.terminal.complain if self.plan.delivery == "text" else None
        for loss in result.losses:
            if tells:
                tells(f"{result.name}:{loss}")
            else:
                yield f"{result.name}:{loss}\n"
        if self.where.jsonl:
            yield dumps(result.record(), ensure_ascii=False) + "\n"
        elif self.plan.delivery in ("text", "diff"):
            yield result.text
        elif (self.where.check or self.where.dry_run) and result.differs and not result.losses:
            yield f"{self.targets[number] if self.folder else result.name}\n"

    def _summary(self) -> str:
        counts = self.counts
        if self.where.against:
            parts = [f"{counts['unchanged'] - counts['lossy']:,} whole"]
        else:
            parts = [f"{counts['converted']:,} converted", f"{counts['unchanged']:,} unchanged"]
        parts += [f"{counts['lossy']:,} with losses"] if counts["lossy"] else []
        parts += [f"{counts['failed']:,} failed"]
        parts += [f"{counts['warned']:,} with warnings (-v shows them)"] if counts["warned"] else []
        if self.folder and self.plan.delivery == "file":
            files = "1 file" if counts["written"] == 1 else f"{counts['written']:,} files"
            parts += [f"{files} written to {self.folder}"]
        return " · ".join(parts)


def _at(name: str, problem: str) -> str:
    """``name:line:column: problem`` when the problem begins with its place, else ``name: problem``."""
    return f"{name}:{problem}" if problem[:1].isdigit() and ": " in problem[:20] else f"{name}: {problem}"


def _show(text: str, terminal: Terminal) -> str:
    """Text for standard output; no file may command a terminal."""
    return "\n".join(map(visible, text.split("\n"))) if terminal.is_terminal else text


_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


def _show_diff(text: str, terminal: Terminal) -> str:
    if not terminal.color:
        return _show(text, terminal)
    lines = text.split("\n")
    return "\n".join(
        f"{color}{visible(line)}\x1b[0m" if (color := _COLORS.get(line[:1], "")) else visible(line) for line in lines
    )
