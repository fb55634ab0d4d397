"""``newscli list``."""

from newscli.cli.archive import open_archive
from newscli.cli.options import Context, Filters, Output, Terms
from newscli.cli.output import format_name, write_report
from newscli.errors import ExitCode
from newscli.operations.list import check_fields, diagnose_nothing, explain, list_posts


def list_(query: Terms, filters: Filters, output: Output, context: Context) -> ExitCode:
    """The posts that match, newest first.

    A post that does not parse is listed too, marked "!", with what could be read of it.
    """
    with open_archive(context) as archive:
        asked, output = archive.query(query, filters), archive.output(output)
        if filters.explain:
            context.terminal.stdout.writelines(f"{line}\n" for line in explain(archive.index, asked))
            return archive.status()
        check_fields(archive.index, output.field_names)
        kind = format_name(output, context.terminal)
        words = "words" in output.field_names or (kind in ("json", "jsonl") and not output.fields) or "{words" in kind
        limit = archive.limit(filters, output, asked)
        if kind == "count":
            limit = None
        counted = kind == "table" and context.terminal.is_terminal
        report = list_posts(archive.index, asked, limit=limit, offset=filters.offset, words=words, counted=counted)
        if kind == "count":
            report.total = archive.index.count(asked)
            report.records = ()
        report.empty = ""  # why nothing was found is told below
        shown = write_report(report, output, context, root=str(archive.store.root))
        if not shown and kind != "count":
            context.terminal.note(diagnose_nothing(archive.index, asked))
        elif not asked.shows_broken:
            archive.tell_broken()
        return archive.status()
