"""Explain: what a rule of ``newscli validate`` finds and why, as a record or as a page of Markdown."""

from collections.abc import Iterable, Iterator
from typing import Any

from newscli.report import Column, Report
from newscli.rules import ENGINES, RULES, Rule
from newscli.rules.selection import resolve

COLUMNS = (
    Column("code", "CODE", whole=True, style="bold"),
    Column("name", "NAME", style="green"),
    Column("severity", "SEVERITY", narrowest=56),
    Column("fix", "FIX", narrowest=72),
    Column("summary", "WHAT IT FINDS", main=True),
)
FIELDS = tuple("code name family severity engines default fix summary doc".split())


def find_rules(words: Iterable[str]) -> list[Rule]:
    """The rules that codes, names and prefixes stand for, in the order of their codes.

    Raises:
        ConfigError: a word stands for none; the nearest is named.
    """
    return [RULES[code] for code in sorted(resolve(words, "validate rule"))]


def rule_report(rules: Iterable[Rule]) -> Report:
    """Rules as records."""
    return Report(COLUMNS, _records(rules), fields=FIELDS)


def _records(rules: Iterable[Rule]) -> Iterator[dict[str, Any]]:
    for rule in rules:
        yield {
            "code": rule.code,
            "name": rule.name,
            "family": rule.family,
            "severity": rule.level.value,
            "engines": _engines(rule),
            "default": rule.default,
            "fix": rule.fix or None,
            "summary": rule.summary,
            "doc": rule.doc,
        }


def _engines(rule: Rule) -> dict[str, str]:
    """The severity under each engine, ``off`` where it sees no fault."""
    found = {engine: rule.severity(engine) for engine in ENGINES}
    return {engine: level.value if level else "off" for engine, level in found.items()}


def markdown(rules: Iterable[Rule]) -> Iterator[str]:
    """A page for each rule."""
    for number, rule in enumerate(rules):
        others = [f"{engine}: {level}" for engine, level in _engines(rule).items() if level != rule.level.value]
        about = [
            rule.level.value + (f" ({', '.join(others)})" if others else ""),
            f"fix: {rule.fix or 'none'}",
            "on by default" if rule.default else "off by default",
            *([rule.package] if rule.package else []),
        ]
        yield ("\n" if number else "") + f"# {rule.code} {rule.name}\n\n{' · '.join(about)}\n\n{rule.doc.rstrip()}\n"
