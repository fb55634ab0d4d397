"""``newscli validate``: every broken post found, placed, explained and mended; its words are commands of their own."""

import os
from collections.abc import Callable, Iterator, Mapping

from newscli.baseline import STALE, Baseline, collect, read, to_text
from newscli.cli.command import Function
from newscli.cli.group import Lazy
from newscli.cli.options import Context
from newscli.cli.output import write_file
from newscli.cli.validate_options import FixOptions, ReportOptions, RuleOptions, RunOptions, ScopeOptions, Targets
from newscli.cli.validate_plan import Ask, Plan, make_plan
from newscli.cli.validate_report import (
    Form,
    count_of,
    summary_of,
    tell_left_out,
    write_findings,
    write_pieces,
    write_statistics,
)
from newscli.cli.validate_scope import Target, open_target
from newscli.cli.validate_watch import watch
from newscli.diagnostics import Severity
from newscli.errors import ExitCode, NewscliError
from newscli.finding import INTERNAL, UNREADABLE, FileResult, RuleText, shown_as
from newscli.findings import Findings, Tally
from newscli.formats import View
from newscli.formats.concise import heading
from newscli.formats.paths import from_here
from newscli.operations.check import check
from newscli.operations.mend import diff_of, without_clashes, write_fixes


def validate(
    *,
    words: Targets,
    rules: RuleOptions,
    fixes: FixOptions,
    scope: ScopeOptions,
    report: ReportOptions,
    run: RunOptions,
    context: Context,
) -> ExitCode:
    """Check the front matter and the bodies of posts, and mend them.

    Works on an archive and on files by themselves. A file that is called like one of the commands here is given as
    ./NAME.
    """
    ask = Ask(words, rules, fixes, scope, report, run, context)
    return watch(ask, check_once) if run.watch else check_once(ask)


def check_once(ask: Ask, on_plan: Callable[[Plan, Target], None] = lambda _plan, _target: None) -> ExitCode:
    """Check everything that is asked for, and tell what is found.

    Args:
        ask: the words and options of the command.
        on_plan: told what is going to be done, before any file is read.
    """
    context, run = ask.context, ask.run
    tell_left_out(context.terminal)
    with open_target(ask.words, ask.scope, context, print0=ask.report.print0) as target:
        plan = make_plan(target, rules=ask.rules, fixes=ask.fixes, report=ask.report, run=run, context=context)
        on_plan(plan, target)
        if not target.paths:
            return _nothing(ask, target)
        results = _checked(plan, target, context)
        if run.write_baseline:
            return _write_baseline(plan, target, results, context)
        baseline = read(plan.baseline) if plan.baseline else Baseline()
        told = _told(plan, target, baseline, results)
        findings = Findings(told, lambda: _rules(plan), plan.limits)
        if context.terminal.is_terminal or ask.fixes.show_fixes:
            findings.read_all()
        _write(findings, plan, target, ask.report, context)
        tally = findings.read_all()
        if ask.fixes.show_fixes:
            context.terminal.complain("\n".join(_fixes(findings)))
        for line in summary_of(tally, held_back=baseline.matched, mends=plan.mends, shows_diff=plan.shows_diff):
            context.terminal.note(line)
        if too_many(tally, plan):
            context.terminal.note(f"more than the {count_of(plan.max_warnings or 0, 'warning')} of --max-warnings")
        return status_of(tally, plan, run)


def _checked(plan: Plan, target: Target, context: Context) -> Iterator[FileResult]:
    with context.terminal.counter("Checking") as advance:
        yield from check(plan.work, target.paths, advance)


def _rules(plan: Plan) -> Mapping[str, RuleText]:
    from newscli.operations.site import rule_texts

    return rule_texts(plan.work.terms.options)


def _told(plan: Plan, target: Target, baseline: Baseline, results: Iterator[FileResult]) -> Iterator[FileResult]:
    """The results as they are told: mended, without what the baseline holds, with paths as seen from here."""
    store = plan.work.store
    if plan.mends or plan.shows_diff:
        results = without_clashes(store, results)
    if plan.mends and target.stdin is None:
        results = write_fixes(store, results, keep_mtime=plan.keeps_mtime)
    rename = from_here(str(store.root))
    for result in baseline.held_back(results):
        yield shown_as(result, rename)
    if plan.baseline and STALE in plan.work.terms.options.selected:
        stale = baseline.stale(os.path.relpath(plan.baseline), _was_checked(plan, target))
        if stale:
            yield stale


def _was_checked(plan: Plan, target: Target) -> Callable[[str, str], bool]:
    checked, root = frozenset(target.paths), plan.work.store.root
    selected = plan.work.terms.options.selected

    def was_checked(path: str, code: str) -> bool:
        return (path in checked and code in selected) or not os.path.lexists(root / path)

    return was_checked


def _write(findings: Findings, plan: Plan, target: Target, report: ReportOptions, context: Context) -> None:
    """Write the list of the findings, or what stands in its place; further forms come beside either."""
    main, *beside = plan.forms
    is_mended = target.stdin is not None and plan.mends
    if not (plan.shows_diff or is_mended or report.statistics):
        write_findings(findings, plan.forms, report, context)
        return
    if beside:
        findings.read_all()
        write_findings(findings, beside, report, context)
    if plan.shows_diff:
        write_pieces(main, map(diff_of, findings), context)
    elif is_mended:
        _write_mended(findings, target.stdin or b"", main, context)
    else:
        write_statistics(findings, main, report, context)


def _write_mended(findings: Findings, stdin: bytes, form: Form, context: Context) -> None:
    """Standard input, mended, to standard output; the findings that are left to standard error."""
    (result,) = findings
    text = stdin.decode("utf-8", "surrogateescape") if result.fixed_text is None else result.fixed_text
    write_pieces(form, [text], context)
    for finding in result.findings:
        context.terminal.complain(heading(finding, View(terminal=True)))


def _fixes(findings: Findings) -> Iterator[str]:
    for result in findings:
        for finding in result.fixed:
            what = finding.fix.message if finding.fix else finding.message
            yield f"{result.path}:{finding.line}: {finding.code} {what}"


def _write_baseline(plan: Plan, target: Target, results: Iterator[FileResult], context: Context) -> ExitCode:
    """Write what there is; what this run did not check stays as it was."""
    path = plan.baseline
    assert path is not None  # noqa: S101 - the plan names one
    written = collect(results)
    if path.exists():
        was_checked = _was_checked(plan, target)
        old = read(path).counts.items()
        written.counts.update({key: count for key, count in old if not was_checked(key[0], key[1])})
    write_file(path, [to_text(written)])
    hint = "" if target.site.config.section("validate").get("baseline") else "; name it with --baseline"
    written_down = f"{count_of(written.counts.total(), 'finding')} written down in {os.path.relpath(path)}"
    context.terminal.note(written_down + hint)
    return ExitCode.OK


def status_of(tally: Tally, plan: Plan, run: RunOptions) -> ExitCode:
    """The exit status: a rule that failed, files that cannot be read, then what was found."""
    if tally.codes[INTERNAL]:
        return ExitCode.BUG
    if tally.codes[UNREADABLE]:
        return ExitCode.PARTIAL
    failed = (
        tally.at_least(plan.fail_level) > 0
        or too_many(tally, plan)
        or (tally.fixed > 0 and (plan.shows_diff or run.exit_non_zero_on_fix))
    )
    return ExitCode.NEGATIVE if failed and not run.exit_zero else ExitCode.OK


def too_many(tally: Tally, plan: Plan) -> bool:
    """Whether there are more warnings than may be."""
    return plan.max_warnings is not None and tally.severities[Severity.WARNING] > plan.max_warnings


def _nothing(ask: Ask, target: Target) -> ExitCode:
    if target.may_be_empty or ask.run.allow_empty:
        ask.context.terminal.note("no post to check" + (" is changed" if target.may_be_empty else ""))
        return ExitCode.OK
    what = f"no post matches {' '.join(ask.words)!r}" if ask.words else "no post there"
    if ask.scope.files_from is not None and not ask.words:
        what = "--files-from lists no post"
    raise NewscliError(f"nothing to check: {what}; --allow-empty takes that for an answer")


COMMANDS: dict[str, Function | Lazy] = {
    "": validate,
    "rule": Lazy("newscli.cli.rule:rule", "Explain rules: what they find, why, what the site generators do."),
    "schema": Lazy("newscli.cli.schema:COMMANDS", "Schemas: infer one from the posts, show one."),
    "add-ignore": Lazy("newscli.cli.add_ignore:add_ignore", "Write comments that ignore what is found."),
}
"""The command, and the words that may stand right behind its name."""
