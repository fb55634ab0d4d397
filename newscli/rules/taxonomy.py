"""T: tags and categories."""

import re
from collections.abc import Iterator
from typing import Any

from newscli.diagnostics import Edit, Fix, Severity
from newscli.fixes.quoting import quote
from newscli.nearest import did_you_mean
from newscli.rules.model import Hit, edit, only, rule
from newscli.rules.scalars import kind
from newscli.rules.subject import Subject
from newscli.text import fold, nearest

_LISTS = ("tags", "categories")
_ALL = ("tags", "categories", "tag", "category")
_SLUG = re.compile(r"[^\w]+")
_FLOW_SAFE = re.compile(r"[^\s\[\]{},:#&*!|>'\"%@`?-][^\[\]{},:#'\"\n]*\Z")


def names_in(subject: Subject, key: str) -> list[tuple[int, Any]]:
    """The items of a list of names with their places; empty when it is none."""
    value = subject.sure(key)
    return list(enumerate(value)) if isinstance(value, list) else []


def flow(names: list[str]) -> str:
    """Names as a YAML list on one line."""
    return (
        "["
        + ", ".join(
            name if _FLOW_SAFE.match(name) and kind(name, "jekyll") == "text" else quote(name) for name in names
        )
        + "]"
    )


def _string(subject: Subject, key: str) -> str:
    value = subject.sure(key)
    return value.strip() if type(value) is str else ""


def _is_yaml(subject: Subject) -> bool:
    return subject.front_matter.format == "yaml"


def _as_list(subject: Subject, key: str, names: list[str], *, safe: bool) -> Fix | None:
    start, end = subject.place((key,))
    if not _is_yaml(subject) or "\n" in subject.text[start:end]:
        return None
    return edit(start, end, flow(names), "write a list", safe=safe)


@rule("T401", "string-with-space", Severity.WARNING, fix="unsafe", levels=only("jekyll"))
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
    for key in _LISTS:
        text = _string(subject, key)
        if text and len(text.split()) > 1 and not re.search("[,，、;；]", text):
            names = text.split() if subject.options.tags.split else [text]
            fix = _as_list(subject, key, names, safe=False)
            yield Hit(
                *subject.place((key,)),
                f"Jekyll splits this at blanks into {len(text.split())} {key}; write a list",
                fix,
                (key,),
            )


@rule("T402", "comma-in-string", fix="safe")
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
    for key in _LISTS:
        text = _string(subject, key)
        if text and (mark := re.search("[,，、;；]", text)):
            names = [name.strip() for name in re.split("[,，、;；]", text) if name.strip()]
            fix = _as_list(subject, key, names, safe=True)
            yield Hit(*subject.place((key,)), f"{mark.group()} does not part {key}; write a list", fix, (key,))


@rule("T403", "non-string-tag", fix="safe")
def non_string_tag(subject: Subject) -> Iterator[Hit]:
    """A name without quotes is read as a number, date, truth value or null.

    Why: ``no`` becomes ``false``, ``1.10`` becomes 1.1.

    Bad::

        title: A title
        tags: [no, 1.10]

    Good::

        title: A title
        tags: ["no", "1.10"]

    Engines: Jekyll shows ``false`` and ``1.1``; YAML 1.2 engines keep ``no``.
    Fix (safe): the name is put between quotes.
    """
    if not _is_yaml(subject):
        return
    for key in _ALL:
        if key not in subject.data or (subject.is_plain and not _holds_a_date(subject.data[key])):
            continue
        for value in subject.values.values():
            if value.path[0] != key or value.kind != "scalar" or value.style or len(value.path) > 2:
                continue
            raw = subject.text[value.span.start : value.span.end]
            read = kind(raw, subject.engine)
            if read == "text" or (len(value.path) == 1 and read == "null"):
                continue
            fix = edit(value.span.start, value.span.end, quote(raw), "put it between quotes", safe=True)
            yield Hit(
                value.span.start,
                value.span.end,
                f"{raw or 'nothing'} is read as {read}, not as text; quote it",
                fix,
                value.path,
            )


def _holds_a_date(names: Any) -> bool:
    """Whether a name among plain lines may be a date; nothing else in them is read otherwise."""
    return any(type(name) is str and name[:1].isdigit() for name in (names if type(names) is list else (names,)))


@rule("T404", "duplicate-tag", Severity.WARNING, fix="safe")
def duplicate_tag(subject: Subject) -> Iterator[Hit]:
    """A name stands twice, perhaps in other letters.

    Why: each spelling gets a page of its own.

    Bad::

        title: A title
        tags: [AI, ai]

    Good::

        title: A title
        tags: [AI]

    Engines: all make one page a spelling.
    Fix (safe): the later one is dropped.
    """
    for key in _LISTS:
        value = subject.sure(key)
        if type(value) is not list or len(value) < 2:
            continue
        seen: dict[str, str] = {}
        for place, name in enumerate(value):
            if not isinstance(name, str) or not name.strip():
                continue
            folded = fold(name)
            if folded in seen:
                fix = without_item(subject, key, place)
                yield Hit(*subject.place((key, place)), f"{name} is {seen[folded]} again; drop it", fix, (key, place))
            seen.setdefault(folded, name)


def without_item(subject: Subject, key: str, place: int) -> Fix | None:
    """A fix that drops one item of a list; None where that is not plain to do."""
    spans = subject.spans
    here, before = spans.get((key, place)), spans.get((key, place - 1))
    after = spans.get((key, place + 1))
    if here is None or not _is_yaml(subject):
        return None
    text = subject.text
    whole = subject.spans[(key,)]
    if text[whole.start] == "[":
        start, end = (before.end, here.end) if before else (here.start, after.start if after else here.end)
        return edit(start, end, "", "drop it", safe=True)
    start = text.rfind("\n", 0, here.start) + 1
    end = text.find("\n", here.end) + 1
    if not (before or after) or end == 0 or text[start : here.start].strip(" \t") != "-":
        return None
    return edit(start, end, "", "drop it", safe=True)


@rule("T405", "unknown-tag", Severity.WARNING, fix="unsafe")
def unknown_tag(subject: Subject) -> Iterator[Hit]:
    """A tag is not in the vocabulary of the settings; without one, it looks like a slip of a tag that many posts have.

    Why: a slip makes a tag page of its own. Without a vocabulary a slip is a tag of one or two posts that is a letter
    away from one of twenty or more; it takes an archive with an index.

    Bad::

        ==> newscli.toml <==
        [validate.tags]
        vocabulary = ["新华日报新闻"]
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        tags: [新华日报新聞]
        ---

    Good::

        ==> newscli.toml <==
        [validate.tags]
        vocabulary = ["新华日报新闻"]
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        tags: [新华日报新闻]
        ---

    Engines: none has a vocabulary.
    Fix (unsafe): the nearest name of the vocabulary.
    """
    known = subject.options.tags.vocabulary
    if not known:
        return
    for place, name in _tags(subject):
        if not isinstance(name, str) or not name.strip() or name in known:
            continue
        path = ("tags", place) if place >= 0 else ("tags",)
        start, end = subject.place(path)
        near = nearest(name, known)
        fix = (
            edit(start, end, quote(near), f"write {near}", safe=False)
            if near and place >= 0 and _is_yaml(subject)
            else None
        )
        yield Hit(start, end, f"the vocabulary has no tag {name}{did_you_mean(name, known)}", fix, path)


def _tags(subject: Subject) -> list[tuple[int, Any]]:
    """The tags with their places in the list; -1 for those of a text."""
    if text := _string(subject, "tags"):
        return [(-1, name) for name in (text.split() if subject.engine == "jekyll" else [text])]
    return names_in(subject, "tags")


@rule("T407", "no-tags", Severity.WARNING, fix="safe")
def no_tags(subject: Subject) -> Iterator[Hit]:
    """The list of tags is empty, or a tag is.

    Why: Jekyll keeps an empty tag and makes a page without a name for it.

    Bad::

        title: A title
        tags: ["", news]

    Good::

        title: A title
        tags: [news]

    Engines: Jekyll keeps ``""`` as a tag.
    Fix (safe): an empty name among others is dropped.
    """
    for key in _LISTS:
        value = subject.sure(key)
        if value == [] and key == "tags":
            yield Hit(*subject.place((key,)), f"the list of {key} is empty; name some or drop the key", None, (key,))
        elif value == "" and subject.sure(key) == "":
            yield Hit(*subject.place((key,)), f"{key} is empty; name some or drop the key", None, (key,))
        elif type(value) is list:
            for place, name in enumerate(value):
                if isinstance(name, str) and not name.strip():
                    fix = without_item(subject, key, place) if len(value) > 1 else None
                    yield Hit(
                        *subject.place((key, place)), f"an empty name among the {key}; drop it", fix, (key, place)
                    )


@rule("T408", "singular-and-plural", fix="unsafe", levels=only("jekyll", level=Severity.WARNING))
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
        if one in subject.data and many in subject.data and subject.data[many]:
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
    if not isinstance(single, str) or not isinstance(names, list) or not _is_yaml(subject):
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


@rule("T409", "category-folder", Severity.WARNING, levels=only("jekyll"))
def category_folder(subject: Subject) -> Iterator[Hit]:
    """The folder above ``_posts`` names another category than the front matter.

    Why: Jekyll takes both, and both get into the address.

    Bad::

        ==> xinhuaribao/_posts/2022-06-07-example.md <==
        ---
        title: A title
        categories: other
        ---

    Good::

        ==> xinhuaribao/_posts/2022-06-07-example.md <==
        ---
        title: A title
        categories: xinhuaribao
        ---

    Engines: Jekyll adds the folders to the categories.
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
        yield Hit(*subject.place((key,)), message, None, (key,))


@rule("T410", "slug-clash", Severity.WARNING)
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
        slug = _SLUG.sub("-", name.lower()).strip("-")
        first = seen.setdefault(slug, name)
        if slug and first != name and fold(first) != fold(name):
            yield Hit(
                *subject.place(("tags", place)),
                f"{name} has the slug {slug} as {first} has; rename one",
                None,
                ("tags", place),
            )


@rule("T411", "untidy-tag", Severity.WARNING, fix="safe")
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
    Fix (safe for blanks, unsafe for a leading ``#``).
    """
    for key in _LISTS:
        value = subject.sure(key)
        if type(value) is list:
            for place, name in enumerate(value):
                if isinstance(name, str) and name and (name[0] in " #\u3000" or name[-1] in " \u3000" or "/" in name):
                    yield from _untidy(subject, (key, place), name)
    for key in ("category", "tag"):
        text = _string(subject, key)
        if " " in text and subject.engine == "jekyll":
            yield Hit(
                *subject.place((key,)), f"{key} is one name; the blank in it gets into the address as %20", None, (key,)
            )


def _untidy(subject: Subject, path: tuple[str, int], name: str) -> Iterator[Hit]:
    bare = name.strip().removeprefix("#").strip()
    start, end = subject.place(path)
    if not bare:
        return
    if name != name.strip() or name.startswith("#"):
        fix = edit(start, end, quote(bare), f"write {bare}", safe=name.strip() == bare) if _is_yaml(subject) else None
        yield Hit(start, end, f"{name!r} is untidy; write {bare}", fix, path)
    elif subject.engine == "jekyll":
        yield Hit(start, end, f"the stroke in {name} makes two levels in the address", None, path)


@rule("T412", "too-many-tags", Severity.INFO, default=False)
def too_many_tags(subject: Subject) -> Iterator[Hit]:
    """A post has more than ten tags.

    Why: nobody finds anything by them.

    Bad::

        title: A title
        tags: [a, b, c, d, e, f, g, h, i, j, k]

    Good::

        title: A title
        tags: [a, b, c]

    Engines: all take it as it is.
    """
    names, most = names_in(subject, "tags"), subject.options.tags.max
    if len(names) > most:
        yield Hit(*subject.place(("tags",)), f"{len(names)} tags, over {most}", None, ("tags",))


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
    for key in _LISTS:
        text = _string(subject, key)
        if text and len(text.split()) == 1 and not re.search("[,，、;；]", text):
            yield Hit(
                *subject.place((key,)),
                f"{key} is a text; write a list",
                _as_list(subject, key, [text], safe=True),
                (key,),
            )
