"""``newscli validate add-ignore``."""

from typing import Annotated

import typer

from newscli.cli.options import Context
from newscli.cli.validate_options import (
    FixOptions,
    ReportOptions,
    RuleOptions,
    RunOptions,
    ScopeOptions,
    Targets,
)
from newscli.cli.validate_plan import make_plan
from newscli.cli.validate_report import count_of
from newscli.cli.validate_scope import open_target
from newscli.errors import ExitCode, NewscliError
from newscli.operations.check import check
from newscli.operations.ignores import add_ignore as edit

Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why, for those who read it.", show_default=False)
]
Dry = Annotated[bool, typer.Option("-n", "--dry-run", help="Only say what would be written.", show_default=False)]


def add_ignore(
    *,
    words: Targets,
    rules: RuleOptions,
    scope: ScopeOptions,
    context: Context,
    reason: Reason = "",
    dry_run: Dry = False,
) -> ExitCode:
    """Write comments that ignore what is found.

    Say with --select what is to be ignored. Each file gets one comment at the top of its front matter, which holds for
    the whole file; codes join a comment that is there.
    """
    if not rules.select:
        raise NewscliError("say with --select which rules are to be ignored, such as --select T401")
    with open_target(words, scope, context) as target:
        plan = make_plan(
            target, rules=rules, fixes=FixOptions(), report=ReportOptions(), run=RunOptions(), context=context
        )
        store = plan.work.store
        status, written = ExitCode.OK, 0
        for result in check(plan.work, target.paths):
            if not result.findings:
                continue
            post = store.read(result.path)
            text = post.head + post.body
            edited = edit(text, {finding.code for finding in result.findings}, reason)
            if edited is None or post.encoding != "utf-8":
                context.terminal.complain(f"{result.path}: its front matter takes no comment")
                status = ExitCode.PARTIAL
            elif edited != text:
                written += 1
                if not dry_run:
                    store.write(result.path, edited.encode())
                context.terminal.detail(result.path)
        context.terminal.note(f"{count_of(written, 'file')} {'to write' if dry_run else 'written'}")
        return status
