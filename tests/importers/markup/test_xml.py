import pytest

from newscli.importers.markup.xml import Node, parse, without_doctype
from newscli.importers.problems import Code, SourceError

WP = 'xmlns:wp="http://wordpress.org/export/1.2/"'


def test_a_tree_has_names_attributes_and_text() -> None:
    root = parse('<a b="1"><c>x</c>y<d/><c>z</c></a>')
    assert (root.name, root.attributes) == ("a", {"b": "1"})
    assert root.text == "xyz"
    assert [node.text for node in root.all("c")] == ["x", "z"]
    assert [node.name for node in root.all("d", "c")] == ["c", "d", "c"]
    assert root.first("d") == Node("d")
    assert root.first("e") is None


def test_the_text_of_a_child_is_without_space_around_it() -> None:
    root = parse("<a><b>\n x <c>y</c>\n</b></a>")
    assert root.get("b") == "x y"
    assert root.get("c") == ""
    assert [node.text for node in root.find("c")] == ["y"]


def test_descendants_come_in_order() -> None:
    root = parse("<a><b n='1'><b n='2'/></b><c><b n='3'/></c></a>")
    assert [node.attributes["n"] for node in root.find("b")] == ["1", "2", "3"]


def test_cdata_is_text() -> None:
    assert parse("<a><![CDATA[<b>&amp;]]>]]&gt;</a>").text == "<b>&amp;]]>"


def test_markup_is_written_again() -> None:
    root = parse('<a>x &amp; y<b c="&quot;1&quot;">z<br/></b><d/></a>')
    assert root.markup() == "x &amp; y<b c='\"1\"'>z<br /></b><d />"
    assert parse(f"<a>{root.markup()}</a>").markup() == root.markup()


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<wp:a {WP}/>", "wp:a"),
        ('<x:a xmlns:x="http://wordpress.org/export/1.0/"/>', "wp:a"),
        ('<a xmlns="http://wordpress.org/export/1.1/"/>', "wp:a"),
        ('<x:a xmlns:x="http://wordpress.org/export/1.2/excerpt/"/>', "excerpt:a"),
        ('<x:a xmlns:x="http://purl.org/rss/1.0/modules/content/"/>', "content:a"),
        ('<a xmlns="http://www.w3.org/2005/Atom"/>', "a"),
        ('<atom:a xmlns:atom="http://www.w3.org/2005/Atom"/>', "a"),
        ('<a xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "a"),
        ("<wp:a/>", "wp:a"),
        ("<x:a/>", "x:a"),
        ('<wp:a xmlns:wp="http://example.com/fake/"/>', "other:a"),
        ('<x:a xmlns:x="http://example.com/own/"/>', "x:a"),
        ('<a xmlns="http://example.com/own/"/>', "a"),
        ('<a xmlns=""/>', "a"),
    ],
)
def test_a_prefix_means_what_it_is_declared_to_mean(xml: str, expected: str) -> None:
    assert parse(xml).name == expected


def test_declarations_hold_within_their_element_only() -> None:
    root = parse(f'<r {WP}><wp:a/><s xmlns:wp="urn:x"><wp:a/></s><wp:a/></r>')
    assert [node.name for node in root.find("wp:a", "other:a")] == ["wp:a", "other:a", "wp:a"]
    assert "xmlns:wp" not in root.attributes


def test_declarations_from_around_hold_too() -> None:
    assert parse("<x:a/>", {"x": "http://wordpress.org/export/1.2/"}).name == "wp:a"


def test_what_is_not_well_formed_raises_with_its_line() -> None:
    with pytest.raises(SourceError, match="is not well-formed XML: mismatched tag in column 3") as caught:
        parse("<a>\n<b>\n</a>")
    assert (caught.value.code, caught.value.line) == (Code.SYNTAX, 3)


def test_a_tree_is_as_deep_as_the_limit() -> None:
    assert parse("<a><a><a/></a></a>", depth=3).text == ""
    with pytest.raises(SourceError, match="more than 3 levels deep") as caught:
        parse("<a><a><a><a/></a></a></a>", depth=3)
    assert caught.value.code is Code.TOO_BIG


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
        '<!doctype a SYSTEM "x.dtd" [\n<!entity x "y">\n]>',
        '<!DOCTYPE a [<!-- > --> <!ENTITY x "]">',
    ],
)
def test_entities_are_refused_before_they_are_parsed(doctype: str) -> None:
    with pytest.raises(SourceError, match="declares XML entities") as caught:
        without_doctype(f'<?xml version="1.0"?>\n{doctype}\n<a>&x;</a>')
    assert (caught.value.code, caught.value.line) == (Code.ENTITIES, 2)


def test_the_parser_itself_refuses_entities_too() -> None:
    with pytest.raises(SourceError, match="declares XML entities"):
        parse('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a/>", "<a/>"),
        ("<!DOCTYPE a><a/>", "<a/>"),
        ('<!DOCTYPE rss PUBLIC "-//N//DTD > RSS//EN" "http://x/rss.dtd">\n<a/>', "\n<a/>"),
        ("<!DOCTYPE a [\n<!ELEMENT a (b)>\n]\n><a/>", "\n\n\n<a/>"),
        ("<!DOCTYPE a [\n<!ELEMENT", "\n"),
        ("<!DOCTYPE", ""),
        ("<a><!DOCTYPE b></a>", "<a><!DOCTYPE b></a>"),
        ("<a>&lt;!DOCTYPE b [<!ENTITY x 'y'>]</a>", "<a>&lt;!DOCTYPE b [<!ENTITY x 'y'>]</a>"),
    ],
)
def test_a_document_type_goes_and_its_lines_stay(text: str, expected: str) -> None:
    assert without_doctype(text) == expected
