"""The query language: which posts, in which order, how many.

    query  = all { ("OR" | "|") all }             OR binds least
    all    = not { ["AND"] not }                  a blank means AND
    not    = { "-" | "^" | "NOT" } term
    term   = "(" query ")" | field | text | "@" saved
    field  = name (":" | ":=" | "~") value { "," value }
    text   = word | quoted

====================================  ===================================================================
``word`` ``"two words"``              in title, tags, categories or authors
``tag:x`` ``category:x``              a member; ``tag:x*`` by pattern; ``tag:a,b`` one of them
``title:x`` ``author:x`` ``key:x``    a part of it; any key of the front matter, dotted when nested
``slug:x`` ``layout:x``               a part of it
``f:=x``                              the whole value
``f~re``                              a regular expression; case counts when it holds a capital
``date:2022-06..`` ``date:>=2022``    a period, both ends included whole
``words:500..`` ``key:>=3``           numbers; ``key:1..5``, too
``is:draft``                          or broken, future, untagged, undated, html
``has:f`` ``no:f``                    whether there is something
``path:_posts/2022`` ``id:3f9``       how it begins; ``path:*.html`` by pattern
``sort:date-,title`` ``limit:20``     order and number
``meta.date:x``                       the key of the front matter where ``date`` has a meaning of its own
====================================  ===================================================================

Texts are compared folded (width and case do not count), except by regular expressions, in paths and in ids.
``：（）“”，`` count where their ASCII twins would. What stands in quotation marks is never syntax.
"""

from newscli.query.filters import filters
from newscli.query.model import Query
from newscli.query.sql import one_by_one, register
from newscli.query.states import State
from newscli.query.syntax import parse
from newscli.query.terms import Key, Origin, Period, Term, Text, Value, Words, moment, names_folded
from newscli.query.tree import And, Node, Not, Or

__all__ = [
    "And",
    "Key",
    "Node",
    "Not",
    "Or",
    "Origin",
    "Period",
    "Query",
    "State",
    "Term",
    "Text",
    "Value",
    "Words",
    "filters",
    "moment",
    "names_folded",
    "one_by_one",
    "parse",
    "register",
]
