"""What the settings' fields and schemas have against a post, for the rules that tell it."""

from collections.abc import Iterator, Mapping
from typing import Any

from newscli.fields import FieldSpec, check_field
from newscli.rules.model import Hit
from newscli.rules.subject import Subject
from newscli.schema import Violation


def spec_of(subject: Subject) -> tuple[tuple[str, ...] | None, Mapping[str, FieldSpec], list[Any]]:
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


def violations(subject: Subject) -> list[Violation]:
    """What the settings' fields and schemas have against the post; found out once."""
    options = subject.options
    if not options.fields and not options.schema and not options.collections:
        return []
    kept = subject.__dict__.get("_violations")
    if kept is None:
        _, fields, schemas = spec_of(subject)
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


def from_schema(subject: Subject, code: str) -> Iterator[Hit]:
    """What they have against it under one code."""
    for violation in violations(subject):
        if violation.rule == code:
            at = subject.key_place(violation.path) if code in ("S205", "S210") else subject.place(violation.path)
            yield Hit(*at, violation.message, None, violation.path)
