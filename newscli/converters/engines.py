"""The engines by name, loaded when they are first used."""

from functools import cache
from importlib import import_module
from typing import cast

from newscli.converters.base import Engine
from newscli.errors import ConfigError

ENGINES = {
    "html2text": "newscli.converters.html2text_engine:Html2textEngine",
    "turbohtml": "newscli.converters.turbohtml_engine:TurbohtmlEngine",
}
AUTO = ("turbohtml", "html2text")
"""The engines that ``auto`` tries, the best first."""


def names(engine: str) -> tuple[str, ...]:
    """The engines to try, in order.

    Raises:
        ConfigError: ``engine`` is neither ``auto`` nor the name of one.
    """
    if engine == "auto":
        return AUTO
    if engine not in ENGINES:
        raise ConfigError(f"No engine is called {engine!r}. Engines: auto, {', '.join(ENGINES)}.")
    return (engine,)


@cache
def load(name: str) -> Engine:
    """The engine of that name.

    Raises:
        ImportError: the library it needs is not installed.
    """
    module, attribute = ENGINES[name].split(":")
    return cast("Engine", getattr(import_module(module), attribute)())
