"""T408, T409: two places that name the categories."""

from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix, Severity
from newscli.rules.model import Hit, only, rule
from newscli.rules.subject import Subject
from newscli.rules.taxonomy.naming import as_list, flow, is_unusual, is_yaml


@rule("T408", "singular-and-plural", fix="unsafe", levels=only("jekyll", level=Severity.WARNING), when=is_unusual)
def singular_and_plural(subject: Subject) -> Iterator[Hit]:
    """Both ``tag`` and ``tags``, or ``category`` and ``categories``, are there.

    Why: Jekyll takes the singular and drops all of the plural.

    Bad::

        title: A title
        tags: [news]
        tag: x

    Good::

        title: A title
        tags: [news, x]

    Engines: Jekyll drops ``tags``; Hugo ignores ``tag``.
    Fix (unsafe): the name is put into the list, the singular deleted.
    """
    for one, many in (("tag", "tags"), ("category", "categories")):
        if subject.data.get(one) is not None and subject.data.get(many):
            start, end = subject.key_place((one,))
            yield Hit(
                start,
                end,
                f"Jekyll drops {many} because {one} is there too; keep one of them",
                _joined(subject, one, many),
                (one,),
            )


def _joined(subject: Subject, one: str, many: str) -> Fix | None:
    single, names = subject.data[one], subject.data[many]
    if not isinstance(single, str) or not isinstance(names, list) or not is_yaml(subject):
        return None
    span, line = subject.spans.get((many,)), subject.spans.get((one,))
    if span is None or line is None or "\n" in subject.text[span.start : span.end]:
        return None
    texts = [str(name) for name in names]
    start = subject.text.rfind("\n", 0, line.key_start) + 1
    end = subject.text.find("\n", line.end) + 1
    edits = [
        Edit(span.start, span.end, flow(texts if single in texts else [*texts, single])),
        Edit(start, end, ""),
    ]
    return Fix(tuple(sorted(edits, key=lambda change: change.start)), safe=False, message=f"move {one} into {many}")


def _is_in_folder(subject: Subject) -> bool:
    return not subject.path.startswith("_posts/")


@rule("T409", "category-folder", Severity.WARNING, fix="unsafe", levels=only("jekyll"), when=_is_in_folder)
def category_folder(subject: Subject) -> Iterator[Hit]:
    """The folder above ``_posts`` names another category than the front matter.

    Why: Jekyll takes both, and both get into the address.

    Bad::

        ==> xinhuaribao/_posts/2022-06-07-example.md <==
        title: A title
        categories: other

    Good::

        ==> xinhuaribao/_posts/2022-06-07-example.md <==
        title: A title
        categories: [xinhuaribao, other]

    Engines: Jekyll adds the folders to the categories.
    Fix (unsafe): the folders are put in front of the categories, which is what Jekyll makes of them; the other name may
    have been a mistake.
    """
    folder, marker, _ = f"/{subject.path}".partition("/_posts/")
    folders = [name for name in folder.split("/") if name]
    if not marker or not folders:
        return
    key = next((name for name in ("categories", "category") if subject.data.get(name)), "")
    if not key:
        return
    value = subject.sure(key)
    named = (
        value.split() if isinstance(value, str) else [str(name) for name in value] if isinstance(value, list) else []
    )
    if named and not set(folders) <= set(named):
        message = f"Jekyll adds the folder {'/'.join(folders)} to the categories {', '.join(named)}; make them agree"
        fix = (
            as_list(subject, key, list(dict.fromkeys([*folders, *named])), safe=False) if key == "categories" else None
        )
        yield Hit(*subject.place((key,)), message, fix, (key,))
