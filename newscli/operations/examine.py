"""Examine: one file under every rule, mended as the options say."""

from dataclasses import replace
from hashlib import sha256

from newscli.diagnostics import Severity
from newscli.finding import FileResult, Finding
from newscli.rules import RULES, Hit, Rule, ignores
from newscli.rules.options import Options
from newscli.rules.plan import Plan
from newscli.rules.subject import Subject

_ROUNDS = 10
"""How often fixes are made before the text must be stable."""
Placed = tuple[str, Hit, Severity]
"""A code, what the rule found, and how much it matters here."""


def unreadable(path: str, error: Exception, options: Options) -> FileResult:
    """The result of a file that cannot be read."""
    diagnostic = getattr(error, "diagnostic", None)
    reason = diagnostic.message if diagnostic else getattr(error, "strerror", None) or str(error)
    message = f"cannot be read: {reason.removeprefix('cannot be read: ')}"
    rule, print_ = RULES["F015"], fingerprint("F015", path)
    severity = options.severity.get("F015", rule.level)
    finding = Finding("F015", rule.name, severity, path, 1, 1, 1, 1, message, fingerprint=print_)
    return FileResult(path, (finding,), "")


def examine(subject: Subject, plan: Plan) -> tuple[FileResult, Subject]:
    """The result of one file, mended as the options say, and the file as it is then."""
    original = subject
    fixed: list[Finding] = []
    hits, found = _hits(subject, plan)
    if hits and plan.options.fix != "none":
        subject, hits, found, fixed = _mended(subject, hits, found, plan)
    findings = tuple(to_finding(subject, code, hit, severity) for code, hit, severity in hits)
    changed = subject.raw != original.raw
    result = FileResult(
        original.path,
        numbered(findings),
        original.text,
        subject.text if changed else None,
        tuple(fixed),
        subject.encoding,
        "" if subject.path == original.path else subject.path,
    )
    return result, subject


def _hits(subject: Subject, plan: Plan) -> tuple[list[Placed], list[ignores.Ignore]]:
    """What the rules find in a file, in its order, without what is ignored."""
    options = plan.options
    off = options.ignored_at(subject.path) if options.per_file_ignores else frozenset()
    placed: list[Placed] = []
    for rule in plan.rules_for(subject):
        if rule.code in off:
            continue
        try:
            for hit in rule.check(subject):
                if hit.severity is not Severity.INFO or rule.code in options.asked:
                    placed.append((rule.code, hit, severity_of(rule, hit, options)))  # noqa: PERF401 - few
        except (Exception, SystemExit) as error:  # a defect of the rule: named, the others go on
            placed += _failed(rule, error, options, off)
    found = ignores.find(subject)
    if found:
        placed = [item for item in placed if not is_ignored(subject, item, found)]
        for code, hit in ignores.complaints(subject.text, found, options.selected - plan.across):
            if code in options.selected and code not in off:
                placed.append((code, hit, severity_of(RULES[code], hit, options)))
    placed.sort(key=lambda item: (item[1].start, item[0]))
    return placed, found


def is_ignored(subject: Subject, item: Placed, found: list[ignores.Ignore]) -> bool:
    """Whether a comment of the file ignores what was found; the comment remembers it."""
    line, _ = subject.position(item[1].start)
    covering = [ignore for ignore in found if ignore.covers(item[0], line)]  # each remembers that it was used
    return bool(covering)


def severity_of(rule: Rule, hit: Hit, options: Options) -> Severity:
    """How much it matters: by the settings, else by the case at hand, the engine, the rule."""
    given = options.severity.get(rule.code)
    return given or hit.severity or rule.severity(options.engine) or rule.level


def _failed(rule: Rule, error: Exception | SystemExit, options: Options, off: frozenset[str]) -> list[Placed]:
    if "N900" in off:
        return []
    what = f"the rule {rule.code} failed on this file ({type(error).__name__}: {error})"
    words = f"{what}; please report it to the authors of {rule.package or 'newscli'}"
    return [("N900", Hit(0, 0, words.replace("\n", " ")), options.severity.get("N900", Severity.ERROR))]


def _mended(
    subject: Subject, hits: list[Placed], found: list[ignores.Ignore], plan: Plan
) -> tuple[Subject, list[Placed], list[ignores.Ignore], list[Finding]]:
    """Make fixes until none is left that may be made, at most ten times; of names last, one at a time."""
    from newscli.fixes.apply import Proposal, mend

    fixed: list[Finding] = []
    for _ in range(_ROUNDS):
        proposals = [
            Proposal(code, hit) for code, hit, _ in hits if hit.fix and (hit.fix.safe or plan.options.fix == "unsafe")
        ]
        raw, made, path = *mend(subject, proposals), subject.path
        if not made or raw == subject.raw:
            made = [each for each in proposals if each.hit.fix and each.hit.fix.rename][:1]
            if not made:
                break
            path = subject.path.removesuffix(subject.name) + made[0].hit.fix.rename  # type: ignore[union-attr]
        severities = {id(hit): severity for _, hit, severity in hits}
        fixed += [to_finding(subject, one.code, one.hit, severities[id(one.hit)]) for one in made]
        subject = Subject(path, raw, subject.options)
        hits, found = _hits(subject, plan)
    return subject, hits, found, fixed


def to_finding(subject: Subject, code: str, hit: Hit, severity: Severity) -> Finding:
    """What a rule found, with its place in lines and columns."""
    text = subject.text
    start = min(hit.start, len(text))
    line, column = subject.position(start)
    end_line, end_column = subject.position(hit.end) if hit.end > start else (line, column)
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    source = text[begin : stop if stop >= 0 else len(text)].rstrip("\r")
    key = "/".join(str(step) for step in hit.key)
    print_ = fingerprint(code, subject.path, key, text[start : hit.end])
    return Finding(
        code, RULES[code].name, severity, subject.path, line, column, end_line, end_column, hit.message,
        hit.fix, print_, source, hit.related, int(hit.until.timestamp()) if hit.until else 0,
    )  # fmt: skip


def fingerprint(*parts: str) -> str:
    """A hash that stays while lines move."""
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def numbered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings whose fingerprints differ, equal ones told apart by a number."""
    if len(findings) < 2:
        return findings
    seen: dict[str, int] = {}
    all_ = []
    for finding in findings:
        count = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = count + 1
        told_apart = fingerprint(finding.fingerprint, str(count)) if count else finding.fingerprint
        all_.append(replace(finding, fingerprint=told_apart))
    return tuple(all_)
