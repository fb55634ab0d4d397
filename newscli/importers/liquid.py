"""Liquid in texts from outside: shown as it stands, never run."""

import re

_TAG = re.compile(r"\{\{[^{}\n]*+\}\}|\{%[^{}%\n]*+%\}|\{[{%]")
_RAW_END = re.compile(r"\{%-?\s*endraw\b")
_OPENING = 2


def wrap_liquid(text: str) -> str:
    """The text so that Liquid shows it as it is: every tag and output in ``{% raw %}``.

    What opens a tag and does not close it, and what would end such a block early (``{% endraw %}``), is written as the
    output of its first two characters instead: ``{{ "{%" }} endraw %}``.
    """
    return _TAG.sub(_wrapped, text) if "{{" in text or "{%" in text else text


def _wrapped(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) == _OPENING or _RAW_END.match(tag):
        return f'{{{{ "{tag[:_OPENING]}" }}}}{tag[_OPENING:]}'
    return f"{{% raw %}}{tag}{{% endraw %}}"
