"""Terms: what a validation goes by; what it comes to in rules is worked out when a post has to be looked at."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscli.discovery import configuration_of
from newscli.operations.scope import Site
from newscli.plugs import RULES, package_of

if TYPE_CHECKING:
    from newscli.rules.options import Options


class Terms:
    """What a validation goes by.

    Attributes:
        mark: equal for equal options only, in every process; whether fixes are made is no part of it.
        now: the time of the run, in seconds of POSIX time; 0 where the settings say what time it is.
        fix: ``none``, ``safe`` or ``unsafe``: what is mended.
    """

    def __init__(self, mark: str, resolve: "Callable[[], Options]", *, fix: str = "none", now: int = 0) -> None:
        self.mark, self.fix, self.now = mark, fix, now
        self._resolve = resolve

    @cached_property
    def options(self) -> "Options":
        """The rules and their settings.

        Raises:
            ConfigError: a setting, a rule or the schema is wrong.
        """
        return self._resolve()


def terms_of(site: Site, flags: Mapping[str, Any], *, without: frozenset[str] = frozenset()) -> Terms:
    """The terms of a run.

    Args:
        site: what is checked; its settings.
        flags: what the command line says, by the names of :func:`newscli.rules.options.options_from`.
        without: the codes of rules that are out of place, whoever asks for them.
    """

    def resolve() -> "Options":
        from newscli.operations.site import options_for

        options = options_for(site, flags)
        options.selected -= without
        return options

    section = site.config.section("validate")
    asked = {name: value for name, value in flags.items() if name != "fix"}
    now = 0 if "now" in section else int(time.time())
    store, config = site.store, site.config
    packages = [package_of(point) for point in RULES.added()]
    mark = repr(
        (
            _plain(section),
            _plain(asked),
            sorted(without),
            repr(store.dialect),
            config.timezone,
            config.permalink,
            packages,
        )
    )
    files = {*_deciding(store.root), *_named(section, asked, store.root)}
    mark += "".join(f"\n{path} {_digest(path)}" for path in sorted(files))
    return Terms(mark, resolve, fix=str(flags.get("fix") or "none"), now=now)


def _plain(value: Any) -> Any:
    """A setting as something whose ``repr`` is the same for the same setting."""
    if isinstance(value, Mapping):
        return sorted((str(key), repr(_plain(inner))) for key, inner in value.items())
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _deciding(root: Path) -> Iterator[Path]:
    """The files of a site that decide how its posts are checked."""
    yield from (path for path in configuration_of(root) if path.suffix)
    yield from (root / "_layouts").rglob("*")
    yield from (root / "_plugins").rglob("*.rb")


def _named(section: Mapping[str, Any], asked: Mapping[str, Any], root: Path) -> Iterator[Path]:
    """The files that settings and options name: schemas, seen from the current folder, and a vocabulary."""
    collections, tags = section.get("collections"), section.get("tags")
    tables = [asked, section, *(collections if isinstance(collections, list) else [])]
    for table in tables:
        if isinstance(table, Mapping) and isinstance(schema := table.get("schema"), str):
            yield Path(schema)
    for table in (section, tags):
        if isinstance(table, Mapping) and isinstance(vocabulary := table.get("vocabulary"), str):
            yield root / vocabulary


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):  # there is none, or its name can be none
        return ""
