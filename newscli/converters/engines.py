"""The engines by name, loaded when they are first used."""

from functools import cache
from importlib import import_module
from typing import cast

from newscli.converters.base import Engine
from newscli.errors import ConfigError

ENGINES = {
    "html2text": "newscli.converters.html2text:Html2textEngine",
    "turbohtml": "newscli.converters.turbohtml:TurbohtmlEngine",
}
AUTO = ("turbohtml", "html2text")
"""The engines that ``auto`` tries, the best first."""


@cache
def load(name: str) -> Engine:
    """The engine of that name.

    Raises:
        ConfigError: there is none of that name.
        ImportError: the library it needs is not installed.
    """
    if name not in ENGINES:
        raise ConfigError(f"No engine is called {name!r}. Engines: auto, {', '.join(ENGINES)}.")
    module, attribute = ENGINES[name].split(":")
    return cast("Engine", getattr(import_module(module), attribute)())
