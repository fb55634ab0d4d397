import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.article import Article
from newscli.importers.clean import clean, clean_html, text_to_html
from newscli.importers.markup.plain import plain

BASE = "https://example.com/a/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("<script>alert(1)</script>a", "a"),
        ("<style>p{}</style>a", "a"),
        ("<p onclick='x()' class='c' id='i'>a</p>", '<p class="c" id="i">a</p>'),
        ("<a href='javascript:x'>a</a>", "<a>a</a>"),
        ("<a href=' java&#10;script:x'>a</a>", "<a>a</a>"),
        ("<a href='/b' target=_blank>a</a>", '<a href="/b">a</a>'),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
        ("<img src='data:image/png;base64,AA' onerror=x>", '<img src="data:image/png;base64,AA">'),
        ("<img src='data:image/svg+xml;base64,AA'>", "<img>"),
        ("<img src=a srcset='b 1x'>", '<img src="a" srcset="b 1x">'),
        ("<form action=x><input name=a><button>b</button></form>", "b"),
        ("<object data=x>a</object><embed src=y>", "a"),
        ("<svg><script>x</script></svg><math></math>", ""),
        ("<template><script>x</script>y</template>z", "z"),
        ("<base href=x><link rel=stylesheet href=y><meta http-equiv=refresh>a", "a"),
        ("<p style='color:red'>a</p>", "<p>a</p>"),
        ("<p style='display:none'>a</p>", '<p style="display:none">a</p>'),
        ("<p hidden>a</p>", '<p hidden="">a</p>'),
        ("a<!--more-->b", "a<!--more-->b"),
        ("<iframe src='https://v.example/x?a=1&amp;b=2'>no</iframe>", None),
        ("<iframe src='javascript:x'>no</iframe>a", "a"),
        ("<iframe srcdoc='<script>'></iframe>a", "a"),
        ("<table><tr><td colspan=2 width=5>a</td></tr></table>", None),
        ("<ol start=3><li value=4>a</ol>", '<ol start="3"><li value="4">a</li></ol>'),
        ("<video src=a controls poster=b><source src=c type=d></video>", None),
        ("<details open><summary>a</summary>b</details>", '<details open=""><summary>a</summary>b</details>'),
        ("<ruby>漢<rt>kan</rt></ruby>", "<ruby>漢<rt>kan</rt></ruby>"),
        ("a &lt;script&gt; b", "a &lt;script&gt; b"),
        ("<scr<script>ipt>alert(1)</script>", None),
    ],
)
def test_what_may_stay_stays_and_what_runs_goes(text: str, expected: str | None) -> None:
    found = clean_html(text)
    if expected is not None:
        assert found == expected
    assert clean_html(found) == found


def test_a_frame_becomes_a_link() -> None:
    link = "https://v.example/x?a=1&amp;b=2"
    assert clean_html(f"a<iframe src='{link}' width=5>no<b>no</b></iframe>b") == f'a<p><a href="{link}">{link}</a></p>b'


def test_tables_and_films_keep_what_they_are_made_of() -> None:
    assert 'colspan="2"' in clean_html("<table><tr><td colspan=2 width=5>a</td></tr></table>")
    film = clean_html("<video src=a controls poster=b><source src=c type=d></video>")
    assert film == '<video src="a" controls="" poster="b"><source src="c" type="d"></video>'


def test_tags_within_tags_do_not_make_new_ones() -> None:
    assert "<script" not in clean_html("<scr<script>ipt>alert(1)</scr</script>ipt>")


@given(st.text(alphabet="<>/abpscriptonerror=\"' &;:#", max_size=80))
@settings(max_examples=150, deadline=None)
def test_nothing_that_is_clean_changes_again(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once


@pytest.mark.parametrize(
    "piece", ["<div>", "<ul><li>", "<b><p>", "<font size=1>", "<table><tr><td>", "<a href=x>", "<pre>"]
)
def test_nesting_does_not_cost_the_square_of_its_depth(piece: str) -> None:
    start = time.process_time()
    clean_html(piece * 20_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a", "<p>a</p>"),
        ("a\nb\n\n \nc\n", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("1 < 2 & <script>", "<p>1 &lt; 2 &amp; &lt;script&gt;</p>"),
        ("  indented", "<p>  indented</p>"),
    ],
)
def test_plain_text_becomes_paragraphs(text: str, expected: str) -> None:
    assert text_to_html(text) == expected


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=60))
@settings(max_examples=100, deadline=None)
def test_plain_text_is_read_as_it_was_written(text: str) -> None:
    assert plain(text_to_html(text)).split() == text.split()


def test_an_article_is_cleaned_by_what_its_body_is_written_in() -> None:
    html = clean(Article(title="t", body="<script>1</script><a href='/b'>{{ x }}</a>", base_url=BASE))
    assert html.body == '<a href="https://example.com/b">{% raw %}{{ x }}{% endraw %}</a>'
    markdown = clean(Article(body="[a](b)\n\n`<b>` {% x %}<script>", body_format="markdown", base_url=BASE))
    assert markdown.body_format == "markdown"
    assert markdown.body == "[a](https://example.com/a/b)\n\n`<b>` {% raw %}{% x %}{% endraw %}&lt;script>"
    text = clean(Article(body="a <b>\n{{ c }}", body_format="text", base_url=BASE))
    assert (text.body_format, text.body) == ("html", "<p>a &lt;b&gt;<br>\n{% raw %}{{ c }}{% endraw %}</p>")


def test_the_caller_may_keep_everything_but_relative_addresses() -> None:
    body = "<script>1</script><a href='/b'>{{ x }}</a>"
    assert clean(Article(body=body, base_url=BASE), raw=True).body == body.replace("'/b'", '"https://example.com/b"')
    markdown = Article(body="[a](b) <script>", body_format="markdown", base_url=BASE)
    assert clean(markdown, raw=True).body == "[a](https://example.com/a/b) <script>"


def test_liquid_stays_where_the_site_does_not_use_it() -> None:
    assert clean(Article(body="<p>{{ x }}</p>"), liquid=False).body == "<p>{{ x }}</p>"


def test_nothing_but_the_body_changes() -> None:
    article = Article(title="{{ t }}", body="", tags=("a",), extra={"a": 1})
    assert clean(article) == article
