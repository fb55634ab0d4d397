"""Addresses: where a post of the site is, and what an address of the web leads to."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from newscli.permalinks import address
from newscli.rules.subject import Subject


def address_of(post: Subject) -> str:
    """The address of a post, where it is certain."""
    options = post.options
    return address(options.permalinks, post.data, post.path, options.zone)


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
