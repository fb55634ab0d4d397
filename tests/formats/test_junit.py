from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from newscli.finding import FileResult
from newscli.formats.junit import ALL_CASES

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "samples" / "jenkins-junit.xsd"))


def parse(text: str) -> etree._Element:
    document = etree.fromstring(text.encode())
    SCHEMA.assertValid(document)
    return document


def test_a_case_a_file_and_a_failure_for_its_findings(report: Callable[..., str], results: list[FileResult]) -> None:
    document = parse(report("junit", results))
    (suite,) = document
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert [case.get("name") for case in suite] == [result.path for result in results]
    assert {case.get("classname") for case in suite} == {"newscli.validate"}
    (failure,) = suite[0]
    assert failure.get("type") == "Y102"
    assert failure.get("message") == "2:11 Y102 a quote ends the value here: 他说 (and 1 more)"
    assert failure.text == "2:11 Y102 a quote ends the value here: 他说\n3:7 T413 a string, not a list"
    assert len(suite[1]) == 0
    assert suite[2][0].get("message") == "1:1 X501 50% of\r\nthe same, address: /a::b"


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_replaced(
    character: str, report: Callable[..., str], results: list[FileResult]
) -> None:
    finding = replace(results[0].findings[0], message=f'<a href="x">{character}&amp;')
    (case,) = parse(report("junit", [FileResult(f"a{character}<.md", (finding,))]))[0]
    assert case.get("name") == "a\ufffd<.md"
    assert case[0].get("message") == '2:11 Y102 <a href="x">\ufffd&amp;'


def test_of_many_files_only_the_faulty_are_listed(report: Callable[..., str], results: list[FileResult]) -> None:
    def many() -> Iterator[FileResult]:
        yield from (FileResult(f"{number}.md") for number in range(ALL_CASES))
        yield results[0]

    (suite,) = parse(report("junit", many()))
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == (str(ALL_CASES + 1), "1", 1)


def test_no_files_are_a_suite_without_cases(report: Callable[..., str]) -> None:
    (suite,) = parse(report("junit", []))
    assert suite.get("tests") == "0"
