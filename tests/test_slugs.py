import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.errors import ConfigError
from newscli.slugs import LONGEST, STYLES, Style, make_slug

EXPECTED = [
    ("Hello, World!", "hello-world"),
    ("苏州：驶上科技招商“新赛道”", "苏州-驶上科技招商-新赛道"),
    ("ＡＩ听诊器 🩺 Q&A", "ａｉ听诊器-q-a"),
    ("../../etc/passwd", "etc-passwd"),
    ("..", "0x"),
    (".", "0x"),
    ("", "0x"),
    ("🩺❤️", "0x"),
    ("CON", "con-post"),
    ("com1", "com1-post"),
    ("console", "console"),
    ("a_b\n\tc\0d", "a-b-c-d"),
    ("%E9%87%8D%E5%BA%86", "重庆"),
    ("50% off", "50-off"),
    ("e\u0301t\u00e9", "\u00e9t\u00e9"),
    ("हिन्दी", "हिन्दी"),
    ("\u0301", "0x"),
    ("C:\\temp", "c-temp"),
    ("-x-", "x"),
]


@pytest.mark.parametrize(("title", "slug"), EXPECTED)
def test_titles(title: str, slug: str) -> None:
    found = make_slug(title, identity="x")
    assert found == (make_slug(identity="x") if slug == "0x" else slug)


def test_without_letters_it_is_a_hash_of_the_identity() -> None:
    slug = make_slug("!!!", identity="a")
    assert len(slug) == 12
    assert int(slug, 16) >= 0
    assert slug != make_slug("!!!", identity="b")


def test_the_first_text_that_leaves_a_slug_counts() -> None:
    assert make_slug("", "…", "title", "other", identity="x") == "title"


def test_ascii_drops_accents_and_foreign_letters() -> None:
    assert make_slug("Crème brûlée 2024", identity="x", style="ascii") == "creme-brulee-2024"
    assert make_slug("苏州 AI", identity="x", style="ascii") == "ai"
    assert make_slug("苏州", identity="x", style="ascii") == make_slug(identity="x")


def test_hash_looks_at_no_text() -> None:
    assert make_slug("title", identity="x", style="hash") == make_slug(identity="x")


def test_pinyin(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = {"重庆银行": ["chong", "qing", "yin", "hang"]}
    monkeypatch.setitem(sys.modules, "pypinyin", SimpleNamespace(lazy_pinyin=lambda text: spoken[text]))
    assert make_slug("重庆银行", identity="x", style="pinyin") == "chong-qing-yin-hang"


def test_pinyin_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(ConfigError, match=r"newscli\[pinyin\]"):
        make_slug("重庆", identity="x", style="pinyin")


def test_it_is_cut_at_a_character() -> None:
    assert make_slug("新" * 100, identity="x") == "新" * 66
    assert make_slug("a" + "😀字" * 200, identity="x").encode()[:4] == "a-字".encode()[:4]


@given(st.text(max_size=300), st.sampled_from([style for style in STYLES if style != "pinyin"]))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_name_that_stays_in_its_folder(text: str, style: Style) -> None:
    slug = make_slug(text, identity=text, style=style)
    assert 0 < len(slug.encode()) <= LONGEST
    assert slug not in (".", "..", "con", "nul")
    assert not set(slug) & set('/\\:*?"<>| \0\n.')
    assert make_slug(slug, identity="x") == slug
