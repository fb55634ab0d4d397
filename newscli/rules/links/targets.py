"""L601, L602, L608: what links of the site lead to."""

import re
from collections.abc import Iterator
from glob import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newscli.diagnostics import Severity
from newscli.front_matter.spans import KeyPath
from newscli.rules.links.outside import LOCAL, is_passed_over, leads_out, links
from newscli.rules.markup import tags
from newscli.rules.model import Hit, rule
from newscli.rules.subject import Subject

_LIQUID_LINK = re.compile(r"\{%-?\s*(post_url|link)\s+(?P<path>[^%\s]+)\s*-?%\}")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$|^(?P<under>\S.*)\n(?:=+|-+)[ \t]*$", re.M)


_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_COUNTED = re.compile(r"-\d+\Z")  # what a heading gets that was there before
_MADE = re.compile(r"_?top\Z|fn(?:ref)?[:\d]")  # what browsers, and engines for footnotes, add to a page

_PICTURES = (
    "image", "images", "cover", "cover_image", "thumbnail", "banner", "featured_image", "header_image", "og_image",
)  # fmt: skip
_WITHIN = ("path", "src", "url", "image", "feature", "teaser")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp)(?:[?#]|\Z)", re.I)


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
        if (
            path.endswith((".md", ".markdown"))
            and not leads_out(link.url)
            and not LOCAL.match(path)
            and not _exists(subject, path)
        ):
            yield Hit(link.start, link.end, f"there is no file {path}")


def _liquid_target_exists(subject: Subject, tag: str, target: str) -> bool:
    root, known = subject.options.root, subject.options.known_paths
    if tag == "link":
        return root is None or (Path(root) / target.lstrip("/")).exists()
    folder, _, name = target.lstrip("/").rpartition("/")
    stems = (f"_posts/{target.lstrip('/')}", f"{folder}/_posts/{name}".lstrip("/"))  # Jekyll takes both
    if known is not None:
        return any(path.rpartition(".")[0].endswith(stems) for path in known)
    return root is None or any(any(Path(root).glob(f"**/{escape(stem)}.*")) for stem in stems)


@rule(
    "L602",
    "missing-image",
    default=False,
    needs="body",
    needles=(b"![", b"<img", *(f"{key}:".encode() for key in _PICTURES)),
)
def missing_image(subject: Subject) -> Iterator[Hit]:
    """An image of the site is not there, in the body or in a key such as ``image:``.

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
        if not link.is_image or leads_out(link.url) or LOCAL.match(link.url):
            continue
        if not link.url.strip():
            yield Hit(link.opening, max(link.end, link.opening + 1), "an image without an address")
        elif not _exists(subject, link.url):
            yield Hit(link.start, link.end, f"there is no image {link.url}")
    for path, url in _pictures(subject):
        if not leads_out(url) and not LOCAL.match(url) and not _exists(subject, url):
            yield Hit(*subject.place(path), f"there is no image {url}", None, path)


def _pictures(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    """The addresses of pictures in the front matter, ``image: a.jpg`` or ``image: {path: a.jpg}``, with their ways."""
    for key in _PICTURES:
        value = subject.sure(key)
        inner = value if isinstance(value, dict) else {}
        for path, url in [((key,), value), *(((key, name), inner.get(name)) for name in _WITHIN)]:
            if isinstance(url, str) and _PICTURE.search(url) and not is_passed_over(subject, url):
                yield path, url


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
            name = unquote(link.url[1:]).lower()
            if not found & {name, _COUNTED.sub("", name)} and not _MADE.match(name):
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
        name = re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", _MARKDOWN_LINK.sub(r"\1", heading)).strip())
        names |= {name, name.lstrip("-_0123456789")}  # kramdown drops what is no letter in front
    return names
