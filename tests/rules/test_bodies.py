"""Links, HTML and bodies: how they are mended, and what the files beside a post decide."""

from collections.abc import Callable

import pytest

from newscli.operations.validate import FileResult, Finding

Found = Callable[..., list[Finding]]
Checked = Callable[..., list[FileResult]]
POST = "_posts/2022-06-07-example.md"
HEAD = "---\ntitle: A title\n---\n"


@pytest.mark.parametrize(
    ("code", "body", "mended"),
    [
        ("L603", "a\n\n<>\n\nb", "a\n\n\n\nb"),
        ("L604", "[a](//b.c) <//d.e>", "[a](https://b.c) <https://d.e>"),
        ("L609", "[a](<https://b.c/d e>)", "[a](<https://b.c/d%20e>)"),
        ("L609", "[a](/b c.pdf)", "[a](/b%20c.pdf)"),
        ("L609", "[a](/100%)", "[a](/100%25)"),
        ("H701", "a <script>b</script> c", "a  c"),
        ("H701", "a <script>b", "a b"),
        ("H701", "a <base href='/'> c", "a  c"),
        ("H702", "<b id=c onclick='a()'>x</b>", "<b id=c>x</b>"),
        ("H703", "[a](javascript:b)", "[a](#)"),
        ("H705", "a<p style='display:none'>b</p>c", "ac"),
        ("H706", "a {{ b }} c", "a {% raw %}{{ b }}{% endraw %} c"),
        ("H706", "a {{ b", "a {% raw %}{{{% endraw %} b"),
        ("H707", "<!-- EM_StockImg_Start --><p data-code='1'>a</p>", "<p>a</p>"),
        ("B802", "â€œhi cafÃ© ðŸ˜€", "“hi café 😀"),
        ("B804", "\n# A title\nx", "\nx"),
        ("B804", "A title\n===\nx", "x"),
        ("B805", "a\x0cb\x9f", "ab"),
        ("B807", "\u3000\u3000a\n<p>\u3000b</p>", "a\n<p>b</p>"),
    ],
)
def test_what_is_mended(code: str, body: str, mended: str, check: Checked) -> None:
    (result,) = check({POST: f"{HEAD}{body}\n"}, select=[code], fix="unsafe")
    assert result.fixed_text == f"{HEAD}{mended}\n"
    assert result.findings == ()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (f"{HEAD}x", f"{HEAD}x\n"),
        (f"{HEAD}x \n\n\n", f"{HEAD}x\n"),
        (f"{HEAD}x\n\n".replace("\n", "\r\n"), f"{HEAD}x\n".replace("\n", "\r\n")),
    ],
)
def test_a_file_ends_with_one_line_feed(text: str, mended: str, check: Checked) -> None:
    (result,) = check({POST: text}, select=["B806"], fix="safe")
    assert result.fixed_text == mended


@pytest.mark.parametrize("text", [f"{HEAD}x\n", f"{HEAD}\n\n", "", f"{HEAD}x\r\n"])
def test_how_a_file_may_end(text: str, find: Found) -> None:
    assert find(text, select=["B806"]) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (HEAD, [(4, 1)]),
        ("---\ntitle: a\n---", [(3, 4)]),
        (f"{HEAD}{' ' * 300}\nx\n", []),
        (f"{HEAD}{' ' * 300}\n", [(4, 1)]),
        ("", []),
        ("---\ntitle: a\n", []),
        ("---\ntitle: a\nredirect_to: /b/\n---\n", []),
        ("---\ntitle: a\nexternal_link: https://b.c\n---\n", []),
    ],
)
def test_what_is_an_empty_body(text: str, places: list[tuple[int, int]], find: Found) -> None:
    assert [(one.line, one.column) for one in find(text, select=["B801"])] == places


def test_the_page_of_a_section_needs_no_body(find: Found) -> None:
    assert find(HEAD, path="content/_index.md", select=["B801"]) == []


@pytest.mark.parametrize(
    ("title", "count"), [("A title", 1), ("a  TITLE", 0), ("ａ title", 1), ("", 0), ("[A title]", 0), ("Another", 0)]
)
def test_a_heading_that_is_the_title(title: str, count: int, find: Found) -> None:
    assert len(find(f"---\ntitle: {title}\n---\n# A title\n", select=["B804"])) == count


def test_a_body_without_front_matter_has_no_second_one(find: Found) -> None:
    assert find("A body.\n---\ntitle: a\n---\n", select=["B803"]) == []


@pytest.mark.parametrize("body", ["a\x85b", "a\tb", "a\u2028b"])
def test_what_is_no_control_character(body: str, find: Found) -> None:
    assert find(f"{HEAD}{body}\n", select=["B805"]) == []


def test_one_name_is_that_of_the_front_matter_and_of_the_body(find: Found) -> None:
    found = find("---\ntitle: A\x08 title\n---\na\x0cb\n", select=["control-character"])
    assert [(one.code, one.name) for one in found] == [("F012", "control-character"), ("B805", "control-character")]


SITE = {
    "images/a b.png": "an image",
    "static/c.png": "an image",
    "_posts/d.png": "an image",
    "about.md": f"{HEAD}About.\n",
    "_posts/2022-06-06-other.md": f"{HEAD}Other.\n",
    "news/_posts/2022-06-06-third.md": f"{HEAD}Third.\n",
}


@pytest.mark.parametrize(
    ("code", "body", "places"),
    [
        ("L602", "![x](/images/a%20b.png) ![x](/c.png) ![x](d.png) ![x](/images/a%20b.png?v=1)", []),
        ("L602", "![x](/d.png)", [(4, 6)]),
        ("L602", "![x](/{a}.png)", []),
        ("L602", f"![x](/{'a' * 300}.png)", [(4, 6)]),
        ("L602", "![x](/\x00.png)", [(4, 6)]),
        ("L601", "[x](/about.md) [y](/about.md#z) [z](2022-06-06-other.md)", []),
        ("L601", "[x](/about2.md)", [(4, 5)]),
        ("L601", "{% link about.md %} {% post_url 2022-06-06-other %} {% post_url news/2022-06-06-third %}", []),
        ("L601", "{% post_url news/2022-06-06-other %}", [(4, 1)]),
    ],
)
def test_files_of_the_site(code: str, body: str, places: list[tuple[int, int]], find: Found) -> None:
    found = find({**SITE, POST: f"{HEAD}{body}\n"}, select=[code])
    assert [(one.line, one.column) for one in found] == places


@pytest.mark.parametrize(
    ("tag", "count"),
    [("2022-06-06-other", 0), ("/2022-06-06-other", 0), ("2022-06-06-none", 1), ("news/2022-06-06-other", 1)],
)
def test_posts_that_are_known_need_no_folder(tag: str, count: int, find: Found) -> None:
    known = frozenset(["_posts/2022-06-06-other.md"])
    assert len(find(f"{HEAD}{{% post_url {tag} %}}\n", select=["L601"], known_paths=known)) == count


def test_without_a_root_nothing_is_called_missing() -> None:
    from newscli.operations.validate import options_from, validate

    options = options_from({}, engine="jekyll", select=["L601", "L602"])
    text = f"{HEAD}![x](/none.png) [x](none.md) {{% post_url none %}} {{% link none.md %}}\n"
    (result,) = validate([POST], options, read=lambda _path: text.encode())
    assert result.findings == ()


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("image: C:\\a.jpg", [(3, 8)]),
        ("image: images\\a.jpg", [(3, 8)]),
        ("cover: 'file:///a.jpg'", [(3, 8)]),
        ('source: "C:\\q.jpg"', [(3, 9)]),
        ("image: /images/a.jpg", []),
        ("image: https://b.c/d\\e", []),
        ("image:", []),
        ("image: [C:/a]", []),
    ],
)
def test_paths_of_one_machine_in_the_front_matter(line: str, places: list[tuple[int, int]], find: Found) -> None:
    assert [(one.line, one.column) for one in find(f"---\ntitle: a\n{line}\n---\nx\n", select=["L606"])] == places


def test_tags_of_the_site_are_no_stray_liquid(find: Found) -> None:
    text = f"{HEAD}{{% youtube x %}} {{% endyoutube %}} {{% other %}}\n"
    files = {"newscli.toml": '[validate]\nliquid-tags = ["youtube"]\n', POST: text}
    assert [(one.line, one.column) for one in find(files, select=["H706"])] == [(4, 34)]
    files[POST] = f'{HEAD}{{% other "x" %}}\n'
    assert [(one.line, one.column) for one in find(files, select=["H706"])] == [(4, 1)]


@pytest.mark.parametrize("body", ["<script>a", "<p hidden>a", "<img src=a.png alt='' style='width:1px'>"])
def test_an_element_without_an_end_is_found(body: str, find: Found) -> None:
    assert len(find(f"{HEAD}{body}\n", select=["H701", "H705"])) == 1


def test_addresses_outside_of_links_are_found_without_a_fix(find: Found) -> None:
    (found,) = find(f"{HEAD}<button formaction='javascript:a'>b</button>\n", select=["H703"])
    assert (found.line, found.column, found.fix) == (4, 21, None)


def test_a_heading_makes_an_anchor_once(find: Found) -> None:
    text = f"{HEAD}# A\n\nB\n---\n\n[a](#a) [b](#b) [c](#c) <a name='d'></a>[d](#D)\n"
    assert [(one.line, one.column) for one in find(text, select=["L608"])] == [(9, 21)]


def test_addresses_that_nobody_minds(find: Found) -> None:
    text = "---\ntitle: a\nimage: /made/a.png\n---\n[a](http://old.example/b) ![c](/made/d.png) [e](javascript:f)\n"
    codes = ["L602", "L605", "H703"]
    assert [one.code for one in find(text, select=codes)] == ["L602", "L605", "L602", "H703"]
    passed = ["http://old.example/*", "/made/*", "javascript:*"]
    assert [one.code for one in find(text, select=codes, url_ignore=passed)] == ["H703"]  # that is no link rule
