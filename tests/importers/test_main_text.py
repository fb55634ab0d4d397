import sys
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.main_text import main_html
from newscli.importers.page import read_page

LONG = "Some sentences that make up an article. " * 8


def main(text: str, title: str = "") -> str:
    return main_html(read_page(text), title, "https://example.com/")


@pytest.fixture
def trafilatura(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A trafilatura that answers what the test says."""
    answer: dict[str, object] = {"text": "", "calls": 0}

    def extract(_text: str, **options: object) -> object:
        answer["calls"] = int(str(answer["calls"])) + 1
        assert options["url"] == "https://example.com/"
        if isinstance(answer["text"], Exception):
            raise answer["text"]
        return answer["text"]

    module = ModuleType("trafilatura")
    module.extract = extract  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trafilatura", module)
    return answer


@pytest.fixture(autouse=True)
def without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<body><nav>n</nav><article><p>{LONG}</p></article><footer>f</footer></body>", f"<p>{LONG}</p>"),
        (f"<body><main><p>{LONG}</p></main></body>", f"<p>{LONG}</p>"),
        (f"<body><div role=main><p>{LONG}</p></div></body>", f"<p>{LONG}</p>"),
        (f"<body><article>short</article><article><p>{LONG}</p></article></body>", f"<p>{LONG}</p>"),
        (f"<main><article>{LONG}<div class='entry-content'><p>the text</p></div></article></main>", "<p>the text</p>"),
        (f"<div itemprop='articleBody'>a</div><div>{LONG}</div>", "a"),
        (f"<body><div id='top'>x</div><div id='text'><p>{LONG}</p></div></body>", f"<p>{LONG}</p>"),
        (f"<table><tr><td>menu</td><td><p>{LONG}</p></td></tr></table>", f"<p>{LONG}</p>"),
        (f"<div><a href=x>{LONG}</a></div><div><p>{LONG}</p></div>", f"<p>{LONG}</p>"),
        ("<body><p>a</p><p>b</p></body>", "<p>a</p><p>b</p>"),
        ("<p>a</p>", "<p>a</p>"),
        ("", ""),
    ],
)
def test_the_article_of_a_page(page: str, expected: str) -> None:
    assert main(page) == expected


def test_what_is_around_an_article_is_cut_out_of_it() -> None:
    page = f"<article><header>h</header><p>{LONG}</p><aside>more</aside><p>end</p><script>x</script></article>"
    assert main(page) == f"<p>{LONG}</p><p>end</p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>The title</h1><p>a</p>", "<p>a</p>"),
        (
            "<div><section><h2 class='x'>The\n <b>title</b></h2><p>a</p></section></div>",
            "<div><section><p>a</p></section></div>",
        ),
        ("<h1>Another</h1><p>a</p>", "<h1>Another</h1><p>a</p>"),
        ("<p>a</p><h1>The title</h1>", "<p>a</p><h1>The title</h1>"),
        ("<h1>The title<p>a</p>", "<h1>The title<p>a</p>"),
    ],
)
def test_a_heading_that_repeats_the_title_is_left_out(body: str, expected: str) -> None:
    assert main(f"<article class='e-content'>{body}</article>", "The title") == expected


def test_a_heading_stays_where_there_is_no_title() -> None:
    assert main("<h1></h1><p>a</p>", "") == "<h1></h1><p>a</p>"


PARAGRAPHS = [f"Paragraph number {number} of the article, long enough." for number in range(5)]
PAGE = (
    "<body><div id=menu>" + "<p>A menu with many words in it, and more of them.</p>" * 20 + "</div>"
    "<div id=text>" + "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS) + "</div></body>"
)


def test_trafilatura_tells_where_the_article_is(trafilatura: dict[str, object]) -> None:
    trafilatura["text"] = "\n".join(PARAGRAPHS)
    assert main(PAGE) == "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS).strip()


@pytest.mark.parametrize("answer", ["", None, "Not on the page", "Paragraph number 1 only", ValueError("broken")])
def test_without_an_answer_of_trafilatura_our_own_rules_count(trafilatura: dict[str, object], answer: object) -> None:
    trafilatura["text"] = answer
    assert "A menu" in main(PAGE)
    assert trafilatura["calls"] == 1


def test_trafilatura_is_not_asked_where_the_text_is_marked(trafilatura: dict[str, object]) -> None:
    assert main("<div class=e-content>a</div>") == "a"
    assert trafilatura["calls"] == 0


def test_trafilatura_is_not_given_huge_pages(trafilatura: dict[str, object]) -> None:
    main("<p>" + "x" * (5 << 20))
    assert trafilatura["calls"] == 0


@given(st.text(alphabet="<>/pdivartcle h1=\"'x \n", max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert isinstance(main(text, "x"), str)
