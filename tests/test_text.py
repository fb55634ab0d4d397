import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.text import (
    character_width,
    count_words,
    display_width,
    fold,
    nearest,
    pad,
    truncate,
    visible,
    wrap,
)

FAMILY = "👨\u200d👩\u200d👧"
HAN = "苏州驶上科技招商快车道新华日报"
mixed = st.text(
    st.one_of(
        st.sampled_from(HAN + "，。“”（）《》 ab3.(é\u0301\u200d\ufe0f❤👍🏽🇨🇳한ｶﾞ\u00a0’"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tag", "tag"),
        ("ＡＩ：１", "ai:1"),
        ("Straße", "strasse"),
        ("ｶﾞ", "ガ"),
        ("e\u0301", "é"),
        ("㍿", "株式会社"),
        ("", ""),
    ],
)
def test_folding_levels_case_and_width(text: str, expected: str) -> None:
    assert fold(text) == expected


@settings(max_examples=100, deadline=None)
@given(mixed)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("苏州，“好”", "苏州，“好”"),
        ("a\tb\nc\r", "a\\tb\\nc\\r"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("苏\u202e州", "苏\\u202e州"),
        ("\ufeff苏", "\\ufeff苏"),
        ("\udcc2", "\\udcc2"),
        ("\U000e0041", "\\U000e0041"),
        (FAMILY, FAMILY),
    ],
)
def test_what_a_terminal_would_obey_is_made_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_visible_text_holds_no_controls(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("character", "width"),
    [
        ("a", 1),
        ("é", 1),
        ("苏", 2),
        ("，", 2),
        ("Ａ", 2),
        ("ｱ", 1),
        ("한", 2),
        ("\u1161", 0),
        ("“", 1),
        ("…", 1),
        ("😀", 2),
        ("❤", 1),
        ("\u0301", 0),
        ("\u0903", 0),
        ("\u200b", 0),
        ("\ufe0f", 0),
        ("\u200d", 0),
        ("\xad", 1),
        ("\U00020000", 2),
    ],
)
def test_the_width_of_a_character(character: str, width: int) -> None:
    assert character_width(character) == width


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("苏州", 4),
        ("苏州 AI", 7),
        ("“苏州”", 6),
        ("e\u0301t\u00e9", 3),
        ("苏\u200b州", 4),
        (FAMILY, 2),
        (f"苏{FAMILY}州", 6),
        ("👍🏽", 2),
        ("✌🏽", 2),
        ("❤\ufe0f", 2),
        ("❤\ufe0e", 1),
        ("©\ufe0f苏", 4),
        ("1\ufe0f\u20e3", 2),
        ("🇨🇳", 2),
        ("🇨🇳\ufe0f🇨🇳", 4),
        ("苏\u200d👩", 4),
        ("각", 2),
        ("\u1100\u1161\u11a8", 2),
    ],
)
def test_the_width_of_a_text(text: str, width: int) -> None:
    assert display_width(text) == width


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u200d\ufe0f🏻🏼🏽🏾🏿")))
def test_without_joiners_the_widths_add_up(text: str) -> None:
    assert display_width(text) == sum(character_width(character) for character in text)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("苏州科技", 8, "苏州科技"),
        ("苏州科技", 7, "苏州科…"),
        ("苏州科技", 6, "苏州…"),
        ("苏州科技", 2, "…"),
        ("苏州科技", 1, "…"),
        ("苏州科技", 0, ""),
        ("abc", 2, "a…"),
        ("", 0, ""),
        (f"{FAMILY}abc", 3, f"{FAMILY}…"),
        (f"{FAMILY}abc", 2, "…"),
        ("e\u0301tait", 2, "e\u0301…"),
    ],
)
def test_cutting_to_a_width(text: str, width: int, expected: str) -> None:
    assert truncate(text, width) == expected


@settings(max_examples=200, deadline=None)
@given(mixed, st.integers(0, 20))
def test_a_cut_text_fits_and_is_a_beginning(text: str, width: int) -> None:
    cut = truncate(text, width)
    assert display_width(cut) <= width
    assert cut == text or text.startswith(cut.removesuffix("…"))


def test_padding_counts_cells() -> None:
    assert pad("苏州", 6) == "苏州  "
    assert pad("苏州", 3) == "苏州"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, []),
        ("\n", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one   two", 5, ["one", "two"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("  in dent", 6, ["  in", "dent"]),
        ("      x", 3, ["x"]),
        ("one  ", 10, ["one"]),
        ("extraordinary", 5, ["extra", "ordin", "ary"]),
        ("an extraordinary x", 5, ["an", "extra", "ordin", "ary x"]),
        ("extraordinary，x", 13, ["extraordinar", "y，x"]),
        ("《extraordinary", 13, ["《extraordina", "ry"]),
        ("苏extra（ordinary", 8, ["苏extra", "（ordina", "ry"]),
        ("，，，，", 4, ["，，", "，，"]),
        ("苏州科技", 4, ["苏州", "科技"]),
        ("苏州科技", 5, ["苏州", "科技"]),
        ("苏州科技", 1, ["苏", "州", "科", "技"]),
        ("苏州AI芯片", 6, ["苏州AI", "芯片"]),
        ("苏州AI芯片", 5, ["苏州", "AI芯", "片"]),
        ("苏州，科技。", 4, ["苏", "州，", "科", "技。"]),
        ("说“好”了", 4, ["说", "“好”", "了"]),
        ("说（好）了", 6, ["说", "（好）", "了"]),
        ("说《苏州》", 8, ["说《苏", "州》"]),
        ("苏州 ，科", 5, ["苏", "州 ，", "科"]),
        ("（ 苏州", 5, ["（ 苏", "州"]),
        ("苏州……好", 4, ["苏", "州……", "好"]),
        ("ニュース", 4, ["ニュ", "ース"]),
        ("foo(苏州)", 6, ["foo(苏", "州)"]),
        ("苏州, 上海", 4, ["苏", "州,", "上海"]),
        ("it’s the fox’s", 5, ["it’s", "the", "fox’s"]),
        ("ab\u00a0cd ef", 6, ["ab\u00a0cd", "ef"]),
        (f"{FAMILY}{FAMILY}", 2, [FAMILY, FAMILY]),
        ("か\u3099か\u3099", 2, ["か\u3099", "か\u3099"]),
        ("苏\u0301州", 2, ["苏\u0301", "州"]),
    ],
)
def test_wrapping(text: str, width: int, expected: list[str]) -> None:
    assert wrap(text, width) == expected


def without_blanks(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(mixed, st.integers(1, 30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert without_blanks("".join(wrap(text, width))) == without_blanks(text)


@settings(max_examples=200, deadline=None)
@given(mixed, st.integers(2, 30))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    assert all(display_width(line) <= width for line in wrap(text, width))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(HAN), st.from_regex(r"\A([“（《]?[苏州科技](，|。|”|）|……)?){1,6}\Z")), min_size=1
    ),
    st.integers(10, 30),
)
def test_punctuation_stays_on_its_side(pieces: list[str], width: int) -> None:
    for line in wrap("".join(pieces), width)[:-1]:
        assert line[-1] not in "“（《"
    for line in wrap("苏" + "".join(pieces), width):
        assert line[0] not in "，。”）…"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "it’s", "well-known", "3.14", "café,", "(x)", "e\u0301t", "Straße"]), min_size=1),
    st.integers(10, 30),
)
def test_words_are_not_broken(words: list[str], width: int) -> None:
    assert " ".join(wrap(" ".join(words), width)).split() == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one two  three", 3),
        ("don’t stop", 2),
        ("don't stop", 2),
        ("a well-known fact", 3),
        ("pi is 3.14, or 17,204", 5),
        ("--- === ___ *", 0),
        ("_foo_", 1),
        ("this—that", 2),
        ("https://example.com/a?b=c", 1),
        ("苏州，科技。", 4),
        ("AI芯片", 3),
        ("AI，GPU和芯片", 5),
        ("ＡＩ（芯）", 2),
        ("2022年6月", 4),
        ("日本語カナ", 5),
        ("한국어 단어", 5),
        ("e\u0301te\u0301", 1),
        ("हिन्दी भाषा", 2),
        ("\U00020000", 1),
    ],
)
def test_counting_words(text: str, count: int) -> None:
    assert count_words(text) == count


@settings(max_examples=100, deadline=None)
@given(mixed, mixed)
def test_words_of_two_lines_add_up(one: str, other: str) -> None:
    assert count_words(f"{one}\n{other}") == count_words(one) + count_words(other)


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("tga", ["tag", "title"], "tag"),
        ("TITEL", ["tag", "Title"], "Title"),
        ("cat", ["category", "tag"], "category"),
        ("新华日报新聞", ["新华日报新闻", "人民日报"], "新华日报新闻"),
        ("ｔａｇｓ", ["tags"], "tags"),
        ("zzz", ["tag"], None),
        ("", ["tag"], None),
        ("tag", [], None),
    ],
)
def test_the_nearest_name(word: str, candidates: list[str], expected: str | None) -> None:
    assert nearest(word, candidates) == expected
