"""Addresses: where a post of the site is, and what an address of the web leads to."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from newscli.rules.corpus.posts import Known, date_of, text_of

_NAME_DATE = re.compile(r"^\d{2,4}-\d{1,2}-\d{1,2}-")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")


def address_of(post: Known) -> str:
    """The address of a post, where it is certain: its permalink, or under Jekyll categories, day and name."""
    if post.data.get("published") is False or post.data.get("draft") is True:
        return ""
    for key in ("permalink", "url"):
        given = text_of(post, key)
        if given:
            return "" if ":" in given else plain_address(given)
    name = post.path.rpartition("/")[2]
    if post.options.engine != "jekyll" or not _NAME_DATE.match(name) or "_posts/" not in f"/{post.path}":
        return ""
    day = _DAY.match(date_of(post)) or _DAY.match(name)
    named = post.data.get("categories") or post.data.get("category") or ""
    words = (
        named.split() if isinstance(named, str) else [str(item) for item in named] if isinstance(named, list) else []
    )
    above = [part for part in f"/{post.path}".partition("/_posts/")[0].split("/") if part]
    slug = text_of(post, "slug") or _NAME_DATE.sub("", name.rpartition(".")[0])
    return "/".join(["", *sorted({*above, *words}), day.group() if day else "", slug])


def plain_address(url: str) -> str:
    """A path of the site without what does not count: strokes at its ends, ``index.html``, ``.html``."""
    path = urlsplit(url).path if "://" in url else url
    return "/" + path.strip("/").removesuffix("index.html").removesuffix(".html").strip("/")


def canonical(url: str) -> str:
    """An address without what does not change what it leads to: scheme, ``www.``, ``utm_…``, fragment, last stroke."""
    try:
        parts = urlsplit(url.strip() if "://" in url else f"http:{url.strip()}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not name.startswith("utm_")
    ]
    path = parts.path.rstrip("/")
    return f"{host}{path}?{urlencode(kept)}" if host and (path or kept) else ""
