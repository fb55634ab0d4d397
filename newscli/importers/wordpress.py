"""WordPress exports (WXR 1.0 to 1.2) and what follows their form (Squarespace), item by item.

An item that is not well-formed is repaired, or reported, by itself: unescaped ampersands, control characters, missing
end tags and cut files are common in real exports, and none of them may cost the items around.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Article, Item, Skipped
from newscli.importers.bodies.wordpress import wordpress_html
from newscli.importers.decoding import iter_text
from newscli.importers.input import Input, Options
from newscli.importers.markup.plain import one_line, plain, plain_title
from newscli.importers.markup.repair import parse_leniently
from newscli.importers.markup.split import Fragment, split
from newscli.importers.markup.xml import NONE, Namespaces, Node, without_doctype
from newscli.importers.moments import dated, with_offset_of
from newscli.importers.problems import Code, SourceError, fault, warning

_ATTACHMENT = re.compile(r"post_type\s*>\s*(?:<!\[CDATA\[)?\s*attachment")
_NO_ARTICLES = frozenset({
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache",
    "user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation",
    "wp_font_family", "wp_font_face", "acf-field", "acf-field-group",
})  # fmt: skip
_NOT_PUBLIC = frozenset({"draft", "pending", "private", "password"})
_NO_POST = frozenset({"trash", "auto-draft"})
_SUMMARIES = ("_yoast_wpseo_metadesc", "_aioseo_description", "rank_math_description")
_TAXONOMIES = {"post_tag": "tags", "tag": "tags", "category": "categories", "author": "authors"}


@dataclass(slots=True)
class _Export:
    """An export: where it is read from, and what its head says about all its items."""

    source: Input
    options: Options
    url: str = ""
    namespaces: Namespaces = field(default_factory=lambda: NONE)
    authors: dict[str, str] = field(default_factory=dict)
    terms: dict[tuple[str, str], str] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)


def read(source: Input, options: Options) -> Iterator[Item]:
    """The posts, pages and custom posts of an export; attachments, menus, revisions and comments are counted."""
    found: list[Diagnostic] = []
    export = _Export(source, options, options.base_url, images=_images(source, options))
    fragments = split(iter_text(source, options, found), "item", options.limits.item)
    found.extend(_read_head(next(fragments), export))
    yield from found
    for fragment in fragments:
        yield from _item(fragment, export)
    yield from (Skipped(source.name, what, count) for what, count in sorted(export.skipped.items()))


def _images(source: Input, options: Options) -> dict[str, str]:
    """The addresses of the attachments by their number: a first pass, for they may follow the posts that show them."""
    images: dict[str, str] = {}
    fragments = split(iter_text(source, options, []), "item", options.limits.item)
    next(fragments)
    for fragment in fragments:
        if _ATTACHMENT.search(fragment.text):
            try:
                node, _ = parse_leniently(fragment.text)
            except SourceError:
                continue  # reported by the second pass
            images[node.get("wp:post_id")] = node.get("wp:attachment_url") or node.get("guid")
    return images


def _read_head(head: Fragment, export: _Export) -> Iterator[Diagnostic]:
    """Learn what stands before the first item; what is wrong with it."""
    text = without_doctype(head.text)
    if "<" not in text:  # bare items, cut out of an export
        return
    try:
        # The head is cut off before the first item: its open elements are closed by the repair.
        rss, _ = parse_leniently(text, depth=export.options.limits.depth)
    except SourceError as error:
        yield warning(export.source.name, error.code, f"the head of the export {error}", line=error.line)
        return
    channel = rss.first("channel") or rss
    export.namespaces = rss.namespaces
    export.url = channel.get("wp:base_blog_url") or channel.get("link") or export.url
    for author in channel.all("wp:author"):
        shown = author.get("wp:author_display_name") or author.get("wp:author_login")
        for key in filter(None, (author.get("wp:author_login"), author.get("wp:author_email"))):
            export.authors.setdefault(key, shown)
    for node in channel.all("wp:category"):
        export.terms["category", node.get("wp:category_nicename")] = node.get("wp:cat_name")
    for node in channel.all("wp:tag"):
        export.terms["post_tag", node.get("wp:tag_slug")] = node.get("wp:tag_name")


def _item(fragment: Fragment, export: _Export) -> Iterator[Article | Diagnostic]:
    name = export.source.name
    try:
        node, mended = parse_leniently(fragment.text, export.namespaces, depth=export.options.limits.depth)
    except SourceError as error:
        yield fault(name, error.code, f"an item {error}", line=fragment.line + error.line - 1)
        return
    export.skipped.update("comment" for _ in node.all("wp:comment"))
    kind, status = node.get("wp:post_type") or "post", node.get("wp:status")
    if kind in _NO_ARTICLES or status in _NO_POST:
        export.skipped[kind if kind in _NO_ARTICLES else status] += 1
        return
    problems: tuple[Diagnostic, ...] = ()
    if not fragment.complete:
        message = "the export ends, or another item starts, within this one"
        problems = (warning(name, Code.TRUNCATED, message, line=fragment.line),)
    elif mended:
        line = fragment.line + mended.line - 1
        problems = (warning(name, Code.SYNTAX, f"an item {mended}; repaired", line=line),)
    yield _article(node, kind, export, problems)


def _article(node: Node, kind: str, export: _Export, problems: tuple[Diagnostic, ...]) -> Article:
    status = "password" if node.get("wp:post_password") else node.get("wp:status")
    terms = _terms(node, export)
    meta = _meta(node)
    content = node.first("content:encoded")
    date, raw, updated = _dates(node, export.options)
    summary = node.get("excerpt:encoded") or next((meta[key] for key in _SUMMARIES if meta.get(key)), "")
    return Article(
        title=plain_title(node.get("title")),
        body=wordpress_html(_content(content)) if content else "",
        date=date,
        date_raw=raw,
        updated=updated,
        authors=_authors(node, export, terms.pop("authors", [])),
        tags=tuple(terms.pop("tags", [])),
        categories=tuple(terms.pop("categories", [])),
        slug=_slug(node.get("wp:post_name")),
        source_url=_permalink(node),
        source_id=node.get("guid") or node.get("wp:post_id"),
        feed=export.options.feed or export.url,
        draft=status in _NOT_PUBLIC,
        summary=plain(summary),
        image=export.images.get(meta.get("_thumbnail_id", ""), ""),
        kind=kind,
        extra=_extra(node, status, terms, meta),
        base_url=export.url,
        origin=export.source.name,
        problems=problems,
    )


def _content(content: Node) -> str:
    """The body; markup that should have been escaped is taken as it stands."""
    has_elements = any(isinstance(child, Node) for child in content.children)
    return content.markup() if has_elements else content.text


def _dates(node: Node, options: Options) -> tuple[datetime | None, str | None, datetime | None]:
    """Published, what stands there when it cannot be read, and changed."""
    date = with_offset_of(node.get("wp:post_date"), node.get("wp:post_date_gmt"), options.zone)
    updated = with_offset_of(node.get("wp:post_modified"), node.get("wp:post_modified_gmt"), options.zone)
    if date:
        return date, None, updated
    written = node.get("pubDate")
    date, raw = dated("" if "-0001" in written else written, options.zone)  # what it writes for a draft without a date
    return date, None if date else raw or dated(node.get("wp:post_date"), options.zone)[1], updated


def _terms(node: Node, export: _Export) -> dict[str, list[str]]:
    """The names of the item's terms by field; those of other taxonomies by the taxonomy."""
    found: dict[str, list[str]] = {}
    bare = [category.text.strip() for category in node.all("category") if "domain" not in category.attributes]
    for category in node.all("category"):
        domain, nicename = category.attributes.get("domain", ""), category.attributes.get("nicename", "")
        if domain:
            name = category.text.strip() or export.terms.get((domain, nicename), "") or unquote(nicename)
            name = export.authors.get(nicename, name) if domain == "author" else name
            found.setdefault(_TAXONOMIES.get(domain, domain), []).append(plain_title(name))
    if not found and bare:  # WXR 1.0 writes each category twice, once without domain
        found["categories"] = [plain_title(name) for name in bare]
    return found


def _authors(node: Node, export: _Export, coauthors: list[str]) -> tuple[str, ...]:
    creator = one_line(node.get("dc:creator"))
    return tuple(coauthors) or ((export.authors.get(creator, creator),) if creator else ())


def _meta(node: Node) -> dict[str, str]:
    return {meta.get("wp:meta_key"): meta.get("wp:meta_value") for meta in node.all("wp:postmeta")}


def _extra(node: Node, status: str, terms: Mapping[str, list[str]], meta: Mapping[str, str]) -> dict[str, Any]:
    extra: dict[str, Any] = {key: value for key, value in meta.items() if key and not key.startswith("_")}
    extra |= {name: values[0] if name == "post_format" else values for name, values in terms.items()}
    if status not in ("publish", "draft", ""):
        extra["status"] = status
    if node.get("wp:is_sticky") == "1":
        extra["sticky"] = True
    for key in ("post_parent", "menu_order"):
        if node.get(f"wp:{key}") not in ("", "0"):
            extra[key] = node.get(f"wp:{key}")
    enclosures = [dict(enclosure.attributes) for enclosure in node.all("enclosure")]
    return extra | ({"enclosures": enclosures} if enclosures else {})


def _slug(name: str) -> str:
    """The last part of the address: WordPress writes it percent-encoded, Squarespace with folders and an ending."""
    last = unquote(name).rstrip("/").rpartition("/")[2]
    return re.sub(r"\.html?$", "", last)


def _permalink(node: Node) -> str:
    link, guid = node.get("link"), node.first("guid")
    if link or guid is None or guid.attributes.get("isPermaLink") == "false":
        return link
    return guid.text.strip()
