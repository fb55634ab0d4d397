"""From the words of ``newscli validate`` to the files it checks."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newscli.caches import results_path
from newscli.cli.archive import Archive, named_files, read_text
from newscli.cli.options import Context, Filters
from newscli.cli.validate_options import ScopeOptions
from newscli.errors import NewscliError
from newscli.git import find_repository
from newscli.index import Index
from newscli.operations.scope import STDIN, Site, absolute, find_site, iter_posts
from newscli.operations.select import absent_file, is_path, read_names
from newscli.results import Results


@dataclass(frozen=True, slots=True)
class Target:
    """What a run checks.

    Attributes:
        site: what the files are parts of.
        results: what is known of the posts of the archive; None for files by themselves.
        paths: the files, relative to the root, sorted.
        stdin: the bytes of standard input, when that is checked in place of the one file.
        may_be_empty: whether no file at all is no mistake, because git chose them.
        is_named: whether the name of the one file was given; it tells nothing of standard input without one.
    """

    site: Site
    results: Results | None
    paths: list[str]
    stdin: bytes | None = None
    may_be_empty: bool = False
    is_named: bool = True


@contextmanager
def open_target(
    words: Sequence[str], scope: ScopeOptions, context: Context, *, print0: bool = False
) -> Iterator[Target]:
    """What the words and options name.

    Raises:
        NewscliError: options contradict one another, a file does not exist, git refuses.
        StoreError, ConfigError, QueryError: as in every command.
    """
    if scope.staged and scope.changed_since is not None:
        raise NewscliError("--staged and --changed-since exclude one another")
    if scope.stdin_filename is not None and STDIN not in words:
        raise NewscliError("--stdin-filename names standard input; add - to check that")
    here = Path.cwd()
    if STDIN in words:
        paths, terms, stdin = [_stdin_path(words, scope, here)], [], sys.stdin.buffer.read()
    else:
        terms = [word for word in words if not is_path(word, here)]
        named = [word for word in words if word not in terms]
        folders = [here, Path(context.store).expanduser().absolute()] if context.store else [here]
        paths, stdin = [absolute(word, *folders) for word in [*named, *_listed(scope, print0=print0)]], None
    config_file = Path(context.config) if context.config else None
    with named_files(terms):
        site = find_site(context.store, paths, here=here, config_file=config_file)
    with _open(site, context) as results:
        nothing = scope.files_from is not None and not paths
        chosen = [] if nothing else _choose(site, results, paths, terms, context)
        by_git = scope.staged or scope.changed_since is not None
        if by_git:
            changed = _changed(site, scope, context)
            chosen = [path for path in chosen if site.store.root / path in changed]
        is_named = stdin is None or scope.stdin_filename is not None
        yield Target(site, results, sorted(chosen), stdin, may_be_empty=by_git, is_named=is_named)


def _choose(site: Site, results: Results | None, paths: list[Path], terms: list[str], context: Context) -> list[str]:
    if not terms:
        return list(iter_posts(site.store, paths or [site.store.root], results.census if results else None))
    if results is None:
        if name := absent_file(terms, Path.cwd()):
            raise NewscliError(f"{name}: there is no such file")
        raise NewscliError(f"no archive here to look up {' '.join(terms)!r} in; name files, or an archive with -C")
    return _matching(site, terms, paths, context)


def _matching(site: Site, terms: list[str], paths: list[Path], context: Context) -> list[str]:
    """The posts that a query finds, which takes the index."""
    with Index(site.store) as index:
        if index.note:
            context.terminal.note(f"newscli: {index.note}")
        archive = Archive(site.store, site.config, index, context)
        if context.sync or index.is_empty():
            archive.sync()
        found = [
            entry.path for entry in index.find(archive.query([*archive.with_paths(terms), *map(str, paths)], Filters()))
        ]
        if not found:
            archive.refuse_absent(terms)
        return found


@contextmanager
def _open(site: Site, context: Context) -> Iterator[Results | None]:
    if not site.whole:
        yield None
        return
    with Results(results_path(site.store), site.store, sync=context.sync) as results:
        yield results


def _listed(scope: ScopeOptions, *, print0: bool) -> list[str]:
    if scope.files_from is None:
        return []
    text = read_text(scope.files_from)
    return [name for name in text.split("\0") if name] if print0 else read_names(text)


def _changed(site: Site, scope: ScopeOptions, context: Context) -> set[Path]:
    """The files that git calls changed, by their path as the archive names them."""
    repository = find_repository(site.store.root)
    if scope.changed_since is not None:
        found = repository.changed_since(scope.changed_since)
    else:
        found = repository.staged()
        both = len({*found} & {*repository.unstaged()})
        if both:
            files = "1 staged file has" if both == 1 else f"{both:,} staged files have"
            context.terminal.note(f"{files} changes that are not staged; what is on disk is checked")
    root = Path(os.path.realpath(site.store.root))  # git tells the real path of its top
    return {site.store.root / path.relative_to(root) for path in found if path.is_relative_to(root)}


def _stdin_path(words: Sequence[str], scope: ScopeOptions, here: Path) -> Path:
    if list(words) != [STDIN]:
        raise NewscliError("- stands for standard input and goes with no other file or query")
    return Path(os.path.normpath(here / (scope.stdin_filename or "stdin.md")))
