"""``newscli tags`` and ``newscli fields``."""

from typing import Annotated

import typer

from newscli.cli.archive import open_archive
from newscli.cli.options import Context, Filters, Output, Terms
from newscli.cli.output import write_report
from newscli.errors import ExitCode
from newscli.operations.fields import count_fields
from newscli.operations.tags import count_names, kind_of

Field = Annotated[
    str, typer.Option("--field", metavar="NAME", help="What to count: tags, categories or authors.", show_default=False)
]
Latest = Annotated[
    int, typer.Option("--latest", metavar="N", min=0, help="Add the titles of the N newest posts.", show_default=False)
]


def tags(
    query: Terms, filters: Filters, output: Output, context: Context, field: Field = "tags", latest: Latest = 0
) -> ExitCode:
    """Which tags there are, and in how many posts."""
    kind = kind_of(field)
    with open_archive(context) as archive:
        asked, output = archive.query(query, filters), archive.output(output)
        limit = archive.limit(filters, output)
        report = count_names(archive.index, asked, kind=kind, limit=limit, offset=filters.offset, latest=latest)
        write_report(report, output, context)
        return archive.status()


def fields(query: Terms, filters: Filters, output: Output, context: Context) -> ExitCode:
    """Which front matter keys there are, and in how many posts."""
    with open_archive(context) as archive:
        asked, output = archive.query(query, filters), archive.output(output)
        report = count_fields(archive.index, asked, limit=archive.limit(filters, output), offset=filters.offset)
        write_report(report, output, context)
        return archive.status()
