"""What a setting takes, and what it says of what it does not."""

from typing import Any

import pytest

from newscli.errors import ConfigError
from newscli.settings import HTML2TEXT_SETTINGS, Setting, check_html2text

SWITCH = Setting("a.b", False, "does something")


@pytest.mark.parametrize(("text", "value"), [("true", True), (" False ", False)])
def test_a_switch_is_read(text: str, value: bool) -> None:
    assert SWITCH.read(text) is value


@pytest.mark.parametrize("text", ["yes", "1", ""])
def test_a_switch_is_true_or_false(text: str) -> None:
    with pytest.raises(TypeError, match=rf"^a\.b must be true or false, not '{text}'\.$"):
        SWITCH.read(text)


@pytest.mark.parametrize(
    ("default", "good", "bad", "words"),
    [
        (False, True, 1, "true or false"),
        (3, 0, -1, "a whole number from 0"),
        (3, 4, True, "a whole number from 0"),
        ("", "x", 1, "a text"),
        ((), ["x"], [1], "a list of texts"),
    ],
)
def test_values_are_of_the_type_of_the_default(default: Any, good: Any, bad: Any, words: str) -> None:
    setting = Setting("x", default, "does")
    assert setting.type == words
    assert setting.check(good) == (tuple(good) if isinstance(good, list) else good)
    with pytest.raises(TypeError) as refused:
        setting.check(bad)
    assert str(refused.value) == f"x must be {words}, not {bad!r}."


def test_choices() -> None:
    setting = Setting("x", "a", "does", ("a", "b"))
    assert setting.check("b") == "b"
    with pytest.raises(TypeError, match=r"^x must be one of a, b, not 'c'\.$"):
        setting.check("c")


def test_the_variable_of_a_nested_setting() -> None:
    assert SWITCH.variable == "NEWSCLI_A_B"


def test_html2text_knows_every_option() -> None:
    import html2text

    writer = html2text.HTML2Text()
    for setting in HTML2TEXT_SETTINGS:
        assert type(getattr(writer, setting.name.rpartition(".")[2])) is type(setting.default)


def test_options_of_html2text_are_looked_at() -> None:
    check_html2text([("body_width", 3), ("pad_tables", True)])
    with pytest.raises(ConfigError, match="there is no such setting"):
        check_html2text([("bodywidth", 3)])
    with pytest.raises(ConfigError, match="must be true or false"):
        check_html2text([("pad_tables", "x")])
