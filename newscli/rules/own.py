"""N: newscli's own: its ignores, its baseline, and rules that fail."""

from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject


@rule("N900", "internal-error", needs="own")
def internal_error(_subject: Subject) -> Iterator[Hit]:
    """A rule failed on this file; the other rules and files went on.

    Why: it is a defect of newscli, or of the package that brings the rule; please report it with the file.

    Bad::

        A file that no rule was prepared for.

    Good::

        Any other.

    Engines: none is concerned.
    """
    return iter(())


@rule("N901", "unused-ignore", Severity.WARNING, fix="safe", needs="own")
def unused_ignore(_subject: Subject) -> Iterator[Hit]:
    """A comment ignores a rule that has nothing to say there.

    Why: it will hide a fault that comes later.

    Bad::

        ---
        title: A title # newscli: ignore[D304]
        ---

    Good::

        ---
        title: A title
        ---

    Engines: all read past the comment.
    Fix (safe): the codes are taken out, or the whole comment where it has no other.
    """
    return iter(())


@rule("N902", "unknown-code-in-ignore", Severity.WARNING, needs="own")
def unknown_code_in_ignore(_subject: Subject) -> Iterator[Hit]:
    """A comment ignores a rule that does not exist, or names none.

    Why: it ignores nothing.

    Bad::

        ---
        title: A title # newscli: ignore[D999]
        ---

    Good::

        ---
        title: A title
        ---

    Engines: all read past the comment.
    """
    return iter(())


@rule("N903", "stale-baseline-entry", Severity.WARNING, needs="own")
def stale_baseline_entry(_subject: Subject) -> Iterator[Hit]:
    """The baseline names a fault that is not there any more.

    Why: it will hide the same fault when it comes back.

    Bad::

        A baseline written before a fault was mended.

    Good::

        The baseline written anew with --write-baseline.

    Engines: none is concerned.
    """
    return iter(())
