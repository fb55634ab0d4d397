"""The index, a disposable cache: status, update, rebuild, verify, path.

It lives outside the archive; delete it whenever you like, the next command builds it anew.
"""

from newscli.caches import index_path
from newscli.cli.archive import open_archive
from newscli.cli.options import Context, Output
from newscli.cli.output import write_report
from newscli.discovery import find_store
from newscli.errors import ExitCode
from newscli.fulltext.index import text_path
from newscli.index import remove_index
from newscli.operations.index import describe, verify


def status(output: Output, context: Context) -> ExitCode:
    """How many posts are indexed, and where the index is."""
    with open_archive(context) as archive:
        write_report(describe(archive.index), output, context)
        return ExitCode.OK


def update(context: Context) -> ExitCode:
    """Bring the index up to date with the files, and say what changed."""
    with open_archive(context, sync=False) as archive:
        changes = archive.sync()
        context.terminal.note(f"{changes.added:,} added, {changes.modified:,} changed, {changes.removed:,} removed")
        return archive.status()


def rebuild(context: Context) -> ExitCode:
    """Delete the index and build it anew.

    The full text goes, too; the next search builds it.
    """
    store, _ = find_store(context.store)
    place = index_path(store)
    remove_index(place)
    remove_index(text_path(place))
    return update(context)


def verify_(output: Output, context: Context) -> ExitCode:
    """Compare the index with the files, one by one; exit 1 when they differ."""
    with open_archive(context) as archive:
        report = verify(archive.index)
        differing = write_report(report, output, context)
        return ExitCode.NEGATIVE if differing else archive.status()


def path(context: Context) -> ExitCode:
    """Print where the index is."""
    store, _ = find_store(context.store)
    context.terminal.stdout.write(f"{index_path(store)}\n")
    return ExitCode.OK


COMMANDS = {"status": status, "update": update, "rebuild": rebuild, "verify": verify_, "path": path}
