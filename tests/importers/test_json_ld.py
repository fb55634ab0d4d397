import json
import time
from typing import Any

import pytest

from newscli.importers.json_ld import address, find_article, text, texts

ARTICLE = {"@type": "NewsArticle", "headline": "H"}


@pytest.mark.parametrize(
    "document",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "WebSite"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        [[{"@graph": {"@graph": [ARTICLE]}}]],
        {**ARTICLE, "@type": ["Thing", "BlogPosting"]},
        {**ARTICLE, "@type": "http://schema.org/Article"},
    ],
)
def test_the_article_is_found_wherever_it_stands(document: Any) -> None:
    assert find_article([json.dumps({"@type": "Organization"}), json.dumps(document)])["headline"] == "H"


def test_a_page_is_better_than_nothing() -> None:
    assert find_article([json.dumps({"@type": "WebPage", "name": "P"})])["name"] == "P"
    assert find_article([json.dumps({"@type": "Organization"})]) == {}
    assert find_article([]) == {}


@pytest.mark.parametrize(
    "wrapped",
    [
        "<!-- {} -->",
        "//<![CDATA[\n{}\n//]]>",
        "// <![CDATA[\n{}\n// ]]>",
        "<![CDATA[{}]]>",
        "\n\t{}\n",
    ],
)
def test_wrappings_of_other_times_do_not_matter(wrapped: str) -> None:
    assert find_article([wrapped.format(json.dumps(ARTICLE))])["headline"] == "H"


@pytest.mark.parametrize(
    "script", ['{"@type": "Article", "headline": "a\nb",}', '{"@type": "Article", "headline": "a\nb", "x": [1, 2,], }']
)
def test_line_ends_in_texts_and_commas_too_many_are_read(script: str) -> None:
    assert find_article([script])["headline"] == "a\nb"


@pytest.mark.parametrize("script", ["", "{", "null", "5", '"text"', "[" * 100_000, '{"@type": 5}', '{"@type": null}'])
def test_what_cannot_be_read_is_passed_over(script: str) -> None:
    assert find_article([script, json.dumps(ARTICLE)])["headline"] == "H"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", ["a"]),
        (["a", {"name": "b"}, {"@type": "Person", "name": ["c", "d"]}], ["a", "b", "c", "d"]),
        ({"@value": "v"}, ["v"]),
        ({"name": {"x": 1}}, []),
        (5, ["5"]),
        (True, []),
        (None, []),
        ("", []),
        ([["a"]], []),
    ],
)
def test_a_value_as_texts(value: Any, expected: list[str]) -> None:
    assert texts(value) == expected
    assert text(value) == (expected[0] if expected else "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a", "https://a"),
        ({"@type": "ImageObject", "name": "n", "url": "https://a"}, "https://a"),
        ([{"contentUrl": "https://a"}, "https://b"], "https://a"),
        ({"@id": "https://a"}, "https://a"),
        ([], ""),
        (None, ""),
    ],
)
def test_the_address_of_a_value(value: Any, expected: str) -> None:
    assert address(value) == expected


@pytest.mark.parametrize("piece", [" ", ",", "<!--", ", "])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    find_article([piece * 200_000])
    assert time.process_time() - start < 5
