"""The archive a command works on: the store found, its index open and up to date, its query built."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from newscli.cli.options import Context, Filters, Output
from newscli.cli.output import limit_for
from newscli.config import Config
from newscli.discovery import find_store
from newscli.errors import ExitCode, NewscliError, NoStoreError, NotFoundError
from newscli.index import Changes, Index
from newscli.operations.select import absent_file, build_query, only_files, read_names
from newscli.query import Query, filters
from newscli.store import Store


class Archive:
    """An open archive.

    Attributes:
        store: where the posts are.
        config: the settings in force.
        index: the entries, up to date unless ``--no-sync`` was said.
        context: the global options.
        unreadable: folders that could not be read, each with the reason.
    """

    def __init__(self, store: Store, config: Config, index: Index, context: Context) -> None:
        self.store = store
        self.config = config
        self.index = index
        self.context = context
        self.unreadable: list[str] = []

    def query(self, terms: Sequence[str], options: Filters) -> Query:
        """The query of a command's words and filters, its fields checked against those there are.

        Raises:
            QueryError: a term cannot be understood, or no post has such a field.
        """
        now = datetime.now(self.store.dialect.zone)
        query = build_query(terms, self.store, now=now, saved=dict(self.config.queries))
        query = query.and_(
            filters(
                tags=options.tag,
                categories=options.category,
                authors=options.author,
                since=options.since,
                until=options.until,
                draft=options.draft,
                sort=options.sort or (None if query.sort else self.config.sort),
                limit=options.limit,
                zone=self.store.dialect.zone,
                now=now,
            )
        )
        if options.files_from:
            query = only_files(query, read_names(read_text(options.files_from)), self.store, Path.cwd())
        if query.fields():
            query.check_fields(self.index.keys())
        if query.needs_body:
            from newscli.operations.bodies import count_bodies

            count_bodies(self.index, self._progress)
        return query

    def with_paths(self, terms: Sequence[str]) -> list[str]:
        """The words of a query, with the path of a post in place of the bare name of its file, as in ``show``.

        Raises:
            NewscliError: the files of several posts have that name.
        """
        return [self._path_of(term) if absent_file([term], Path.cwd()) else term for term in terms]

    def _path_of(self, name: str) -> str:
        from newscli.operations.show import resolve

        try:
            return str(self.store.root / resolve(self.index, name).path)
        except NotFoundError:
            return name

    def refuse_absent(self, terms: Sequence[str]) -> None:
        """Where nothing matches, name a word that is a file nobody finds.

        Raises:
            NewscliError: a word is called like the file of a post; there is none, nor a post that the word matches.
        """
        name = absent_file(terms, Path.cwd())
        if name and not self.index.count(self.query([name], Filters())):
            raise NewscliError(f"{name}: there is no such file")

    def limit(self, options: Filters, output: Output, query: Query | None = None) -> int | None:
        """How many records to show: as the query or the options say, else the setting on a terminal; None is all."""
        if query is not None and query.limit is not None:
            return query.limit or None
        return limit_for(options, output, self.context, screenful=self.config.limit)

    def output(self, output: Output) -> Output:
        """The options of the form, with the setting where none of them says which."""
        said = output.format or output.json or output.jsonl or output.paths or output.print0 or output.count
        goes_to_file = output.output not in (None, "-")
        return output if said or goes_to_file or not self.config.format else replace(output, format=self.config.format)

    def _progress(self, paths: Iterable[str], total: int) -> Iterator[str]:
        return self.context.terminal.progress(paths, "Counting words", total)

    def sync(self) -> Changes:
        """Bring the index up to date, with a progress bar when it takes long."""
        with self.context.terminal.counter("Reading posts") as advance:
            changes = self.index.refresh(advance)
        self.unreadable = changes.unreadable
        return changes

    def status(self) -> ExitCode:
        """Done, or done in part when something could not be read; then it is named on stderr."""
        unread = [
            f"{path}: {_first_message(problems)}"
            for path, problems in self.index.execute(
                "SELECT path, problems FROM posts WHERE broken=1 AND problems LIKE '%\"F015\"%' ORDER BY path"
            )
        ]
        for line in [*self.unreadable, *unread]:
            self.context.terminal.complain(f"newscli: {line}")
        return ExitCode.PARTIAL if unread or self.unreadable else ExitCode.OK

    def tell_broken(self) -> None:
        """Say how many posts are broken, and how to see them."""
        (count,) = self.index.execute("SELECT count(*) FROM posts WHERE broken=1").fetchone()
        if count:
            posts = "1 post is" if count == 1 else f"{count:,} posts are"
            self.context.terminal.note(f"{posts} broken · newscli list is:broken")


def _first_message(problems: str) -> str:
    import json

    return str(json.loads(problems)[0][4])


@contextmanager
def named_files(words: Sequence[str]) -> Iterator[None]:
    """Where no archive is found, name a word that is a file nobody finds.

    Raises:
        NewscliError: there is no archive, and a word is called like the file of a post but is none.
    """
    try:
        yield
    except NoStoreError as error:
        if name := absent_file(words, Path.cwd()):
            raise NewscliError(f"{name}: there is no such file") from error
        raise


@contextmanager
def open_archive(context: Context, *, sync: bool = True, words: Sequence[str] = ()) -> Iterator[Archive]:
    """The archive that the global options and the current folder name.

    Args:
        context: the global options.
        sync: whether the index is brought up to date, as far as ``--no-sync`` leaves a choice.
        words: what may name files, of which one that is not there is told rather than that there is no archive.

    Raises:
        StoreError, ConfigError, NewscliError: there is none, or a setting is wrong.
    """
    flags = {"color": context.color} if context.color else {}
    file = Path(context.config) if context.config else None
    with named_files(words):
        store, config = find_store(context.store, config_file=file, flags=flags)
    if not context.color:
        context.terminal.use_color(config.color)
    with Index(store) as index:
        if index.note:
            speak = context.terminal.detail if index.path is None else context.terminal.note
            speak(f"newscli: {index.note}")
        archive = Archive(store, config, index, context)
        if sync and (context.sync or index.is_empty()):
            archive.sync()
        yield archive


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        NewscliError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise NewscliError(f"cannot read {name}: {reason}") from error
