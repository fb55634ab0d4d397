"""S201, S205, S210-S212: keys that are missing, unknown or no longer wanted, and what else a schema says."""

import re
from collections.abc import Iterator, Mapping

from newscli.diagnostics import Edit, Fix, Severity
from newscli.dialect import date_key
from newscli.fields import FieldSpec
from newscli.fixes.scalars import quote
from newscli.rules.keys import CORE, FOREIGN, KNOWN, OF_ASTRO, is_near
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject
from newscli.rules.usual import is_unusual
from newscli.rules.violations import from_schema, spec_of, violations

_POSTS = re.compile(r"/(?:_?posts?|_?news|_?blog|_?articles?)/", re.I)


@rule("S201", "missing-required", fix="unsafe", when=is_unusual)
def missing_required(subject: Subject) -> Iterator[Hit]:
    """A key that every post must have is missing.

    Why: without settings that is the title, and a date in the front matter or the file name.

    Bad::

        layout: post

    Good::

        layout: post
        title: A title

    Engines: Jekyll makes a title of the file name; Hugo dates the post 0001-01-01.
    Fix (unsafe): only where the settings give a default.
    """
    front = subject.front_matter
    if not front.format or (not subject.reads and not subject.data):
        return
    required = subject.options.required
    fields: Mapping[str, FieldSpec] = {}
    if subject.options.fields or subject.options.collections or required is not None:
        required, fields, _ = spec_of(subject)
    data = subject.data
    if required is None:
        if "title" not in data and not _has(subject, "title"):
            yield _missing(subject, "title", fields)
        key = date_key(data, subject.engine)
        if key not in data and not subject.name[:1].isdigit() and _needs_date(subject) and not _has(subject, "date"):
            yield _missing(subject, "date", fields)
    for name in (*(required or ()), *(name for name, spec in fields.items() if spec.required)):
        if name not in data:
            yield _missing(subject, name, fields)
    for violation in violations(subject):
        if violation.rule == "S201":
            at = subject.place(violation.path) if violation.path else subject.opening
            yield Hit(*at, f"the key {violation.missing} is missing", None, (*violation.path, violation.missing))


def _has(subject: Subject, key: str) -> bool:
    """Whether the key is there in other letters, which another rule reports, or the engine does not care about."""
    return any(str(name).lower() == key for name in subject.data)


def _needs_date(subject: Subject) -> bool:
    """Whether the file is a post, of which a date is asked, and not a page, an index or a draft."""
    folder = f"/{subject.path.rpartition('/')[0]}/"
    if subject.name.startswith(("_index.", "index.")) and "/_posts/" not in folder:
        return False
    return "/_drafts/" not in folder and (folder == "//" or _POSTS.search(folder) is not None)


def _missing(subject: Subject, name: str, fields: Mapping[str, FieldSpec]) -> Hit:
    default = fields[name].default if name in fields else None
    fix = None
    if default is not None and subject.front_matter.format == "yaml":
        value = quote(default) if isinstance(default, str) else str(default).lower()
        end = subject.front_matter.start + len(subject.front_matter.text)
        fix = edit(end, end, f"{name}: {value}\n", f"add {name} with its default", safe=False)
    return Hit(*subject.opening, f"the key {name} is missing", fix, (name,))


@rule("S205", "unknown-key", Severity.WARNING, fix="safe", when=is_unusual)
def unknown_key(subject: Subject) -> Iterator[Hit]:
    """A key looks like a slip of another one, or belongs to another program.

    Why: a key that nobody reads is silently ignored.

    Bad::

        title: A title
        Categories: news

    Good::

        title: A title
        categories: news

    Engines: all ignore it; Hugo reads keys in letters of any case. With ``unknown-keys`` in ``[validate]``, ``warn`` or
    ``error``, every key that is none of the fields there is told of; ``allow`` tells of none.
    Fix (safe where only case differs): the key is renamed, unless the right one is there too.
    """
    if not subject.data.keys() <= KNOWN:
        for key in subject.data:
            if type(key) is str and key not in KNOWN:
                yield from _unknown(subject, key)
    yield from from_schema(subject, "S205")


def _unknown(subject: Subject, key: str) -> Iterator[Hit]:
    own = subject.options.fields
    if key in own or not subject.front_matter.format or (subject.engine == "astro" and key in OF_ASTRO):
        return
    meant, safe = "", False
    if key in FOREIGN:
        meant = FOREIGN[key]
    elif key.lower() in KNOWN:
        meant, safe = ("", False) if subject.engine == "hugo" else (key.lower(), True)
    else:
        meant = next((known for known in (*own, *CORE) if is_near(key, known)), "")
    level = subject.options.unknown_keys
    if level == "allow" or (not meant and not (level and own)):
        return
    start, end = subject.key_place((key,))
    if end == start or (key,) not in subject.spans:
        return
    fix = None
    if meant and meant not in subject.data and subject.text[start:end] == key:
        fix = edit(start, end, meant, f"rename it to {meant}", safe=safe)
    hint = f"; did you mean {meant!r}?" if meant else "; it is none of the fields of the settings"
    severity = Severity.ERROR if level == "error" and not meant else None
    yield Hit(start, end, f"nobody reads the key {key!r}{hint}", fix, (key,), severity)


@rule("S210", "deprecated-key", Severity.WARNING, fix="unsafe", needs="schema")
def deprecated_key(subject: Subject) -> Iterator[Hit]:
    """A key that the settings or the schema call deprecated.

    Why: it will stop working.

    Bad::

        ==> newscli.toml <==
        [validate.fields.cover]
        alias-of = "image"
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        cover: /a.jpg
        ---

    Good::

        ==> newscli.toml <==
        [validate.fields.cover]
        alias-of = "image"
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        image: /a.jpg
        ---

    Engines: none knows about it.
    Fix (unsafe): the key is renamed where ``alias-of`` says to what.
    """
    for hit in from_schema(subject, "S210"):
        _, fields, _ = spec_of(subject)
        spec = fields.get(str(hit.key[0])) if hit.key else None
        fix = None
        if spec and spec.alias_of and spec.alias_of not in subject.data:
            fix = Fix((Edit(hit.start, hit.end, spec.alias_of),), safe=False, message=f"rename it to {spec.alias_of}")
        yield Hit(hit.start, hit.end, hit.message, fix, hit.key)


@rule("S211", "schema-other", needs="schema")
def schema_other(subject: Subject) -> Iterator[Hit]:
    """The front matter breaks another keyword of the JSON Schema.

    Why: whoever wrote the schema meant it; its ``errorMessage`` is shown where there is one.

    Bad::

        ==> schema.json <==
        {"properties": {"weight": {"multipleOf": 10}}}
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        weight: 7
        ---

    Good::

        ==> schema.json <==
        {"properties": {"weight": {"multipleOf": 10}}}
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        weight: 20
        ---

    Engines: none knows about it.
    """
    yield from from_schema(subject, "S211")


@rule("S212", "conditional", needs="schema")
def conditional(subject: Subject) -> Iterator[Hit]:
    """A key is missing that another key or value asks for.

    Why: the schema says so by ``if`` and ``then`` or ``dependentRequired``.

    Bad::

        ==> schema.json <==
        {"dependentRequired": {"link": ["source"]}}
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        link: /a
        ---

    Good::

        ==> schema.json <==
        {"dependentRequired": {"link": ["source"]}}
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        link: /a
        source: /b
        ---

    Engines: none knows about it.
    """
    yield from from_schema(subject, "S212")
