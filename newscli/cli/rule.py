"""``newscli validate rule``."""

from typing import Annotated

import typer

from newscli.cli.options import Context, Output
from newscli.cli.output import write_file, write_report
from newscli.errors import ExitCode, NewscliError

Codes = Annotated[
    list[str],
    typer.Argument(
        metavar="[CODE]...", default_factory=list, show_default=False, help="Codes, names or beginnings: Y102, D3, Y."
    ),
]
All = Annotated[bool, typer.Option("--all", help="Every rule.", show_default=False)]


def rule(codes: Codes, output: Output, context: Context, all_: All = False) -> ExitCode:  # noqa: FBT002 - an option
    """Explain rules: what they find, why it matters, a bad and a good example, what the site generators do.

    One rule is a page of Markdown, several are a table; --format markdown and --json say otherwise.
    """
    from pathlib import Path

    from newscli.cli.validate_report import tell_left_out
    from newscli.operations.explain import find_rules, markdown, rule_report

    tell_left_out(context.terminal)
    if bool(codes) == all_:
        raise NewscliError("name a rule, such as Y102, or ask for --all")
    rules = find_rules(["ALL"] if all_ else codes)
    forms = (output.format, output.json, output.jsonl, output.fields, output.paths, output.count)
    if output.format == "markdown" or (len(rules) == 1 and not any(forms)):
        if output.output in (None, "-"):
            context.terminal.stdout.writelines(markdown(rules))
        else:
            write_file(Path(str(output.output)), markdown(rules))
    else:
        write_report(rule_report(rules), output, context)
    return ExitCode.OK
