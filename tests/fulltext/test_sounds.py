from typing import Any

import pytest

from newscli.fulltext import sounds as module
from newscli.fulltext.sounds import Sounds

READ = {
    "xi": "西系",
    "xian": "先现",
    "an": "安",
    "shi": "是事十",
    "lv": "绿",
    "se": "色",
    "fang": "方",
    "fan": "反",
    "gan": "感",
}
PAIRS = ("西安", "先是", "是事", "事十", "十是", "绿色", "方安", "反感", "现安")


@pytest.fixture
def sounds(opened: Any) -> Sounds:
    execute = opened.index.execute
    for pair in PAIRS:
        execute("INSERT INTO text.pairs VALUES (?)", (pair,))
    for sound, characters in READ.items():
        for character in characters:
            execute("INSERT INTO text.sounds VALUES (?, ?)", (sound, character))
    return Sounds(opened.index)


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("xian", ["西安"]),
        ("xi an", ["西安"]),
        ("xi'an", ["西安"]),
        ("xi’an", ["西安"]),
        ("xianan", ["现安"]),
        ("an", []),
        ("xi", []),
        ("fangan", ["反感", "方安"]),
        ("fan gan", ["反感"]),
        ("fang an", ["方安"]),
        ("shishi", ["事十", "十是", "是事"]),
        ("xianshishi", ["先是事"]),
        ("shishishi", ["事十是", "十是事", "是事十"]),
        ("lüse", ["绿色"]),
        ("lvse", ["绿色"]),
        ("xi  an", []),
        ("xi-an", []),
        ("xi4an1", []),
        ("西an", []),
        ("q", []),
        ("", []),
        ("ishishi", []),
    ],
)
def test_texts_that_are_read_so(sounds: Sounds, typed: str, texts: list[str]) -> None:
    assert sorted(sounds.texts(typed)) == sorted(texts)


def test_there_is_an_end_to_the_texts(sounds: Sounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    assert len(sounds.texts("shishi")) == 2
    assert len(sounds.texts("shi" * 40)) <= 2


def test_an_index_without_readings_has_no_texts(opened: Any) -> None:
    assert Sounds(opened.index).texts("xian") == []
