"""The options of ``newscli validate``, in bundles (see :mod:`newscli.cli.options`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer
from typer import Option

from newscli.cli.options import whole_number
from newscli.diagnostics import Severity

RULES = "Rules"
FIXES = "Fixes"
SCOPE = "Scope"
OUTPUT = "Output"
RUN = "Outcome"


def _option(panel: str, *names: str, **settings: Any) -> Any:
    return Option(*names, rich_help_panel=panel, show_default=False, **settings)


def complete_formats(incomplete: str) -> Iterator[str]:
    """The formats whose names begin so, for the shell."""
    from newscli.formats import FINDINGS_FORMATS, FORMATS

    return (name for name in sorted({*FINDINGS_FORMATS, *FORMATS}) if name.startswith(incomplete))


def complete_schemas(incomplete: str) -> Iterator[str]:
    """The built-in schemas whose names begin so, for the shell."""
    from newscli.schema import BUILT_IN

    return (name for name in BUILT_IN if name.startswith(incomplete))


def split(values: Iterable[str]) -> list[str]:
    """The words of an option that takes several, with commas between or given more than once."""
    words = (word.strip() for value in values for word in value.replace("，", ",").split(","))
    return [word for word in words if word]


def severity(value: object) -> Severity:
    """A severity, as typed.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        return Severity(str(value).lower())
    except ValueError:
        raise typer.BadParameter(f"{value!r} is none of error, warning, info.") from None


Targets = Annotated[
    list[str],
    typer.Argument(
        metavar="[PATH|QUERY]...",
        default_factory=list,
        show_default=False,
        help="Files, folders, terms of a query, or - for standard input; none is every post of the archive.",
    ),
]
"""What to check."""


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """Which rules count, whose reading, how much."""

    select: Annotated[
        list[str], _option(RULES, "--select", metavar="CODES", help="Only these: Y102, Y, unescaped-quote, ALL.")
    ] = field(default_factory=list)
    ignore: Annotated[list[str], _option(RULES, "--ignore", metavar="CODES", help="Not these.")] = field(
        default_factory=list
    )
    extend_select: Annotated[
        list[str], _option(RULES, "--extend-select", metavar="CODES", help="These too, beside those of the settings.")
    ] = field(default_factory=list)
    extend_ignore: Annotated[
        list[str], _option(RULES, "--extend-ignore", metavar="CODES", help="Nor these, beside those of the settings.")
    ] = field(default_factory=list)
    per_file_ignores: Annotated[
        list[str], _option(RULES, "--per-file-ignores", metavar="GLOB:CODES", help="Not these in such files (repeat).")
    ] = field(default_factory=list)
    severity: Annotated[
        list[str], _option(RULES, "--severity", metavar="CODE=LEVEL", help="error, warning or info (repeat).")
    ] = field(default_factory=list)
    engine: Annotated[
        str | None,
        _option(RULES, "--engine", metavar="NAME", help="Whose reading counts: jekyll, hugo, hexo, astro, pyyaml."),
    ] = None
    no_future: Annotated[bool, _option(RULES, "--no-future", help="Dates to come are errors (D305).")] = False
    encoding: Annotated[
        str | None, _option(RULES, "--encoding", metavar="NAME", help="What files that are not UTF-8 are in: gb18030.")
    ] = None
    schema: Annotated[
        str | None,
        _option(
            RULES,
            "--schema",
            metavar="FILE|NAME",
            autocompletion=complete_schemas,
            help="A JSON Schema (2020-12): a file, or jekyll, hugo, astro.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class FixOptions:
    """What is mended."""

    fix: Annotated[bool, _option(FIXES, "--fix", help="Mend what can be mended safely.")] = False
    unsafe_fixes: Annotated[bool, _option(FIXES, "--unsafe-fixes", help="Mend what has to be guessed, too.")] = False
    diff: Annotated[bool, _option(FIXES, "--diff", help="Show what fixing would change; write nothing.")] = False
    fixable: Annotated[list[str], _option(FIXES, "--fixable", metavar="CODES", help="Mend only these.")] = field(
        default_factory=list
    )
    unfixable: Annotated[list[str], _option(FIXES, "--unfixable", metavar="CODES", help="Do not mend these.")] = field(
        default_factory=list
    )
    show_fixes: Annotated[bool, _option(FIXES, "--show-fixes", help="List what was mended.")] = False
    keep_mtime: Annotated[
        bool, _option(FIXES, "--keep-mtime", help="Let mended files keep the time of their last change.")
    ] = False


@dataclass(frozen=True, slots=True)
class ScopeOptions:
    """Which files, beside those named."""

    changed_since: Annotated[
        str | None,
        _option(SCOPE, "--changed-since", metavar="REF", help="Only what changed since it parted from REF (git)."),
    ] = None
    staged: Annotated[bool, _option(SCOPE, "--staged", help="Only what the next commit changes (git).")] = False
    files_from: Annotated[
        str | None, _option(SCOPE, "--files-from", metavar="FILE", help="The files listed in it; - is stdin.")
    ] = None
    stdin_filename: Annotated[
        str | None, _option(SCOPE, "--stdin-filename", metavar="PATH", help="What standard input is checked as.")
    ] = None


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """In which form, and where to."""

    format: Annotated[
        str | None,
        _option(
            OUTPUT,
            "-f",
            "--format",
            metavar="NAME",
            autocompletion=complete_formats,
            help="full, concise, grouped, json, jsonl, github, gitlab, sarif, junit, rdjson, tap, tsv, csv, template.",
        ),
    ] = None
    json: Annotated[bool, _option(OUTPUT, "--json", help="One JSON object.")] = False
    jsonl: Annotated[bool, _option(OUTPUT, "--jsonl", help="One JSON object a line.")] = False
    fields: Annotated[str | None, _option(OUTPUT, "--fields", metavar="A,B", help="Only these fields.")] = None
    paths: Annotated[bool, _option(OUTPUT, "-l", "--paths", help="Only the files with findings, one a line.")] = False
    print0: Annotated[bool, _option(OUTPUT, "-0", "--print0", help="End paths with NUL, in and out.")] = False
    count: Annotated[bool, _option(OUTPUT, "--count", help="Only how many findings there are.")] = False
    output: Annotated[
        list[str], _option(OUTPUT, "-o", "--output", metavar="[FORMAT=]FILE", help="Write to a file (repeat).")
    ] = field(default_factory=list)
    statistics: Annotated[bool, _option(OUTPUT, "--statistics", help="How many findings of each rule.")] = False
    max_diagnostics: Annotated[
        int | None,
        _option(OUTPUT, "--max-diagnostics", metavar="N", parser=whole_number, help="Show at most so many; 0 is all."),
    ] = None
    max_per_rule: Annotated[
        int | None,
        _option(OUTPUT, "--max-per-rule", metavar="N", parser=whole_number, help="Show at most so many of a rule."),
    ] = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What counts as a failure, and how the work is done."""

    fail_level: Annotated[
        Severity | None,
        _option(RUN, "--fail-level", metavar="LEVEL", parser=severity, help="Exit 1 from this level on: error …"),
    ] = None
    max_warnings: Annotated[
        int | None,
        _option(RUN, "--max-warnings", metavar="N", parser=whole_number, help="Exit 1 on more warnings than that."),
    ] = None
    exit_non_zero_on_fix: Annotated[
        bool, _option(RUN, "--exit-non-zero-on-fix", help="Exit 1 when something was mended.")
    ] = False
    exit_zero: Annotated[bool, _option(RUN, "--exit-zero", help="Exit 0 whatever is found.")] = False
    allow_empty: Annotated[bool, _option(RUN, "--allow-empty", help="Exit 0 when nothing matches.")] = False
    baseline: Annotated[str | None, _option(RUN, "--baseline", metavar="FILE", help="Do not report what it holds.")] = (
        None
    )
    write_baseline: Annotated[
        bool, _option(RUN, "--write-baseline", help="Write all there is now into the baseline.")
    ] = False
    no_cache: Annotated[bool, _option(RUN, "--no-cache", help="Check files again that did not change.")] = False
    jobs: Annotated[
        int | None, _option(RUN, "--jobs", metavar="N", parser=whole_number, help="Processes; 0 is as many as fit.")
    ] = None
    watch: Annotated[bool, _option(RUN, "--watch", help="Check again whenever a file changes, until Ctrl-C.")] = False
