import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.plain_text import visible_text
from newscli.text import fold

SEEN = {
    # HTML: inline tags hold together, block tags are boundaries
    "<p>新<b>能</b>源</p><p>汽车</p>": "新能源\n汽车",
    "one<br>two<br/>three": "one\ntwo\nthree",
    "<ul><li>a</li><li>b <i>c</i></li></ul>": "a\nb c",
    "<table><tr><th>x</th><td>y</td></tr></table>": "x\ny",
    "<a href='x>y' title=\"q\">link</a>ed": "linked",
    "<P CLASS=x>up</P>": "up",
    "<custom-part>in</custom-part>side": "inside",
    "x < y and y > z": "x < y and y > z",
    'torn <a href="x>quote</a>': "torn quote",
    "<table><tr><td>-</td><td># 1. ></td></tr></table>": "-\n# 1. >",
    # what no browser shows
    "a<!-- no\n no -->b": "ab",
    "a<script>var b</script>c": "a\nc",
    "a<STYLE>p {}</STYLE >c": "a\nc",
    "<p>a</p><p hidden>b</p><p>c</p>": "a\nc",
    '<p>a<span style="color:red; display: none">b</span>c</p>': "ac",
    "<p data-hidden=x>seen</p>": "seen",
    "<?php no ?>yes<!DOCTYPE html>": "yes",
    'a<img src="x.png" alt="not seen">b': "ab",
    "<svg><text>no</text></svg>yes": "yes",
    "an <script> never closed": "an never closed",
    # entities
    "R&amp;D &lt;b&gt; &#26032;&nbsp;x": "R&D <b> 新 x",
    "<p>&copy; 2022</p>": "© 2022",
    # Markdown
    "# Head\ntext": "Head\ntext",
    "## Head ##\n\ntext": "Head\ntext",
    "> # Head\n> text about C#\nmore": "Head\ntext about C# more",
    "text\n> a\n> b\n\nc": "text\na b\nc",
    "a \x00 b `c` \x00\x00": "a b c",
    "Head\n====\ntext\n\n---\n\nmore": "Head\ntext\nmore",
    "- a\n- b\n  * c\n+ [ ] d": "a\nb\nc\nd",
    "1. a\n2. b": "1. a\n2. b",
    "> quoted\n> > deeper": "quoted\ndeeper",
    "**新能**源 and *this* and ***both***": "新能源 and this and both",
    "__init__ and snake_case_name and _it_": "init and snake_case_name and it",
    "2 * 3 * 4": "2 * 3 * 4",
    "~~gone~~ stays": "gone stays",
    '[text](http://x.example/a_(b) "title") end': "text end",
    "[text][ref] end\n\n[ref]: http://x.example 'title'": "text end",
    "![alt](x.png) and ![alt][ref]": "and",
    "[![alt](x.png)](http://y.example)": "",
    "note[^1]\n\n[^1]: The note": "note",
    "[not a link] stays": "[not a link] stays",
    "<http://x.example/a_b_c> <me@x.example>": "http://x.example/a_b_c me@x.example",
    "| a | b |\n|---|:-:|\n| 1 | 2 |": "a\nb\n1\n2",
    "a | b": "a | b",
    "\\*not emphasis\\* \\# \\\\": "*not emphasis* # \\",
    "`<b>` and ``a`b``": "<b> and a`b",
    "```html\n<p>&amp; *x*</p>\n\n  y\n```\nafter": "<p>&amp; *x*</p>\ny\nafter",
    "~~~\ncode\n~~~": "code",
    # Liquid and shortcodes
    "a {% include x.html %}b {{ page.title }}c": "a b c",
    "{% comment %}no{% endcomment %}yes": "yes",
    "{% raw %}{{ seen }}{% endraw %}": "{{ seen }}",
    "{{< figure src=x >}}text": "text",
    "Text\n{: .note}\n": "Text",
    "{not liquid}": "{not liquid}",
    # white space
    "科技\n招商": "科技招商",
    "，\n招": "，招",
    "English\nlines  go\ton": "English lines go on",
    "科技\nABC": "科技 ABC",
    "a\r\n\r\nb\rc": "a\nb c",
    "a\u3000b\xa0c": "a b c",
    "a\u200bb\xadc\ufeff": "abc",
    "\n\n \n": "",
    "": "",
}


@pytest.mark.parametrize(("body", "text"), SEEN.items())
def test_what_a_reader_sees(body: str, text: str) -> None:
    assert visible_text(body) == text


WORDS = st.text(st.sampled_from("新能源车中国abcdeé0123，。%"), min_size=1, max_size=8)
BLOCKS = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=5)


@given(BLOCKS, st.data())
def test_text_in_html_is_the_text_however_it_is_tagged(blocks: list[str], data: st.DataObject) -> None:
    marked = []
    for block in blocks:
        start = data.draw(st.integers(0, len(block)))
        end = data.draw(st.integers(start, len(block)))
        name = data.draw(st.sampled_from(["b", "em", "a href='x'", "span class=y"]))
        before, inside, after = (html.escape(part) for part in (block[:start], block[start:end], block[end:]))
        marked.append(f"<p>{before}<{name}>{inside}</{name.split()[0]}>{after}</p>")
    glue = data.draw(st.sampled_from(["", "\n", "\n\n", "<!-- x -->", "<script>no</script>"]))
    assert visible_text(glue.join(marked)) == "\n".join(blocks)


@given(
    st.lists(st.sampled_from([*SEEN, "<", ">", "`", "```\n", "*", "_", "[", "](", "{%", "{{", "\x00", "&", "|", "-"]))
)
@settings(max_examples=200, deadline=None)
def test_anything_is_read_and_blocks_are_clean(pieces: list[str]) -> None:
    text = visible_text("".join(pieces))
    assert "\x00" not in text
    assert text == text.strip()
    assert not re.search(r"[^\S\n ]|  |\n\n| \n|\n ", text)


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<a '",
        "[",
        "![",
        "[](",
        "*a",
        "_a",
        "`",
        "{%",
        "{{",
        "<!--",
        "<script>",
        "|-",
        "> - ",
        "~~",
        "<p hidden>",
    ],
)
def test_no_piece_repeated_takes_for_ever(piece: str) -> None:
    import time

    start = time.process_time()
    visible_text(piece * 2000)
    assert time.process_time() - start < 2


def test_folding_is_what_unicode_says() -> None:
    import unicodedata

    for text in ["ＡＢＣ，１２３", "Straße", "ﬁ", "㈱", "İ", "｜．％", "ᾳ", "e\u0301", "，\u0338", "Ⅷ"]:
        narrow = unicodedata.normalize("NFKC", text).casefold()
        assert fold(text) == unicodedata.normalize("NFKC", narrow)


@given(st.text(st.sampled_from("，：；！？（）％｜．aAÅéß\u0301\u0338ﬁ中Σς")))
def test_folding_is_what_unicode_says_of_any_text(text: str) -> None:
    import unicodedata

    narrow = unicodedata.normalize("NFKC", text).casefold()
    assert fold(text) == unicodedata.normalize("NFKC", narrow)
