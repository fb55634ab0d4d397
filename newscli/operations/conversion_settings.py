"""The table ``[convert]`` of the settings, over which the options of the command have the last word."""

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

from newscli.errors import ConfigError
from newscli.nearest import did_you_mean
from newscli.operations.convert import Plan

NAMES = ("to", "source", "front_matter", "engine", "code", "links", "images", "tables", "width", "seconds")
"""The settings, named like the options; ``seconds`` is the most that a post may take."""


def plan_from(section: Mapping[str, Any], said: Mapping[str, Any]) -> Plan:
    """The plan that the settings and the options ask for.

    Args:
        section: the table.
        said: the options that were given.

    Raises:
        ConfigError: a setting is unknown or wrong.
    """
    for name, value in section.items():
        if name not in NAMES:
            raise ConfigError(f"convert.{name}: there is no such setting{did_you_mean(name, NAMES)}")
        _check(name, value)
    return Plan(**{**section, **said})


def _check(name: str, value: object) -> None:
    choices = _choices()[name]
    if name in ("width", "seconds"):
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value < 0
            or (name == "width") > (isinstance(value, int))
        ):
            raise ConfigError(f"convert.{name} must be a number from 0, not {value!r}")
    elif not isinstance(value, str) or (choices and value not in choices):
        raise ConfigError(f"convert.{name} must be one of {', '.join(choices)}, not {value!r}")


def _choices() -> dict[str, tuple[str, ...]]:
    """The words that each setting may be."""
    hints = get_type_hints(Plan)
    return {name: tuple(_words(hints[name])) for name in NAMES}


def _words(hint: Any) -> list[str]:
    return [word for part in get_args(hint) for word in ([part] if isinstance(part, str) else _words(part))]
