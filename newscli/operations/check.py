"""Check: validation of many files. What did not change comes from the cache; many files are shared among processes.

Nothing here imports the rules before a file has to be looked at: a run in which nothing changed does without them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from newscli.finding import FileResult, Finding
from newscli.finding_json import from_json
from newscli.operations.mended import MendedFiles
from newscli.operations.terms import Terms
from newscli.pool import cores, shared
from newscli.results import Kept, Result, Results
from newscli.store import Store, UnreadableError

R = TypeVar("R")

SHARED_FROM = 2000
"""Files to read from which on processes share the work."""
CHUNK = 250
"""Files that a process is given at a time."""

Read = Callable[[str], bytes]
"""The bytes of a file, by its path; in place of what is on disk."""
Progress = Callable[[int, int], object]
"""Called with the number of files looked at since the last call, and how many are to be looked at in all."""


@dataclass(frozen=True, slots=True)
class Work:
    """What to check and how.

    Attributes:
        store: what the files are parts of.
        terms: which rules, and whether to mend.
        fixable: the codes that may be mended; None for all.
        results: what is known of the store's posts; None where there is no archive.
        read: gives the bytes of files in place of the disk.
        jobs: how many processes; 0: as many as there are processors.
        cache: whether what is known counts, and results are kept for the next run.
        texts: whether the texts of files are wanted with findings that can be mended.
        singly: whether each clean file is to have a result of its own; else they come in one.
    """

    store: Store
    terms: Terms
    fixable: frozenset[str] | None = None
    results: Results | None = None
    read: Read | None = None
    jobs: int = 0
    cache: bool = True
    texts: bool = False
    singly: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether the files are parts of an archive, whose other posts count too."""
        return self.results is not None

    @property
    def bytes_of(self) -> Read:
        """The bytes of a file, from wherever they are taken."""
        return self.read or self.store.read_bytes


def check(work: Work, paths: Sequence[str], progress: Progress = lambda _done, _all: None) -> Iterator[FileResult]:
    """A result for each file, in order; the clean ones may come in one result before them.

    What may not be mended has no fix in the results, and only what the terms ask for is mended in ``fixed_text``.
    """
    kept = _kept(work)
    unknown, faulty = kept.known(paths) if kept else (list(paths), {})
    if work.read is not None:
        unknown, faulty = list(paths), {}
    facts: dict[str, str] = {}
    for result in _look(work, unknown, kept if work.read is None else None, work.bytes_of, progress):
        facts[result.path] = result.facts
        if result.findings:
            faulty[result.path] = result.findings
    with MendedFiles() as mended:
        _mend(work, [path for path in paths if _can_be_mended(work, faulty.get(path, ""))], mended)
        facts.update(mended.facts)
        across: dict[str, tuple[Finding, ...]] = {}
        for finding in _across(work, paths, kept, facts, mended, progress):
            across[finding.path] = (*across.get(finding.path, ()), finding)
        if kept:
            kept.use()
        yield from _told(work, paths, faulty, across, mended)


def _kept(work: Work) -> Kept | None:
    """What is known under the terms; None where nothing but the files and the terms decides, or nobody wants it."""
    if work.results is None or not work.cache:
        return None
    kept = work.results.under(work.terms.mark, work.terms.now)
    if kept.is_new:
        from newscli.operations.look import OUTWARD

        if work.terms.options.selected & OUTWARD:
            return None
    return kept


def _look(work: Work, paths: Sequence[str], kept: Kept | None, read: Read, progress: Progress) -> Iterator[Result]:
    """What can be told of files one by one, kept for the next run."""
    if not paths:
        return
    from newscli.operations.look import look_at

    options, posts = work.terms.options, work.results.census.stamps if work.results else ()
    for results in _shared(lambda chunk: list(look_at(chunk, options, read, posts=posts)), paths, _jobs(work)):
        if kept:
            kept.keep(results)
        progress(len(results), len(paths))
        yield from results


def _across(
    work: Work,
    paths: Sequence[str],
    kept: Kept | None,
    facts: dict[str, str],
    mended: MendedFiles,
    progress: Progress,
) -> Iterable[Finding]:
    """What shows in these files, as they are after mending, across all posts; those not looked at yet are."""
    posts = work.results.census.stamps if work.results else {}

    def find() -> Iterable[Finding]:
        from newscli.operations.across import find_across
        from newscli.rules import corpus

        options = replace(work.terms.options, fix="none")
        if len(posts) + len(paths) < 2 or not corpus.codes_of(options, whole=work.is_whole):
            return ()
        known = {**kept.facts(), **facts} if kept else facts
        missing = [path for path in posts if path not in known]
        more = _look(work, missing, kept, work.store.read_bytes, progress)
        known.update({result.path: result.facts for result in more})
        return find_across(known.items(), set(paths), options, mended.reader(work.bytes_of))

    if kept and work.read is None and not mended.facts and 2 * len(paths) >= len(posts):
        return kept.across(paths, find)
    return find()


def _told(
    work: Work,
    paths: Sequence[str],
    faulty: dict[str, str],
    across: dict[str, tuple[Finding, ...]],
    mended: MendedFiles,
) -> Iterator[FileResult]:
    """The results as they are wanted: mended, with texts, without what is clean."""
    if not work.singly:
        told = [path for path in paths if path in faulty or path in across]
        if len(told) < len(paths):
            yield FileResult("", clean=len(paths) - len(told))
        paths = told
    for path in paths:
        result = mended[path] if path in mended else FileResult(path, from_json(faulty.get(path, "")))
        if more := across.get(path):
            at = result.renamed or path
            moved = (each.moved(at, each.related) for each in more)
            result = replace(result, findings=_in_order((*result.findings, *moved)))
        if work.fixable is not None and result.findings:
            result = replace(result, findings=tuple(_without_fix(each, work.fixable) for each in result.findings))
        if work.texts and not result.text and any(each.fix for each in result.findings):
            result = replace(result, text=_text(work, path))
        yield result


def _can_be_mended(work: Work, findings: str) -> bool:
    return work.terms.fix != "none" and any(each.fix for each in from_json(findings))


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code)))


def _without_fix(finding: Finding, fixable: frozenset[str]) -> Finding:
    return finding if finding.fix is None or finding.code in fixable else replace(finding, fix=None)


def _text(work: Work, path: str) -> str:
    try:
        raw = work.bytes_of(path)
        return raw.decode()
    except UnicodeDecodeError:
        from newscli.charsets import decode

        return decode(raw, work.terms.options.encoding).text
    except (OSError, UnreadableError):  # it is gone since
        return ""


def _mend(work: Work, paths: Sequence[str], mended: MendedFiles) -> None:
    """Mend the files that have something to mend."""
    if not paths:
        return
    from newscli.operations.look import mend

    options, fixable, read = work.terms.options, work.fixable, work.bytes_of
    posts = work.results.census.stamps if work.results else ()
    for results in _shared(lambda chunk: list(mend(chunk, options, fixable, read, posts=posts)), paths, _jobs(work)):
        for result, facts in results:
            mended.keep(result, facts)


def _jobs(work: Work) -> int:
    return 1 if work.read is not None else work.jobs or cores()


def _shared(function: Callable[[Sequence[str]], R], paths: Sequence[str], jobs: int) -> Iterator[R]:
    """The answers for all files, chunk by chunk in order, from several processes where there are many files."""
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    if len(paths) < SHARED_FROM or jobs == 1:
        return map(function, chunks)

    def again(number: int, _reason: str) -> R:
        return function(chunks[number])  # here, where whoever runs this is told what is wrong

    return shared(lambda number: function(chunks[number]), len(chunks), jobs=jobs, failed=again)
