"""Across: what only shows when posts are held against one another, told where it stands in them."""

from collections.abc import Callable, Collection, Iterable, Iterator

from newscli.finding import Finding
from newscli.operations.examine import Placed, is_ignored, numbered, severity_of, to_finding
from newscli.rules import RULES, Hit, corpus, ignores
from newscli.rules.options import Options
from newscli.rules.subject import Subject
from newscli.store import UnreadableError


def find_across(
    facts: Iterable[tuple[str, str]], checked: Collection[str], options: Options, read: Callable[[str], bytes]
) -> Iterator[Finding]:
    """What shows across posts, of those that are checked; without what these ignore.

    Args:
        facts: the path of every post with its facts, see :func:`newscli.rules.corpus.facts_of`.
        checked: the files whose findings are wanted.
        options: the settings.
        read: the bytes of a file; raises OSError or UnreadableError when it cannot be read.
    """
    by_path: dict[str, list[corpus.Match]] = {}
    for match in corpus.matches(facts):
        concerned = match.path if match.path in checked else match.first
        if concerned in checked and match.code not in options.ignored_at(concerned):
            by_path.setdefault(concerned, []).append(match)
    for path in sorted(by_path):
        try:
            subject = Subject(path, read(path), options)
        except (OSError, UnreadableError):
            continue
        placed = [_place(subject, match, options) for match in by_path[path]]
        found = ignores.find(subject)
        placed = [item for item in placed if not is_ignored(subject, item, found)]
        placed.sort(key=lambda item: (item[1].start, item[0]))
        yield from numbered(tuple(to_finding(subject, *item) for item in placed))


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
