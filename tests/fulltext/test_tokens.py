import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscli.fulltext.tokens import BLANK, BLOCK, canonical, grams, join, split, tokens

CUT = {
    "hello world": "hello world",
    "新能源": "新 能 源",
    "新能源ET3汽车": "新 能 源 et 3 汽 车",
    "a, b": f"a , {BLANK} b",
    "能 a": f"能 {BLANK} a",
    "能 源": f"能 {BLANK} 源",
    "3.5%": "3 . 5 %",
    "10 000": f"1 0 {BLANK} 0 0 0",
    "snake_case": "snake _ case",
    "two\nblocks": f"two {BLOCK} blocks",
    "«Привет» мир": f"« привет » {BLANK} мир",
    "，": ",",
    "naïve café": "naïve café",
    "한국": "한 국",
    "x²": "x 2",
    "カタカナ": "カ タ カ ナ",
    "ﾊﾝｶｸ": "ハ ン カ ク",
    "ภาษา": "ภ า ษ า",
    "हिन्दी": "ह ि न ् द ी",
    "الكتاب الجديد": "الكتاب الجديد",
    "مَدْرَسَة": "مدرسة",
    "الريــاض": "الرياض",
    "שָׁלוֹם": "שלום",
    "𠮷野家": "𠮷 野 家",
    "👍🏽": "👍 🏽",
    "👨\u200d👩": "👨 👩",
    "cafe\u0301": "café",
    "ｅｄ": "ed",
    "": "",
}


@pytest.mark.parametrize(("text", "cut"), CUT.items())
def test_tokens(text: str, cut: str) -> None:
    assert tokens(canonical(text)).split() == cut.split()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  ＡＢＣ　ｄ ", "abc d"),
        ("a \n\n b", "a\nb"),
        ("a\tb", "a b"),
        ("soft\xadhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("half \ud800", "half ?"),
        ("´x", "\u0301x"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_canonical_form(text: str, form: str) -> None:
    assert canonical(text) == form


TEXTS = st.text(st.sampled_from("新能abcé 12,.-\n")).map(canonical)


@given(TEXTS)
def test_the_tokens_tell_the_text(text: str) -> None:
    cut = tokens(text).split()
    rebuilt = ""
    for token in cut:
        if token[0].isalpha() and token[0] < "一" and re.search(r"[^\W\d新能]\Z", rebuilt):
            rebuilt += " "
        rebuilt += {BLANK: " ", BLOCK: "\n"}.get(token, token)
    assert rebuilt == text


@given(TEXTS, st.data())
def test_a_piece_without_open_ends_is_a_phrase_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = canonical(text[start : data.draw(st.integers(start, len(text)))])
    if piece in text and "\n" not in piece:
        whole, part = tokens(text).split(), tokens(piece).split()
        inner = part[1:-1]
        assert any(whole[at : at + len(inner)] == inner for at in range(len(whole) + 1))


def test_joining_leaves_the_pieces_alone() -> None:
    pieces = split("a b, c")
    assert join(pieces) == join(pieces)
    assert pieces == ["", "a", " ", "b", ", ", "c", ""]


def test_grams_are_the_letters_and_pairs_of_words() -> None:
    assert grams(["abc", "bd"]) == {"a", "b", "c", "d", "ab", "bc", "bd"}
    assert grams([]) == set()


def test_many_words_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from newscli.fulltext import tokens as module

    monkeypatch.setattr(module, "_MOST_KEPT", 3)
    words = [f"w{'x' * size}" for size in range(20)]
    assert grams(words) == {"w", "x", "wx", "xx"}
    assert len(module._GRAMS) <= 5
