r"""Plain text: what a reader sees of a body in which HTML and Markdown are mixed. Quick, by regular expressions.

**What is visible.** Text, link texts, addresses between angle brackets, code, what ``{% raw %}`` holds. Not visible:
tags, comments, Liquid and shortcodes (``{% … %}``, ``{{ … }}``), pictures with their alt texts, targets and titles of
links, link definitions, footnote marks, attribute lists (``{: .x}``), Markdown's own marks, zero-width characters, soft
hyphens, and elements that no browser shows: ``script style template head noscript iframe object svg canvas audio
video``, those with ``hidden`` or ``display:none``. Entities are the characters they stand for.

**What holds together.** Inline tags leave nothing: ``新<b>能</b>源`` is one word. Block tags, ``<br>``, cells, list
items, headings and blank lines are boundaries, one ``\n`` each however many meet. A line end within a paragraph is a
blank, and nothing between two Chinese or Japanese characters (CSS Text 3, 4.1.3). All other white space is one blank.

It is no parser. An unclosed hidden element is taken for visible, of nested hidden elements of the same name the inner
end counts, and paired Markdown marks are taken away in HTML blocks too, where Markdown would leave them.
"""

import re
from html import unescape

from newscli.text import CLOSE_KNIT, UNSEEN

BREAK = "\n"
"""What stands between two blocks."""

_HIDDEN_NAMES = "script|style|template|head|noscript|iframe|object|svg|canvas|audio|video"
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre search "
    "section select summary table tbody td tfoot th thead title tr ul".split()
)
_ATTRIBUTES = r"""(?:[\s/](?:[^<>"']++|"[^"]*+"|'[^']*+')*+)?"""

_COMMENT = re.compile(r"<!--.*?-->|<![A-Za-z\[][^>]*>|<\?[^>]*>", re.S)
_HIDDEN = re.compile(rf"<({_HIDDEN_NAMES})\b[^>]*>.*?</\1\s*>", re.S | re.I)
_UNSHOWN = re.compile(
    r"""<([a-z][a-z0-9]*)\s(?:[^<>]*?\s)?(?:hidden(?=[\s>=/])|style\s*=\s*["']?[^"'<>]*?display\s*:\s*none)[^<>]*>.*?</\1\s*>""",
    re.S | re.I,
)
_TAG = re.compile(rf"</?([A-Za-z][A-Za-z0-9-]*){_ATTRIBUTES}>")
_TORN_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?>")
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>", re.I)

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_LIQUID = re.compile(r"\{%-?\s*comment\b.*?endcomment\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
_ATTRIBUTE_LIST = re.compile(r"\{:[^{}\n]*\}")
_CODE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*(?P=fence)[`~]*[ \t]*$"
    r"|(?P<tick>`+)(?!`)(.+?)(?<!`)(?P=tick)(?!`)",
    re.S | re.M,
)
_KEPT = re.compile("\x00([0-9]+)\x00")

_DEFINITION = re.compile(r"\n {0,3}\[[^\]\n]+\]:[ \t]*\S[^\n]*")
_PICTURE = re.compile(r"!\[[^\[\]]*+\](?:\((?:[^()\n]|\([^()\n]*+\))*+\)|\[[^\[\]\n]*+\])")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*+\])*+)\](?:\((?:[^()\n]|\([^()\n]*+\))*+\)|\[[^\[\]\n]*+\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_RULE = re.compile(r"\n[ \t]*(?:=+|-+|(?:[-*_][ \t]*){3,}+)(?![^\n])")
_TABLE_RULE = re.compile(r"\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+(?![^\n])")
_BEGINNING = re.compile(
    r"\n[ \t]*(?:(?:(?:[-*+](?=[ \t])|#{1,6}(?=[ \t]))[ \t]*)+(?:\[[ xX]\][ \t])?|(?=[0-9]{1,9}[.)][ \t]))"
)
_DEEPEST = 4
_QUOTED = re.compile(r"\n[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*")  # begins with a letter: re skips to the next one
_QUOTE = re.compile(r"\n[ \t]*>[ \t]?")
_HEADING = re.compile(r"(\n[ \t]*#{1,6}[ \t][^\n]*?)(?:[ \t]#+)?[ \t]*(?=\n)")
_STRONG = re.compile(r"(\*\*\*|\*\*|\*|~~)(?![\s*~])((?:(?!\1)[^\n]|\n(?!\n))+?)(?<!\s)\1")
_UNDERSCORED = re.compile(r"_(?<![^\W_]_)(_{0,2})(?![\s_])((?:[^\n]|\n(?!\n))+?)(?<![\s_])_\1(?![^\W_])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_UNSEEN = re.compile(UNSEEN)
_BREAKS = re.compile("\n\n+")
_JOINED = re.compile(f"\n(?<=[{CLOSE_KNIT}]\n)(?=[{CLOSE_KNIT}])")


def visible_text(body: str) -> str:
    r"""What a reader sees of a body, blocks separated by ``\n``; see the module for what that means."""
    text = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    text = f"\n{text}\n".replace("\x00", "")
    kept: list[str] = []
    if "{" in text:
        text = _without_liquid(text, kept)
    if "`" in text or "~~~" in text:
        text = _CODE.sub(
            lambda match: _keep(kept, match[2], BREAK * 2) if match["fence"] else _keep(kept, match[4]), text
        )
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: _keep(kept, match[1]), text)
    if "<" in text:
        text = _without_hidden(text)
    text = _without_line_marks(text)  # before the tags: what begins a line of a cell is no mark
    if "<" in text:
        text = _without_tags(text)
    text = _without_inline_marks(text)
    if "&" in text:
        text = unescape(text)
    while kept and "\x00" in text:
        text = _KEPT.sub(lambda match: kept[int(match[1])], text)
    return _blocks(text)


def _keep(kept: list[str], text: str, around: str = "") -> str:
    """A place holder for text that is shown as it stands."""
    kept.append(around + (text.replace("\n", BREAK * 2) if around else text) + around)
    return f"\x00{len(kept) - 1}\x00"


def _without_liquid(text: str, kept: list[str]) -> str:
    if "{%" in text or "{{" in text:
        text = _RAW.sub(lambda match: _keep(kept, match[1]), text)
        text = _LIQUID.sub("", text)
    return _ATTRIBUTE_LIST.sub("", text) if "{:" in text else text


def _without_hidden(text: str) -> str:
    if "<!" in text or "<?" in text:
        text = _COMMENT.sub("", text)
    text = _HIDDEN.sub(BREAK * 2, text)
    if "hidden" in text or "none" in text:
        text = _UNSHOWN.sub("", text)
    return text


def _without_tags(text: str) -> str:
    text = _TAG.sub(_in_place_of, text)
    if "<" in text:
        text = _TORN_TAG.sub(_in_place_of, _AUTOLINK.sub(r"\1", text))
    return text


def _in_place_of(tag: re.Match[str]) -> str:
    return BREAK * 2 if tag[1].lower() in _BLOCKS else ""


def _without_line_marks(text: str) -> str:
    """The text without what Markdown reads at the beginning of a line."""
    if "]:" in text or "[^" in text:
        text = _FOOTNOTE.sub("", _DEFINITION.sub("", text))
    if "|" in text and _TABLE_RULE.search(text):
        text = _TABLE_RULE.sub("", text).replace("|", BREAK * 2)
    for _ in range(_DEEPEST if ">" in text else 0):
        text, quotes = _QUOTED.subn(lambda match: BREAK + _QUOTE.sub(BREAK, match[0]), text)
        if not quotes:
            break
    if "#" in text:
        text = _HEADING.sub(r"\1\n", text)
    return _BEGINNING.sub(BREAK * 2, _RULE.sub(BREAK * 2, text))


def _without_inline_marks(text: str) -> str:
    """The text without what Markdown reads within a line."""
    if "]" in text:
        text = _PICTURE.sub("", text) if "![" in text else text
        text = _LINK.sub(r"\1", text)
    if "*" in text or "~~" in text:
        text = _STRONG.sub(r"\2", _STRONG.sub(r"\2", text))
    if "_" in text:
        text = _UNDERSCORED.sub(r"\2", text)
    return text


def _blocks(text: str) -> str:
    """White space as the module's documentation has it."""
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    text = "\n".join([" ".join(line.split()) for line in text.split("\n")]).strip("\n")
    text = _BREAKS.sub("\x1e", text)
    if "\n" in text:
        text = _JOINED.sub("", text).replace("\n", " ")
    return text.replace("\x1e", BREAK)
