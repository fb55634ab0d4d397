import pytest

from newscli.importers.safe import allowed_value, attributes, is_safe, tags


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a?b=c#d",
        "HTTP://EXAMPLE.COM",
        "//example.com/a",
        "/a",
        "a/b:c",
        "?a:b",
        "#top",
        "",
        "mailto:a@b.c",
        "tel:+86",
        "ftp://example.com",
        "a.html",
        "javascript",
        "&amp;a",
    ],
)
def test_addresses_that_run_nothing(address: str) -> None:
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "&amp;#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,AA",
        "file:///etc/passwd",
        "blob:https://example.com/1",
        "view-source:javascript:1",
        "x-custom:1",
    ],
)
def test_addresses_that_could(address: str) -> None:
    assert not is_safe(address)


@pytest.mark.parametrize("kind", ["png", "jpeg", "jpg", "gif", "webp", "avif"])
def test_a_picture_may_be_a_bitmap_in_the_address(kind: str) -> None:
    assert is_safe(f"data:image/{kind};base64,AA", is_picture=True)


@pytest.mark.parametrize(
    "address", ["data:image/svg+xml;base64,AA", "data:text/html;base64,AA", "data:image/png,<svg>"]
)
def test_but_nothing_else(address: str) -> None:
    assert not is_safe(address, is_picture=True)


@pytest.mark.parametrize(
    ("tag", "name", "value", "expected"),
    [
        ("a", "href", "/a", "/a"),
        ("a", "href", "javascript:1", None),
        ("img", "src", "data:image/png;base64,AA", "data:image/png;base64,AA"),
        ("video", "poster", "data:image/png;base64,AA", None),
        ("blockquote", "cite", "javascript:1", None),
        ("img", "srcset", "a.png 1x, b.png 2x", "a.png 1x, b.png 2x"),
        ("img", "srcset", "a.png 1x, javascript:1 2x", None),
        ("img", "srcset", "", ""),
        ("p", "title", "javascript:1", "javascript:1"),
        ("p", "style", "color: red; DISPLAY : none", "display : none"),
        ("p", "style", "visibility:hidden", "visibility:hidden"),
        ("p", "style", "color: red", None),
        ("p", "style", "background: url(javascript:1)", None),
    ],
)
def test_the_value_of_an_attribute(tag: str, name: str, value: str, expected: str | None) -> None:
    assert allowed_value(tag, name, value) == expected


def test_what_runs_is_on_no_list() -> None:
    assert (
        not {"script", "iframe", "object", "embed", "form", "input", "style", "svg", "math", "link", "meta", "base"}
        & tags()
    )
    assert {"p", "table", "figure", "picture", "audio", "video", "details", "ruby"} <= tags()
    for names in attributes().values():
        assert not any(name.startswith("on") for name in names)
        assert not {"formaction", "srcdoc", "data", "action"} & names
