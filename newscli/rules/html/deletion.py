"""How an attribute is deleted."""

import re

from newscli.diagnostics import Fix
from newscli.rules.markup import Attribute, Tag
from newscli.rules.model import edit
from newscli.rules.subject import Subject


def deletion_of(attribute: Attribute, tag: Tag, message: str, subject: Subject) -> Fix:
    """Delete an attribute with the blank in front of it."""
    end = tag.end
    inner = subject.text[attribute.at : tag.end]
    match = re.match(r"[^\s=<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?", inner)
    end = attribute.at + (match.end() if match else 0)
    start = attribute.at - len(subject.text[: attribute.at]) + len(subject.text[: attribute.at].rstrip(" \t"))
    return edit(start, end, "", message, safe=False)
