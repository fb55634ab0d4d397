"""What a rule is, and what it finds."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscli.diagnostics import Edit, Fix, Severity
from newscli.front_matter.spans import KeyPath

ENGINES = ("astro", "hexo", "hugo", "jekyll", "pyyaml")
"""The site generators (and PyYAML) whose reading can decide."""
FAMILIES = {
    "F": "files",
    "Y": "yaml",
    "S": "schema",
    "D": "dates",
    "T": "taxonomy",
    "X": "corpus",
    "L": "links",
    "H": "html",
    "B": "body",
    "N": "own",
}
"""The letters of the codes and what they stand for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault that a rule found in one file.

    Attributes:
        start, end: offsets in the file, in code points; ``end`` is one past.
        message: what is wrong and what to do; one line.
        fix: how to mend it; None when only a person can.
        key: the way to the value in the front matter; empty for a fault of the file or the body.
        severity: in place of the rule's own.
        related: other places that belong to it: path, line, what is there.
        until: the moment at which it is no fault any more; None for one that stays.
    """

    start: int
    end: int
    message: str
    fix: Fix | None = None
    key: KeyPath = ()
    severity: Severity | None = None
    related: tuple[tuple[str, int, str], ...] = ()
    until: datetime | None = None


Check = Callable[[Any], Iterable[Hit]]
Question = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        code: letter and number, such as ``Y102``; name: the same in words, such as ``unescaped-quote``.
        default: whether it is on when nothing is selected.
        fix: ``safe``, ``unsafe`` or an empty string, the best it can offer.
        summary: the first line of its manual; doc: the whole manual.
        check: finds the faults of one file, or of the whole archive where ``needs`` is ``corpus``.
        needs: what a file must have for the rule to be asked: ``always``, ``odd`` (front matter that is more than plain
            lines), ``faults`` (of the reader), ``schema`` (settings about keys), ``body`` (one of ``hints``),
            ``corpus``, ``own``.
        hints: expressions over the bytes of a file, ASCII letters small, one of which matches wherever the rule finds
            anything. Each starts with a literal: hints with the same first byte are looked for at once.
        package: the distribution that brings it, with its version; empty for newscli's own.
        when: asked before the rule: whether a file gives it anything to look at. Rules with the same question are put
            off together, so it should be one that most files answer at once.
        level, levels: its severity, and those of engines that differ; None is off.
    """

    code: str
    name: str
    default: bool
    fix: str
    summary: str
    doc: str
    check: Check
    needs: str
    hints: tuple[bytes, ...] = ()
    level: Severity = Severity.ERROR
    levels: Mapping[str, Severity | None] = field(default_factory=dict)
    when: Question | None = None
    package: str = ""

    @property
    def family(self) -> str:
        """What the letters stand for; those of other packages stand for themselves."""
        letters = letters_of(self.code)
        return FAMILIES.get(letters, letters.lower())

    def severity(self, engine: str) -> Severity | None:
        """How much it matters to an engine; None when that engine sees no fault."""
        return self.levels.get(engine, self.level)


def letters_of(code: str) -> str:
    """The letters that a code begins with."""
    return code.rstrip("0123456789")


def is_beginning(word: str, code: str) -> bool:
    """Whether a word is a code or begins it; letters alone must be all of its letters."""
    word = word.upper()
    return code.startswith(word) and word != "" and (not word.isalpha() or word == letters_of(code))


RULES: dict[str, Rule] = {}
"""Every rule by its code; filled when :mod:`newscli.rules` is imported."""

_MARGIN = re.compile(r"^    ", re.M)


def rule(
    code: str,
    name: str,
    level: Severity = Severity.ERROR,
    *,
    default: bool = True,
    fix: str = "",
    needs: str = "always",
    needles: tuple[bytes, ...] = (),
    patterns: tuple[bytes, ...] = (),
    levels: Mapping[str, Severity | None] | None = None,
    when: Question | None = None,
) -> Callable[[Check], Check]:
    """Enter a function into :data:`RULES`; its docstring is the rule's manual."""

    def enter(check: Check) -> Check:
        doc = _MARGIN.sub("", (check.__doc__ or "").strip())
        summary = doc.split("\n", 1)[0]
        hints = (*map(re.escape, needles), *patterns)
        RULES[code] = Rule(code, name, default, fix, summary, doc, check, needs, hints, level, dict(levels or {}), when)
        return check

    return enter


def only(*engines: str, level: Severity | None = None) -> dict[str, Severity | None]:
    """Levels for a rule that concerns these engines alone; the others have ``level``."""
    return {engine: level for engine in ENGINES if engine not in engines}


def rename(name: str) -> Fix | None:
    """A fix that gives the file another name; it is a guess. None for a name that is too long."""
    if len(name.encode("utf-8", "surrogateescape")) > 255:
        return None
    return Fix((), safe=False, message=f"rename the file to {name}", rename=name)


def edit(start: int, end: int, text: str, message: str, *, safe: bool) -> Fix:
    """A fix of one edit."""
    return Fix((Edit(start, end, text),), safe, message)
