"""The rules of ``newscli validate``, one family a module; a rule's docstring is its manual."""

from newscli.rules import (  # noqa: F401 - importing enters the rules
    body,
    contents,
    corpus,
    dates,
    files,
    html,
    links,
    names,
    own,
    refused,
    schema,
    syntax,
    taxonomy,
    values,
    yaml_keys,
)
from newscli.rules.model import ENGINES, FAMILIES, Hit, Rule, edit, rule
from newscli.rules.model import RULES as _ENTERED
from newscli.rules.others import OTHERS, enter_others
from newscli.rules.subject import Subject

__all__ = ["ENGINES", "FAMILIES", "OTHERS", "RULES", "Hit", "Rule", "Subject", "edit", "rule"]

enter_others(OTHERS)  # last: their modules import this one

RULES: dict[str, Rule] = dict(sorted(_ENTERED.items()))
"""Every rule by its code, sorted."""
