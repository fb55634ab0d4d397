"""The settings: list, get, set, path.

They come from the command line, NEWSCLI_* variables, the archive's newscli.toml, your own file, and the site's own
configuration, in this order.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from newscli.cli.options import Context, Output
from newscli.cli.output import write_report
from newscli.config import SETTINGS, Config
from newscli.config_files import STORE_FILE, load_config, set_value, user_config_path
from newscli.discovery import find_store
from newscli.errors import ConfigError, ExitCode, StoreError
from newscli.nearest import did_you_mean
from newscli.report import Column, Report, cell

Name = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help="A setting; newscli config list has all.")
]
Value = Annotated[
    str, typer.Argument(metavar="VALUE", show_default=False, help="Its value; lists with commas between.")
]
InStore = Annotated[bool, typer.Option("--local", help="In the archive's newscli.toml, not in your own file.")]


def _settings(context: Context) -> Config:
    file = Path(context.config) if context.config else None
    try:
        return find_store(context.store, config_file=file)[1]
    except StoreError:
        return load_config(None, file=file, environment=os.environ)


def path(context: Context) -> ExitCode:
    """Print where your own settings are kept."""
    context.terminal.stdout.write(f"{context.config or user_config_path()}\n")
    return ExitCode.OK


def list_(output: Output, context: Context) -> ExitCode:
    """Every setting with its value, where it comes from, and what it does."""
    config = _settings(context)
    records = [
        {
            "name": setting.name,
            "value": config.value(setting),
            "origin": config.origin(setting.name),
            "does": setting.doc,
        }
        for setting in SETTINGS
    ]
    records += [
        {"name": f"queries.{name}", "value": text, "origin": config.origin(f"queries.{name}"), "does": "a saved query"}
        for name, text in config.queries.items()
    ]
    columns = (
        Column("name", "NAME", style="green"),
        Column("value", "VALUE", main=True),
        Column("origin", "FROM", narrowest=56),
        Column("does", "WHAT IT DOES", narrowest=100),
    )
    write_report(Report(columns, records), output, context)
    return ExitCode.OK


def get(name: Name, context: Context) -> ExitCode:
    """Print the value of one setting."""
    config = _settings(context)
    if name.startswith("queries.") and name[8:] in config.queries:
        value: object = config.queries[name[8:]]
    elif name in (settings := {setting.name: setting for setting in SETTINGS}):
        value = config.value(settings[name])
    else:
        raise ConfigError(f"no setting {name!r}{did_you_mean(name, settings)}")
    context.terminal.stdout.write(f"{cell(value)}\n")
    return ExitCode.OK


def set_(name: Name, value: Value, context: Context, local: InStore = False) -> ExitCode:  # noqa: FBT002 - an option
    """Write one setting into your own file, or with --local into the archive's."""
    if local:
        target = find_store(context.store)[0].root / STORE_FILE
    else:
        target = Path(context.config) if context.config else user_config_path()
    set_value(target, name, value)
    context.terminal.note(f"{name} is set in {target}")
    return ExitCode.OK


COMMANDS = {"list": list_, "get": get, "set": set_, "path": path}
