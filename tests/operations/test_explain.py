import pytest

from newscli.errors import ConfigError
from newscli.operations.explain import FIELDS, find_rules, markdown, rule_report
from newscli.rules import RULES


def test_codes_names_and_beginnings() -> None:
    assert [rule.code for rule in find_rules(["unescaped-quote"])] == ["Y102"]
    assert [rule.code for rule in find_rules(["Y102", "Y101"])] == ["Y101", "Y102"]
    assert {rule.code[0] for rule in find_rules(["Y"])} == {"Y"}
    assert len(find_rules(["ALL"])) == len(RULES)
    with pytest.raises(ConfigError, match="did you mean"):
        find_rules(["unescaped-qoute"])


def test_records_say_what_each_engine_makes_of_it() -> None:
    (record,) = rule_report(find_rules(["D303"])).records
    assert tuple(record) == FIELDS
    assert (record["name"], record["family"], record["severity"]) == ("name-without-date", "dates", "error")
    assert (record["engines"]["jekyll"], record["engines"]["hugo"]) == ("error", "off")


def test_every_rule_has_a_page_with_examples() -> None:
    for rule in RULES.values():
        (page,) = markdown([rule])
        assert page.startswith(f"# {rule.code} {rule.name}\n\n{rule.level}")
        assert "Bad::" in page
        assert "Good::" in page


def test_pages_are_apart() -> None:
    pages = "".join(markdown(find_rules(["Y101", "Y102"])))
    assert "\n\n# Y102 unescaped-quote\n" in pages
    assert not pages.startswith("\n")
