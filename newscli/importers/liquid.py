"""Liquid in texts from outside: shown as it stands, never run."""

import re

_OPENING = re.compile(r"\{[{%]")
_RAW_END = re.compile(r"\{%-?\s*endraw\b")
_TAG = re.compile(r"\{\{[^{}\n]*+\}\}|\{%[^{}%\n]*+%\}|\{[{%]")


def wrap_liquid(text: str) -> str:
    """The text so that Liquid shows it as it is: every tag, output or opening of one in ``{% raw %}``.

    What would end such a block early (``{% endraw %}``) is written as an output instead: ``{{ "{%" }} endraw %}``.
    """
    return _TAG.sub(_wrapped, text) if _OPENING.search(text) else text


def _wrapped(match: re.Match[str]) -> str:
    tag = match[0]
    if _RAW_END.match(match.string, match.start()):
        return '{{ "{%" }}' + tag[2:]
    return f"{{% raw %}}{tag}{{% endraw %}}"
