"""Which addresses the rules look at, and which lead out of the site."""

import re
from fnmatch import fnmatchcase

from newscli.rules import markup
from newscli.rules.subject import Subject

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
LOCAL = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|[^\\]*\\[A-Za-z0-9]", re.I)


def leads_out(url: str) -> bool:
    """Whether an address is no file of the site: another site, a place on the page, or made by Liquid."""
    return bool(_SCHEME.match(url)) or url.startswith(("//", "#", "{{", "{%", "mailto:"))


def is_passed_over(subject: Subject, url: str) -> bool:
    """Whether the settings say that an address is nobody's business (``url-ignore``)."""
    return any(fnmatchcase(url, glob) for glob in subject.options.url_ignore)


def links(subject: Subject) -> list[markup.Link]:
    """The links and images of the body without those that the settings pass over."""
    found = markup.links(subject)
    if not subject.options.url_ignore:
        return found
    return [link for link in found if not is_passed_over(subject, link.url)]
