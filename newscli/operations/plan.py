"""The plan of a conversion: the table ``[convert]`` of the settings, over which the options have the last word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from newscli.converters import engines

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


def plan_from(section: Mapping[str, Any], said: Mapping[str, Any]) -> Plan:
    """The plan that the settings and the options ask for.

    Args:
        section: the table, whose values were looked at when it was read.
        said: the options that were given.

    Raises:
        ConfigError: there is no such engine.
    """
    plan = Plan(**{**section, **said})
    engines.names(plan.engine)
    return plan
