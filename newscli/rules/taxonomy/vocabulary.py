"""T405: names that the settings do not know."""

from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Severity
from newscli.fixes.scalars import quote
from newscli.nearest import did_you_mean
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import is_yaml, names_in, text_of
from newscli.text import nearest


def _has_vocabulary(subject: Subject) -> bool:
    return bool(subject.options.tags.vocabulary)


@rule("T405", "unknown-tag", Severity.WARNING, fix="unsafe", when=_has_vocabulary)
def unknown_tag(subject: Subject) -> Iterator[Hit]:
    """A tag is not in the vocabulary of the settings; without one, it looks like a slip of a tag that many posts have.

    Why: a slip makes a tag page of its own. Without a vocabulary a slip is a tag of one or two posts that is a letter
    away from one of twenty or more; it takes an archive.

    Bad::

        ==> newscli.toml <==
        [validate.tags]
        vocabulary = ["新华日报新闻"]
        ==> _posts/2022-06-07-example.md <==
        title: A title
        tags: [新华日报新聞]

    Good::

        ==> newscli.toml <==
        [validate.tags]
        vocabulary = ["新华日报新闻"]
        ==> _posts/2022-06-07-example.md <==
        title: A title
        tags: [新华日报新闻]

    Engines: none has a vocabulary.
    Fix (unsafe): the nearest name of the vocabulary.
    """
    known = subject.options.tags.vocabulary
    for place, name in _tags(subject):
        if not isinstance(name, str) or not name.strip() or name in known:
            continue
        path = ("tags", place) if place >= 0 else ("tags",)
        start, end = subject.place(path)
        near = nearest(name, known)
        fix = (
            edit(start, end, quote(near), f"write {near}", safe=False)
            if near and place >= 0 and is_yaml(subject)
            else None
        )
        yield Hit(start, end, f"the vocabulary has no tag {name}{did_you_mean(name, known)}", fix, path)


def _tags(subject: Subject) -> list[tuple[int, Any]]:
    """The tags with their places in the list; -1 for those of a text."""
    if text := text_of(subject, "tags"):
        return [(-1, name) for name in (text.split() if subject.engine == "jekyll" else [text])]
    return names_in(subject, "tags")
