"""Validate: every rule over every post; one bad file or failing rule never stops a run."""

from collections.abc import Callable, Iterable, Iterator

from newscli.finding import FileResult, Finding
from newscli.index import Index
from newscli.operations.across import collect, find_across, validate_across
from newscli.operations.examine import examine, unreadable
from newscli.rules import corpus
from newscli.rules.options import Options, options_from
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject
from newscli.store import Store, UnreadableError

__all__ = ["FileResult", "Finding", "Options", "options_from", "validate", "validate_across"]


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
            yield unreadable(path, error, options)
            continue
        result, subject = examine(subject, plan)
        if plan.across:
            collect(archive, subject, plan.across)
        yield result
    if plan.across:
        yield from find_across(archive, plan, checked, index, read)
