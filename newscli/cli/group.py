"""Groups of commands that are imported when they are invoked, not when they are listed."""

from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import getdoc
from typing import NamedTuple, NoReturn

import typer
from typer import _click as click
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup, TyperOption

from newscli.cli.command import Command, Function, expand, make_command, new_app, write_sections
from newscli.cli.options import Context
from newscli.nearest import did_you_mean


class Lazy(NamedTuple):
    """A command before it is imported.

    Attributes:
        target: "module:object", a function or a mapping by name of functions or other lazy commands; or the function
            itself. A mapping is a group; one with an empty name is that command, and the other names are words that may
            stand right behind its own, where an argument would (a file of such a name is given as ``./name``).
        help: the first line of its docstring, word for word.
    """

    target: str | Function
    help: str


class Group(TyperGroup):
    """Commands by name, each imported on use; aliases are accepted and not listed."""

    lazy: Mapping[str, Lazy]
    aliases: Mapping[str, str]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command; nothing at all is answered with the help."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature of Click
        """The names, in the order of the table."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name or alias, imported; None when there is none."""
        name = self.aliases.get(cmd_name, cmd_name)
        return load(name, self.lazy[name].target) if name in self.lazy else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments call for, by its own name, and the arguments it gets."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            self._fail(ctx, args[0])
        rest = args[1:]
        if command and rest and rest[0] in (words := getattr(command, "words", {})):
            command, rest = load(f"{command.name} {rest[0]}", words[rest[0]].target), rest[1:]
        return (command.name, command, rest) if command else (None, None, rest)

    def _fail(self, ctx: click.Context, name: str) -> NoReturn:
        ctx.fail(f"no command {name!r}{did_you_mean(name, [*self.lazy, *self.aliases])}")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, from the table alone, and the options."""
        if self.lazy:
            with formatter.section("Commands"):
                formatter.write_dl([(name, lazy.help) for name, lazy in self.lazy.items()])
        write_sections(self.get_params(ctx), ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, from the table alone, and the options."""
        names = [
            CompletionItem(name, help=lazy.help) for name, lazy in self.lazy.items() if name.startswith(incomplete)
        ]
        return [*names, *super(TyperGroup, self).shell_complete(ctx, incomplete)]


def load(name: str, target: str | Function) -> click.Command:
    """Import a command or a group of commands."""
    if not isinstance(target, str):
        return make_command(name, target)
    module, _, attribute = target.partition(":")
    home = import_module(module)
    found: Function | Mapping[str, Function | Lazy] = getattr(home, attribute)
    if not isinstance(found, Mapping):
        return make_command(name, found)
    commands = {word: each if isinstance(each, Lazy) else Lazy(each, first_line(each)) for word, each in found.items()}
    if "" not in commands:
        return make_group(name, commands, about=getdoc(home) or "")
    command = load(name, commands.pop("").target)
    assert isinstance(command, Command)  # noqa: S101 - for the type checker
    command.words = commands
    return command


def first_line(thing: Callable[..., object]) -> str:
    """The first line of a docstring."""
    return (getdoc(thing) or "").partition("\n")[0]


def make_group(
    name: str,
    commands: Mapping[str, Lazy],
    *,
    aliases: Mapping[str, str] | None = None,
    about: str,
    epilog: str | None = None,
    completion: bool = False,
) -> Group:
    """A group of commands that takes the global options.

    Args:
        name: the word by which it is called.
        commands: its commands, in the order of the help.
        aliases: other names of commands.
        about: the help.
        epilog: what the help ends with.
        completion: whether it has ``--install-completion`` and ``--show-completion`` (not listed).
    """

    def remember(context: Context) -> None:
        """Leave the global options, which :func:`expand` has kept, to the command."""

    app = new_app(add_completion=completion, name=name)
    app.callback(cls=Group, help=about, epilog=epilog, subcommand_metavar="COMMAND ...")(expand(remember))
    group = typer.main.get_command(app)
    assert isinstance(group, Group)  # noqa: S101 - for the type checker
    group.lazy, group.aliases = commands, aliases or {}
    for param in group.params:
        if isinstance(param, TyperOption) and param.name in ("install_completion", "show_completion"):
            param.hidden = True
    return group
