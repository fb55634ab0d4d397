"""Validate: every rule over files by themselves; one bad file or failing rule never stops a run."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from newscli.finding import FileResult, Finding
from newscli.operations.across import find_across
from newscli.operations.examine import examine, unreadable
from newscli.rules import corpus
from newscli.rules.options import Options, options_from
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject
from newscli.store import UnreadableError

__all__ = ["FileResult", "Finding", "Options", "options_from", "validate"]


def validate(paths: Iterable[str], options: Options, *, read: Callable[[str], bytes]) -> Iterator[FileResult]:
    """Check files one by one, then what shows across them.

    Args:
        paths: the files, relative to the root.
        options: the settings.
        read: the bytes of a file; raises OSError or UnreadableError when it cannot be read.

    Yields:
        One result a file, also of clean ones; then one more for each file that a rule across posts has something
        against.
    """
    plan = Plan(options)
    codes = corpus.codes_of(options, whole=False)
    facts: dict[str, str] = {}
    for path in paths:
        facts[path] = ""
        try:
            subject = Subject(path, read(path), options)
        except (OSError, UnreadableError) as error:
            yield unreadable(path, error, options)
            continue
        result, subject = examine(subject, plan)
        facts[path] = corpus.facts_of(subject, codes)
        yield result
    found = find_across(facts.items(), facts, options, read)
    for path, findings in groupby(found, key=lambda finding: finding.path):
        yield FileResult(path, tuple(findings))
