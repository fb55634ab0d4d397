from typing import Any

import pytest

from newscli.importers.bodies.cards import attribute, card_html


@pytest.mark.parametrize(
    ("kind", "payload", "expected"),
    [
        ("image", {"src": "a.png", "alt": 'A "b"'}, '<figure><img src="a.png" alt="A &quot;b&quot;"></figure>'),
        (
            "image",
            {"src": "a.png", "href": "https://x", "caption": "<b>c</b>", "title": "t"},
            '<figure><a href="https://x"><img src="a.png" title="t"></a><figcaption><b>c</b></figcaption></figure>',
        ),
        (
            "gallery",
            {"images": [{"src": "a"}, {"src": "b", "alt": "c"}, None]},
            '<figure><img src="a"><img src="b" alt="c"></figure>',
        ),
        ("gallery", {}, "<figure></figure>"),
        ("code", {"code": "a < b", "language": "py"}, '<pre><code class="language-py">a &lt; b</code></pre>'),
        ("codeblock", {"code": "x"}, "<pre><code>x</code></pre>"),
        (
            "codeblock",
            {"code": "x", "caption": "c"},
            "<figure><pre><code>x</code></pre><figcaption>c</figcaption></figure>",
        ),
        (
            "bookmark",
            {"url": "https://x", "metadata": {"title": "T & U", "description": "D"}},
            '<figure><p><a href="https://x">T &amp; U</a><br>D</p></figure>',
        ),
        ("bookmark", {"url": "https://x"}, '<figure><p><a href="https://x">https://x</a></p></figure>'),
        ("toggle", {"heading": "H", "content": "<p>c</p>"}, "<details><summary>H</summary><p>c</p></details>"),
        ("callout", {"calloutEmoji": "💡", "calloutText": "<b>x</b>"}, "<blockquote>💡 <b>x</b></blockquote>"),
        ("callout", {}, "<blockquote></blockquote>"),
        ("button", {"buttonUrl": "https://x", "buttonText": "Go"}, '<p><a href="https://x">Go</a></p>'),
        ("file", {"src": "a.pdf", "fileTitle": "A"}, '<p><a href="a.pdf">A</a></p>'),
        ("file", {"src": "a.pdf"}, '<p><a href="a.pdf">a.pdf</a></p>'),
        ("audio", {"src": "a.mp3"}, '<figure><audio src="a.mp3" controls></audio></figure>'),
        ("video", {"src": "a.mp4"}, '<figure><video src="a.mp4" controls></video></figure>'),
        ("header", {"header": "H", "subheader": "S"}, "<h2>H</h2><p>S</p>"),
        ("header", {"header": "H"}, "<h2>H</h2>"),
        ("embed", {"url": "https://x", "html": "<iframe></iframe>"}, "<figure><iframe></iframe></figure>"),
        ("embed", {"url": "https://x"}, '<figure><a href="https://x">https://x</a></figure>'),
        ("product", {"productTitle": "P", "productImageSrc": "p"}, '<img src="p"><h4>P</h4>'),
        ("product", {"productTitle": "P", "productDescription": "<p>d</p>"}, "<h4>P</h4><p>d</p>"),
        ("markdown", {"markdown": "# a"}, "\n\n# a\n\n"),
        ("hr", {}, "<hr>"),
        ("horizontalrule", {}, "<hr>"),
        ("paywall", {"html": "x"}, ""),
        ("signup", {}, ""),
        ("html", {"html": "<b>x</b>"}, "<b>x</b>"),
        ("unknown", {"content": "x"}, "x"),
        ("unknown", {}, ""),
    ],
)
def test_a_card_shows_what_it_holds(kind: str, payload: dict[str, Any], expected: str) -> None:
    assert card_html(kind, payload) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("x", ' a="x"'), ('"<', ' a="&quot;&lt;"'), (3, ' a="3"'), ("", ""), (None, ""), (False, "")],
)
def test_an_attribute_is_written_when_it_has_a_value(value: object, expected: str) -> None:
    assert attribute("a", value) == expected
