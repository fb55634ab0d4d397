"""Variants: other forms of a text that it is found by too, where a setting asks for them.

``[search] simplified = true`` in newscli.toml folds traditional Chinese into simplified: ``臺灣`` is found by ``台湾``
and the other way round. It needs OpenCC (``opencc`` or ``opencc-python-reimplemented``).
"""

from collections.abc import Callable, Mapping
from typing import Any

from newscli.errors import ConfigError
from newscli.nearest import did_you_mean

SETTINGS = ("simplified",)
"""The keys of the table ``[search]``."""

Variant = Callable[[str], str]
"""From a text to its other form; the text itself when it has none."""


def load_variant(section: Mapping[str, Any]) -> Variant | None:
    """What the settings of the table ``[search]`` ask for; None when they ask for nothing.

    Raises:
        ConfigError: a setting is unknown or no truth value, or what it needs is not installed.
    """
    for name, value in section.items():
        if name not in SETTINGS:
            raise ConfigError(f"[search] has no setting {name!r}{did_you_mean(name, SETTINGS)}")
        if not isinstance(value, bool):
            raise ConfigError(f"search.{name} must be true or false, not {value!r}")
    return _simplified() if section.get("simplified") else None


def _simplified() -> Variant:
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise ConfigError("search.simplified needs OpenCC: pip install opencc-python-reimplemented") from error
    convert: Variant = OpenCC("t2s").convert
    return lambda text: text if text.isascii() else convert(text)
