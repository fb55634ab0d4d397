"""The rules of a run, arranged so that most files are asked about a few of them only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from newscli.rules import RULES, corpus
from newscli.rules.model import Question, Rule
from newscli.rules.options import Options
from newscli.rules.subject import Subject

_Asked = list[tuple[Question | None, list[Rule]]]


@dataclass(slots=True)
class _Hint:
    """What rules look for in a body that starts with the same byte.

    Attributes:
        any: finds whatever one of the rules looks for.
        rules: the rules with what each looks for.
    """

    any: re.Pattern[bytes]
    rules: list[tuple[Rule, re.Pattern[bytes]]] = field(default_factory=list)


class Plan:
    """The rules that the options select, by what a file must have for them to be asked.

    Attributes:
        options: the settings of the run.
        across: the codes of those that compare posts.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        chosen = [RULES[code] for code in sorted(options.selected)]
        self.across = frozenset(corpus.codes_of(options, whole=True))
        self._any = _asked(chosen, "always", "schema") if options.has_schema else _asked(chosen, "always")
        self._odd = _asked(chosen, "odd")
        self._faulty = _asked(chosen, "faults")
        self._hints = _hints([rule for rule in chosen if rule.needs == "body"])

    def rules_for(self, subject: Subject) -> list[Rule]:
        """The rules that can have something to say about a file."""
        found = _answered(self._any, subject)
        if not subject.is_plain:
            found += _answered(self._odd, subject)
            if subject.front_matter.faults:
                found += _answered(self._faulty, subject)
        if self._hints:
            found += self._of_body(subject)
        return found

    def _of_body(self, subject: Subject) -> list[Rule]:
        """The rules that find what they look for: one search a byte tells of most files that none does."""
        found: dict[str, Rule] = {}
        low = subject.low
        for (byte, question), hint in self._hints.items():
            if byte in low and (question is None or question(subject)) and hint.any.search(low):
                found |= {rule.code: rule for rule, own in hint.rules if own.search(low)}
        return list(found.values())


def _hints(rules: list[Rule]) -> dict[tuple[int, Question | None], _Hint]:
    """What rules look for, by its first byte and the question to ask before."""
    sought: dict[tuple[int, Question | None], dict[str, list[bytes]]] = {}
    for rule in rules:
        for hint in rule.hints:
            first = hint[1] if hint[:1] == b"\\" else hint[0]
            sought.setdefault((first, rule.when), {}).setdefault(rule.code, []).append(hint)
    found = {}
    for key, by_code in sought.items():
        found[key] = _Hint(_either(hint for hints in by_code.values() for hint in hints))
        found[key].rules += [(RULES[code], _either(hints)) for code, hints in by_code.items()]
    return found


def _either(hints: Iterable[bytes]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(hints))


def _asked(rules: list[Rule], *needs: str) -> _Asked:
    """The rules that need one of these, by the question that is asked before them."""
    groups: dict[Question | None, list[Rule]] = {}
    for rule in rules:
        if rule.needs in needs:
            groups.setdefault(rule.when, []).append(rule)
    return list(groups.items())


def _answered(groups: _Asked, subject: Subject) -> list[Rule]:
    found = []
    for question, rules in groups:
        if question is None or question(subject):
            found += rules
    return found
