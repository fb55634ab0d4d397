"""Validate: every rule over every post; one bad file or failing rule never stops a run."""

from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import sha256

from newscli.diagnostics import Severity
from newscli.findings import FileResult, Finding
from newscli.index import Index
from newscli.rules import RULES, Hit, Rule, corpus, ignores
from newscli.rules.options import Options, options_from
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject
from newscli.store import Store, UnreadableError

__all__ = ["FileResult", "Finding", "Options", "options_from", "validate", "validate_across"]

_ROUNDS = 10
"""How often fixes are made before the text must be stable."""


def validate(
    store: Store | None,
    paths: Iterable[str],
    options: Options,
    *,
    index: Index | None = None,
    read: Callable[[str], bytes],
) -> Iterator[FileResult]:
    """Check files one by one, then what shows across them.

    Args:
        store: the store they are in; None outside of one.
        paths: the files, relative to the root.
        options: the settings.
        index: where the posts are that are not checked now; rules across posts look at them too.
        read: the bytes of a file; raises OSError or UnreadableError when it cannot be read.

    Yields:
        One result a file, also of clean ones; then one more for each file that a rule across posts has something
        against.
    """
    del store
    plan = Plan(options)
    archive = corpus.Archive()
    checked: set[str] = set()
    for path in paths:
        checked.add(path)
        try:
            subject = Subject(path, read(path), options)
        except (OSError, UnreadableError) as error:
            yield _unreadable(path, error, options)
            continue
        result, subject = _check_file(subject, plan)
        if plan.across:
            _collect(archive, subject, plan.across)
        yield result
    if plan.across:
        yield from _across(archive, plan, checked, index, read)


def validate_across(
    paths: Iterable[str], options: Options, *, index: Index | None, read: Callable[[str], bytes]
) -> Iterator[FileResult]:
    """What shows across files, and nothing else; posts of the index are not read unless a rule compares bodies.

    Args:
        paths: the files whose findings are wanted, relative to the root.
        options: the settings.
        index: all the posts there are; None: the files are held against one another.
        read: the bytes of a file; raises OSError or UnreadableError when it cannot be read.

    Yields:
        One result for each of the files that a rule across posts has something against.
    """
    plan = Plan(options)
    checked = set(paths)
    if not plan.across:
        return
    archive = corpus.Archive()
    if index is not None and not plan.across & corpus.OF_BODIES:
        yield from _across(archive, plan, checked, index, read, seen=frozenset())
        return
    others = [] if index is None else [path for (path,) in index.execute("SELECT path FROM posts")]
    for path in sorted({*checked, *others}):
        try:
            _collect(archive, Subject(path, read(path), options), plan.across)
        except (OSError, UnreadableError):
            continue
    yield from _across(archive, plan, checked, None, read)


def _unreadable(path: str, error: Exception, options: Options) -> FileResult:
    reason = getattr(error, "strerror", None) or str(error)
    rule = RULES["F015"]
    severity = options.severity.get("F015", rule.level)
    finding = Finding(
        "F015", rule.name, severity, path, 1, 1, 1, 1, f"cannot be read: {reason}", fingerprint=_print("F015", path)
    )
    return FileResult(path, (finding,), "")


def _collect(archive: corpus.Archive, subject: Subject, codes: frozenset[str]) -> None:
    if subject.data and subject.reads:
        corpus.collect(archive, subject, codes)


# One file


def _check_file(subject: Subject, plan: Plan) -> tuple[FileResult, Subject]:
    """The result of one file, mended as the options say, and the file as it is then."""
    original = subject
    fixed: list[Finding] = []
    hits, found = _hits(subject, plan)
    if hits and plan.options.fix != "none":
        subject, hits, found, fixed = _mended(subject, hits, found, plan)
    findings = tuple(_finding(subject, code, hit, severity) for code, hit, severity in hits)
    changed = subject.raw != original.raw
    result = FileResult(
        original.path,
        _numbered(findings),
        original.text,
        subject.text if changed else None,
        tuple(fixed),
        subject.encoding,
    )
    return result, subject


_Placed = tuple[str, Hit, Severity]


def _hits(subject: Subject, plan: Plan) -> tuple[list[_Placed], list[ignores.Ignore]]:
    """What the rules find in a file, in its order, without what is ignored."""
    options = plan.options
    off = options.ignored_at(subject.path) if options.per_file_ignores else frozenset()
    placed: list[_Placed] = []
    for rule in plan.rules_for(subject):
        if rule.code in off:
            continue
        try:
            for hit in rule.check(subject):
                placed.append((rule.code, hit, _severity(rule, hit, options)))  # noqa: PERF401 - most find nothing
        except Exception as error:  # a defect of the rule: named, the others go on
            placed += _failed(rule, error, options, off)
    found = ignores.find(subject)
    if found:
        placed = [item for item in placed if not _is_ignored(subject, item, found)]
        for code, hit in ignores.complaints(found, options.selected - plan.across):
            if code in options.selected and code not in off:
                placed.append((code, hit, _severity(RULES[code], hit, options)))
    placed.sort(key=lambda item: (item[1].start, item[0]))
    return placed, found


def _is_ignored(subject: Subject, item: _Placed, found: list[ignores.Ignore]) -> bool:
    line, _ = subject.position(item[1].start)
    covering = [ignore for ignore in found if ignore.covers(item[0], line)]  # each remembers that it was used
    return bool(covering)


def _severity(rule: Rule, hit: Hit, options: Options) -> Severity:
    given = options.severity.get(rule.code)
    return given or hit.severity or rule.severity(options.engine) or rule.level


def _failed(rule: Rule, error: Exception, options: Options, off: frozenset[str]) -> list[_Placed]:
    if "N900" in off:
        return []
    words = f"the rule {rule.code} failed on this file ({type(error).__name__}: {error}); please report it"
    return [("N900", Hit(0, 0, words.replace("\n", " ")), options.severity.get("N900", Severity.ERROR))]


def _mended(
    subject: Subject, hits: list[_Placed], found: list[ignores.Ignore], plan: Plan
) -> tuple[Subject, list[_Placed], list[ignores.Ignore], list[Finding]]:
    """Make fixes until none is left that may be made, at most ten times."""
    from newscli.fixes.apply import Proposal, mend

    fixed: list[Finding] = []
    for _ in range(_ROUNDS):
        proposals = [
            Proposal(code, hit) for code, hit, _ in hits if hit.fix and (hit.fix.safe or plan.options.fix == "unsafe")
        ]
        if not proposals:
            break
        raw, made = mend(subject, proposals)
        if not made or raw == subject.raw:
            break
        severities = {id(hit): severity for _, hit, severity in hits}
        fixed += [_finding(subject, one.code, one.hit, severities[id(one.hit)]) for one in made]
        subject = Subject(subject.path, raw, subject.options)
        hits, found = _hits(subject, plan)
    return subject, hits, found, fixed


def _finding(subject: Subject, code: str, hit: Hit, severity: Severity) -> Finding:
    text = subject.text
    start = min(hit.start, len(text))
    line, column = subject.position(start)
    end_line, end_column = subject.position(hit.end) if hit.end > start else (line, column)
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    source = text[begin : stop if stop >= 0 else len(text)].rstrip("\r")
    key = "/".join(str(step) for step in hit.key)
    print_ = _print(code, subject.path, key, text[start : hit.end])
    return Finding(
        code, RULES[code].name, severity, subject.path, line, column, end_line, end_column, hit.message,
        hit.fix, print_, source, hit.related,
    )  # fmt: skip


def _print(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _numbered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings whose fingerprints differ, equal ones told apart by a number."""
    if len(findings) < 2:
        return findings
    from dataclasses import replace

    seen: dict[str, int] = {}
    numbered = []
    for finding in findings:
        count = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = count + 1
        numbered.append(replace(finding, fingerprint=_print(finding.fingerprint, str(count))) if count else finding)
    return tuple(numbered)


# Across files


def _across(
    archive: corpus.Archive,
    plan: Plan,
    checked: set[str],
    index: Index | None,
    read: Callable[[str], bytes],
    *,
    seen: frozenset[str] | None = None,
) -> Iterator[FileResult]:
    """The findings across files; of the index those posts are added that were not seen, by default those checked."""
    if index is not None:
        for post in _listed(index, checked if seen is None else seen, plan.options):
            corpus.collect(archive, post, plan.across)
    by_path: dict[str, list[corpus.Match]] = {}
    for match in corpus.matches(archive):
        concerned = match.path if match.path in checked else match.first
        if concerned in checked and match.code not in plan.options.ignored_at(concerned):
            by_path.setdefault(concerned, []).append(match)
    for path in sorted(by_path):
        try:
            subject = Subject(path, read(path), plan.options)
        except (OSError, UnreadableError):
            continue
        placed = [_place(subject, match, plan.options) for match in by_path[path]]
        found = ignores.find(subject)
        placed = [item for item in placed if not _is_ignored(subject, item, found)]
        findings = tuple(_finding(subject, *item) for item in sorted(placed, key=lambda item: (item[1].start, item[0])))
        if findings:
            yield FileResult(path, _numbered(findings), subject.text)


def _listed(index: Index, checked: Collection[str], options: Options) -> Iterator[corpus.Listed]:
    """The posts of the index that this run does not check."""
    import json

    for path, meta in index.execute("SELECT path, meta FROM posts WHERE broken = 0"):
        if path not in checked:
            yield corpus.Listed(path, json.loads(meta), options)


def _place(subject: Subject, match: corpus.Match, options: Options) -> _Placed:
    rule = RULES[match.code]
    related = ((match.first, 1, "the first one"),) if match.first else ()
    message = match.message
    if subject.path != match.path:  # the later post is not checked now: reported here, the other way round
        message = message.replace(match.first, match.path)
        related = ((match.path, 1, "the other one"),)
    if match.tag:
        (start, end), key = _tag_place(subject, match.tag)
    else:
        (start, end), key = corpus.place_of(subject, match.code)
    hit = Hit(start, end, message, None, key, None, related)
    return match.code, hit, _severity(rule, hit, options)


def _tag_place(subject: Subject, tag: str) -> tuple[tuple[int, int], tuple[str | int, ...]]:
    value = subject.data.get("tags")
    if isinstance(value, list) and tag in value:
        path = ("tags", value.index(tag))
        return subject.place(path), path
    return subject.place(("tags",)), ("tags",)
