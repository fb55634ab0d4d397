"""The engines by name, loaded when they are first used; other packages add theirs as ``newscli.converters``."""

from functools import cache
from typing import cast

from newscli.converters.base import Engine
from newscli.plugs import PlugPoint

ENGINES = {
    "html2text": "newscli.converters.html2text_engine:Html2textEngine",
    "turbohtml": "newscli.converters.turbohtml_engine:TurbohtmlEngine",
}
AUTO = ("turbohtml", "html2text")
"""The engines that ``auto`` tries, the best first."""

_POINT = PlugPoint("engine", "newscli.converters", ENGINES)


def names(engine: str) -> tuple[str, ...]:
    """The engines to try, in order.

    Raises:
        ConfigError: ``engine`` is neither ``auto`` nor the name of one.
    """
    if engine == "auto":
        return AUTO
    _POINT.check(engine, ("auto",))
    return (engine,)


@cache
def load(name: str) -> Engine:
    """The engine of that name.

    Raises:
        ImportError: the library it needs is not installed.
        NewscliError: one of another package cannot be loaded.
    """
    return cast("Engine", _POINT.load(name)())
