from typing import Any, get_args, get_type_hints

import pytest

from newscli.errors import ConfigError
from newscli.operations.plan import Plan, plan_from
from newscli.settings import CONVERT_SETTINGS


def test_nothing_said_is_the_plan_as_it_is() -> None:
    assert plan_from({}, {}) == Plan()


def test_options_have_the_last_word_over_settings() -> None:
    plan = plan_from({"to": "text", "width": 40, "seconds": 1.5, "tables": "aligned"}, {"to": "html"})
    assert plan == Plan(to="html", width=40, seconds=1.5, tables="aligned")


def test_options_of_html2text_are_handed_on() -> None:
    """They were looked at when the file was read."""
    assert plan_from({"html2text": {"body_width": 60}}, {}) == Plan(html2text={"body_width": 60})


def test_an_engine_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"no engine 'turbo'; did you mean 'turbohtml'\?"):
        plan_from({"engine": "turbo"}, {})


def test_the_settings_are_those_of_a_plan_with_its_defaults_and_choices() -> None:
    hints = get_type_hints(Plan)
    for setting in CONVERT_SETTINGS:
        name = setting.name.removeprefix("convert.")
        assert setting.default == (getattr(Plan(), name) or type(setting.default)())
        assert setting.choices == tuple(sorted(words(hints[name])))


def words(hint: Any) -> list[str]:
    """The words that a type may be."""
    return [word for part in get_args(hint) for word in ([part] if isinstance(part, str) else words(part))]
