import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers.liquid import wrap_liquid

# The tokens of Liquid, as its own parser cuts them (lib/liquid.rb, TemplateParser), and the end of a raw block.
TOKEN = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}?|\{\{|\{%)", re.DOTALL)
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}")
RAW_END = re.compile(r"(.*)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
LITERAL = re.compile(r'\{\{ "([^"]*)" \}\}')


def rendered(text: str) -> str:
    """What Liquid makes of a text in which nothing but raw blocks and literal outputs is live; raises for the rest."""
    out: list[str] = []
    is_raw = False
    for token in TOKEN.split(text):
        if is_raw:
            end = RAW_END.fullmatch(token)
            out.append(end[1] if end else token)
            is_raw = not end
        elif RAW.fullmatch(token):
            is_raw = True
        elif literal := LITERAL.fullmatch(token):
            out.append(literal[1])
        else:
            assert not token.startswith(("{{", "{%")), f"{token!r} is live"
            out.append(token)
    assert not is_raw
    return "".join(out)


@pytest.mark.parametrize("text", ["", "plain", "a { b } c", "{ {", "{a}", "}}", "%}", "a {{- b"[:3]])
def test_a_text_without_liquid_stays(text: str) -> None:
    assert wrap_liquid(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ x }}", "{% raw %}{{ x }}{% endraw %}"),
        ("a {% if b %} c", "a {% raw %}{% if b %}{% endraw %} c"),
        ("{{ a }}{{ b }}", "{% raw %}{{ a }}{% endraw %}{% raw %}{{ b }}{% endraw %}"),
        ("{{ never", '{{ "{{" }} never'),
        ("{% never", '{{ "{%" }} never'),
        ("{% endraw %}", '{{ "{%" }} endraw %}'),
        ("{%- endraw -%}", '{{ "{%" }}- endraw -%}'),
        ("{% raw %}", "{% raw %}{% raw %}{% endraw %}"),
        ('<a href="{{ x }}">', '<a href="{% raw %}{{ x }}{% endraw %}">'),
    ],
)
def test_liquid_is_shown_as_it_stands(text: str, expected: str) -> None:
    assert wrap_liquid(text) == expected
    assert rendered(expected) == text


PARTS = [
    "{",
    "}",
    "%",
    "{{",
    "}}",
    "{%",
    "%}",
    "-",
    " endraw ",
    " raw ",
    "x",
    '"',
    "'",
    "\n",
    "{% raw %}",
    "{% endraw %}",
]


@given(st.lists(st.sampled_from(PARTS), max_size=14))
@settings(max_examples=200, deadline=None)
def test_every_text_is_shown_as_it_stands(parts: list[str]) -> None:
    text = "".join(parts)
    assert rendered(wrap_liquid(text)) == text
