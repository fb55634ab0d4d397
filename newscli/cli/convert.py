"""``newscli convert``."""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from newscli.cli.archive import Archive, open_archive, read_text
from newscli.cli.conversion import Run
from newscli.cli.conversion_options import How, Terms, Where
from newscli.cli.options import Context, Filters
from newscli.config import Config
from newscli.config_files import load_config
from newscli.discovery import find_store
from newscli.errors import ExitCode, NewscliError, StoreError
from newscli.operations.convert import convert_bytes
from newscli.operations.list import diagnose_nothing, explain
from newscli.operations.originals import Original, all_originals, named_originals
from newscli.operations.plan import plan_from
from newscli.operations.select import is_path, read_names


def convert(query: Terms, where: Where, how: How, filters: Filters, context: Context) -> ExitCode:
    """HTML bodies to Markdown, plain text or HTML.

    Only the HTML in a body is converted; the Markdown around it and the front matter stay as they are. One post goes
    to standard output; many need -o DIR, --in-place or --jsonl.
    """
    _check(where, how)
    if "-" in query:
        return _convert_stdin(query, where, how, context)
    with ExitStack() as stack:
        sources, config, nothing = _select(query, filters, context, stack)
        if filters.explain:
            return ExitCode.OK
        plan = plan_from(config.section("convert"), how.said())
        if not sources:
            context.terminal.note(nothing())
            return ExitCode.OK
        is_named = len(query) == len(sources) == 1 and (
            Path(query[0]).is_file() or Path(sources[0].path).name == query[0]
        )
        return Run(where, how, context, plan, sources, is_named=is_named).go()


def _check(where: Where, how: How) -> None:
    """Refuse options that contradict one another."""
    ways = {"-o": where.output not in (None, "-") and not where.jsonl, "--in-place": where.in_place}
    ways |= {"--jsonl": where.jsonl, "--against": where.against is not None}
    if len(said := [name for name, given in ways.items() if given]) > 1:
        raise NewscliError(f"one way at a time: {' or '.join(said)}")
    forms = {"--jsonl": where.jsonl, "--diff": where.diff, "--against": where.against is not None}
    if len(said := [name for name, given in forms.items() if given]) > 1:
        raise NewscliError(f"one form of output at a time: {' or '.join(said)}")
    if where.in_place and how.front_matter == "drop":
        raise NewscliError("--in-place with --front-matter drop would delete what is known of the posts; use -o")


def _convert_stdin(query: Sequence[str], where: Where, how: How, context: Context) -> ExitCode:
    if len(query) > 1:
        raise NewscliError("- is standard input; name nothing beside it")
    if where.in_place or where.against:
        raise NewscliError("standard input cannot be written over or audited later; name a file")
    try:
        config = find_store(context.store, config_file=Path(context.config) if context.config else None)[1]
    except StoreError:
        config = _config(context)
    plan = plan_from(config.section("convert"), how.said())
    run = Run(where, how, context, plan, [], is_named=True)
    return run.finish([convert_bytes(sys.stdin.buffer.read(), "-", run.plan)])


def _config(context: Context) -> Config:
    return load_config(None, file=Path(context.config) if context.config else None)


# Which posts


def _select(
    query: Sequence[str], filters: Filters, context: Context, stack: ExitStack
) -> tuple[list[Original], Config, Callable[[], str]]:
    """The posts, the settings, and what to say when there are none. Files are found without the index."""
    if _needs_index(query, filters):
        archive = stack.enter_context(open_archive(context, words=query))
        return _from_index(archive, query, filters)
    store, config = None, None
    try:
        store, config = find_store(context.store, config_file=Path(context.config) if context.config else None)
    except StoreError:
        if context.store or not (query or filters.files_from):
            raise
        config = _config(context)
    if query or filters.files_from:
        listed = read_names(read_text(filters.files_from)) if filters.files_from else []
        sources = named_originals([*query, *listed], Path.cwd(), store)
    else:
        sources = list(all_originals(store)) if store else []
    return sources, config, lambda: "There are no posts here."


def _needs_index(query: Sequence[str], filters: Filters) -> bool:
    names = ("tag", "category", "author", "since", "until", "limit", "offset", "sort", "explain")
    if any(getattr(filters, name) for name in names) or filters.draft is not None:
        return True
    return not all(is_path(term, Path.cwd()) for term in query)


def _from_index(
    archive: Archive, query: Sequence[str], filters: Filters
) -> tuple[list[Original], Config, Callable[[], str]]:
    asked = archive.query(archive.with_paths(query), filters)
    if filters.explain:
        archive.context.terminal.stdout.writelines(f"{line}\n" for line in explain(archive.index, asked))
    limit = asked.limit if asked.limit is not None else filters.limit
    entries = archive.index.find(asked, limit=limit or 0, offset=filters.offset)
    sources = [Original(archive.store, entry.path, entry.path) for entry in entries]
    if not sources:
        archive.refuse_absent(query)
    return sources, archive.config, lambda: diagnose_nothing(archive.index, asked)
