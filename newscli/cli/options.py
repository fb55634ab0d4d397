"""The options that commands share, in bundles: a command takes ``filters: Filters`` and has them all.

A bundle is a dataclass whose annotated fields are Typer options; :func:`newscli.cli.command.expand` puts them into the
signature that Typer reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Annotated, Any

import typer
from typer import Argument, Option

from newscli import __version__
from newscli.cli.completion import complete_terms, names
from newscli.cli.terminal import ColorChoice, Terminal

FILTERS = "Filters"
OUTPUT = "Output"
GLOBAL = "Global options"


def _option(panel: str, *names: str, **settings: Any) -> Any:
    return Option(*names, rich_help_panel=panel, show_default=False, **settings)


def complete_formats(incomplete: str) -> Iterator[str]:
    """The formats whose names begin so, for the shell."""
    from newscli.formats import FORMATS

    return (name for name in FORMATS if name.startswith(incomplete))


def whole_number(value: object) -> int:
    """A number of records, as typed or as the option's default.

    Raises:
        typer.BadParameter: it is none.
    """
    text = str(value)
    if not (text.isascii() and text.isdigit()):
        raise typer.BadParameter(f"{text!r} is no whole number.")
    return int(text)


def show_version(ctx: typer.Context, value: bool | None) -> None:  # noqa: FBT001 - as Typer calls it
    """Answer ``--version`` and end."""
    if value and not ctx.resilient_parsing:
        typer.echo(f"newscli {__version__}")
        raise typer.Exit


Terms = Annotated[
    list[str],
    Argument(
        metavar="[QUERY]...",
        default_factory=list,
        show_default=False,
        autocompletion=complete_terms,
        help="Words, tag:x, date:2022.., -is:draft …",
    ),
]
"""The terms of a query; none is every post."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which posts, how many, in which order; beside the query, with which they are joined by "and"."""

    tag: Annotated[
        list[str],
        _option(
            FILTERS, "-t", "--tag", metavar="NAME", autocompletion=names("tag"), help="Has this tag (repeat: and)."
        ),
    ] = field(default_factory=list)
    category: Annotated[
        list[str],
        _option(
            FILTERS,
            "--category",
            metavar="NAME",
            autocompletion=names("category"),
            help="Is in this category (repeat: and).",
        ),
    ] = field(default_factory=list)
    author: Annotated[
        list[str],
        _option(
            FILTERS, "--author", metavar="NAME", autocompletion=names("author"), help="Is by this author (repeat: and)."
        ),
    ] = field(default_factory=list)
    since: Annotated[str | None, _option(FILTERS, "--since", metavar="DATE", help="From this day on; 7d, 2022-06.")] = (
        None
    )
    until: Annotated[str | None, _option(FILTERS, "--until", metavar="DATE", help="Up to this day, inclusive.")] = None
    draft: Annotated[bool | None, _option(FILTERS, "--draft/--no-draft", help="Only drafts; no drafts.")] = None
    limit: Annotated[
        int | None,
        _option(FILTERS, "-n", "--limit", metavar="N", parser=whole_number, help="At most so many; 0 is all."),
    ] = None
    offset: Annotated[
        int, _option(FILTERS, "--offset", metavar="N", parser=whole_number, help="Leave out the first N.")
    ] = 0
    sort: Annotated[
        str | None, _option(FILTERS, "-s", "--sort", metavar="KEYS", help="Such as date-,title; - is descending.")
    ] = None
    files_from: Annotated[
        str | None, _option(FILTERS, "--files-from", metavar="FILE", help="Only the files listed in it; - is stdin.")
    ] = None
    explain: Annotated[
        bool, _option(FILTERS, "--explain", help="Show how the query was understood and what each term matches.")
    ] = False


@dataclass(frozen=True, slots=True)
class Output:
    """In which form, and where to."""

    format: Annotated[
        str | None,
        _option(
            OUTPUT,
            "-f",
            "--format",
            metavar="NAME",
            autocompletion=complete_formats,
            help="table, tsv, csv, json, jsonl, paths, count, or a template such as '{date:%F} {title:40}'.",
        ),
    ] = None
    json: Annotated[bool, _option(OUTPUT, "--json", help="One JSON array.")] = False
    jsonl: Annotated[bool, _option(OUTPUT, "--jsonl", help="One JSON object a line.")] = False
    fields: Annotated[
        str | None, _option(OUTPUT, "--fields", metavar="A,B", help="Only these fields or front matter keys.")
    ] = None
    paths: Annotated[bool, _option(OUTPUT, "-l", "--paths", help="Only the paths, one a line.")] = False
    print0: Annotated[bool, _option(OUTPUT, "-0", "--print0", help="End paths with NUL, for xargs -0.")] = False
    count: Annotated[bool, _option(OUTPUT, "--count", help="Only how many there are.")] = False
    output: Annotated[str | None, _option(OUTPUT, "-o", "--output", metavar="FILE", help="Write to a file.")] = None

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields asked for, in order; a comma typed with a Chinese input method counts."""
        names = (self.fields or "").replace("，", ",").split(",")
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


@dataclass(frozen=True)
class Context:
    """The global options, before or after the command, and the terminal they describe; None is "not said"."""

    store: Annotated[
        str | None,
        _option(
            GLOBAL, "-C", "--store", metavar="DIR", help="The archive; else $NEWSCLI_STORE or the one around here."
        ),
    ] = None
    config: Annotated[
        str | None, _option(GLOBAL, "--config", metavar="FILE", help="Read the settings from this file.")
    ] = None
    color: Annotated[
        ColorChoice | None,
        _option(GLOBAL, "--color", metavar="auto|always|never", help="Colours; auto is on a terminal."),
    ] = None
    quiet: Annotated[bool | None, _option(GLOBAL, "-q", "--quiet", help="Say nothing beside the data but errors.")] = (
        None
    )
    verbose: Annotated[bool | None, _option(GLOBAL, "-v", "--verbose", help="Say more.")] = None
    no_pager: Annotated[bool | None, _option(GLOBAL, "--no-pager", help="Do not page.")] = None
    no_sync: Annotated[bool | None, _option(GLOBAL, "--no-sync", help="Do not look for changed files first.")] = None
    version: Annotated[
        bool | None, _option(GLOBAL, "--version", is_eager=True, callback=show_version, help="Show the version.")
    ] = None

    def over(self, other: object) -> "Context":
        """These options, with those of ``other`` (of the words before the command) where nothing is said here."""
        if not isinstance(other, Context):
            return self
        names = [option.name for option in fields(self)]
        mine = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return Context(**{**{name: getattr(other, name) for name in names}, **mine})

    @property
    def pager(self) -> bool:
        """Whether long output may be paged."""
        return not self.no_pager

    @property
    def sync(self) -> bool:
        """Whether the index is brought up to date first."""
        return not self.no_sync

    @cached_property
    def terminal(self) -> Terminal:
        """The streams of this run."""
        return Terminal(color=self.color or "auto", quiet=bool(self.quiet), verbose=bool(self.verbose))
