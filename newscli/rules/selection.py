"""Which rules are meant: codes, names, beginnings, families, presets and ``ALL``."""

from collections.abc import Iterable

from newscli.errors import ConfigError
from newscli.nearest import did_you_mean
from newscli.rules.model import FAMILIES, RULES, is_beginning

PRESETS = ("default", "minimal", "strict")
_MINIMAL = ("F", "Y", "D301", "D302", "D303", "N")


def resolve(words: Iterable[str], setting: str) -> frozenset[str]:
    """The codes that codes, names, prefixes, families, presets and ``ALL`` stand for.

    Raises:
        ConfigError: a word stands for none.
    """
    found: set[str] = set()
    for word in words:
        found |= _codes(word.strip(), setting)
    return frozenset(found)


def _codes(word: str, setting: str) -> set[str]:
    if word.upper() == "ALL":
        return set(RULES)
    if word.lower() in PRESETS:
        return set(preset(word.lower()))
    by_prefix = {code for code in RULES if is_beginning(word, code)}
    if by_prefix:
        return by_prefix
    by_name = {code for code, rule in RULES.items() if word.lower() in (rule.name, rule.family)}
    if by_name:
        return by_name
    known = [*RULES, *(rule.name for rule in RULES.values()), *FAMILIES, *FAMILIES.values(), "ALL"]
    hint = did_you_mean(word, known).removesuffix("?")
    raise ConfigError(
        f"unknown rule {word!r} in {setting}{hint}; "
        "write a code (Y102), a name (unescaped-quote), a prefix (Y, D3), ALL or a preset"
    )


def preset(name: str) -> frozenset[str]:
    """The codes of a preset."""
    if name == "strict":
        return frozenset(RULES)
    if name == "minimal":
        return frozenset(code for code in RULES if any(is_beginning(word, code) for word in _MINIMAL))
    return frozenset(code for code, rule in RULES.items() if rule.default)
