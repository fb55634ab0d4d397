import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.front_matter import read
from newscli.operations.ignores import add_ignore


@pytest.mark.parametrize(
    ("text", "codes", "reason", "expected"),
    [
        (
            "---\ntitle: x\n---\nbody\n",
            ["T401", "D304"],
            "as  the\npaper had it",
            "---\n# newscli: ignore[D304, T401] as the paper had it\ntitle: x\n---\nbody\n",
        ),
        ("---\r\ntitle: x\r\n---\r\n", ["T401"], "", "---\r\n# newscli: ignore[T401]\r\ntitle: x\r\n---\r\n"),
        (
            "---\n# newscli: ignore[T401, D304] why\ntitle: x\n---\n",
            ["D304", "H705"],
            "not this",
            "---\n# newscli: ignore[D304, H705, T401] why\ntitle: x\n---\n",
        ),
        ("+++\ntitle = 'x'\n+++\n", ["S205"], "", "+++\n# newscli: ignore[S205]\ntitle = 'x'\n+++\n"),
        (
            '---\ntitle: "他说"好""\n---\n',
            ["Y102"],
            "",
            '---\n# newscli: ignore[Y102]\ntitle: "他说"好""\n---\n',
        ),
    ],
)
def test_the_comment_stands_at_the_top(text: str, codes: list[str], reason: str, expected: str) -> None:
    assert add_ignore(text, codes, reason) == expected


@pytest.mark.parametrize("text", ["body only\n", '{"title": "x"}\n', "---\n---\n", "", "title: x\n"])
def test_what_takes_no_comment_is_left_alone(text: str) -> None:
    assert add_ignore(text, ["T401"]) is None


@settings(max_examples=150, deadline=None)
@given(st.text("-:# \n\r\t'\"ab[]{}|>&*他", max_size=40))
def test_nothing_reads_differently(block: str) -> None:
    text = f"---\n{block}\n---\nbody\n"
    edited = add_ignore(text, ["T401"])
    if edited is not None:
        before, after = read(text), read(edited)
        assert after.data == before.data
        assert edited[after.body :] == text[before.body :]
        assert edited.replace("# newscli: ignore[T401]", "", 1).split() == text.split()
