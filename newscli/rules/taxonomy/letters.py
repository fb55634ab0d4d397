"""T410, T411: names that make odd addresses."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Severity
from newscli.fixes.scalars import quote
from newscli.front_matter.spans import KeyPath
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import LISTS, is_unusual, is_yaml, names_in, slug_of, text_of
from newscli.text import fold

_ODD_WORD = re.compile(r"#[^\s,，、;；]*|[^\s,，、;；]*/[^\s,，、;；]*")


@rule("T410", "slug-clash", Severity.WARNING, when=is_unusual)
def slug_clash(subject: Subject) -> Iterator[Hit]:
    """Two tags have the same slug.

    Why: their pages overwrite each other.

    Bad::

        title: A title
        tags: [C++, C, "C#"]

    Good::

        title: A title
        tags: [cpp, C, csharp]

    Engines: Jekyll's slugify makes ``c`` of all three.
    """
    seen: dict[str, str] = {}
    for place, name in names_in(subject, "tags"):
        if not isinstance(name, str):
            continue
        slug = slug_of(name)
        first = seen.setdefault(slug, name)
        if slug and first != name and fold(first) != fold(name):
            yield Hit(
                *subject.place(("tags", place)),
                f"{name} has the slug {slug} as {first} has; rename one",
                None,
                ("tags", place),
            )


@rule("T411", "untidy-tag", Severity.WARNING, fix="safe", when=is_unusual)
def untidy_tag(subject: Subject) -> Iterator[Hit]:
    """A name has blanks around it, or signs that do not belong there.

    Why: ``" a "`` and ``a`` are two tags; ``#AI`` and ``a/b`` make odd addresses.

    Bad::

        title: A title
        tags: [" a "]

    Good::

        title: A title
        tags: [a]

    Engines: all keep the blanks; Jekyll's ``category: a b`` has the address ``/a%20b/``.
    With ``case`` in ``[validate.tags]``, ``lower`` or ``upper``, names in other letters are untidy too.
    Fix (safe for blanks, unsafe for a leading ``#`` and for letters).
    """
    for key in LISTS:
        value = subject.sure(key)
        if type(value) is list:
            for place, name in enumerate(value):
                if isinstance(name, str) and name and (name[0] in " #\u3000" or name[-1] in " \u3000" or "/" in name):
                    yield from _untidy(subject, (key, place), name)
        elif _ODD_WORD.fullmatch(text := text_of(subject, key)):
            yield from _untidy(subject, (key,), text)
    yield from _in_other_letters(subject)
    for key in ("category", "tag"):
        text = text_of(subject, key)
        if " " in text and subject.engine == "jekyll":
            yield Hit(
                *subject.place((key,)), f"{key} is one name; the blank in it gets into the address as %20", None, (key,)
            )


def _in_other_letters(subject: Subject) -> Iterator[Hit]:
    """Tags that are not in the letters that the settings ask for."""
    case, names = subject.options.tags.case, subject.sure("tags")
    if not case or type(names) is not list:
        return
    for place, name in enumerate(names):
        if isinstance(name, str) and (wanted := name.lower() if case == "lower" else name.upper()) != name:
            start, end = subject.place(("tags", place))
            fix = edit(start, end, quote(wanted), f"write {wanted}", safe=False) if is_yaml(subject) else None
            yield Hit(start, end, f"tags are in {case} case; write {wanted}", fix, ("tags", place))


def _untidy(subject: Subject, path: KeyPath, name: str) -> Iterator[Hit]:
    bare = name.strip().removeprefix("#").strip()
    start, end = subject.place(path)
    if not bare:
        return
    if name != name.strip() or name.startswith("#"):
        fix = edit(start, end, quote(bare), f"write {bare}", safe=name.strip() == bare) if is_yaml(subject) else None
        yield Hit(start, end, f"{name!r} is untidy; write {bare}", fix, path)
    elif subject.engine == "jekyll":
        yield Hit(start, end, f"the stroke in {name} makes two levels in the address", None, path)
