"""Baseline: the findings that a site has agreed to live with, in a JSON file that is kept beside it.

An entry is a path, a code and the fingerprint of the value at fault, with how often that occurs: lines may move. What
the baseline holds is not reported; what it holds and no longer occurs is *stale* (N903), so that it shrinks and never
hides what comes back.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newscli.diagnostics import Severity
from newscli.errors import ConfigError
from newscli.finding import INTERNAL, UNREADABLE, FileResult, Finding
from newscli.nearest import did_you_mean

VERSION = 1
STALE = "N903"
"""The code of an entry that no longer occurs."""
STALE_NAME = "stale-baseline-entry"
_NEVER = frozenset([INTERNAL, UNREADABLE, STALE])
"""What no baseline takes: faults of the run, not of a post."""

Key = tuple[str, str, str]
"""Path, code, fingerprint."""


def key_of(finding: Finding) -> Key:
    """What identifies a finding while lines move."""
    return finding.path, finding.code, finding.fingerprint


@dataclass(slots=True)
class Baseline:
    """The entries of a baseline, and what of them a run has met.

    Attributes:
        counts: how often each entry may occur.
        matched: how many findings were held back.
    """

    counts: Counter[Key] = field(default_factory=Counter)
    matched: int = 0
    _left: Counter[Key] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._left = Counter(self.counts)

    def held_back(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """The results without the findings that the baseline holds."""
        for result in results:
            if not result.findings:
                yield result
                continue
            kept = tuple(finding for finding in result.findings if not self._holds(finding))
            yield result if len(kept) == len(result.findings) else replace(result, findings=kept)

    def _holds(self, finding: Finding) -> bool:
        key = key_of(finding)
        if self._left[key] <= 0:
            return False
        self._left[key] -= 1
        self.matched += 1
        return True

    def stale(self, shown_as: str, was_checked: Callable[[str, str], bool]) -> FileResult | None:
        """The entries that did not occur although they could have, as findings in the baseline's own file.

        Args:
            shown_as: the path of the baseline in reports.
            was_checked: whether a path was checked for a code; asked once the results were read.
        """
        findings = tuple(
            _stale(shown_as, key, count)
            for key, count in sorted(self._left.items())
            if count > 0 and was_checked(key[0], key[1])
        )
        return FileResult(shown_as, findings) if findings else None


def _stale(shown_as: str, key: Key, count: int) -> Finding:
    path, code, fingerprint = key
    often = f" {count} times" if count > 1 else ""
    message = f"{code} in {path} is in the baseline and no longer occurs{often}; run --write-baseline"
    return Finding(
        STALE, STALE_NAME, Severity.WARNING, shown_as, 1, 1, 0, 0, message, fingerprint=f"{path}:{code}:{fingerprint}"
    )


def collect(results: Iterable[FileResult]) -> Baseline:
    """The baseline that holds every finding of the results."""
    found = (finding for result in results for finding in result.findings)
    return Baseline(Counter(key_of(finding) for finding in found if finding.code not in _NEVER))


def to_text(baseline: Baseline) -> str:
    """The baseline as JSON, sorted, an entry a line: a change of one post changes few lines of it."""
    paths: dict[str, list[str]] = {}
    for (path, code, fingerprint), count in sorted(baseline.counts.items()):
        entry = {"code": code, "fingerprint": fingerprint, "count": count}
        paths.setdefault(path, []).append("      " + json.dumps(entry, ensure_ascii=False))
    blocks = [
        f"    {json.dumps(path, ensure_ascii=False)}: [\n" + ",\n".join(lines) + "\n    ]"
        for path, lines in paths.items()
    ]
    inner = "{\n" + ",\n".join(blocks) + "\n  }" if blocks else "{}"
    text = f'{{\n  "version": {VERSION},\n  "posts": {inner}\n}}\n'
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)  # names that are not UTF-8


def read(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        ConfigError: it cannot be read, or is no baseline.
    """
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        names = [other.name for other in path.parent.glob("*.json")] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, names) or "; --write-baseline makes one"
        raise ConfigError(f"cannot read the baseline {path}: {error.strerror}{hint}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"the baseline {path} is not JSON: {error}") from error
    try:
        return Baseline(Counter(dict(_entries(document))))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{path} is no baseline of newscli; write one anew with --write-baseline") from error


def _entries(document: Any) -> Iterator[tuple[Key, int]]:
    if document["version"] != VERSION:
        raise ValueError(document["version"])
    for path, entries in document["posts"].items():
        for entry in entries:
            code, fingerprint, count = entry["code"], entry["fingerprint"], entry["count"]
            if not (isinstance(code, str) and isinstance(fingerprint, str) and isinstance(count, int)) or count < 1:
                raise TypeError(entry)
            yield (path, code, fingerprint), count
