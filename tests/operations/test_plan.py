import pytest

from newscli.errors import ConfigError
from newscli.operations.plan import Plan, plan_from


def test_nothing_said_is_the_plan_as_it_is() -> None:
    assert plan_from({}, {}) == Plan()


def test_options_have_the_last_word_over_settings() -> None:
    plan = plan_from({"to": "text", "width": 40, "seconds": 1.5, "tables": "aligned"}, {"to": "html"})
    assert plan == Plan(to="html", width=40, seconds=1.5, tables="aligned")


def test_options_of_html2text_are_handed_on() -> None:
    """They were looked at when the file was read."""
    assert plan_from({"html2text": {"body_width": 60}}, {}) == Plan(html2text={"body_width": 60})


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"too": "text"}, "convert.too: there is no such setting; did you mean 'to'?"),
        ({"html2txt": {}}, "convert.html2txt: there is no such setting; did you mean 'html2text'?"),
        ({"to": "txt"}, "convert.to must be one of html, markdown, text, not 'txt'"),
        ({"links": 3}, "convert.links must be one of drop, inline, ref, text, not 3"),
        ({"engine": 3}, "convert.engine must be a text, not 3"),
        ({"engine": "turbo"}, "no engine 'turbo'; did you mean 'turbohtml'?"),
        ({"width": -1}, "convert.width must be a number from 0 on, not -1"),
        ({"width": 1.5}, "convert.width must be a number from 0 on, not 1.5"),
        ({"width": True}, "convert.width must be a number from 0 on, not True"),
        ({"seconds": 0}, "convert.seconds must be a number from 1 on, not 0"),
    ],
)
def test_a_wrong_setting_is_refused(section: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        plan_from(section, {})
    assert str(refused.value) == message
