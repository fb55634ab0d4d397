"""Check: validation of many files. What did not change comes from the cache; many files are shared among processes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from newscli.finding import FileResult, Finding
from newscli.index import Index
from newscli.operations.validate import validate, validate_across
from newscli.pool import cores, shared
from newscli.results import Results, results_path, stamps_of
from newscli.rules import RULES
from newscli.rules.corpus import OF_BODIES
from newscli.rules.options import Options
from newscli.schema import Schema
from newscli.store import Store
from newscli.sweep import Folder

SHARED_FROM = 2000
"""Files to read from which on processes share the work."""
CHUNK = 250
"""Files that a process is given at a time."""
ACROSS = frozenset(code for code, rule in RULES.items() if rule.needs == "corpus")
"""The rules that compare posts with one another."""
SLIPS = frozenset(["T405"])
"""The rule that compares with all posts where the settings give it no vocabulary."""
OUTWARD = frozenset(["L601", "L602"])
"""The rules that look at files beside the post; under them nothing is kept."""
_IGNORES = frozenset(["N901"])
"""Rules that depend on all others being on."""

Read = Callable[[str], bytes]
"""The bytes of a file, by its path; in place of what is on disk."""


@dataclass(frozen=True, slots=True)
class Work:
    """What to check and how.

    Attributes:
        store: what the files are parts of.
        options: which rules, and whether to mend.
        fixable: the codes that may be mended; None for all.
        index: the store's, up to date; None where there is no archive.
        read: gives the bytes of files in place of the disk; then nothing is kept or shared.
        jobs: how many processes; 0: as many as there are processors.
        cache: whether results are kept for the next run.
        texts: whether the texts of files are wanted with their findings.
        singly: whether each clean file is to have a result of its own; else those known before come in one.
    """

    store: Store
    options: Options
    fixable: frozenset[str] | None = None
    index: Index | None = None
    read: Read | None = None
    jobs: int = 0
    cache: bool = True
    texts: bool = False
    singly: bool = True

    @property
    def bytes_of(self) -> Read:
        """The bytes of a file, from wherever they are taken."""
        return self.read or self.store.read_bytes

    @property
    def keeps(self) -> bool:
        """Whether results can be kept: nothing is mended, and nothing but the files and the options decides."""
        plain = self.cache and self.read is None and self.options.fix == "none"
        return plain and self.index is not None and self.index.path is not None and not self.options.selected & OUTWARD


def check(work: Work, paths: Sequence[str]) -> Iterator[FileResult]:
    """A result for each file, in order; what is known of clean ones may come in one result before them.

    What may not be mended has no fix in the results, and only what the options ask for is mended in ``fixed_text``.
    """
    single = replace(work, index=None, options=replace(work.options, selected=work.options.selected - ACROSS))
    with ExitStack() as stack:
        if work.keeps:
            across, results = _kept(work, single, paths, stack)
        else:
            across, results = _across(work, paths), _shared(single, paths)
        by_path: dict[str, tuple[Finding, ...]] = {}
        for finding in across:
            by_path[finding.path] = (*by_path.get(finding.path, ()), finding)
        for result in results:
            more = by_path.get(result.path)
            findings = _in_order((*result.findings, *more)) if more else result.findings
            if work.fixable is not None:
                findings = tuple(_without_fix(finding, work.fixable) for finding in findings)
            yield result if findings is result.findings else replace(result, findings=findings)


def _across(work: Work, paths: Sequence[str]) -> Iterator[Finding]:
    """What the rules across posts find in these files, which takes the whole index."""
    selected = work.options.selected & (ACROSS | SLIPS)
    if selected and (work.index is not None or len(paths) > 1):
        options = replace(work.options, selected=selected, fix="none")
        for result in validate_across(paths, options, index=work.index, read=work.bytes_of):
            yield from result.findings


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code)))


def _without_fix(finding: Finding, fixable: frozenset[str]) -> Finding:
    return finding if finding.fix is None or finding.code in fixable else replace(finding, fix=None)


def _kept(
    work: Work, single: Work, paths: Sequence[str], stack: ExitStack
) -> tuple[Iterable[Finding], Iterator[FileResult]]:
    """What shows across posts, and the results of each: from the cache, and of what is not known there."""
    assert work.index is not None  # noqa: S101 - for the type checker
    assert work.index.path is not None  # noqa: S101
    rows = work.index.execute("SELECT path, stamp, files, folders, stamps FROM folders")
    stamps = stamps_of(Folder(*row) for row in rows)
    results = stack.enter_context(Results(results_path(work.index.path), _fingerprint(work), work.options.now.date()))
    (posts,) = work.index.execute("SELECT count(*) FROM posts").fetchone()
    across: Iterable[Finding] = _across(work, paths)
    if 2 * len(paths) >= posts and not work.options.selected & OF_BODIES:
        across = results.whole(paths, stamps, lambda: _across(work, paths))
    text_of = _text_of(work.store) if work.texts else None
    across = tuple(across)
    singly = None if work.singly else {finding.path for finding in across}
    return across, results.through(paths, stamps, lambda unknown: _shared(single, unknown), text_of, singly)


def _fingerprint(work: Work) -> str:
    """What results depend on beside the files; the present is left out: see :mod:`newscli.results`."""
    options = replace(work.options, now=None, root=None, known_paths=None)  # type: ignore[arg-type]
    return repr((_plain(options), _plain(work.store.dialect)))


def _plain(value: Any) -> Any:
    """A setting as something whose ``repr`` is the same in every process."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return sorted((str(key), repr(_plain(inner))) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Schema):
        return _plain(value.document)
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return value


def _text_of(store: Store) -> Callable[[str], str]:
    from newscli.post import serialize
    from newscli.store import UnreadableError

    def text(path: str) -> str:
        try:
            return serialize(store.read(path))
        except UnreadableError:
            return ""

    return text


def _shared(work: Work, paths: Sequence[str]) -> Iterator[FileResult]:
    """Results of files that are read, by several processes where there are many."""
    jobs = work.jobs or cores()
    if len(paths) < SHARED_FROM or jobs == 1 or work.read is not None:
        yield from _check_here(work, paths)
        return
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]

    def check_chunk(number: int) -> list[FileResult]:
        return list(_check_here(work, chunks[number]))

    def check_again(number: int, _reason: str) -> list[FileResult]:
        return check_chunk(number)  # here, where whoever runs this is told what is wrong

    for results in shared(check_chunk, len(chunks), jobs=jobs, failed=check_again):
        yield from results


def _check_here(work: Work, paths: Sequence[str]) -> Iterator[FileResult]:
    mends_some = work.options.fix != "none" and work.fixable is not None
    every = validate(work.store, paths, work.options, read=work.bytes_of)
    for result in (_mend_some(work, path) for path in paths) if mends_some else every:
        wanted = result.fixed_text is not None or (work.texts and result.findings)
        yield result if wanted or not result.text else replace(result, text="")


def _mend_some(work: Work, path: str) -> FileResult:
    """One file, mended where the codes allow it, and what is then left of all rules."""
    some = (work.options.selected & (work.fixable or frozenset())) - _IGNORES
    (mended,) = validate(work.store, [path], replace(work.options, selected=some), read=work.bytes_of)
    data = mended.fixed_bytes
    read = work.bytes_of if data is None else lambda _path: data
    (left,) = validate(work.store, [path], replace(work.options, fix="none"), read=read)
    return replace(mended, findings=left.findings)
