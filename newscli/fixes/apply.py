"""Fixes applied: edits at their places, the result read again, refused when anything else would read differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newscli.diagnostics import Edit
from newscli.front_matter.recovery import pieces
from newscli.rules.model import Hit
from newscli.rules.scalars import kind
from newscli.rules.subject import Subject

RENAMING = frozenset(("S205", "S210"))
"""Rules whose fix gives a key another name."""
_OF_THE_FILE = frozenset(("F001", "F002", "F003", "F004", "F006", "F007", "F008", "F009", "F011"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fix that may be applied: of which rule, for which hit."""

    code: str
    hit: Hit

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What it replaces."""
        return self.hit.fix.edits if self.hit.fix else ()


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made; they must not overlap."""
    parts, position = [], 0
    for change in sorted(edits, key=lambda change: (change.start, change.end)):
        parts += [text[position : change.start], change.text]
        position = change.end
    return "".join([*parts, text[position:]])


def mend(subject: Subject, proposals: Sequence[Proposal]) -> tuple[bytes, list[Proposal]]:
    """The bytes of the file after as many of the fixes as go together and harm nothing, and those made."""
    recoding = [proposal for proposal in proposals if proposal.code == "F001"]
    if recoding:
        return _recode(subject, recoding[0])
    chosen = _apart(proposals)
    after = _tried(subject, chosen)
    if after is not None or len(chosen) < 2:
        return (after, chosen) if after is not None else (subject.raw, [])
    made: list[Proposal] = []
    for proposal in chosen:
        found = _tried(subject, [*made, proposal])
        if found is not None:
            made.append(proposal)
            after = found
    return (after, made) if after is not None else (subject.raw, [])


def _recode(subject: Subject, proposal: Proposal) -> tuple[bytes, list[Proposal]]:
    """The file as UTF-8; its text is as it was read, or its stray bytes are mended."""
    text = apply_edits(subject.text, proposal.edits)
    try:
        return text.removeprefix("\ufeff").encode(), [proposal]
    except UnicodeEncodeError:
        return subject.raw, []


def _apart(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals none of whose edits touches one of an earlier proposal; those of the fences go first and alone."""
    fences = [
        proposal for proposal in proposals if proposal.code in _OF_THE_FILE and proposal.code not in ("F002", "F003")
    ]
    chosen: list[Proposal] = []
    taken: list[Edit] = []
    for proposal in fences[:1] or proposals:
        if proposal.edits and not any(_touch(change, other) for change in proposal.edits for other in taken):
            chosen.append(proposal)
            taken += proposal.edits
    return chosen


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _tried(subject: Subject, proposals: Sequence[Proposal]) -> bytes | None:
    """The bytes after some fixes; None when they cannot be written or something else reads differently."""
    from newscli.charsets import encode

    edits = [change for proposal in proposals for change in proposal.edits]
    text = apply_edits(subject.text, edits)
    try:
        raw = encode(text, subject.encoding)
    except UnicodeEncodeError:
        return None
    after = Subject(subject.path, raw, subject.options)
    return raw if after.text == text and _keeps(subject, after, proposals, edits) else None


def _keeps(before: Subject, after: Subject, proposals: Sequence[Proposal], edits: Sequence[Edit]) -> bool:
    touched = _touched(before, edits)
    touched |= {str(proposal.hit.key[0]) for proposal in proposals if proposal.hit.key}
    if any(proposal.code in RENAMING for proposal in proposals):
        touched |= {change.text for change in edits}
    if before.reads and not after.reads:
        return False
    others, found_others = _of_others(before, touched), _of_others(after, touched)
    if any(proposal.code == "Y114" for proposal in proposals):  # keys that are no text become text
        others = {key: value for key, value in others.items() if key in {str(one) for one in after.data}}
    if any(not proposal.hit.fix.safe for proposal in proposals if proposal.hit.fix):
        found_others = {key: value for key, value in found_others.items() if key in others}  # a key may come to light
    if others != found_others:
        return False
    kept = {path: _reading(value, before) for path, value in before.values.items() if path[0] not in touched}
    found = {path: _reading(value, after) for path, value in after.values.items()}
    same = before.front_matter.format != after.front_matter.format or all(
        found.get(path) == kept[path] for path in kept
    )
    return same and _same_body(before, after, edits)


def _of_others(subject: Subject, touched: set[str]) -> dict[str, object]:
    """The keys and values that no fix was to touch."""
    return {str(key): value for key, value in subject.data.items() if str(key) not in touched}


def _reading(value: object, subject: Subject) -> tuple[str, str, str]:
    """What a value is to the target engine."""
    kind_, style, text = value.kind, value.style, value.text  # type: ignore[attr-defined]
    return kind_, text, kind(text, subject.engine) if kind_ == "scalar" and not style else "text"


def _touched(subject: Subject, edits: Sequence[Edit]) -> set[str]:
    """The top-level keys whose lines the edits lie in."""
    front = subject.front_matter
    if front.format != "yaml":
        return {
            str(path[0])
            for path, span in subject.spans.items()
            if any(_touch(Edit(span.key_start, span.end, ""), change) for change in edits)
        }
    indented = {change.start for change in edits if change.text.isspace()}  # a key there becomes part of the one above
    found = {str(path[0]) for path, span in subject.spans.items() if span.key_start in indented}
    for piece in pieces(front.text):
        start = front.start + piece.start
        for change in edits:
            if change.start < start + len(piece.text) and start <= max(change.end - 1, change.start):
                found.add(piece.key)
    return found


def _same_body(before: Subject, after: Subject, edits: Sequence[Edit]) -> bool:
    """Whether the body is what it was: fixes of the front matter leave it alone."""
    if any(change.end > before.body_start for change in edits):
        return True
    return before.body.strip() == after.body.strip() or not before.front_matter.format
