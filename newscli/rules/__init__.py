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
from newscli.rules.model import ENGINES, FAMILIES, Hit, Rule
from newscli.rules.model import RULES as _ENTERED

__all__ = ["ENGINES", "FAMILIES", "RULES", "Hit", "Rule"]

RULES: dict[str, Rule] = dict(sorted(_ENTERED.items()))
"""Every rule by its code, sorted."""
