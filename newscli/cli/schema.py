"""Schemas of front matter: infer one from the posts, show the one that is in force."""

import json
from pathlib import Path
from typing import Annotated

import typer

from newscli.cli.archive import open_archive
from newscli.cli.options import Context, Filters, Terms
from newscli.discovery import find_store
from newscli.errors import ExitCode, NewscliError

Name = Annotated[
    str | None,
    typer.Argument(metavar="[FILE|NAME]", show_default=False, help="A JSON Schema: a file, or jekyll, hugo, astro."),
]


def infer(query: Terms, context: Context) -> ExitCode:
    """Propose a JSON Schema: the keys there are, their types, the few values of a key.

    Read it before you use it: it says what is, not what should be.
    """
    from newscli.operations.infer import infer_schema

    with open_archive(context) as archive:
        posts = [post for post in archive.index.find(archive.query(query, Filters())) if not post.is_broken]
        if not posts:
            raise NewscliError("no post to infer a schema from" + (f" matches {' '.join(query)!r}" if query else ""))
        document = infer_schema(post.meta for post in posts)
        context.terminal.stdout.write(_json(document))
        archive.tell_broken()
        return archive.status()


def show(context: Context, name: Name = None) -> ExitCode:
    """Print a schema: that of a file or a name, else the one that the settings name.

    What the settings say without a JSON Schema is printed as they say it.
    """
    from newscli.schema import find_schema

    if name is None:
        store, config = find_store(context.store, config_file=Path(context.config) if context.config else None)
        section = config.section("validate")
        name = section.get("schema")
        if name is None:
            shown = {
                key: section[key]
                for key in ("required", "unknown-keys", "fields", "tags", "collections")
                if key in section
            }
            if not shown:
                raise NewscliError(f"no schema is set for {store.root}; newscli validate schema infer proposes one")
            context.terminal.stdout.write(_json(shown))
            return ExitCode.OK
    context.terminal.stdout.write(_json(find_schema(name).document))
    return ExitCode.OK


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


COMMANDS = {"infer": infer, "show": show}
