"""From a plain function to a command: its bundles of options spread out, its help in sections."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, Signature, signature
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer
from typer import _click as click
from typer.core import TyperCommand, TyperOption

from newscli.cli.negation import rewrite_negations
from newscli.cli.options import GLOBAL, Context

if TYPE_CHECKING:
    from newscli.cli.group import Lazy

Function = Callable[..., int | None]
"""A command: its parameters are arguments and options as Typer reads them, or bundles; it returns an exit status."""

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(TyperCommand):
    """A command whose help lists its own options first, then the shared ones in sections.

    Attributes:
        words: commands of their own that are called by a word right behind this one's name, where an argument would be.
    """

    words: "Mapping[str, Lazy]" = MappingProxyType({})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; in a query ``-tag:x`` is a negated term, which Click would take for ``-t ag:x``."""
        if any(param.param_type_name == "argument" and param.name == "query" for param in self.params):
            args = rewrite_negations(args, flags=self._options(takes=False), valued=self._options(takes=True))
        return super().parse_args(ctx, args)

    def _options(self, *, takes: bool) -> set[str]:
        options = [param for param in self.params if isinstance(param, TyperOption)]
        names = {
            name for param in options if param.is_flag is not takes for name in (*param.opts, *param.secondary_opts)
        }
        return names if takes else names | {"-h", "--help"}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands below this one, the arguments and the options, section by section."""
        if self.words:
            with formatter.section("Commands"):
                formatter.write_dl([(word, lazy.help) for word, lazy in self.words.items()])
        write_sections(self.get_params(ctx), ctx, formatter)


def write_sections(params: list[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the help of parameters under the headings they ask for; the global options come last."""
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
    last: list[tuple[str, str]] = []
    for param in params:
        record = param.get_help_record(ctx)
        if record is None:
            continue
        heading = _heading(param)
        (last if heading == GLOBAL else sections.setdefault(heading, [])).append(record)
    for heading, records in {**sections, GLOBAL: last}.items():
        if records:
            with formatter.section(heading):
                formatter.write_dl(records)


def _heading(param: click.Parameter) -> str:
    if param.param_type_name == "argument":
        return "Arguments"
    if param.name == "help":
        return GLOBAL
    return getattr(param, "rich_help_panel", None) or "Options"


def expand(function: Function) -> Function:
    """The function with its bundles spread over the signature, so that Typer sees every option.

    A parameter annotated with a dataclass becomes one option a field; the call collects them again. A :class:`Context`
    also takes over what was said before the command.
    """
    own = signature(function, eval_str=True).parameters.values()
    bundles: dict[str, Callable[..., object]] = {
        parameter.name: parameter.annotation for parameter in own if _is_bundle(parameter)
    }
    spread = [option for parameter in own for option in _spread(parameter)]

    def call(ctx: typer.Context, **values: object) -> int | None:
        for name, bundle in bundles.items():
            filled = bundle(**{option: values.pop(option) for option in signature(bundle).parameters})
            if isinstance(filled, Context):
                ctx.obj = filled = filled.over(ctx.obj)
            values[name] = filled
        return function(**values)

    parameters = [Parameter("ctx", Parameter.KEYWORD_ONLY, annotation=typer.Context), *spread]
    call.__name__, call.__doc__ = function.__name__, function.__doc__
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    call.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return call


def _is_bundle(parameter: Parameter) -> bool:
    return is_dataclass(parameter.annotation)


def _spread(parameter: Parameter) -> list[Parameter]:
    """The parameters that stand for one; by name only, so that those with and without default may mix."""
    if not _is_bundle(parameter):
        return [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
    return [
        Parameter(
            option.name,
            Parameter.KEYWORD_ONLY,
            annotation=option.type,
            default=option.default if option.default_factory is MISSING else option.default_factory(),
        )
        for option in fields(parameter.annotation)
    ]


def new_app(**settings: Any) -> typer.Typer:
    """A Typer application with plain help and plain errors."""
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
        **settings,
    )


def make_command(name: str, function: Function) -> click.Command:
    """The command that calls the function; its help is the function's docstring."""
    app = new_app(add_completion=False)
    app.command(name, cls=Command)(expand(function))
    return typer.main.get_command(app)
