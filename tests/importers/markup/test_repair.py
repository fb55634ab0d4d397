import time
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.markup.repair import parse_leniently, repair
from newscli.importers.markup.xml import parse
from newscli.importers.problems import Code, SourceError


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("<a>b & c</a>", "<a>b &amp; c</a>"),
        ("<a>b &amp; c&lt;</a>", "<a>b &amp; c&lt;</a>"),
        ("<a>&mdash;&nbsp;&eacute;</a>", "<a>—\xa0é</a>"),
        ("<a>&nosuch; &#0; &#xD800;</a>", "<a>&amp;nosuch; \ufffd \ufffd</a>"),
        ("<a>x?y=1&z=2</a>", "<a>x?y=1&amp;z=2</a>"),
        ("<a>1 < 2</a>", "<a>1 &lt; 2</a>"),
        ("<a>x]]>y</a>", "<a>x]]&gt;y</a>"),
        ("<a>x]]>y &</a>", "<a>x]]&gt;y &amp;</a>"),
        ("<a>\x00\x0b\ufffe</a>", "<a></a>"),
        ("<a><b></a>", "<a><b></b></a>"),
        ("<a></b></a>", "<a></a>"),
        ("<a><b><c></b></a>", "<a><b><c></c></b></a>"),
        ("<a><b>", "<a><b></b></a>"),
        ("<a>x<br>y<img src=z></a>", '<a>x<br/>y<img src="z"/></a>'),
        ("<a><link>x</link></a>", "<a><link>x</link></a>"),
        ("<a b=c d='e' f></a>", '<a b="c" d="e" f=""></a>'),
        ("<a b='1' b='2'/>", '<a b="1"/>'),
        ('<a b="x & <y>"/>', '<a b="x &amp; &lt;y&gt;"/>'),
        ('<a b="&copy;" 1c="2" "d"/>', '<a b="©"/>'),
        ("<a><!-- x --><?php y ?><!DOCTYPE z>t</a>", "<a>t</a>"),
        ("<a><![CDATA[<b>&]]></a>", "<a><![CDATA[<b>&]]></a>"),
        ("<a><![CDATA[x", "<a>x</a>"),
        ("<a><![CDATA[<p>x &", "<a><p>x &amp;</p></a>"),
        ("<a><!-- x</a>", "<a>&lt;!-- x</a>"),
        ("<a><!-- x<!-- y</a>", "<a>&lt;!-- x&lt;!-- y</a>"),
        ("<a><![CDATA[x <![CDATA[ y ]]> z ]]></a>", "<a><![CDATA[x <![CDATA[ y ]]> z ]]&gt;</a>"),
        ("<wp:a>x</wp:a>", "<wp:a>x</wp:a>"),
        ("<a b='c", '<a b="c"></a>'),
        ("<a></a", "<a></a>"),
    ],
)
def test_what_is_not_well_formed_becomes_so(broken: str, expected: str) -> None:
    assert repair(broken) == expected
    assert parse(expected)


@given(st.text(alphabet="<>/!-?=[]\"' ab:&;#CDAT\n", max_size=50))
@settings(max_examples=200, deadline=None)
def test_every_text_becomes_well_formed(text: str) -> None:
    expat.ParserCreate().Parse(f"<r>{repair(text)}</r>", True)


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<&\ufffe\uffff"), max_size=40)
)
@settings(max_examples=100, deadline=None)
def test_what_is_well_formed_keeps_its_text(text: str) -> None:
    assert parse(repair(f"<a>{text.replace(']]>', '')}</a>")).text == text.replace("]]>", "")


def test_only_what_is_broken_is_repaired() -> None:
    node, error = parse_leniently("<a>b</a>")
    assert (node.text, error) == ("b", None)


def test_a_repair_tells_what_was_wrong() -> None:
    node, error = parse_leniently("<a>\nb & c</a>")
    assert node.text == "\nb & c"
    assert error is not None
    assert (error.code, error.line) == (Code.SYNTAX, 2)


def test_a_document_type_goes_without_a_word() -> None:
    node, error = parse_leniently("<!DOCTYPE a><a>b</a>")
    assert (node.text, error) == ("b", None)


def test_depth_and_entities_are_not_repaired() -> None:
    with pytest.raises(SourceError) as deep:
        parse_leniently("<a><a><a>&</a></a></a>", depth=2)
    assert deep.value.code is Code.TOO_BIG
    with pytest.raises(SourceError) as declared:
        parse_leniently('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert declared.value.code is Code.ENTITIES


def test_a_text_without_an_element_cannot_be_repaired() -> None:
    with pytest.raises(SourceError, match="no element found"):
        parse_leniently("")


@pytest.mark.parametrize("piece", ["<", "<a ", "<a>", "</a>", "<!--", "<![CDATA[", "&", "]]>", '<a b="', "<a></b>"])
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    start = time.process_time()
    repair(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 5
