"""L605, L610, L611: the servers that links lead to."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newscli.diagnostics import Severity
from newscli.rules.links.outside import links
from newscli.rules.markup import Link
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject

_TOKEN = re.compile(r"[?&](?:access_?token|token|sig|signature|sign|auth|key|expires|x-amz-[\w-]+)=", re.I)
_NOWHERE = re.compile(
    r"(?:localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|0\.0\.0\.0"
    r"|169\.254\.\d+\.\d+|.*\.(?:localhost|local|invalid|test|lan|internal)|[^.:]+|::1|f[cd][0-9a-f]{2}:.*|fe80:.*)\Z",
    re.I,
)


@rule("L605", "insecure-http", Severity.INFO, default=False, needs="body", needles=(b"http://",))
def insecure_http(subject: Subject) -> Iterator[Hit]:
    """A link uses ``http``.

    Why: what it loads can be read and changed on the way; browsers block such images on secure pages.

    Bad::

        [Home](http://example.com/)

    Good::

        [Home](https://example.com/)

    Engines: all publish it.
    """
    for link in links(subject):
        if link.url.startswith("http://"):
            yield Hit(link.start, link.end, f"{link.url} is not secure; use https where the site has it")


@rule(
    "L610",
    "hotlink",
    Severity.INFO,
    default=False,
    needs="body",
    needles=(b"token", b"sig", b"key=", b"expires", b"auth", b"x-amz"),
)
def hotlink(subject: Subject) -> Iterator[Hit]:
    """An image or link carries a key or signature that will expire.

    Why: it works for whoever made it, and for a while.

    Bad::

        ![A chart](https://cdn.example.com/a.jpg?token=abc&expires=1)

    Good::

        ![A chart](/images/a.jpg)

    Engines: all publish it, the key too.
    """
    for link in links(subject):
        if _TOKEN.search(link.url):
            yield Hit(link.start, link.end, "the address carries a key or signature; keep a copy of the file instead")


@rule("L611", "dead-external", Severity.INFO, default=False, needs="body", needles=(b"//",))
def dead_external(subject: Subject) -> Iterator[Hit]:
    """An address that no reader can reach: a private network, a reserved name.

    Why: it worked on the machine of the author. Whether other addresses still answer is a job for a link checker.

    Bad::

        [Draft](http://localhost:4000/draft)

    Good::

        [Draft](https://example.com/draft)

    Engines: all publish it.
    """
    for link in links(subject):
        host = _host(link)
        if host and _NOWHERE.match(host):
            yield Hit(link.start, link.end, f"nobody else can reach {host}")


def _host(link: Link) -> str:
    try:
        return urlsplit(link.url).hostname or ""
    except ValueError:
        return ""
