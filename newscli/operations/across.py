"""Across: what only shows when posts are held against one another."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator

from newscli.finding import FileResult
from newscli.index import Index
from newscli.operations.examine import Placed, is_ignored, numbered, severity_of, to_finding
from newscli.operations.slips import tag_slips
from newscli.rules import RULES, Hit, corpus, ignores
from newscli.rules.options import Options
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject
from newscli.store import UnreadableError


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
    if index is not None and "T405" in options.selected and not options.tags.vocabulary:
        slips = (slip for slip in tag_slips(index) if slip.path in checked)
        yield from _told(slips, checked, plan, read)
    if not plan.across:
        return
    archive = corpus.Archive()
    if index is not None and not plan.across & corpus.OF_BODIES:
        yield from find_across(archive, plan, checked, index, read, seen=frozenset())
        return
    others = [] if index is None else [path for (path,) in index.execute("SELECT path FROM posts")]
    for path in sorted({*checked, *others}):
        try:
            collect(archive, Subject(path, read(path), options), plan.across)
        except (OSError, UnreadableError):
            continue
    yield from find_across(archive, plan, checked, None, read)


def collect(archive: corpus.Archive, subject: Subject, codes: frozenset[str]) -> None:
    """Take in what the rules across posts need of a file, where it is to be had."""
    if subject.data and subject.reads:
        corpus.collect(archive, subject, codes)


def find_across(
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
    yield from _told(corpus.matches(archive), checked, plan, read)


def _told(
    matches: Iterable[corpus.Match], checked: Collection[str], plan: Plan, read: Callable[[str], bytes]
) -> Iterator[FileResult]:
    """The findings of the files that are checked now, without what these ignore."""
    by_path: dict[str, list[corpus.Match]] = {}
    for match in matches:
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
        placed = [item for item in placed if not is_ignored(subject, item, found)]
        findings = tuple(
            to_finding(subject, *item) for item in sorted(placed, key=lambda item: (item[1].start, item[0]))
        )
        if findings:
            yield FileResult(path, numbered(findings), subject.text)


def _listed(index: Index, checked: Collection[str], options: Options) -> Iterator[corpus.Listed]:
    """The posts of the index that this run does not check."""
    for path, meta in index.execute("SELECT path, meta FROM posts WHERE broken = 0"):
        if path not in checked:
            yield corpus.Listed(path, json.loads(meta), options)


def _place(subject: Subject, match: corpus.Match, options: Options) -> Placed:
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
    return match.code, hit, severity_of(rule, hit, options)


def _tag_place(subject: Subject, tag: str) -> tuple[tuple[int, int], tuple[str | int, ...]]:
    value = subject.data.get("tags")
    if isinstance(value, list) and tag in value:
        path = ("tags", value.index(tag))
        return subject.place(path), path
    return subject.place(("tags",)), ("tags",)
