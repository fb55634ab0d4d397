"""What a source is, by its first bytes; its name only decides where they leave it open."""

import codecs
import posixpath
import re
from collections.abc import Collection
from pathlib import PurePosixPath

_ENDINGS = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".mbox": "mail", ".eml": "mail",
    ".htm": "html", ".html": "html", ".xhtml": "html", ".opml": "opml", ".md": "posts", ".markdown": "posts",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?(?:-->|\Z)|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"\s*<([A-Za-z_][\w:.-]*)")
_ROOTS = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "channel": "feed", "opml": "opml",
    "urlset": "sitemap", "sitemapindex": "sitemap", "html": "html", "head": "html", "body": "html",
}  # fmt: skip
_HTML = frozenset({
    "a", "article", "br", "div", "h1", "h2", "h3", "header", "main", "meta", "p", "section", "span", "table",
    "title", "ul", "ol", "img", "b", "i", "blockquote",
})  # fmt: skip
_MAIL = re.compile(
    r"(?:Return-Path|Received|Delivered-To|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Content-Type|Reply-To|Sender|"
    r"List-[A-Za-z]+|X-[A-Za-z0-9-]+|DKIM-Signature|Authentication-Results)[ \t]*:",
    re.IGNORECASE,
)
_MAIL_SURE = frozenset({"from", "subject", "date", "received", "message-id", "return-path"})
_GHOST = re.compile(r'"(?:db|meta|data)"\s*:')
_OF_MEDIUM = ("profile", "sessions", "bookmarks", "claps")
_INNER = frozenset({"posts", "emails", *_OF_MEDIUM})
_SEPARATORS = "\t,;|"
_MIN_HEADERS = 2
_TABLE_SUFFIXES = frozenset({"", ".txt", ".dat"})


def detect(name: str, head: bytes) -> str | None:
    """The importer for a source, or None when it is nothing that can be imported.

    Args:
        name: the name of the file, the last part of the address, or ``-``.
        head: its first bytes, 64 KiB or all there are.
    """
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in head or b"[Content_Types].xml" in head[:200] else "zip"
    if head.startswith(b"\x1f\x8b") and name.lower().endswith(".xml.gz"):
        return "sitemap"
    text = _text(head)
    if text is None:
        return None
    suffix = PurePosixPath(name.lower()).suffix
    ending = _ENDINGS.get(suffix)
    start = text.lstrip("\ufeff \t\r\n\f")
    for looks in (_markup, _json, _front_matter, _mail):
        if found := looks(start, ending):
            return found
    if found := _table(start, ending, suffix):
        return found
    return ending if start and ending in ("html", "posts", "mail") else None


def detect_members(names: Collection[str]) -> str:
    """The importer for an archive or a folder by the names in it: of an export as a whole, else ``folder``.

    It is an export when its files stand at the top, or in the one folder at the top; a folder that holds an export
    among other things is none.
    """
    paths = [PurePosixPath(name.lower()) for name in names]
    folders = [path.parent.parent if path.parent.name in _INNER else path.parent for path in paths]
    top = posixpath.commonpath(folders or [PurePosixPath()])
    files = {path.relative_to(top) for path in paths}
    found = {(path.parent.as_posix(), path.suffix) for path in files}
    tables = {path.name for path in files if path.parent.as_posix() == "."}
    if "posts.csv" in tables and ("posts", ".html") in found:
        return "substack"
    if tables & {"emails.csv", "emails.json"} and ("emails", ".md") in found:
        return "buttondown"
    is_medium = "readme.html" in tables or any((folder, ".html") in found for folder in _OF_MEDIUM)
    return "medium" if ("posts", ".html") in found and is_medium else "folder"


def _text(head: bytes) -> str | None:
    """The bytes as text as far as that can be said; None for what is no text."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return None if b"\0" in head else head.decode("utf-8", "replace")


def _markup(text: str, ending: str | None) -> str | None:
    if not text.startswith("<"):
        return None
    position = 0
    while match := _PROLOG.match(text, position):
        if match[0].lstrip()[:14].lower() == "<!doctype html":
            return "html"
        position = match.end()
    root = _ROOT.match(text, position)
    if not root:
        return ending if ending == "html" else None
    return _by_root(root[1].rpartition(":")[2].lower(), text, ending)


def _by_root(root: str, text: str, ending: str | None) -> str | None:
    if root in ("rss", "item", "channel") and ("wordpress.org/export/" in text or "<wp:" in text):
        return "wordpress"
    if root == "feed" and ("schemas.google.com/blogger" in text or ">Blogger<" in text):
        return "blogger"
    if ending == "posts" and _ROOTS.get(root, "html") == "html" and root != "html":
        return "posts"
    if root in _ROOTS:
        return _ROOTS[root]
    return "html" if root in _HTML or ending == "html" else None


def _json(text: str, ending: str | None) -> str | None:
    if text[:1] not in ("{", "[") or ending == "posts":
        return None
    if ending == "jsonl":
        return "jsonl"
    if text.startswith("{"):
        if "jsonfeed.org/version" in text or (
            '"items"' in text and ('"home_page_url"' in text or '"feed_url"' in text)
        ):
            return "feed"
        is_posts = re.match(r'\{\s*"posts"\s*:', text) and ('"lexical"' in text or '"mobiledoc"' in text)
        if is_posts or (len(set(_GHOST.findall(text))) > 1 and ('"posts"' in text or '"exported_on"' in text)):
            return "ghost"
        first, _, rest = text.partition("\n")
        if first.rstrip().endswith("}") and rest.lstrip().startswith("{"):
            return "jsonl"
    return "json" if re.match(r"[\[{]\s*[\[{\"\]}]", text) else None


def _front_matter(text: str, _ending: str | None) -> str | None:
    return "posts" if re.match(r"(?:---|\+\+\+)[ \t]*\r?\n", text) else None


def _mail(text: str, ending: str | None) -> str | None:
    if text.startswith("From ") and _MAIL.search(text[:4096]):
        return "mail"
    headers = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0].splitlines()
    lines = [line for line in headers if line[:1] not in (" ", "\t")]
    names = {line.partition(":")[0].strip().lower() for line in lines if _MAIL.match(line)}
    is_mail = bool(lines and _MAIL.match(lines[0])) and len(names & _MAIL_SURE) >= _MIN_HEADERS
    return "mail" if is_mail or (names and ending == "mail") else None


def _table(text: str, ending: str | None, suffix: str) -> str | None:
    if ending in ("csv", "tsv"):
        return ending if text else None
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if ending or suffix not in _TABLE_SUFFIXES or len(lines) < _MIN_HEADERS:
        return None
    for separator in _SEPARATORS:
        columns = lines[0].count(separator)
        if columns and all(line.count(separator) == columns for line in lines[1:-1] or lines[1:]):
            return "tsv" if separator == "\t" else "csv"
    return None
