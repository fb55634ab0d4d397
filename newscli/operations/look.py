"""Look: files under the rules of a run, each read once, for what is wrong with it and what is compared across posts."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from newscli.finding import FileResult
from newscli.finding_json import to_json
from newscli.operations.examine import examine, unreadable
from newscli.results import Result, until
from newscli.rules import corpus
from newscli.rules.options import Options
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject
from newscli.store import UnreadableError

Read = Callable[[str], bytes]
"""The bytes of a file, by its path; raises OSError or UnreadableError when it cannot be read."""
OUTWARD = frozenset(["L601", "L602"])
"""The rules that look at files beside the post; under them nothing is kept."""
_IGNORES = frozenset(["N901"])
"""Rules that depend on all others being on."""


def look_at(paths: Iterable[str], options: Options, read: Read, *, posts: Container[str]) -> Iterator[Result]:
    """What can be known of each file without the others, ready to be kept.

    Args:
        paths: the files, relative to the root.
        options: the settings.
        read: the bytes of a file.
        posts: those of an archive, whose tags are held against one another.
    """
    plan = Plan(replace(options, fix="none"))
    codes = [corpus.codes_of(options, whole=whole) for whole in (False, True)]
    for path in paths:
        try:
            subject = Subject(path, read(path), plan.options)
        except (OSError, UnreadableError) as error:
            findings = unreadable(path, error, options).findings
            yield Result(path, to_json(findings), until(findings), "")
            continue
        findings = examine(subject, plan)[0].findings
        facts = corpus.facts_of(subject, codes[path in posts])
        yield Result(path, to_json(findings), until(findings), facts)


def mend(
    paths: Sequence[str], options: Options, fixable: frozenset[str] | None, read: Read, *, posts: Container[str]
) -> Iterator[tuple[FileResult, str | None]]:
    """Each file, mended where the codes allow it, with what is then left of all rules; and its facts if it changed."""
    codes = [corpus.codes_of(options, whole=whole) for whole in (False, True)]
    for result in _mend(paths, options, fixable, read):
        path, data = result.path, result.fixed_bytes
        yield result, None if data is None else corpus.facts_of(Subject(path, data, options), codes[path in posts])


def _mend(paths: Sequence[str], options: Options, fixable: frozenset[str] | None, read: Read) -> Iterator[FileResult]:
    plan = Plan(options)
    if fixable is None:
        yield from (_mended(path, plan, read) for path in paths)
        return
    some = Plan(replace(options, selected=(options.selected & fixable) - _IGNORES))
    rest = Plan(replace(options, fix="none"))
    for path in paths:
        mended = _mended(path, some, read)
        left = _mended(mended.renamed or path, rest, partial(_after, mended, read))
        yield replace(mended, findings=left.findings)


def _after(mended: FileResult, read: Read, _path: str) -> bytes:
    """What the file holds once it is mended."""
    data = mended.fixed_bytes
    return read(mended.path) if data is None else data


def _mended(path: str, plan: Plan, read: Read) -> FileResult:
    try:
        result = examine(Subject(path, read(path), plan.options), plan)[0]
    except (OSError, UnreadableError) as error:
        return unreadable(path, error, plan.options)
    return result if result.fixed_text is not None else replace(result, text="")
