"""Rules of other packages, entered by the entry points of the group ``newscli.rules``.

An entry point names a module; importing it enters its rules, as importing a family of newscli's own does. Their codes
have two letters or more, so that the families stay newscli's. A rule looks at one file at a time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newscli import plugs
from newscli.rules.model import RULES, Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_CODE = re.compile(r"[A-Z]{2,}[0-9]+")
_NEEDS = ("always", "body", "faults", "odd", "schema")


@dataclass(slots=True)
class Others:
    """What other packages brought.

    Attributes:
        packages: their names and versions; results of rules depend on them.
        problems: what was left out, and why; a line each.
    """

    packages: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


OTHERS = Others()
"""What was found when :mod:`newscli.rules` was imported."""


def enter_others(others: Others) -> None:
    """Enter the rules of other packages into :data:`~newscli.rules.model.RULES`; what cannot be taken is told of."""
    for point in plugs.RULES.added():
        package = plugs.package_of(point)
        others.problems += _enter(point, package)
        if package not in others.packages:
            others.packages.append(package)


def _enter(point: "EntryPoint", package: str) -> Iterator[str]:
    before = dict(RULES)
    try:
        point.load()
    except (Exception, SystemExit) as error:  # whatever a module of others does
        _restore(before)
        yield f"rules of {package} left out: {point.value} cannot be loaded ({type(error).__name__}: {error})"
        return
    added = {code: rule for code, rule in RULES.items() if before.get(code) is not rule}
    _restore(before)
    for code, rule in added.items():
        fault = _fault_of(rule)
        if fault:
            yield f"rule {code} of {package} left out: {fault}"
        else:
            RULES[code] = replace(rule, package=package)


def _restore(before: dict[str, Rule]) -> None:
    RULES.clear()
    RULES.update(before)


def _fault_of(rule: Rule) -> str:
    """Why a rule cannot be taken; empty when it can."""
    if rule.code in RULES:
        return f"the code is that of {RULES[rule.code].name}"
    if not _CODE.fullmatch(rule.code):
        return "the code must be two capital letters or more and a number, such as ABC1"
    if any(rule.name in (other.name, other.family) for other in RULES.values()):
        return f"the name {rule.name} is taken"
    if rule.needs not in _NEEDS:
        return f"needs must be one of {', '.join(_NEEDS)}, not {rule.needs!r}"
    if rule.needs == "body" and not all(rule.hints or [b""]):
        return "a rule that needs a body must say by needles or patterns what it looks for there"
    return _fault_of_hints(rule)


def _fault_of_hints(rule: Rule) -> str:
    for hint in rule.hints:
        try:
            re.compile(hint)
        except re.error as error:
            return f"the pattern {hint.decode(errors='replace')!r} is none: {error}"
    return ""
