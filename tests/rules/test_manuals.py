"""Every rule's manual: its examples are run, so that they cannot rot."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from newscli.operations.validate import FileResult
from newscli.rules import RULES, Rule

Checked = Callable[..., list[FileResult]]
POST = "_posts/2022-06-07-example.md"
UNSHOWABLE = {"N900", "N903"}
"""Rules about newscli itself and the baseline: no post shows them."""
_BLOCK = r"^{name}::\n\n(?P<text>(?:(?:    [^\n]*)?\n)+)"
_HEADER = re.compile(r"^==> (?P<path>.+) <==\n", re.M)
_PICTURES = str.maketrans({"␉": "\t", "␍": "\r", "␠": " ", "␤": "\n"})
_SHOWN = [pytest.param(rule, id=code) for code, rule in RULES.items() if code not in UNSHOWABLE]


def example(rule: Rule, name: str) -> dict[str, str | bytes]:
    """The files of an example: as they are, or front matter or a body that is completed."""
    match = re.search(_BLOCK.format(name=name), rule.doc + "\n", re.M)
    assert match, f"{rule.code} has no example {name}"
    lines = [line[4:] for line in match["text"].split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    text = "\n".join(lines) + "\n"
    parts = _HEADER.split(text)
    if len(parts) == 1:
        return {POST: decoded(rule, completed(rule, text))}
    paths = [decoded(rule, path) for path in parts[1::2]]
    texts = (
        completed(rule, part) if str(path).endswith(".md") else part
        for path, part in zip(paths, parts[2::2], strict=True)
    )
    return {str(path): decoded(rule, text) for path, text in zip(paths, texts, strict=True)}


def completed(rule: Rule, text: str) -> str:
    if rule.code[0] == "F" or text.startswith("---"):
        return text
    if rule.code[0] in "LHB":
        return f"---\ntitle: A title\n---\n{text}"
    return f"---\n{text}---\nA body.\n"


def decoded(rule: Rule, text: str) -> Any:
    text = text.translate(_PICTURES)
    if rule.code == "F001":
        if "\\x" in text:
            return re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text).encode("latin-1")
        return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
    return re.sub(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", lambda m: chr(int(m[1] or m[2], 16)), text)


@pytest.mark.parametrize("rule", _SHOWN)
def test_the_bad_example_is_found(rule: Rule, check: Checked) -> None:
    results = check(example(rule, "Bad"), select=[rule.code])
    assert rule.code in {finding.code for result in results for finding in result.findings} or _ignores(results, rule)


def _ignores(results: list[FileResult], rule: Rule) -> bool:
    """An unused ignore is one only where the rule it names is on."""
    del results
    return rule.code == "N901"


def test_an_unused_ignore_is_found_where_the_rule_is_on(check: Checked) -> None:
    results = check(example(RULES["N901"], "Bad"), select=["N901", "D304"])
    assert [finding.code for result in results for finding in result.findings] == ["N901"]


@pytest.mark.parametrize("rule", _SHOWN)
def test_the_good_example_is_clean(rule: Rule, check: Checked) -> None:
    results = check(example(rule, "Good"), select=[rule.code])
    assert [finding.message for result in results for finding in result.findings] == []


@pytest.mark.parametrize("rule", _SHOWN)
def test_the_good_example_has_no_error_of_the_syntax(rule: Rule, check: Checked) -> None:
    results = check(example(rule, "Good"), select=["F", "Y"])
    errors = [finding for result in results for finding in result.findings if finding.code != rule.code]
    assert [finding.message for finding in errors] == []


NEEDS_SETTINGS = {"S201", "N901"}
"""Rules whose fix the bad example cannot show: a default must be set; another rule must be on."""


@pytest.mark.parametrize(
    "rule", [pytest.param(rule, id=code) for code, rule in RULES.items() if rule.fix and code not in NEEDS_SETTINGS]
)
def test_the_bad_example_can_be_mended_as_the_manual_says(rule: Rule, check: Checked) -> None:
    results = check(example(rule, "Bad"), select=[rule.code], fix=rule.fix)
    fixed = [finding for result in results for finding in result.fixed]
    assert fixed
    assert all(finding.fix and finding.fix.safe == (rule.fix == "safe") for finding in fixed)
    assert [finding.code for result in results for finding in result.findings] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_manual_is_whole(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert re.search(r"^Why: ", rule.doc, re.M)
    assert re.search(r"^Engines: ", rule.doc, re.M)
    assert bool(re.search(r"^Fix \(", rule.doc, re.M)) == bool(rule.fix)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+|syntax|bom|conditional|hotlink|length|mojibake|unreadable", rule.name)


def test_names_are_unique_but_for_one_that_stands_for_the_same_in_front_matter_and_body() -> None:
    names = Counter(rule.name for rule in RULES.values())
    assert [name for name, count in names.items() if count > 1] == ["control-character"]
