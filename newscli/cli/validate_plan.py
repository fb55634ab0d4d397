"""From the options of ``newscli validate`` and the table ``[validate]`` to what is done; options win."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscli.cli.options import Context
from newscli.cli.validate_options import FixOptions, ReportOptions, RuleOptions, RunOptions, ScopeOptions, split
from newscli.cli.validate_report import DEFAULT, WITH_CLEAN, WITH_TEXTS, Form, forms_of
from newscli.cli.validate_scope import Target
from newscli.diagnostics import Severity
from newscli.errors import ConfigError, NewscliError
from newscli.findings import Limits
from newscli.operations.check import Read, Work
from newscli.operations.terms import terms_of

BASELINE = "newscli-baseline.json"
"""The baseline that ``--write-baseline`` makes in the root when none is named."""
OF_NAMES = frozenset(["D303", "D311", "D313", "F014"])
"""The rules about file names; standard input may have none."""
RENAMING = frozenset(["D303", "D304", "D311"])
"""The rules whose fix is another name of the file, which standard input cannot be given."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The words and options of one call of the command."""

    words: list[str]
    rules: RuleOptions
    fixes: FixOptions
    scope: ScopeOptions
    report: ReportOptions
    run: RunOptions
    context: Context


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does.

    Attributes:
        work: the checking.
        forms: what is written, and where to.
        limits: how many findings are shown.
        fail_level: the severity from which on findings are a failure.
        max_warnings: more warnings than that are one; None is any number.
        baseline: the file of the baseline; None without one.
        mends, shows_diff: whether fixes are written; whether they are only shown.
        keeps_mtime: whether mended files keep the time of their last change.
    """

    work: Work
    forms: list[Form]
    limits: Limits
    fail_level: Severity
    max_warnings: int | None
    baseline: Path | None
    mends: bool
    shows_diff: bool
    keeps_mtime: bool


class _Settings:
    """The settings of the command itself in the table ``[validate]``."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = {str(key).replace("_", "-"): value for key, value in table.items()}

    def number(self, name: str, given: int | None, default: int | None = None) -> int | None:
        """A whole number."""
        value = self._table.get(name, default) if given is None else given
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise ConfigError(f"{name} in [validate] must be a whole number from 0, not {value!r}")
        return value

    def text(self, name: str, given: str | None) -> str | None:
        """A text."""
        value = self._table.get(name) if given is None else given
        if value is not None and not isinstance(value, str):
            raise ConfigError(f"{name} in [validate] must be a text, not {value!r}")
        return value

    def words(self, name: str, given: list[str]) -> list[str]:
        """Words."""
        value = given or self._table.get(name, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise ConfigError(f"{name} in [validate] must be a list of codes, not {value!r}")
        return split(value)

    def severity(self, name: str, given: Severity | None) -> Severity:
        """A severity; an error by default."""
        value = self._table.get(name, Severity.ERROR) if given is None else given
        if value not in tuple(Severity):
            raise ConfigError(f"{name} in [validate] must be error, warning or info, not {value!r}")
        return Severity(value)


def make_plan(
    target: Target,
    *,
    rules: RuleOptions,
    fixes: FixOptions,
    report: ReportOptions,
    run: RunOptions,
    context: Context,
) -> Plan:
    """What the options and settings ask for.

    Raises:
        NewscliError: options contradict one another, or a format or file is none.
        ConfigError: a setting, a rule or a schema is wrong.
    """
    if fixes.unsafe_fixes and not (fixes.fix or fixes.diff):
        raise NewscliError("--unsafe-fixes says what --fix and --diff may do; give one of them as well")
    settings = _Settings(target.site.config.section("validate"))
    forms = forms_of(report, settings.text("format", None) or DEFAULT, context)
    work = Work(
        store=target.site.store,
        terms=terms_of(target.site, _flags(rules, fixes), without=frozenset() if target.is_named else OF_NAMES),
        fixable=_fixable(settings, fixes, never=RENAMING if target.stdin is not None else frozenset()),
        results=target.results,
        read=_reader(target.stdin),
        jobs=settings.number("jobs", run.jobs, 0) or 0,
        cache=not run.no_cache,
        texts=any(form.format in WITH_TEXTS for form in forms),
        singly=any(form.format in WITH_CLEAN for form in forms),
    )
    return Plan(
        work=work,
        forms=forms,
        limits=Limits(
            settings.number("max-diagnostics", report.max_diagnostics, 0) or 0,
            settings.number("max-per-rule", report.max_per_rule, 0) or 0,
        ),
        fail_level=settings.severity("fail-level", run.fail_level),
        max_warnings=settings.number("max-warnings", run.max_warnings),
        baseline=_baseline(settings, run, target),
        mends=fixes.fix and not fixes.diff,
        shows_diff=fixes.diff,
        keeps_mtime=fixes.keep_mtime,
    )


def _reader(stdin: bytes | None) -> Read | None:
    return None if stdin is None else lambda _path: stdin


def _flags(rules: RuleOptions, fixes: FixOptions) -> dict[str, Any]:
    """What the command line adds to the settings of the rules."""
    mending = fixes.fix or fixes.diff
    return {
        "select": split(rules.select),
        "ignore": split(rules.ignore),
        "extend_select": split(rules.extend_select),
        "extend_ignore": split(rules.extend_ignore),
        "per_file_ignores": rules.per_file_ignores,
        "severity": split(rules.severity),
        "engine": rules.engine,
        "schema": rules.schema,
        "future": False if rules.no_future else None,
        "encoding": rules.encoding,
        "fix": ("unsafe" if fixes.unsafe_fixes else "safe") if mending else "none",
    }


def _fixable(settings: _Settings, fixes: FixOptions, *, never: frozenset[str]) -> frozenset[str] | None:
    only = settings.words("fixable", fixes.fixable)
    unfixable = settings.words("unfixable", fixes.unfixable)
    if not only and not unfixable and not never:
        return None
    from newscli.rules import RULES
    from newscli.rules.selection import resolve

    codes = resolve(only, "fixable") if only else frozenset(RULES)
    return codes - resolve(unfixable, "unfixable") - never


def _baseline(settings: _Settings, run: RunOptions, target: Target) -> Path | None:
    """The baseline: as named on the command line from the current folder, in the settings from the root."""
    if run.baseline is not None:
        return Path(run.baseline)
    named = settings.text("baseline", None) or (BASELINE if run.write_baseline else None)
    return target.site.store.root / named if named else None
