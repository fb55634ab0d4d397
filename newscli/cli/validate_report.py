"""How ``newscli validate`` writes its findings, to the terminal, a pipe and files, and what it says beside them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newscli import plugs
from newscli.cli.options import Context, Output
from newscli.cli.output import format_name, write_file, write_report
from newscli.cli.terminal import Terminal
from newscli.cli.validate_options import ReportOptions
from newscli.diagnostics import Severity
from newscli.errors import NewscliError
from newscli.finding import RANKS
from newscli.findings import Findings, Tally
from newscli.formats import FINDINGS_FORMATS, FORMATS, View, get_findings_format
from newscli.report import Column, Record, Report

DEFAULT = "full"
"""The format when none is asked for, on a terminal and elsewhere."""
WITH_TEXTS = frozenset(["rdjson", "sarif"])
"""The formats that show fixes as edits of the text."""
WITH_CLEAN = frozenset(["junit", "tap"])
"""The formats that list clean files."""
PIPE_WIDTH = 120
"""Cells in a line where nobody knows the window: logs of CI services."""
MANY = 10
"""Files from which on a rule is named in the summary."""
NAMED = 3
"""Rules that are named in the summary at most."""
_ENDINGS = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".sarif": "sarif", ".tap": "tap", ".xml": "junit"}
_PROJECTS = ("CI_PROJECT_DIR", "GITHUB_WORKSPACE")
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


class Form(NamedTuple):
    """One form of the findings and the file it goes to; no file is standard output."""

    format: str
    file: str = ""


def tell_left_out(terminal: Terminal) -> None:
    """Say which rules of other packages could not be taken, and why."""
    if not plugs.RULES.added():
        return
    from newscli.rules import OTHERS

    for problem in OTHERS.problems:
        terminal.complain(f"newscli: {problem}")


def forms_of(options: ReportOptions, default: str, context: Context) -> list[Form]:
    """Every form that is wanted: ``-o FILE`` takes the place of standard output, ``-o FORMAT=FILE`` comes beside it.

    Raises:
        NewscliError: several forms are asked for at the same place, or there is no such form.
    """
    asked = _asked(options, context)
    given = [_split(value) for value in options.output]
    places = [form.file for form in given if not form.format]
    if len(places) > 1:
        raise NewscliError(f"several files need a form each: -o FORMAT={places[1]}")
    ending = _ENDINGS.get(Path(places[0]).suffix.lower()) if places else None
    main = Form(asked or ending or default, "" if places in ([], ["-"]) else places[0])
    forms = [main, *(form for form in given if form.format)]
    for form in forms:
        get_findings_format(form.format)
    return forms


def _asked(options: ReportOptions, context: Context) -> str | None:
    if not (options.format or options.json or options.jsonl or options.paths or options.count):
        return None
    output = Output(
        format=options.format, json=options.json, jsonl=options.jsonl, paths=options.paths, count=options.count
    )
    return format_name(output, context.terminal)


def _split(value: str) -> Form:
    name, sign, file = value.partition("=")
    is_format = name in FINDINGS_FORMATS or name in FORMATS or name.isalpha()  # a slip of one is told later
    return Form(name, file) if sign and is_format else Form("", value)


def write_findings(findings: Findings, forms: list[Form], options: ReportOptions, context: Context) -> None:
    """Write every form; the findings are all read first where there are several, or a terminal looks on.

    Raises:
        NewscliError: a form cannot show what is asked for, or a file cannot be written.
    """
    terminal = context.terminal
    if len(forms) > 1 or terminal.is_terminal:
        findings.read_all()
    for form in sorted(forms, key=lambda form: not form.file):  # files first: whoever reads the output may stop early
        pieces = get_findings_format(form.format)(findings, _view(options, context, to_file=bool(form.file)))
        write_pieces(form, pieces, context)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(form.format == "github" for form in forms):
        _append(Path(summary), findings)


def write_pieces(form: Form, pieces: Iterable[str], context: Context) -> None:
    """Write to the file of a form, or to standard output.

    Raises:
        NewscliError: the file cannot be written.
    """
    if form.file:
        write_file(Path(form.file), pieces)
    else:
        context.terminal.stdout.writelines(pieces)


def _view(options: ReportOptions, context: Context, *, to_file: bool) -> View:
    terminal = context.terminal
    on_terminal = terminal.is_terminal and not to_file
    names = Output(fields=options.fields).field_names
    return View(
        fields=names,
        terminal=on_terminal,
        width=terminal.width if on_terminal else PIPE_WIDTH,
        color=terminal.color and not to_file,
        null=options.print0,
        project=project_prefix(Path.cwd()),
    )


def project_prefix(here: Path) -> str:
    """The current folder as seen from the top of the project that a CI service checks; empty elsewhere."""
    for name in _PROJECTS:
        top = os.environ.get(name)
        if top and here != Path(top) and here.is_relative_to(top):
            return here.relative_to(top).as_posix() + "/"
    return ""


def _append(path: Path, findings: Findings) -> None:
    from newscli.formats.github import step_summary

    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.writelines(step_summary(findings))
    except OSError as error:
        raise NewscliError(f"cannot write the summary of the step {path}: {error.strerror}") from error


def write_statistics(findings: Findings, form: Form, options: ReportOptions, context: Context) -> None:
    """Write how many findings there are of each rule, the most frequent first."""
    tally = findings.read_all()
    columns = (
        Column("findings", "FINDINGS", whole=True, right=True),
        Column("files", "FILES", whole=True, right=True),
        Column("code", "CODE", whole=True, style="bold"),
        Column("name", "NAME", main=True),
    )
    report = Report(columns, list(_statistics(tally, findings)), empty="")
    output = Output(
        format=options.format,
        json=options.json,
        jsonl=options.jsonl,
        fields=options.fields,
        output=form.file or None,
    )
    write_report(report, output, context)


def _statistics(tally: Tally, findings: Findings) -> Iterator[Record]:
    for code, count in sorted(tally.codes.items(), key=lambda pair: (-pair[1], pair[0])):
        rule = findings.rules.get(code)
        yield {
            "findings": count,
            "files": tally.files_by_code[code],
            "code": code,
            "name": rule.name if rule else "",
        }


def summary_of(tally: Tally, *, held_back: int = 0, mends: bool = False, shows_diff: bool = False) -> Iterator[str]:
    """What is said on stderr when all is done.

    Args:
        tally: what there is.
        held_back: findings that the baseline holds.
        mends: whether fixes were written; those left cannot be mended so.
        shows_diff: whether they were only shown.
    """
    files = count_of(tally.files, "file")
    if tally.findings:
        parts = [count_of(tally.severities[each], _WORDS[each]) for each in RANKS if tally.severities[each]]
        yield f"{', '.join(parts)} in {tally.faulty:,} of {files}"
    else:
        yield f"{files} checked, nothing {'left' if tally.fixed else 'found'}"
    if tally.shown < tally.findings:
        yield f"{tally.shown:,} of {tally.findings:,} shown"
    if tally.fixed:
        yield f"{tally.fixed:,} {'would be mended' if shows_diff else 'mended'}"
    fixes = [(tally.safe, "--fix"), (tally.unsafe, "--unsafe-fixes")]
    can = [f"{count:,} with {flag}" for count, flag in fixes if count]
    if can and not (mends or shows_diff):
        yield ", ".join(can).replace(" with", " fixable with", 1)
    if held_back:
        yield f"{held_back:,} held back by the baseline"
    yield from _causes(tally)


def _causes(tally: Tally) -> Iterator[str]:
    """The rules that many files break, so that one cause is seen as one."""
    many = sorted((-count, code) for code, count in tally.files_by_code.items() if count >= MANY)
    for count, code in many[:NAMED]:
        what = "mend them with" if tally.safe_by_code[code] else "more about it:"
        command = f"validate --select {code} --fix" if tally.safe_by_code[code] else f"validate rule {code}"
        yield f"{code} in {-count:,} files: {what} newscli {command}"


def count_of(number: int, word: str) -> str:
    """``1 file``, ``2,000 files``."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
