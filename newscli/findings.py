"""Findings: what validation found, file by file, ready for any format; the sibling of :mod:`newscli.report`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import IO, Any

from newscli.diagnostics import Severity
from newscli.finding import FIELDS, RANKS, FileResult, Finding, RuleText, to_record
from newscli.report import Column, Record, Report

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
_IN_MEMORY = 16 << 20

COLUMNS = (
    Column("place", "PLACE", whole=True, data=False),
    Column("path", table=False),
    Column("line", table=False),
    Column("column", table=False),
    Column("code", "CODE", whole=True, style="bold"),
    Column("severity", "SEVERITY", narrowest=72),
    Column("message", "MESSAGE", main=True),
    Column("fix", "FIX", narrowest=90),
)
"""Findings as columns of TSV, CSV and tables."""


@dataclass(slots=True)
class Tally:
    """What the files of a run add up to.

    Attributes:
        files: how many were checked.
        faulty: how many of them have findings.
        severities, codes: how many findings there are of each.
        files_by_code: how many files have findings of each code.
        safe, unsafe: how many findings have a fix of the kind; safe_by_code: the safe ones by rule.
        fixed: how many findings were fixed.
        shown: how many findings were passed on to the format.
    """

    files: int = 0
    faulty: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    files_by_code: Counter[str] = field(default_factory=Counter)
    safe: int = 0
    unsafe: int = 0
    safe_by_code: Counter[str] = field(default_factory=Counter)
    fixed: int = 0
    shown: int = 0

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    def add(self, result: FileResult) -> None:
        """Count one file."""
        self.files += result.clean or 1
        self.fixed += len(result.fixed)
        if not result.findings:
            return
        self.faulty += 1
        for finding in result.findings:
            self.severities[finding.severity] += 1
            self.codes[finding.code] += 1
            if finding.fix is not None:
                self.safe += finding.fix.safe
                self.safe_by_code[finding.code] += finding.fix.safe
                self.unsafe += not finding.fix.safe
        self.files_by_code.update({finding.code for finding in result.findings})

    def at_least(self, severity: Severity) -> int:
        """How many findings are of this severity or a worse one."""
        return sum(count for each, count in self.severities.items() if RANKS[each] <= RANKS[severity])

    def as_record(self) -> dict[str, Any]:
        """The summary as JSON values."""
        return {
            **{plural: self.severities[severity] for severity, plural in _PLURALS.items()},
            "files_with_findings": self.faulty,
            "fixable": {"safe": self.safe, "unsafe": self.unsafe},
            "fixed": self.fixed,
            "codes": dict(sorted(self.codes.items())),
        }


@dataclass(frozen=True, slots=True)
class Limits:
    """How many findings a report shows at most; 0 is all. What is not shown still counts."""

    total: int = 0
    per_rule: int = 0


class Findings:
    """The results of a run, streamed to a format once, or to several after :meth:`read_all`.

    Attributes:
        tally: what the results add up to; complete when they have been read.
    """

    def __init__(
        self,
        results: Iterable[FileResult],
        rules: Callable[[], Mapping[str, RuleText]] = dict,
        limits: Limits = Limits(),
    ) -> None:
        self._rules = rules
        self.tally = Tally()
        self._results = iter(results)
        self._limits = limits
        self._shown: Counter[str] = Counter()
        self._spool: IO[bytes] | None = None
        self._is_told = False

    @cached_property
    def rules(self) -> Mapping[str, RuleText]:
        """The rules by code, for formats that describe them; gathered when one asks."""
        return self._rules()

    def __iter__(self) -> Iterator[FileResult]:
        """The files, with the findings that are to be shown."""
        return self._stream() if self._spool is None else self._replay(self._spool)

    def flat(self) -> Iterator[Finding]:
        """The findings that are to be shown, file after file."""
        for result in self:
            yield from result.findings

    def read_all(self) -> Tally:
        """Run to the end, so that the tally is complete and the results can be read again, any number of times.

        The files with findings wait in memory, from 16 MB on in a temporary file. What was streamed before is
        not read again.
        """
        if self._spool is None and not self._is_told:
            import pickle
            import weakref
            from tempfile import SpooledTemporaryFile

            spool: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it lives as long as the findings
            for result in self._stream():
                tells = result.findings or result.fixed
                pickle.dump(
                    result if tells or result.clean else FileResult(result.path), spool, pickle.HIGHEST_PROTOCOL
                )
            self._spool = spool
            weakref.finalize(self, spool.close)
        return self.tally

    def records(self) -> Iterator[Record]:
        """The findings as JSON values."""
        return map(to_record, self.flat())

    def report(self) -> Report:
        """The findings as a report, for the formats of records."""
        return Report(COLUMNS, self.records(), empty="", fields=(*FIELDS, "place"))

    def _stream(self) -> Iterator[FileResult]:
        for result in self._results:
            self.tally.add(result)
            if result.findings:
                result = self._limited(result)  # noqa: PLW2901
            self.tally.shown += len(result.findings)
            yield result
        self._is_told = True

    def _limited(self, result: FileResult) -> FileResult:
        if not (self._limits.total or self._limits.per_rule):
            return result
        kept = tuple(finding for finding in result.findings if self._is_shown(finding))
        return result if len(kept) == len(result.findings) else replace(result, findings=kept)

    def _is_shown(self, finding: Finding) -> bool:
        total, per_rule = self._limits.total, self._limits.per_rule
        if (total and self._shown.total() >= total) or (per_rule and self._shown[finding.code] >= per_rule):
            return False
        self._shown[finding.code] += 1
        return True

    @staticmethod
    def _replay(spool: IO[bytes]) -> Iterator[FileResult]:
        import pickle

        place = spool.seek(0)
        while True:
            spool.seek(place)  # another reader may have been here since
            try:
                result: FileResult = pickle.load(spool)  # noqa: S301 - written by this process
            except EOFError:
                return
            place = spool.tell()
            yield result
