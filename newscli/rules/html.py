"""H: HTML and Liquid in the body."""

import html
import re
from collections.abc import Iterator

from newscli.diagnostics import Fix, Severity
from newscli.rules.markup import Attribute, Tag, links, tags
from newscli.rules.model import Hit, edit, only, rule
from newscli.rules.subject import Subject

_ACTIVE = {
    "script": Severity.ERROR,
    "object": Severity.ERROR,
    "embed": Severity.ERROR,
    "base": Severity.ERROR,
    "iframe": Severity.WARNING,
    "form": Severity.WARNING,
    "link": Severity.WARNING,
    "style": Severity.WARNING,
}
_PAIRED = frozenset(("script", "object", "iframe", "form", "style"))
_PLAYER = re.compile(
    r"(?:https?:)?//(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/|player\.bilibili\.com/|v\.qq\.com/"
    r"|player\.youku\.com/|dailymotion\.com/embed|embed\.ted\.com/|w\.soundcloud\.com/|open\.spotify\.com/embed"
    r"|google\.com/maps/embed|docs\.google\.com/|slideshare\.net/|speakerdeck\.com/player|archive\.org/embed/|codepen\.io/"
    r"|jsfiddle\.net/|codesandbox\.io/embed|datawrapper\.dwcdn\.net/|giphy\.com/embed|figma\.com/embed)",
    re.I,
)
_WIDGET = re.compile(
    r"(?:https?:)?//(?:platform\.(?:twitter|x)\.com/widgets\.js|(?:www\.)?instagram\.com/embed\.js|(?:www\.)?tiktok\.com/embed\.js"
    r"|gist\.github\.com/[\w/.-]+\.js|embed\.reddit\.com/widgets\.js|speakerdeck\.com/assets/embed\.js"
    r"|asciinema\.org/a/\w+\.js)(?:\?[^<>]*)?\Z",
    re.I,
)
_HANDLER = re.compile(r"on[a-z]{3,}\Z")
_ADDRESS = frozenset("href src action formaction data poster xlink:href background".split())
_SCRIPT_URL = re.compile(r"(?:javascript|vbscript|livescript):|data:text/html", re.I)
_SCRIPT_HINTS = (
    rb"script[\x00-\x20]*:", rb"data:text/html", rb"&(?:colon|tab|newline);|&#[0-9a-fx]{1,7};?[^\s\"'>)]{0,40}(?::|&)",
    rb"j[\x00-\x20]*a[\x00-\x20]*v[\x00-\x20]*a[\x00-\x20]*s[\x00-\x20]*c[^r]",
)  # fmt: skip
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_MAY_STAY_OPEN = frozenset(
    "p li dt dd tr td th thead tbody tfoot option optgroup rt rp html head body colgroup".split()
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:height|width)\s*:\s*[01]px|font-size\s*:\s*0"
    r"|opacity\s*:\s*0(?:[;\s]|$)",
    re.I,
)
_LIQUID = re.compile(
    r"\{\{-?(?P<value>(?:(?!\{\{|\}\}).){0,1000}?)-?\}\}|\{%-?\s*+(?P<tag>\w*+)(?P<rest>(?:(?!\{%|%\}).){0,1000}?)-?%\}",
    re.S,
)
_LIQUID_TAGS = frozenset(
    "assign break capture case comment continue cycle decrement echo else elsif endcapture endcase endcomment "
    "endfor endhighlight endif endraw endtablerow endunless for gist highlight if include include_cached "
    "include_relative increment layout link liquid post_url raw render tablerow unless when seo feed_meta avatar "
    "figure endfigure details enddetails".split()
)
_LIQUID_VALUES = re.compile(
    r"\s*(?:site\.(?:baseurl|url|title|data|github|static_files|posts|pages|time|categories|tags|author)\b"
    r"|page\.|include\.|layout\.|forloop\.|content\b|paginator\.|[\"'])|.*\|\s*(?:relative_url|absolute_url|markdownify)\b",
    re.S,
)
_LEFTOVER = re.compile(
    r"<!--\s*(?:EM_StockImg_(?:Start|End)|/?[a-z_]+(?:_start|_end)|StartFragment|EndFragment)\s*-->"
    r"|<span id=[^<>]*></span>",
    re.I,
)


def _value_fix(attribute: Attribute, tag: Tag, message: str, subject: Subject) -> Fix:
    """Delete an attribute with the blank in front of it."""
    end = tag.end
    inner = subject.text[attribute.at : tag.end]
    match = re.match(r"[^\s=<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?", inner)
    end = attribute.at + (match.end() if match else 0)
    start = attribute.at - len(subject.text[: attribute.at]) + len(subject.text[: attribute.at].rstrip(" \t"))
    return edit(start, end, "", message, safe=False)


@rule(
    "H701", "active-element", fix="unsafe", needs="body", patterns=(rb"<(?:scr|ifr|obj|emb|form|base|meta|link|sty)",)
)
def active_element(subject: Subject) -> Iterator[Hit]:
    """An element that runs or loads something of another site.

    Why: a scraped script runs under the name of your site; ``base`` and ``meta`` change the whole page. Frames, forms
    and styles are often meant, so they are warnings; players of videos and slides, and the scripts by which Twitter,
    GitHub and others embed a post, are passed over.

    Bad::

        <script src="https://example.com/x.js"></script>

    Good::

        [A script](https://example.com/x.js)

    Engines: Jekyll publishes it; Hugo drops raw HTML unless told otherwise.
    Fix (unsafe): the element is deleted.
    """
    for tag in tags(subject):
        if tag.closes:
            continue
        severity = _ACTIVE.get(tag.name)
        if tag.name == "meta" and (refresh := tag.get("http-equiv")) and refresh.value.lower() == "refresh":
            severity = Severity.ERROR
        if severity is None or _is_embedded(tag):
            continue
        end = tag.end
        if tag.name in _PAIRED:
            closing = re.compile(rf"</{tag.name}\s*>", re.I).search(subject.text, tag.end)
            end = closing.end() if closing else tag.end
        fix = edit(tag.start, end, "", f"delete the element {tag.name}", safe=False)
        yield Hit(
            tag.start, tag.end, f"<{tag.name}> runs or loads something; delete it if it is not yours", fix, (), severity
        )


def _is_embedded(tag: Tag) -> bool:
    """Whether it is one of the usual players, or the script that belongs to a post embedded."""
    usual = {"iframe": _PLAYER, "script": _WIDGET}.get(tag.name)
    source = tag.get("src")
    return bool(usual and source and usual.match(source.value))


@rule("H702", "event-handler", fix="unsafe", needs="body", patterns=(rb"on[a-z]{3,}[ \t\r\n]*=",))
def event_handler(subject: Subject) -> Iterator[Hit]:
    """An attribute runs a script.

    Why: ``onerror`` and its like run under the name of your site.

    Bad::

        <img src="x.png" alt="x" onerror="alert(1)">

    Good::

        <img src="x.png" alt="x">

    Engines: Jekyll publishes it.
    Fix (unsafe): the attribute is deleted.
    """
    for tag in tags(subject):
        for attribute in tag.attributes:
            if attribute.value_at >= 0 and _HANDLER.match(attribute.name):
                fix = _value_fix(attribute, tag, f"delete {attribute.name}", subject)
                yield Hit(
                    attribute.at, attribute.at + len(attribute.name), f"{attribute.name} runs a script; delete it", fix
                )


@rule("H703", "script-url", fix="unsafe", needs="body", patterns=_SCRIPT_HINTS)
def script_url(subject: Subject) -> Iterator[Hit]:
    """An address is a script.

    Why: a click runs it under the name of your site; entities and control characters in it do not help.

    Bad::

        <a href="java&#x73;cript:alert(1)">x</a>

    Good::

        <a href="https://example.com/">x</a>

    Engines: Jekyll publishes it; Hugo drops the address.
    Fix (unsafe): the address becomes ``#``.
    """
    seen = set()
    for link in links(subject):
        if _is_script(link.url):
            seen.add(link.start)
            fix = edit(link.start, link.end, "#", "write # in its place", safe=False)
            yield Hit(link.start, link.end, "the address is a script; delete it", fix)
    for tag in tags(subject):
        for attribute in tag.attributes:
            if attribute.name in _ADDRESS and attribute.value_at not in seen and _is_script(attribute.value):
                end = attribute.value_at + len(attribute.value)
                yield Hit(attribute.value_at, end, "the address is a script; delete it")


def _is_script(url: str) -> bool:
    if ":" not in url and "&" not in url:
        return False
    return bool(_SCRIPT_URL.match(re.sub(r"[\x00-\x20\x7f-\x9f]+", "", html.unescape(url))))


@rule("H704", "unbalanced-html", Severity.WARNING, default=False, needs="body", needles=(b"<",))
def unbalanced_html(subject: Subject) -> Iterator[Hit]:
    """An element is opened and not closed, or closed and not opened.

    Why: browsers close it somewhere else, and the rest of the page looks odd.

    Bad::

        <p>open <b>bold</p>

    Good::

        <p>open <b>bold</b></p>

    Engines: all publish it.
    """
    stack: list[Tag] = []
    for tag in tags(subject):
        if tag.name in _VOID or tag.is_empty:
            continue
        if not tag.closes:
            stack.append(tag)
        elif any(opened.name == tag.name for opened in stack):
            while (opened := stack.pop()).name != tag.name:
                yield from _left_open(opened)
        elif tag.name != "p":
            yield Hit(tag.start, tag.end, f"</{tag.name}> closes nothing")
    for opened in stack:
        yield from _left_open(opened)


def _left_open(tag: Tag) -> Iterator[Hit]:
    if tag.name not in _MAY_STAY_OPEN:
        yield Hit(tag.start, tag.end, f"<{tag.name}> is never closed")


@rule(
    "H705", "hidden-content", Severity.WARNING, default=False, fix="unsafe", needs="body", needles=(b"style", b"hidden")
)
def hidden_content(subject: Subject) -> Iterator[Hit]:
    """Something in the body is not shown.

    Why: scrapers bring it along, and search engines punish it.

    Bad::

        <p style="display:none">x</p>

    Good::

        <p>x</p>

    Engines: all publish it.
    Fix (unsafe): the element is deleted.
    """
    for tag in tags(subject):
        if tag.closes:
            continue
        style, hidden = tag.get("style"), tag.get("hidden")
        found = style if style and _HIDDEN.search(style.value) else hidden
        if found:
            closing = re.compile(rf"</{tag.name}\s*>", re.I).search(subject.text, tag.end)
            fix = edit(tag.start, closing.end(), "", "delete the element", safe=False) if closing else None
            yield Hit(
                found.at, found.at + len(found.name), f"this <{tag.name}> is not shown; delete it or show it", fix
            )


@rule("H706", "live-liquid", fix="unsafe", needs="body", patterns=(rb"\{[{%]",), levels=only("jekyll"))
def live_liquid(subject: Subject) -> Iterator[Hit]:
    """Text in the body that Jekyll runs as Liquid.

    Why: an unknown tag stops the whole build, an unknown variable vanishes. Tags and variables that a Jekyll page
    usually has are passed over.

    Bad::

        Braces in a text {% unknown %}.

    Good::

        {% raw %}Braces in a text {% unknown %}.{% endraw %}

    Engines: Jekyll stops at unknown tags and shows nothing for unknown variables.
    Fix (unsafe): it is wrapped in ``raw``.
    """
    opened: set[str] = set()
    text, shift = _without_raw(subject.body), subject.body_start
    for match in _LIQUID.finditer(text):
        if match["tag"] is not None:
            name = match["tag"]
            if name in ("assign", "for", "capture", "tablerow"):
                opened.update(re.findall(r"[A-Za-z_]\w*", match["rest"])[:1])
            if name in _LIQUID_TAGS or name.removeprefix("end") in subject.options.liquid_tags:
                continue
        elif (
            _LIQUID_VALUES.match(match["value"]) or match["value"].strip().split(".")[0].split("|")[0].strip() in opened
        ):
            continue
        start, end = shift + match.start(), shift + match.end()
        fix = edit(start, end, f"{{% raw %}}{match.group()}{{% endraw %}}", "wrap it in raw", safe=False)
        yield Hit(start, end, f"Jekyll runs {match.group()[:40]}; wrap it in raw if it is text", fix)


def _without_raw(body: str) -> str:
    if "raw" not in body and "comment" not in body:
        return body
    return re.sub(
        r"\{%-?\s*(raw|comment)\s*-?%\}(?:(?!\{%-?\s*\1\b).)*?\{%-?\s*end\1\s*-?%\}",
        lambda match: " " * len(match.group()),
        body,
        flags=re.S,
    )


@rule(
    "H707",
    "scraper-leftover",
    Severity.INFO,
    default=False,
    fix="unsafe",
    needs="body",
    needles=(b"<!--", b"data-code", b"<span id"),
)
def scraper_leftover(subject: Subject) -> Iterator[Hit]:
    """Marks of the program or page that a text was taken from.

    Why: they mean nothing here.

    Bad::

        <!-- EM_StockImg_Start -->A chart<!-- EM_StockImg_End -->

    Good::

        A chart

    Engines: all publish them.
    Fix (unsafe): the mark is deleted.
    """
    for match in _LEFTOVER.finditer(subject.markup):
        start, end = subject.body_start + match.start(), subject.body_start + match.end()
        yield Hit(
            start,
            end,
            "a mark of the page this was taken from; delete it",
            edit(start, end, "", "delete it", safe=False),
        )
    for tag in tags(subject):
        if code := tag.get("data-code"):
            fix = _value_fix(code, tag, "delete the attribute", subject)
            yield Hit(code.at, code.at + len(code.name), "an attribute of the page this was taken from; delete it", fix)
