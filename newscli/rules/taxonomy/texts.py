"""T401, T402, T413: a text where a list is meant."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.rules.model import Hit, only, rule
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import LISTS, as_list, is_unusual, text_of


@rule("T401", "string-with-space", Severity.WARNING, fix="unsafe", levels=only("jekyll"), when=is_unusual)
def string_with_space(subject: Subject) -> Iterator[Hit]:
    """Tags or categories are a text with blanks.

    Why: Jekyll splits it into several, Hugo takes it for one.

    Bad::

        title: A title
        tags: 新华日报 新闻

    Good::

        title: A title
        tags: [新华日报, 新闻]

    Engines: Jekyll: two tags; Hugo: one.
    Fix (unsafe): the names become a list.
    """
    for key in LISTS:
        text = text_of(subject, key)
        if text and len(text.split()) > 1 and not re.search("[,，、;；]", text):
            names = text.split() if subject.options.tags.split else [text]
            fix = as_list(subject, key, names, safe=False)
            yield Hit(
                *subject.place((key,)),
                f"Jekyll splits this at blanks into {len(text.split())} {key}; write a list",
                fix,
                (key,),
            )


@rule("T402", "comma-in-string", fix="safe", when=is_unusual)
def comma_in_string(subject: Subject) -> Iterator[Hit]:
    """Tags or categories are a text with commas.

    Why: no engine splits at commas; Jekyll makes ``AI,`` with the comma in its name.

    Bad::

        title: A title
        tags: "AI, 芯片"

    Good::

        title: A title
        tags: [AI, 芯片]

    Engines: Jekyll: ``AI,`` and ``芯片``; Hugo: one tag ``AI, 芯片``.
    Fix (safe): the names become a list.
    """
    for key in LISTS:
        text = text_of(subject, key)
        if text and (mark := re.search("[,，、;；]", text)):
            names = [name.strip() for name in re.split("[,，、;；]", text) if name.strip()]
            fix = as_list(subject, key, names, safe=True)
            yield Hit(
                *subject.place((key,)),
                f"{key} is one text, which {mark.group()} does not part; write a list",
                fix,
                (key,),
            )


@rule("T413", "string-instead-of-list", Severity.INFO, default=False, fix="safe")
def string_instead_of_list(subject: Subject) -> Iterator[Hit]:
    """Tags or categories are one word in place of a list.

    Why: a second word behind a blank changes what the engines read.

    Bad::

        title: A title
        tags: news

    Good::

        title: A title
        tags: [news]

    Engines: all read one tag.
    Fix (safe): a list of one.
    """
    for key in LISTS:
        text = text_of(subject, key)
        if text and len(text.split()) == 1 and not re.search("[,，、;；]", text):
            yield Hit(
                *subject.place((key,)),
                f"{key} is a text; write a list",
                as_list(subject, key, [text], safe=True),
                (key,),
            )
