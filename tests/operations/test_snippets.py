import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.fulltext.needles import Needle
from newscli.operations.snippets import WIDTH, Finder, Snippet, folded_with_places, snippets
from newscli.text import display_width, fold


def finder(*words: str) -> Finder:
    return Finder([Needle(fold(word)).spans for word in words])


def marked(snippet: Snippet) -> str:
    """The text with brackets around what matches."""
    text, place = "", 0
    for start, end in snippet.matches:
        text += snippet.text[place:start] + "[" + snippet.text[start:end] + "]"
        place = end
    return text + snippet.text[place:]


@pytest.mark.parametrize(
    ("text", "words", "count", "pieces"),
    [
        ("苏州科技招商", ["科技"], 1, ["苏州[科技]招商"]),
        ("ＡＢＣ and abc", ["bc"], 1, ["Ａ[ＢＣ] and a[bc]"]),
        ("one\ntwo words\nthree", ["words", "three"], 3, ["two [words]", "[three]"]),
        ("one\ntwo words\nthree", ["words", "three"], 1, ["two [words]"]),
        ("a x\nx y both\na y", ["x", "y"], 1, ["[x] [y] both"]),
        ("the first block\nanother", ["nowhere"], 2, ["the first block"]),
        ("ab", ["ab", "b"], 1, ["[ab]"]),
        ("ﬁne", ["in"], 1, ["[ﬁn]e"]),
        ("㈱x", ["株"], 1, ["[㈱]x"]),
        ("e\u0301té", ["é"], 1, ["[e\u0301]t[é]"]),
        ("text", ["text"], 0, []),
        ("", ["text"], 2, []),
    ],
)
def test_snippets(text: str, words: list[str], count: int, pieces: list[str]) -> None:
    assert [marked(snippet) for snippet in snippets(text, finder(*words), count)] == pieces


def test_a_long_block_is_cut_around_the_match() -> None:
    text = "前" * 200 + "科技" + "后" * 200
    (snippet,) = snippets(text, finder("科技"), 1)
    assert snippet.text == "…" + "前" * 15 + "科技" + "后" * 60 + "…" or snippet.text.startswith("…前")
    assert snippet.text.endswith("后…")
    assert marked(snippet).count("[科技]") == 1
    assert display_width(snippet.text) <= WIDTH + 40


def test_words_are_not_cut_where_a_blank_is_near() -> None:
    text = " ".join(f"word{'x' * (number % 5)}" for number in range(100))
    text = text[:300] + " TARGET " + text[300:]
    (snippet,) = snippets(text, finder("target"), 1)
    inner = snippet.text.strip("…")
    assert f" {inner} " in f" {text} "
    assert "[TARGET]" in marked(snippet)


def test_words_in_the_midst_of_chinese_are_not_cut() -> None:
    text = "汉" * 9 + "Firefox" + "汉" * 12 + "词" + "汉" * 40 + "Thunderbird2024" + "汉" * 30
    ((piece,),) = [snippets(text, finder("词"), 1)]
    assert piece.text == "…" + "汉" * 12 + "词" + "汉" * 40 + "…"


def test_far_apart_places_of_one_block_are_several_snippets() -> None:
    text = "科技" + "中" * 300 + "科技"
    assert len(snippets(text, finder("科技"), 3)) == 2


def test_a_match_longer_than_a_snippet_is_shown_whole() -> None:
    word = "长" * 100
    (snippet,) = snippets(f"a {word} b", finder(word), 1)
    assert f"[{word}]" in marked(snippet)


def test_a_record() -> None:
    assert Snippet("苏州", ((0, 1),)).record() == {"text": "苏州", "matches": [[0, 1]]}


def test_what_looks_at_the_text_as_it_stands() -> None:
    found = Finder(written=[lambda text: [(text.index("B"), text.index("B") + 1)]])
    assert [marked(snippet) for snippet in snippets("aBc", found, 1)] == ["a[B]c"]


@given(st.text(st.sampled_from("aA新Ａﬁ㈱…½é\u0301ß한ﾞｶ\n ")))
def test_places_lead_from_the_folded_text_to_the_text(text: str) -> None:
    folded, places = folded_with_places(text)
    assert len(places) == len(folded) + 1
    assert list(places) == sorted(places)
    assert places[-1] == len(text)
    assert all(folded[number] in fold(text) for number in range(len(folded)))


@given(st.text(st.sampled_from("aB新，ﬁ \n"), max_size=300), st.text(st.sampled_from("ab新,"), min_size=1, max_size=2))
def test_matches_are_what_was_looked_for(text: str, word: str) -> None:
    for snippet in snippets(text, finder(word), 3):
        for start, end in snippet.matches:
            assert 0 <= start < end <= len(snippet.text)
            assert word in fold(snippet.text[start:end]) or "ﬁ" in snippet.text[start:end]
        assert "\n" not in snippet.text
