"""H706: Liquid in a text."""

import re
from collections.abc import Iterator

from newscli.rules.model import Hit, edit, only, rule
from newscli.rules.subject import Subject

_LIQUID = re.compile(
    r"\{(?:\{-?(?P<value>(?:(?!\{\{|\}\}).){0,1000}?)-?\}\}"
    r"|%-?\s*+(?P<tag>\w*+)(?P<rest>(?:(?!\{%|%\}).){0,1000}?)-?%\}"
    r"|(?P<open>[{%]))",
    re.S,
)
_LIQUID_TAGS = frozenset(
    "assign break capture case comment continue cycle decrement echo else elsif endcapture endcase endcomment "
    "endfor endhighlight endif endraw endtablerow endunless for gist highlight if include include_cached "
    "include_relative increment layout link liquid post_url raw render tablerow unless when seo feed_meta avatar "
    "figure endfigure details enddetails".split()
)
_FOREIGN = frozenset("block blocktrans extends from import load macro path set static trans url".split())
"""Tags of Django, Jinja and Twig, which texts about them hold."""
_CALL = re.compile(r"\s+[\"']")
_LIQUID_VALUES = re.compile(
    r"\s*(?:site\.(?:baseurl|url|title|data|github|static_files|posts|pages|time|categories|tags|author)\b"
    r"|page\.|include\.|layout\.|forloop\.|content\b|paginator\.|[\"'])|.*\|\s*(?:relative_url|absolute_url|markdownify)\b",
    re.S,
)


@rule("H706", "live-liquid", fix="unsafe", needs="body", patterns=(rb"\{[{%]",), levels=only("jekyll"))
def live_liquid(subject: Subject) -> Iterator[Hit]:
    """Text in the body that Jekyll runs as Liquid.

    Why: an unknown tag stops the whole build, and so do braces that are never closed; an unknown variable vanishes.
    Tags and variables that a Jekyll page usually has are passed over, and tags of the site's plugins: those in its
    ``_plugins`` and the setting ``liquid-tags``, or, where neither names any, those that are given a quoted text.

    Bad::

        Braces in a text {% unknown %}.

    Good::

        {% raw %}Braces in a text {% unknown %}.{% endraw %}

    Engines: Jekyll stops at unknown tags and open braces and shows nothing for unknown variables.
    Fix (unsafe): it is wrapped in ``raw``.
    """
    opened: set[str] = set()
    text, shift = _without_raw(subject.body), subject.body_start
    for match in _LIQUID.finditer(text):
        name, value = match["tag"], match["value"]
        if name in ("assign", "for", "capture", "tablerow"):
            opened.update(re.findall(r"[A-Za-z_]\w*", match["rest"])[:1])
        if name is not None and (name in _LIQUID_TAGS or _is_of_site(subject, name, match["rest"])):
            continue
        if value is not None and (_LIQUID_VALUES.match(value) or re.split("[.|]", value)[0].strip() in opened):
            continue
        start, end = shift + match.start(), shift + match.end()
        fix = edit(start, end, f"{{% raw %}}{match.group()}{{% endraw %}}", "wrap it in raw", safe=False)
        yield Hit(start, end, f"Jekyll runs {match.group()[:40]}; wrap it in raw if it is text", fix)


def _is_of_site(subject: Subject, name: str, rest: str) -> bool:
    """Whether a plugin of the site makes a tag; where none is known, what is given a quoted text is taken for one."""
    known = subject.options.liquid_tags
    return name.removeprefix("end") in known or (not known and name not in _FOREIGN and bool(_CALL.match(rest)))


def _without_raw(body: str) -> str:
    if "raw" not in body and "comment" not in body:
        return body
    return re.sub(
        r"\{%-?\s*(raw|comment)\s*-?%\}(?:(?!\{%-?\s*\1\b).)*?\{%-?\s*end\1\s*-?%\}",
        lambda match: " " * len(match.group()),
        body,
        flags=re.S,
    )
