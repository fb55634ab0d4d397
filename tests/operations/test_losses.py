import pytest

from newscli.converters.limits import MARKDOWN_SIZE, ExceededError
from newscli.operations.losses import losses
from newscli.operations.plan import Plan
from newscli.operations.texts import Text

POST = Text("---\ntitle: x\n---\n", "<p>one</p>\n\n[two](/u) ![p](p.png)\n", "utf-8", True)


def test_what_is_missing_has_its_line_in_the_file() -> None:
    assert losses(POST, "one\n\n[two](/u) ![p](p.png)\n", Plan(), "mixed") == ()
    assert losses(POST, "two\n", Plan(), "mixed") == (
        "4: text lost: one",
        "6: link lost: /u",
        "6: picture lost: p.png",
    )


def test_what_the_plan_leaves_out_is_not_missed() -> None:
    assert losses(POST, "one\n\ntwo\n", Plan(links="text", images="drop"), "mixed") == ()


def test_what_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(ExceededError):
        losses(POST._replace(body="word " * MARKDOWN_SIZE), "", Plan(), "mixed")
