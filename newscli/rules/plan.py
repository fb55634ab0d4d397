"""The rules of a run, arranged so that most files are asked about a few of them only."""

import re
from collections.abc import Iterator

from newscli.rules.model import RULES, Question, Rule
from newscli.rules.options import Options
from newscli.rules.subject import Subject

_Asked = list[tuple[Question | None, list[Rule]]]


class Plan:
    """The rules that the options select, by what a file must have for them to be asked.

    Attributes:
        options: the settings of the run.
        across: the codes of those that compare posts.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        chosen = [RULES[code] for code in sorted(options.selected)]
        self.across = frozenset(rule.code for rule in chosen if rule.needs == "corpus")
        self._any = _asked(chosen, "always", "schema") if options.has_schema else _asked(chosen, "always")
        self._odd = _asked(chosen, "odd")
        self._faulty = _asked(chosen, "faults")
        bodies = [rule for rule in chosen if rule.needs == "body"]
        self._signed = [rule for rule in bodies if rule.signs]
        self._hinted = [rule for rule in bodies if not rule.signs]
        self._hint = re.compile(b"|".join(hint.pattern for rule in self._hinted for hint in rule.hints))

    def rules_for(self, subject: Subject) -> Iterator[Rule]:
        """The rules that can have something to say about a file."""
        yield from _answered(self._any, subject)
        if not subject.is_plain:
            yield from _answered(self._odd, subject)
            if subject.front_matter.faults:
                yield from _answered(self._faulty, subject)
        low = subject.low
        for rule in self._signed:
            if rule.may_find(low):
                yield rule
        if self._hint.search(low):  # one search tells of most files that none of these rules can find anything
            for rule in self._hinted:
                if rule.may_find(low):
                    yield rule


def _asked(rules: list[Rule], *needs: str) -> _Asked:
    """The rules that need one of these, by the question that is asked before them."""
    groups: dict[Question | None, list[Rule]] = {}
    for rule in rules:
        if rule.needs in needs:
            groups.setdefault(rule.when, []).append(rule)
    return list(groups.items())


def _answered(groups: _Asked, subject: Subject) -> Iterator[Rule]:
    for question, rules in groups:
        if question is None or question(subject):
            yield from rules
