"""Ghost exports in JSON: posts with their tags and authors; bodies in HTML, else from Lexical or Mobiledoc."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Article, BodyFormat, Item
from newscli.importers.bodies.lexical import lexical_html
from newscli.importers.bodies.mobiledoc import mobiledoc_html
from newscli.importers.decoding import read_text
from newscli.importers.input import Input, Options
from newscli.importers.json_stream import loads
from newscli.importers.markup.plain import one_line, plain
from newscli.importers.moments import dated
from newscli.importers.problems import Code, SourceError, fault, warning

_URL = "__GHOST_URL__"
_DOCUMENTS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("lexical", lexical_html),
    ("mobiledoc", mobiledoc_html),
)
_USED = frozenset({
    "id", "uuid", "title", "slug", "html", "lexical", "mobiledoc", "plaintext", "status", "type", "page",
    "published_at", "created_at", "updated_at", "custom_excerpt", "excerpt", "feature_image", "canonical_url",
    "url", "authors", "tags", "primary_author", "primary_tag", "author", "author_id", "comment_id",
    "published_by", "created_by", "updated_by", "reading_time",
})  # fmt: skip


def read(source: Input, options: Options) -> Iterator[Item]:
    """The posts and pages of an export, of the Admin API, or of a list of posts under ``posts``."""
    text = read_text(source, options)
    yield from text.problems
    try:
        document = loads(text.text)
    except ValueError as error:
        raise SourceError(Code.SYNTAX, f"is no JSON: {error}", line=getattr(error, "lineno", 1)) from error
    tables = _tables(document)
    posts = tables.get("posts")
    if not isinstance(posts, list):
        raise SourceError(Code.SYNTAX, "holds no posts of Ghost")
    names = _Names(tables)
    for number, post in enumerate(posts, 1):
        if isinstance(post, Mapping):
            yield _article(post, names, source, options)
        else:
            yield fault(source.name, Code.RECORD, f"post {number} is no object")


def _tables(document: object) -> Mapping[str, Any]:
    """The tables, wherever the version of Ghost put them."""
    if isinstance(document, Mapping) and isinstance(document.get("db"), list) and document["db"]:
        document = document["db"][0]
    if isinstance(document, Mapping) and isinstance(document.get("data"), Mapping):
        document = document["data"]
    return document if isinstance(document, Mapping) else {}


class _Names:
    """The tags and authors of posts, which an export keeps in tables of their own."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tags = _joined(tables, "posts_tags", "tag_id", "tags")
        self._authors = _joined(tables, "posts_authors", "author_id", "users")
        self._users = {str(row.get("id")): str(row.get("name") or "") for row in _rows(tables, "users")}

    def tags(self, post: Mapping[str, Any]) -> list[str]:
        return _inline(post.get("tags")) or self._tags[str(post.get("id"))]

    def authors(self, post: Mapping[str, Any]) -> list[str]:
        single = post.get("primary_author") or post.get("author")
        return (
            _inline(post.get("authors"))
            or self._authors[str(post.get("id"))]
            or _inline([single])
            or [self._users.get(str(post.get("author_id")), "")]
        )


def _rows(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _joined(tables: Mapping[str, Any], link: str, key: str, name: str) -> defaultdict[str, list[str]]:
    """The names of a post by its id, in their order."""
    names = {str(row.get("id")): str(row.get("name") or "") for row in _rows(tables, name)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(_rows(tables, link), key=lambda row: _number(row.get("sort_order"))):
        found[str(row.get("post_id"))].append(names.get(str(row.get(key)), ""))
    return found


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


def _inline(values: object) -> list[str]:
    found = values if isinstance(values, list) else []
    return [str(value.get("name") or "") for value in found if isinstance(value, Mapping)]


def _article(post: Mapping[str, Any], names: _Names, source: Input, options: Options) -> Article:
    body, body_format, problems = _body(post, source)
    tags = names.tags(post)
    date, raw = dated(post.get("published_at") or post.get("created_at"), options.zone)
    status = str(post.get("status") or "published")
    is_page = post.get("type") == "page" or post.get("page") in (True, 1)
    site = options.base_url.rstrip("/")
    extra = {key: value for key, value in post.items() if key not in _USED and value not in (None, "", False, [], {})}
    internal = [tag for tag in tags if tag.startswith("#")]
    return Article(
        title=one_line(_text(post, "title")),
        body=body.replace(_URL, site),
        body_format=body_format,
        date=date,
        date_raw=raw,
        updated=dated(post.get("updated_at"), options.zone)[0],
        authors=tuple(names.authors(post)),
        tags=tuple(tag for tag in tags if not tag.startswith("#")),
        slug=_text(post, "slug"),
        source_url=(_text(post, "canonical_url") or _text(post, "url")).replace(_URL, site),
        source_id=_text(post, "uuid") or _text(post, "id"),
        feed=options.feed or site or "ghost",
        draft=status == "draft",
        summary=plain(_text(post, "custom_excerpt")),
        image=_text(post, "feature_image").replace(_URL, site),
        kind="page" if is_page else "post",
        extra=extra
        | ({"internal_tags": internal} if internal else {})
        | ({"status": status} if status == "sent" else {}),
        base_url=options.base_url,
        origin=source.name,
        problems=problems,
    )


def _text(post: Mapping[str, Any], key: str) -> str:
    value = post.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _body(post: Mapping[str, Any], source: Input) -> tuple[str, BodyFormat, tuple[Diagnostic, ...]]:
    """The body and its format: HTML where Ghost rendered it, else what the editor keeps, else plain text."""
    if html := _text(post, "html"):
        return html, "html", ()
    problems: list[Diagnostic] = []
    for key, render in _DOCUMENTS:
        if written := _text(post, key):
            try:
                document = loads(written)
                if isinstance(document, Mapping):
                    return render(document), "html", ()
                message = "is no object"
            except ValueError as error:
                message = str(error)
            shown = one_line(_text(post, "title"))[:60]
            problems.append(warning(source.name, Code.RECORD, f"the {key} of the post {shown!r} {message}"))
    return _text(post, "plaintext"), "text", tuple(problems)
