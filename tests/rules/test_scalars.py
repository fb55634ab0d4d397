"""What the engines make of plain scalars; the answers are those observed with each of them."""

import pytest

from newscli.rules.scalars import is_disputed, is_surprising, kind


@pytest.mark.parametrize(
    ("text", "jekyll", "hugo", "hexo", "pyyaml"),
    [
        ("no", "bool", "text", "text", "bool"),
        ("On", "bool", "text", "text", "bool"),
        ("true", "bool", "bool", "bool", "bool"),
        ("y", "text", "text", "text", "text"),
        ("~", "null", "null", "null", "null"),
        ("", "null", "null", "null", "null"),
        ("2022", "int", "int", "int", "int"),
        ("0777", "int", "int", "int", "int"),
        ("0o17", "text", "int", "int", "text"),
        ("0x1F", "int", "int", "int", "int"),
        ("1_000", "int", "text", "int", "int"),
        ("12:30", "int", "text", "int", "int"),
        ("1e3", "text", "float", "float", "text"),
        ("1.10", "float", "float", "float", "float"),
        (".inf", "float", "float", "float", "float"),
        ("=", "text", "text", "text", "value"),
        ("2022-06-07", "date", "date", "date", "date"),
        ("2022-06-07 07:17:20 +0800", "date", "date", "date", "date"),
        ("2022-6-7", "text", "text", "text", "text"),
        ("新闻", "text", "text", "text", "text"),
        ("2022年", "text", "text", "text", "text"),
    ],
)
def test_the_kind_of_a_scalar(text: str, jekyll: str, hugo: str, hexo: str, pyyaml: str) -> None:
    assert tuple(kind(text, engine) for engine in ("jekyll", "hugo", "hexo", "pyyaml")) == (jekyll, hugo, hexo, pyyaml)
    assert kind(text, "astro") == hugo


@pytest.mark.parametrize(
    ("text", "disputed"), [("no", True), ("1e3", True), ("=", True), ("post", False), ("a1", False)]
)
def test_whether_engines_may_read_no_text(text: str, disputed: bool) -> None:
    assert is_disputed(text) == disputed


@pytest.mark.parametrize(
    ("text", "engine", "surprising"),
    [
        ("12:30", "jekyll", True),
        ("0777", "hugo", True),
        ("1_000", "jekyll", True),
        ("yes", "hugo", True),
        ("yes", "jekyll", False),
        ("true", "hugo", False),
        ("10", "jekyll", False),
        ("0", "jekyll", False),
        ("0x1F", "jekyll", False),
        ("2022-06-07", "jekyll", False),
        ("=", "hugo", True),
    ],
)
def test_whether_a_number_was_meant(text: str, engine: str, surprising: bool) -> None:
    assert is_surprising(text, engine) == surprising
