"""What belongs to the site generator is taken out and comes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.converters import protect
from newscli.converters.marks import KEPT, Shelf


def hidden(text: str) -> tuple[str, list[str]]:
    shelf = Shelf()
    return protect.hide(text, shelf, attributes=True), shelf.pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain { text } 5 % }", []),
        ("{% include a_b.html %}", ["{% include a_b.html %}"]),
        ("{%- if x -%}y{% endif %}", ["{%- if x -%}", "{% endif %}"]),
        ("{{ site.url }}/{{x}}", ["{{ site.url }}", "{{x}}"]),
        ("{% if a > b and c == '}' %}", ["{% if a > b and c == '}' %}"]),
        ("{{ open", []),
        ("{% open {% include x %}", ["{% include x %}"]),
        ("{: .class #id}", ["{: .class #id}"]),
        ("{::comment}", ["{::comment}"]),
        ("{: over\na line}", []),
        ("\\{: text} \\{% x %}", ["{% x %}"]),
        (r"$$\alpha_1 &lt; x^2$$", [r"$$\alpha_1 < x^2$$"]),
        ("$$('div')", []),
        ("$$ costs $$", []),
        ("$5 and $6", []),
    ],
)
def test_hide(text: str, pieces: list[str]) -> None:
    assert hidden(text)[1] == pieces


def test_hidden_pieces_return() -> None:
    shelf = Shelf()
    text = protect.hide("a {{ b }} c {% d %}", shelf, attributes=False)
    assert "{" not in text
    assert shelf.restore(text) == "a {{ b }} c {% d %}"


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("no tags", []),
        ("{% highlight js %}\n\n<p>\n{% endhighlight %}x", ["{% highlight js %}\n\n<p>\n{% endhighlight %}"]),
        ("{% raw %}{{ x }}{% endraw %}", ["{% raw %}{{ x }}{% endraw %}"]),
        ("{%- comment -%}a{%- endcomment -%}", ["{%- comment -%}a{%- endcomment -%}"]),
        ("{% raw %}a", []),
        ("{% raw %}a{% endhighlight %}{% comment %}b{% endcomment %}", ["{% comment %}b{% endcomment %}"]),
        ("{% rawest %}a{% endraw %}", []),
    ],
)
def test_hide_blocks(body: str, pieces: list[str]) -> None:
    shelf = Shelf()
    text = protect.hide_blocks(body, shelf)
    assert shelf.pieces == pieces
    assert shelf.restore(text) == body


@pytest.mark.parametrize(
    ("body", "as_html", "expected"),
    [
        ("a{% comment %}b{% endcomment %}c", False, "ac"),
        ("{% raw %}{{ x }}{% endraw %}", False, "{{ x }}"),
        ("{% highlight c %}\nx < 1\n{% endhighlight %}", False, "\n\n~~~\nx < 1\n~~~\n\n"),
        ("{% highlight c %}~~~~{% endhighlight %}", False, "\n\n~~~~~\n~~~~\n~~~~~\n\n"),
        ("{% highlight c %}\nx < 1\n{% endhighlight %}", True, "<pre>x &lt; 1</pre>"),
    ],
)
def test_open_blocks(body: str, as_html: bool, expected: str) -> None:
    assert protect.open_blocks(body, as_html=as_html) == expected


def test_attribute_lists_are_forgotten_where_they_end_a_block() -> None:
    shelf = Shelf()
    text = protect.hide("<p>a\n{: .b}</p><li>{{ c }}</li><code>{: .d}</code>", shelf, attributes=True)
    assert shelf.restore(protect.forget_attributes(text, shelf)) == "<p>a\n</p><li>{{ c }}</li><code>{: .d}</code>"


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        ([], False),
        (["{{ x }}"], False),
        (["{% include x %}"], False),
        (["{% if x %}"], True),
        (["{% endfor %}"], True),
        (["{% if x %}", "{% endif %}"], False),
        (["{% if x %}", "{%- else -%}", "{% endif %}"], False),
        (["{% if x %}", "{% endfor %}"], True),
        (["{% else %}"], True),
    ],
)
def test_torn(lost: list[str], expected: bool) -> None:
    assert protect.is_torn(lost) is expected


def test_addresses_with_spaces_in_tags_are_quoted() -> None:
    shelf = Shelf()
    text = protect.hide(
        '[x]({{ site.url }}/x) [y]({{y}}) [z](/z) ![p]({{ p | url }} "t") \\[no\\]({{ n }})', shelf, attributes=False
    )
    quoted = shelf.restore(protect.quote_addresses(text, shelf))
    assert quoted == '[x](<{{ site.url }}/x>) [y]({{y}}) [z](/z) ![p](<{{ p | url }}> "t") \\[no\\]({{ n }})'


def test_addresses_that_cannot_be_quoted_stay() -> None:
    shelf = Shelf()
    text = protect.hide('[x]({{< ref "a" >}})', shelf, attributes=False)
    assert shelf.restore(protect.quote_addresses(text, shelf)) == '[x]({{< ref "a" >}})'


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["{%", "%}", "{{", "}}", "{:", "}", "$$", "x_", "\\", "<!--more-->", "\n", "raw", "é"]))
)
def test_what_is_hidden_returns(pieces: list[str]) -> None:
    text = "".join(pieces)
    shelf = Shelf()
    assert shelf.restore(protect.hide(protect.hide_blocks(text, shelf), shelf, attributes=True)) == text
    assert KEPT not in text


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("a<!--more-->b<!-- more -->", ["<!--more-->", "<!-- more -->"]),
        ("<!-- nevermore, that is -->", []),
        ("more", []),
    ],
)
def test_hide_more(html: str, pieces: list[str]) -> None:
    shelf = Shelf()
    text = protect.hide_more(html, shelf)
    assert shelf.pieces == pieces
    assert text.count("<div data-more>") == len(pieces)
