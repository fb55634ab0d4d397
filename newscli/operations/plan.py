"""The plan of a conversion: the table ``[convert]`` of the settings, over which the options have the last word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_type_hints

from newscli.converters import engines
from newscli.errors import ConfigError
from newscli.nearest import did_you_mean

Delivery = Literal["text", "diff", "nothing", "file", "audit"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each post.

    Attributes:
        to: ``markdown``, ``text`` or ``html``.
        source: how to read bodies: ``mixed`` is Markdown with HTML in it, ``html`` is HTML from end to end; None goes
            by the name of the file.
        front_matter: ``keep`` it byte for byte, ``drop`` it, or write it as ``yaml``, ``toml`` or ``json``.
        engine, code, links, images, tables, width, html2text: as :func:`newscli.converters.convert` takes them.
        audit: whether to look for what the conversion lost; a post that would lose something is not written.
        delivery: what comes back: the ``text``, a ``diff``, ``nothing``; or a ``file`` is written; or nothing is
            converted, and a file that was made of the post earlier, by whatever program, is audited.
        in_place: whether the files to write are the posts themselves, whose encodings stay.
        is_fresh: whether none of the files to write is there yet.
        seconds: the most that a post may take.
    """

    to: Literal["html", "markdown", "text"] = "markdown"
    source: Literal["mixed", "html"] | None = None
    front_matter: Literal["keep", "drop", "yaml", "toml", "json"] = "keep"
    engine: str = "auto"
    code: Literal["markdown", "html"] = "markdown"
    links: Literal["inline", "ref", "text", "drop"] | None = None
    images: Literal["keep", "alt", "drop"] | None = None
    tables: Literal["tabs", "aligned"] = "tabs"
    width: int = 0
    html2text: Mapping[str, Any] = field(default_factory=dict)
    audit: bool = False
    delivery: Delivery = "text"
    in_place: bool = False
    is_fresh: bool = False
    seconds: float = 30.0


NAMES = ("to", "source", "front_matter", "engine", "code", "links", "images", "tables", "width", "seconds")
"""The settings, named like the options; ``seconds`` is the most that a post may take."""


_NUMBERS: dict[str, tuple[int, Any]] = {"width": (0, int), "seconds": (1, int | float)}


def plan_from(section: Mapping[str, Any], said: Mapping[str, Any]) -> Plan:
    """The plan that the settings and the options ask for.

    Args:
        section: the table.
        said: the options that were given.

    Raises:
        ConfigError: a setting is unknown or wrong.
    """
    for name, value in section.items():
        if name == "html2text":
            continue  # a table of settings that was looked at when it was read
        if name not in NAMES:
            raise ConfigError(f"convert.{name}: there is no such setting{did_you_mean(name, [*NAMES, 'html2text'])}")
        _check(name, value)
    plan = Plan(**{**section, **said})
    engines.names(plan.engine)
    return plan


def _check(name: str, value: object) -> None:
    if name in _NUMBERS:
        least, kinds = _NUMBERS[name]
        if isinstance(value, bool) or not isinstance(value, kinds) or value < least:
            raise ConfigError(f"convert.{name} must be a number from {least} on, not {value!r}")
        return
    choices = _choices()[name]
    if not isinstance(value, str) or (choices and value not in choices):
        wanted = f"one of {', '.join(choices)}" if choices else "a text"
        raise ConfigError(f"convert.{name} must be {wanted}, not {value!r}")


def _choices() -> dict[str, tuple[str, ...]]:
    """The words that each setting may be."""
    hints = get_type_hints(Plan)
    return {name: tuple(sorted(_words(hints[name]))) for name in NAMES}  # equal Literals may share another's order


def _words(hint: Any) -> list[str]:
    return [word for part in get_args(hint) for word in ([part] if isinstance(part, str) else _words(part))]
