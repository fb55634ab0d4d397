"""S: what a front matter must hold: required keys, types, texts, and the settings' own schema."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newscli.diagnostics import Edit, Fix, Severity
from newscli.fields import FieldSpec, check_field, matches_format
from newscli.fixes.quoting import quote
from newscli.nearest import did_you_mean
from newscli.rules.keys import CORE, FOREIGN, KNOWN, is_near
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject
from newscli.schema import Violation

_SWITCHES = frozenset(("published", "draft"))
_NOT_EMPTY = ("title", "permalink", "slug", "date")
_ADDRESSES = ("source", "source_url", "link", "canonical_url", "image")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAGS = "a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|mark|p|s|small|span|strong|sub|sup|u"
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.I)
_UNTIDY = re.compile(r"^\s+|\s+$|(?<=\S)[ \u3000\u00a0]{2,}(?=\S)")
_POSTS = re.compile(r"/(?:_?posts?|_?news|_?blog|_?articles?)/", re.I)
_LONGEST = {"title": 200, "description": 160}


def _spec(subject: Subject) -> tuple[tuple[str, ...] | None, Mapping[str, FieldSpec], list[Any]]:
    """What holds for the post: its required keys, fields and JSON Schemas."""
    options = subject.options
    collection = options.spec_of(subject.path)
    required, fields = options.required, options.fields
    schemas = [options.schema] if options.schema else []
    if collection:
        required = collection.required if collection.required is not None else required
        fields = {**fields, **collection.fields}
        schemas += [collection.schema] if collection.schema else []
    return required, fields, schemas


def _violations(subject: Subject) -> list[Violation]:
    """What the settings' fields and schemas have against the post; found out once."""
    options = subject.options
    if not options.fields and not options.schema and not options.collections:
        return []
    kept = subject.__dict__.get("_violations")
    if kept is None:
        _, fields, schemas = _spec(subject)
        kept = list(_of_fields(subject, fields))
        if schemas and subject.reads and subject.front_matter.format:
            from newscli.entry import json_values

            data = json_values(subject.data)
            kept += [violation for schema in schemas for violation in schema.violations(data)]
        subject.__dict__["_violations"] = kept
    return list(kept)


def _of_fields(subject: Subject, fields: Mapping[str, FieldSpec]) -> Iterator[Violation]:
    for name, spec in fields.items():
        if name not in subject.data:
            continue
        value = subject.sure(name)
        if spec.deprecated or spec.alias_of:
            use = f"; use {spec.alias_of}" if spec.alias_of else ""
            yield Violation((name,), "S210", spec.message or f"{name} is deprecated{use}")
        if value is not None:
            for code, reason in check_field(value, spec):
                yield Violation((name,), code, spec.message or f"{name} {reason}")


def _from_schema(subject: Subject, code: str) -> Iterator[Hit]:
    for violation in _violations(subject):
        if violation.rule == code:
            at = subject.key_place(violation.path) if code in ("S205", "S210") else subject.place(violation.path)
            yield Hit(*at, violation.message, None, violation.path)


@rule("S201", "missing-required", fix="unsafe")
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
        required, fields, _ = _spec(subject)
    data = subject.data
    if required is None:
        if "title" not in data and not _has(subject, "title"):
            yield _missing(subject, "title", fields)
        if "date" not in data and not subject.name[:1].isdigit() and _needs_date(subject) and not _has(subject, "date"):
            yield _missing(subject, "date", fields)
    for name in (*(required or ()), *(name for name, spec in fields.items() if spec.required)):
        if name not in data:
            yield _missing(subject, name, fields)
    for violation in _violations(subject):
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


@rule("S202", "wrong-type", fix="safe")
def wrong_type(subject: Subject) -> Iterator[Hit]:
    """A value is of the wrong type.

    Why: a null title is no title; ``'false'`` is a text and therefore true; tags are no mapping.

    Bad::

        title: A title
        published: 'false'

    Good::

        title: A title
        published: false

    Engines: in Liquid every text is true, so ``'false'`` publishes; Hugo stops at it.
    Fix (safe): quotes around true and false are dropped.
    """
    data = subject.data
    if "title" in data and not isinstance(data["title"], str) and subject.front_matter.format:
        title = data["title"]
        if title is None and (subject.reads or ("title",) in subject.values) and not _is_comment(subject, "title"):
            yield Hit(*subject.place(("title",)), "the title is null; write one", None, ("title",))
        elif isinstance(title, list | dict) and subject.reads:
            yield Hit(*subject.place(("title",)), "the title must be a text", None, ("title",))
    for key in ("tags", "categories"):
        if isinstance(data.get(key), dict) and subject.reads:
            yield Hit(*subject.place((key,)), f"{key} must be a list of names, not a mapping", None, (key,))
    for key in _SWITCHES & data.keys():
        value = data[key]
        if isinstance(value, str) and value.lower() in ("true", "false"):
            start, end = subject.place((key,))
            fix = edit(start, end, value.lower(), "drop the quotes", safe=True)
            yield Hit(start, end, f"{key} is the text {value!r}, which counts as true; drop the quotes", fix, (key,))
    yield from _from_schema(subject, "S202")


def _is_comment(subject: Subject, key: str) -> bool:
    """Whether a comment took the place of the value, which Y109 reports."""
    end = subject.place((key,))[1]
    return subject.text[end:].split("\n", 1)[0].lstrip(" :\t").startswith("#")


@rule("S203", "empty-value")
def empty_value(subject: Subject) -> Iterator[Hit]:
    """A value that must say something is an empty text.

    Why: the post is published with a link that nobody can see or click.

    Bad::

        title: ""

    Good::

        title: A title

    Engines: all publish the post with an empty title.
    """
    names = (*_NOT_EMPTY, *(subject.options.required or ()))
    for key in dict.fromkeys(names):
        value = subject.sure(key)
        if isinstance(value, str) and not value.strip():
            start, end = subject.place((key,))
            yield Hit(start, end, f"the {key} is empty", None, (key,))


@rule("S204", "not-allowed", fix="unsafe")
def not_allowed(subject: Subject) -> Iterator[Hit]:
    """A value is none of those allowed.

    Why: Jekyll warns once about a layout that does not exist and publishes the page without one.

    Bad::

        ==> newscli.toml <==
        [validate]
        layouts = ["post"]
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        layout: pots
        ---

    Good::

        ==> newscli.toml <==
        [validate]
        layouts = ["post"]
        ==> _posts/2022-06-07-example.md <==
        ---
        title: A title
        layout: post
        ---

    Engines: Jekyll: one build warning, exit status 0; Hugo falls back to another template.
    Fix (unsafe): the nearest value allowed.
    """
    layout, layouts = subject.data.get("layout"), subject.options.layouts
    if layouts and isinstance(layout, str) and layout and layout not in (*layouts, "none"):
        start, end = subject.place(("layout",))
        hint = did_you_mean(layout, layouts)
        fix = _nearest(start, end, layout, layouts)
        yield Hit(start, end, f"there is no layout {layout}{hint}", fix, ("layout",))
    yield from _from_schema(subject, "S204")


def _nearest(start: int, end: int, value: str, allowed: tuple[str, ...]) -> Fix | None:
    from newscli.text import nearest

    near = nearest(value, allowed)
    return edit(start, end, near, f"write {near}", safe=False) if near else None


@rule("S205", "unknown-key", Severity.WARNING, fix="safe")
def unknown_key(subject: Subject) -> Iterator[Hit]:
    """A key looks like a slip of another one, or belongs to another program.

    Why: a key that nobody reads is silently ignored.

    Bad::

        title: A title
        Categories: news

    Good::

        title: A title
        categories: news

    Engines: all ignore it; Hugo reads keys in letters of any case.
    Fix (safe where only case differs): the key is renamed, unless the right one is there too.
    """
    if not subject.data.keys() <= KNOWN:
        for key in subject.data:
            if type(key) is str and key not in KNOWN:
                yield from _unknown(subject, key)
    yield from _from_schema(subject, "S205")


def _unknown(subject: Subject, key: str) -> Iterator[Hit]:
    own = subject.options.fields
    if key in own or not subject.front_matter.format:
        return
    meant, safe = "", False
    if key.lower() in KNOWN:
        meant, safe = ("", False) if subject.engine == "hugo" else (key.lower(), True)
    elif key in FOREIGN:
        meant = FOREIGN[key]
    else:
        meant = next((known for known in (*own, *CORE) if is_near(key, known)), "")
    if not meant and (subject.options.unknown_keys != "error" or not own):
        return
    start, end = subject.key_place((key,))
    if end == start or (key,) not in subject.spans:
        return
    fix = None
    if meant and meant not in subject.data and subject.text[start:end] == key:
        fix = edit(start, end, meant, f"rename it to {meant}", safe=safe)
    hint = f"; did you mean {meant!r}?" if meant else "; it is none of the fields of the settings"
    severity = Severity.ERROR if not meant else None
    yield Hit(start, end, f"nobody reads the key {key!r}{hint}", fix, (key,), severity)


@rule("S206", "bad-format")
def bad_format(subject: Subject) -> Iterator[Hit]:
    """A value is not of the form its key asks for.

    Why: an address that is none gives a dead link. Without settings ``source source_url link canonical_url image`` must
    be addresses or paths.

    Bad::

        title: A title
        source: not a url

    Good::

        title: A title
        source: https://example.com/a

    Engines: all take it as it is.
    """
    for key in _ADDRESSES:
        value = subject.data.get(key)
        if type(value) is str and value and key not in subject.options.fields and not matches_format(value, "uri"):
            if re.match(r"[A-Za-z]:[\\/]|\\\\|[\w.-]+\\|data:", value) or not subject.reads:
                continue  # a path of a machine, which L606 reports
            yield Hit(*subject.place((key,)), f"{key} is no address and no path", None, (key,))
    yield from _from_schema(subject, "S206")


@rule("S207", "markup-in-text", Severity.WARNING, fix="safe")
def markup_in_text(subject: Subject) -> Iterator[Hit]:
    """HTML stands in the title.

    Why: it is shown literally, or gets into the page's markup.

    Bad::

        title: "苏州&quot;新赛道&quot;"

    Good::

        title: '苏州"新赛道"'

    Engines: Jekyll and Hugo escape it in some places and not in others.
    Fix (safe for entities, unsafe for tags): entities become characters, tags are dropped.
    """
    title = subject.sure("title")
    if not isinstance(title, str) or ("&" not in title and "<" not in title):
        return
    start, end = subject.place(("title",))
    raw = subject.text[start:end]
    found = [match for match in (_ENTITY.search(raw), _TAG.search(raw)) if match]
    found = [match for match in found if match.group()[0] == "<" or html.unescape(match.group()) != match.group()]
    if not found:
        return
    first = min(found, key=lambda match: match.start())
    safe = not _TAG.search(raw)
    plain = html.unescape(_TAG.sub("", title))
    fix = edit(start, end, quote(plain), "write it as plain text", safe=safe) if "\n" not in raw + plain else None
    at = start + first.start()
    yield Hit(at, at + len(first.group()), f"the title holds {first.group()}; write plain text", fix, ("title",))


@rule("S208", "untidy-space", Severity.INFO, default=False, fix="safe")
def untidy_space(subject: Subject) -> Iterator[Hit]:
    """Blanks at the ends of the title, or several inside.

    Why: they show up in lists and make equal titles differ.

    Bad::

        title: " 苏州  科技 "

    Good::

        title: "苏州 科技"

    Engines: all keep them.
    Fix (safe): they are trimmed.
    """
    title = subject.sure("title")
    if not isinstance(title, str) or not title.strip() or not _UNTIDY.search(title):
        return
    start, end = subject.place(("title",))
    raw = subject.text[start:end]
    inside = 1 if raw[:1] in ("'", '"') else 0
    untidy = _UNTIDY.search(raw[inside : len(raw) - inside])
    at = start + inside + (untidy.start() if untidy else 0)
    tidy = quote(_UNTIDY.sub(lambda match: " " if match.start() and match.end() < len(title) else "", title))
    fix = edit(start, end, tidy, "trim the blanks", safe=True) if "\n" not in raw else None
    yield Hit(at, at + 1, "untidy blanks in the title", fix, ("title",))


@rule("S209", "length", Severity.WARNING)
def length(subject: Subject) -> Iterator[Hit]:
    """A title is longer than 200 characters, a description longer than 160.

    Why: search engines and lists cut them. Of a description it is mere information.

    Bad::

        title: A title
        description: >
          A long description. A long description. A long description. A long description.
          A long description. A long description. A long description. A long description.
          A long description. A long description. A long description. A long description.

    Good::

        title: A title
        description: Short.

    Engines: all take it as it is.
    """
    for key, most in _LONGEST.items():
        value = subject.sure(key)
        if isinstance(value, str) and len(value) > most and key not in subject.options.fields and subject.reads:
            message = f"the {key} has {len(value)} characters, over {most}"
            severity = Severity.INFO if key == "description" else None
            yield Hit(*subject.place((key,)), message, None, (key,), severity)
    yield from _from_schema(subject, "S209")


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
    for hit in _from_schema(subject, "S210"):
        _, fields, _ = _spec(subject)
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
    yield from _from_schema(subject, "S211")


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
    yield from _from_schema(subject, "S212")
