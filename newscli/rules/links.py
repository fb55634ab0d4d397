"""L: links and images of the body."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote as percent
from urllib.parse import unquote, urlsplit

from newscli.diagnostics import Severity
from newscli.rules.markup import Link, links, tags
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_LOCAL = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|[^\\]*\\[A-Za-z0-9]", re.I)
_LIQUID_LINK = re.compile(r"\{%-?\s*(post_url|link)\s+(?P<path>[^%\s]+)\s*-?%\}")
_EMPTY_AUTOLINK = re.compile(r"^[ \t]*(<>)[ \t]*$", re.M)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$|^(?P<under>\S.*)\n(?:=+|-+)[ \t]*$", re.M)
_BAD_CHARACTER = re.compile(r"[\s\"<>^`{|}]")
_TOKEN = re.compile(r"[?&](?:access_?token|token|sig|signature|sign|auth|key|expires|x-amz-[\w-]+)=", re.I)
_NOWHERE = re.compile(
    r"(?:localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|0\.0\.0\.0"
    r"|.*\.(?:localhost|local|invalid|test|lan|internal))\Z",
    re.I,
)
_ANY_LINK = (b"](", b"href", b"src", b"]:", b"<http", b"<//")


def _is_outside(url: str) -> bool:
    return bool(_SCHEME.match(url)) or url.startswith(("//", "#", "{{", "{%", "mailto:"))


def _exists(subject: Subject, url: str) -> bool:
    """Whether the file that a link of the site names is there; True when nothing can be said."""
    root = subject.options.root
    path = unquote(urlsplit(url).path)
    if root is None or not path or "{" in path:
        return True
    root = Path(root)
    folders = [root / subject.options.images_dir, root, root / "static", root / "source", root / "assets"]
    if not path.startswith("/"):
        folders.insert(0, (root / subject.path).parent)
    try:
        return any((folder / path.lstrip("/")).exists() for folder in folders)
    except (OSError, ValueError):
        return False


@rule("L601", "broken-internal-link", default=False, needs="body", needles=(b"](", b"href", b"post_url", b"{% link"))
def broken_internal_link(subject: Subject) -> Iterator[Hit]:
    """A link to a file of the site leads nowhere.

    Why: a ``{% post_url %}`` or ``{% link %}`` that is not there stops the whole Jekyll build.

    Bad::

        {% post_url 2022-06-07-nowhere %}

    Good::

        ==> _posts/2022-06-06-somewhere.md <==
        ---
        title: Somewhere
        ---
        A body.
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        ---
        {% post_url 2022-06-06-somewhere %}

    Engines: Jekyll stops at the tags; ordinary links are dead on the site.
    """
    for match in _LIQUID_LINK.finditer(subject.prose):
        target = match["path"].strip("\"'")
        if not _liquid_target_exists(subject, match[1], target):
            start, end = subject.body_start + match.start(), subject.body_start + match.end()
            yield Hit(start, end, f"there is no {target}; it stops the Jekyll build")
    for link in links(subject):
        path = link.url.partition("#")[0]
        if path.endswith((".md", ".markdown")) and not _is_outside(link.url) and not _exists(subject, path):
            yield Hit(link.start, link.end, f"there is no file {path}")


def _liquid_target_exists(subject: Subject, tag: str, target: str) -> bool:
    root, known = subject.options.root, subject.options.known_paths
    if tag == "link":
        return root is None or (Path(root) / target.lstrip("/")).exists()
    if known is not None:
        return any(path.rpartition(".")[0].endswith("_posts/" + target.lstrip("/")) for path in known)
    if root is None:
        return True
    folder, _, name = target.rpartition("/")
    return any(Path(root).glob(f"**/_posts/{folder + '/' if folder else ''}{name}.*"))


@rule("L602", "missing-image", default=False, needs="body", needles=(b"![", b"<img"))
def missing_image(subject: Subject) -> Iterator[Hit]:
    """An image of the site is not there.

    Why: readers see a hole.

    Bad::

        ![A chart](/images/none.jpg)

    Good::

        ==> images/chart.jpg <==
        (an image)
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        ---
        ![A chart](/images/chart.jpg)

    Engines: none checks it.
    """
    for link in links(subject):
        if (
            link.is_image
            and link.url
            and not _is_outside(link.url)
            and not _LOCAL.match(link.url)
            and not _exists(subject, link.url)
        ):
            yield Hit(link.start, link.end, f"there is no image {link.url}")


@rule(
    "L603",
    "empty-link",
    Severity.WARNING,
    fix="safe",
    needs="body",
    patterns=(rb"<>", rb"\]\([ \t<]*[)>]", rb"href *(?:= *(?:\"\s*\"|'\s*')|[ >])"),
)
def empty_link(subject: Subject) -> Iterator[Hit]:
    """A link without an address.

    Why: it leads to the page itself, or is shown as it is written.

    Bad::

        <>

    Good::

        <https://example.com/>

    Engines: all publish it.
    Fix (safe for ``<>``): it is deleted.
    """
    for match in _EMPTY_AUTOLINK.finditer("" if subject.is_html else subject.prose):
        at = subject.body_start + match.start(1)
        yield Hit(at, at + 2, "an empty address; delete it", edit(at, at + 2, "", "delete it", safe=True))
    for link in links(subject):
        if not link.url.strip() and not link.is_image and link.form in ("markdown", "html"):
            yield Hit(link.opening, max(link.end, link.opening + 1), "a link without an address")


@rule(
    "L604",
    "protocol-relative",
    Severity.INFO,
    default=False,
    fix="unsafe",
    needs="body",
    needles=(b"](//", b'"//', b"'//", b"<//", b": //", b"(<//"),
)
def protocol_relative(subject: Subject) -> Iterator[Hit]:
    """An address starts with ``//``.

    Why: it means another thing in files than on the web; link checkers read a file path.

    Bad::

        [Home](//example.com/)

    Good::

        [Home](https://example.com/)

    Engines: browsers add the scheme of the page.
    Fix (unsafe): ``https:`` is written in front.
    """
    for link in links(subject):
        if link.url.startswith("//"):
            fix = edit(link.start, link.start, "https:", "write https: in front", safe=False)
            yield Hit(link.start, link.end, f"{link.url} has no scheme; write https:{link.url}", fix)


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


@rule("L606", "local-path", needs="body", needles=(b"\\", b"file:"), patterns=(rb":/[^/]",))
def local_path(subject: Subject) -> Iterator[Hit]:
    r"""An address is a path of somebody's machine.

    Why: nobody else has that file.

    Bad::

        ![A chart](images\chart.jpg)

    Good::

        ![A chart](/images/chart.jpg)

    Engines: all publish it.
    """
    for key in ("image", "cover", "thumbnail", "link", "source"):
        value = subject.data.get(key)
        if type(value) is str or (value is None and key in subject.data and not subject.reads):
            yield from _local_value(subject, key)
    for link in links(subject):
        if _LOCAL.match(link.url) and not re.match(r"https?:", link.url):
            yield Hit(link.start, link.end, f"{link.url} is a path of one machine; write an address of the site")


def _local_value(subject: Subject, key: str) -> Iterator[Hit]:
    start, end = subject.place((key,))
    raw = subject.text[start:end].strip("\"'")
    if re.match(r"[A-Za-z]:[\\/]|\\\\|file:|(?!https?:)[\w.-]+\\\w", raw):
        yield Hit(start, end, f"{raw[:60]} is a path of one machine; write an address of the site", None, (key,))


@rule("L607", "no-alt", Severity.WARNING, default=False, needs="body", needles=(b"![", b"<img"))
def no_alt(subject: Subject) -> Iterator[Hit]:
    """An image without a text in its place.

    Why: who cannot see it gets nothing.

    Bad::

        <img src="https://example.com/a.jpg">

    Good::

        <img src="https://example.com/a.jpg" alt="A chart">

    Engines: all publish it.
    """
    for tag in tags(subject):
        if tag.name == "img" and not tag.closes and tag.get("alt") is None:
            yield Hit(tag.start, tag.end, 'an image without alt; say what it shows (alt="" for mere decoration)')
    for link in links(subject):
        if link.is_image and link.form == "markdown" and not link.text.strip():
            yield Hit(link.whole, link.stop, "an image without a text between the brackets; say what it shows")


@rule(
    "L608", "broken-fragment", Severity.WARNING, default=False, needs="body", needles=(b"](#", b'href="#', b"href='#")
)
def broken_fragment(subject: Subject) -> Iterator[Hit]:
    """A link within the page leads to no heading and no anchor.

    Why: a click does nothing.

    Bad::

        [Up](#nowhere)

    Good::

        # Top

        [Up](#top)

    Engines: none checks it.
    """
    found = None
    for link in links(subject):
        if link.url.startswith("#") and len(link.url) > 1:
            found = found if found is not None else _anchors(subject)
            if unquote(link.url[1:]).lower() not in found and link.url not in ("#top", "#_top"):
                yield Hit(link.start, link.end, f"nothing on the page has the name {link.url[1:]}")


def _anchors(subject: Subject) -> set[str]:
    names = {
        attribute.value.lower()
        for tag in tags(subject)
        for attribute in tag.attributes
        if attribute.name in ("id", "name")
    }
    names |= {match.lower() for match in re.findall(r"\{:?\s*#([\w-]+)", subject.body)}
    for match in _HEADING.finditer(subject.prose):
        heading = (match[1] or match["under"] or "").lower()
        names.add(re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip()))
    return names


@rule("L609", "bad-url-characters", Severity.WARNING, default=False, fix="safe", needs="body", needles=_ANY_LINK)
def bad_url_characters(subject: Subject) -> Iterator[Hit]:
    """An address holds blanks or signs that must be escaped.

    Why: Markdown ends the address there, or the server does not understand it.

    Bad::

        [A file](<https://example.com/a b.pdf>)

    Good::

        [A file](https://example.com/a%20b.pdf)

    Engines: browsers escape some of it.
    Fix (safe): the signs are percent-encoded.
    """
    for link in links(subject):
        if link.url.startswith(("{{", "{%", "data:")) or "{{" in link.url or "{%" in link.url:
            continue
        if bad := _BAD_CHARACTER.search(link.url.strip()):
            tidy = _BAD_CHARACTER.sub(lambda match: percent(match.group()), link.url.strip())
            fix = edit(link.start, link.end, tidy, "percent-encode it", safe=True)
            yield Hit(link.start, link.end, f"the address holds {bad.group()!r}; percent-encode it", fix)


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
