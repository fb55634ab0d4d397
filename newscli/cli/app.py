"""The table of commands, and the run of one: arguments -> command -> exit status."""

import os
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr

from typer import _completion_classes

from newscli.cli.errors import guarded
from newscli.cli.group import Group, Lazy, make_group
from newscli.cli.terminal import prepare_streams

COMMANDS: dict[str, Lazy] = {
    "import": Lazy("newscli.cli.import_:import_", "Bring articles in: posts, feeds, exports, records, pages, mail."),
    "list": Lazy("newscli.cli.list:list_", "The posts that match, newest first."),
    "search": Lazy("newscli.cli.search:search", "The posts in whose text the words stand, the most relevant first."),
    "show": Lazy("newscli.cli.show:show", "One post: its head and its body, made readable."),
    "convert": Lazy("newscli.cli.convert:convert", "HTML bodies to Markdown, plain text or HTML."),
    "tags": Lazy("newscli.cli.tags:tags", "Which tags there are, and in how many posts."),
    "fields": Lazy("newscli.cli.tags:fields", "Which front matter keys there are, and in how many posts."),
    "validate": Lazy("newscli.cli.validate:COMMANDS", "Check the front matter and the bodies of posts, and mend them."),
    "index": Lazy(
        "newscli.cli.index:COMMANDS", "The index, a disposable cache: status, update, rebuild, verify, path."
    ),
    "config": Lazy("newscli.cli.config:COMMANDS", "The settings: list, get, set, path."),
}
"""Name -> where the command is and its one-line help, in the order of the help."""

ALIASES = {"cat": "show", "check": "validate", "find": "search", "lint": "validate", "ls": "list"}
"""Words that people who know other tools will type; not listed."""

ABOUT = """List, search, convert, validate and import archives of front-matter articles.

Works in any clone of a Jekyll, Hexo or Hugo site without being set up, and writes nothing into it."""

EPILOG = "Completion for your shell: newscli --install-completion"

COMPLETION = "_NEWSCLI_COMPLETE"
"""The environment variable by which a shell asks for completions."""


def build(commands: Mapping[str, Lazy] | None = None) -> Group:
    """The command line, of the commands given or of all."""
    table = COMMANDS if commands is None else commands
    return make_group("newscli", table, aliases=ALIASES, about=ABOUT, epilog=EPILOG, completion=True)


def run(arguments: Sequence[str], commands: Mapping[str, Lazy] | None = None) -> int:
    """Run the command line and answer the exit status."""
    prepare_streams()
    if os.environ.get(COMPLETION):
        return _complete(commands)

    def command() -> int | None:
        group = build(commands)
        with group.make_context("newscli", list(arguments)) as context:
            status: int | None = group.invoke(context)
            return status

    return guarded(command, verbose=not {"-v", "--verbose"}.isdisjoint(arguments))


def _complete(commands: Mapping[str, Lazy] | None) -> int:
    """Answer the shell; whatever goes wrong, nobody wants to read about it while typing."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):  # noqa: PTH123
        try:
            _completion_classes._sanitize_help_text = lambda text: text  # it would import Rich
            build(commands).main([], prog_name="newscli")
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 1
        except Exception:
            return 1
    return 0
