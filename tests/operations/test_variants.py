import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import pytest

from newscli.errors import ConfigError
from newscli.operations.variants import PLAIN, Variants, load_variants, readings


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **contents: Any) -> None:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    vars(module).update(contents)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def pypinyin(monkeypatch: pytest.MonkeyPatch) -> None:
    """What of pypinyin is asked for, with a handful of characters."""
    known = {"重": ["zhong", "chong", "tong"], "庆": ["qing"], "略": ["lve"], "嗯": ["n", "en"], "呣": ["m"]}

    class Style:
        NORMAL = 0

    def pinyin(text: str, *, style: int, heteronym: bool) -> list[list[str]]:
        assert (style, heteronym) == (Style.NORMAL, True)
        return [known.get(text, [text])]

    def lazy_pinyin(text: str, *, errors: str) -> list[str]:
        assert errors == "ignore"
        return known.get(text, [])[:1]

    def to_normal(sound: str) -> str:
        return sound.translate(str.maketrans("óìō", "oio"))

    stand_in(monkeypatch, "pypinyin", Style=Style, pinyin=pinyin, lazy_pinyin=lazy_pinyin)
    stand_in(monkeypatch, "pypinyin.contrib")
    stand_in(monkeypatch, "pypinyin.contrib.tone_convert", to_normal=to_normal)
    words = {"重庆": [["chóng"], ["qìng"]], "重重": [["chóng"]], "大庆": [["dà"], ["qìng"]]}
    stand_in(monkeypatch, "pypinyin.phrases_dict", phrases_dict=words)


@pytest.mark.usefixtures("pypinyin")
@pytest.mark.parametrize(
    ("characters", "sounds"),
    [
        ("庆", [("qing", "庆")]),
        ("重", [("chong", "重"), ("zhong", "重")]),
        ("略", [("lue", "略"), ("lve", "略")]),
        ("呣", []),
        ("a，", []),
        ("", []),
    ],
)
def test_readings_are_the_usual_one_and_those_in_words(characters: str, sounds: list[tuple[str, str]]) -> None:
    assert sorted(readings(characters)) == sounds


def test_settings_ask_for_variants(monkeypatch: pytest.MonkeyPatch) -> None:
    class OpenCC:
        def __init__(self, name: str) -> None:
            assert name == "t2s"

        def convert(self, text: str) -> str:
            return text.replace("臺灣", "台湾")

    stand_in(monkeypatch, "opencc", OpenCC=OpenCC)
    stand_in(monkeypatch, "pypinyin")
    both = load_variants({"simplified": True, "pinyin": True})
    assert both.other is not None
    assert both.other("臺灣 abc") == "台湾 abc"
    assert both.pinyin
    assert load_variants({"simplified": False, "pinyin": False}) == load_variants({}) == PLAIN
    marks = {variants.mark for variants in (PLAIN, both, both._replace(pinyin=False), Variants(pinyin=True))}
    assert marks == {"", "simplified pinyin", "simplified", "pinyin"}


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ({"simplfied": True}, "did you mean 'simplified'"),
        ({"simplified": "yes"}, "true or false"),
        ({"pinyin": 1}, "true or false"),
        ({"simplified": True}, r"pip install 'newscli\[chinese\]'"),
        ({"pinyin": True}, r"pip install 'newscli\[pinyin\]'"),
    ],
)
def test_wrong_settings(section: dict[str, Any], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(ConfigError, match=says):
        load_variants(section)
