"""The options of ``newscli convert``, in two bundles: where the results go, and how they are made."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from typer import Argument, Option

from newscli.cli.completion import complete_terms
from newscli.cli.options import whole_number

TO = "Where to"
HOW = "How"

Terms = Annotated[
    list[str],
    Argument(
        metavar="[QUERY|PATH|-]...",
        default_factory=list,
        show_default=False,
        autocompletion=complete_terms,
        help="A query, files, folders; - is standard input; nothing is every post.",
    ),
]


def _option(panel: str, *names: str, **settings: Any) -> Any:
    return Option(*names, rich_help_panel=panel, show_default=False, **settings)


@dataclass(frozen=True, slots=True)
class Where:
    """Where the converted posts go."""

    output: Annotated[
        str | None,
        _option(
            TO, "-o", "--output", metavar="FILE|DIR|-", help="Write a file, or into a folder the tree of the archive."
        ),
    ] = None
    in_place: Annotated[bool, _option(TO, "--in-place", help="Write over the posts; what is converted stays so.")] = (
        False
    )
    jsonl: Annotated[bool, _option(TO, "--jsonl", help="One JSON object a line: path, id, text, engine, warnings.")] = (
        False
    )
    check: Annotated[bool, _option(TO, "--check", help="Write nothing; name what would change, and exit 1.")] = False
    diff: Annotated[bool, _option(TO, "--diff", help="Write nothing; show what would change.")] = False
    dry_run: Annotated[bool, _option(TO, "--dry-run", help="Write nothing; name the files that would be written.")] = (
        False
    )
    audit: Annotated[
        bool,
        _option(TO, "--audit", help="Prove that no text, link or picture is lost; else name it, exit 1, write not."),
    ] = False
    against: Annotated[
        str | None,
        _option(
            TO, "--against", metavar="FILE|DIR", help="Audit what was made of the posts earlier; converts nothing."
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class How:
    """How bodies are converted."""

    to: Annotated[
        Literal["html", "markdown", "text"] | None,
        _option(HOW, "--to", metavar="markdown|text|html", help="What bodies become; Markdown unless said."),
    ] = None
    front_matter: Annotated[
        Literal["keep", "drop", "yaml", "toml", "json"] | None,
        _option(HOW, "--front-matter", metavar="keep|drop|yaml|toml|json", help="Keep it as it is, or rewrite it."),
    ] = None
    engine: Annotated[
        str | None,
        _option(HOW, "--engine", metavar="NAME", help="auto, turbohtml or html2text; auto is the first that can."),
    ] = None
    source: Annotated[
        Literal["mixed", "html"] | None,
        _option(HOW, "--source", metavar="mixed|html", help="Markdown with HTML in it, or HTML from end to end."),
    ] = None
    code: Annotated[
        Literal["markdown", "html"] | None,
        _option(HOW, "--code", metavar="markdown|html", help="Code spans with links in them: split, or kept as HTML."),
    ] = None
    links: Annotated[
        Literal["inline", "ref", "text", "drop"] | None,
        _option(HOW, "--links", metavar="inline|ref|text|drop", help="How links are written."),
    ] = None
    images: Annotated[
        Literal["keep", "alt", "drop"] | None,
        _option(HOW, "--images", metavar="keep|alt|drop", help="How pictures are written."),
    ] = None
    width: Annotated[
        int | None,
        _option(HOW, "--width", metavar="N", parser=whole_number, help="Wrap plain text to N cells; 0 does not."),
    ] = None
    jobs: Annotated[
        int,
        _option(HOW, "-j", "--jobs", metavar="N", parser=whole_number, help="Processes at a time; 0 is a core each."),
    ] = 0

    def said(self) -> dict[str, Any]:
        """The options that were given, without ``jobs``."""
        names = ("to", "front_matter", "engine", "source", "code", "links", "images", "width")
        return {name: value for name in names if (value := getattr(self, name)) is not None}
