"""Classes of characters that are written by what they leave out, held against what they are to take in."""

import re

from newscli.front_matter import loaders, plain, recovery

EVERY = "".join(map(chr, range(0x110000)))


def test_what_yaml_does_not_take() -> None:
    allowed = "[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    assert loaders._BAD_CHARACTER.findall(EVERY) == re.findall(allowed, EVERY)


def test_what_a_plain_value_starts_with() -> None:
    first = plain._TEXT.removeprefix("(?:").split("|")[0]
    assert re.findall(first, EVERY) == re.findall("[A-Za-z\u00a1-\U0010ffff]", EVERY)


def test_what_a_key_starts_with_where_nothing_parses() -> None:
    letters = re.findall("[A-Za-z_\u00a1-\U0010ffff]", EVERY)
    assert [key for key in EVERY if recovery._KEY.match(f"{key}: x")] == letters
