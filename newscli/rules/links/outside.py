"""Which addresses lead out of the site."""

import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
LOCAL = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|[^\\]*\\[A-Za-z0-9]", re.I)


def leads_out(url: str) -> bool:
    """Whether an address is no file of the site: another site, a place on the page, or made by Liquid."""
    return bool(_SCHEME.match(url)) or url.startswith(("//", "#", "{{", "{%", "mailto:"))
