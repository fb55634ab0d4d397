"""The names of files."""

from collections.abc import Callable

import pytest

from newscli.operations.validate import FileResult, Finding

Found = Callable[..., list[Finding]]
Checked = Callable[..., list[FileResult]]
TEXT = "---\ntitle: a\n---\nx\n"


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("_posts/2022-06-07-a.md", []),
        ("_posts/2022-6-7-a.md", []),
        ("_posts/2022-06-07-a_b.c.markdown", []),
        ("_posts/2022-06-07-苏州.md", []),
        ("_posts/a.md", ["D303"]),
        ("a.md", ["D303"]),
        ("_posts/-202205262391921712.md", ["D303"]),
        ("_posts/2022-06-07.md", ["D303"]),
        ("pages/a.md", []),
        ("_posts/2022-06-07-a b.md", ["D311"]),
        ("_posts/2022-06-07-a#1.md", ["D311"]),
        ("_posts/2022-06-07-a%20b.md", ["D311"]),
        ("_posts/2022-06-07-a.MD", ["D311"]),
        ("pages/con.md", ["D311"]),
        ("pages/lpt1.x.md", ["D311"]),
        ("pages/context.md", []),
        ("_posts/2022-06-07-cafe\u0301.md", ["F014"]),
        ("_posts/2022-06-07-caf\u00e9.md", []),
        ("_posts/2022-13-45-a.md", ["D302"]),
    ],
)
def test_what_a_name_must_be(path: str, codes: list[str], find: Found) -> None:
    found = find(TEXT, path=path, select=["D302", "D303", "D311", "F014"])
    assert [one.code for one in found] == codes
    assert {(one.line, one.column) for one in found} <= {(1, 1)}


def test_other_engines_take_any_name(find: Found) -> None:
    assert find(TEXT, path="_posts/a.md", select=["D303"], engine="hugo") == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a" * 253 + ".md", "longer than 255 bytes"),
        ("苏" * 85 + ".md", "longer than 255 bytes"),
        ("\udce9.md", "not UTF-8"),
        ("a" * 252 + ".md", ""),
    ],
)
def test_names_that_no_disk_takes(name: str, message: str) -> None:
    from newscli.operations.validate import options_from, validate

    options = options_from({}, engine="hugo", select=["F014"])
    (result,) = validate([f"posts/{name}"], options, read=lambda _path: TEXT.encode())
    assert [message in one.message for one in result.findings] == [True] * bool(message)


@pytest.mark.parametrize(
    ("path", "slug", "count"),
    [
        ("_posts/2022-06-07-a.md", "a", 0),
        ("_posts/2022-06-07-a.md", "b", 1),
        ("_posts/2022-06-07-a.md", "x/a/", 0),
        ("posts/a/index.md", "b", 0),
        ("posts/_index.md", "b", 0),
        ("_posts/2022-06-07-a.md", "", 0),
        ("_posts/2022-06-07-a.md", "[a]", 0),
    ],
)
def test_a_slug_and_the_name_of_its_file(path: str, slug: str, count: int, find: Found) -> None:
    found = find(f"---\ntitle: a\nslug: {slug}\n---\nx\n", path=path, select=["D313"])
    assert [(one.line, one.column) for one in found] == [(3, 7)] * count


@pytest.mark.parametrize(
    ("path", "line", "count"),
    [
        ("news/_posts/2022-06-07-a.md", "categories: other", 1),
        ("news/_posts/2022-06-07-a.md", "category: other", 1),
        ("news/_posts/2022-06-07-a.md", "categories: [other, news]", 0),
        ("a/b/_posts/2022-06-07-a.md", "categories: a b", 0),
        ("a/b/_posts/2022-06-07-a.md", "categories: b", 1),
        ("news/_posts/2022-06-07-a.md", "categories: []", 0),
        ("news/_posts/2022-06-07-a.md", "categories: {a: b}", 0),
        ("_posts/news/2022-06-07-a.md", "categories: other", 0),
        ("pages/a.md", "categories: other", 0),
    ],
)
def test_a_folder_is_a_category(path: str, line: str, count: int, find: Found) -> None:
    found = find(f"---\ntitle: a\n{line}\n---\nx\n", path=path, select=["T409"])
    assert [(one.line, one.column) for one in found] == [(3, line.index(":") + 3)] * count


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("categories: other", "categories: [news, other]"),
        ("categories: [b, other]", "categories: [news, b, other]"),
        ("categories:\n- b\n- other", None),
        ("category: other", None),  # one name only
    ],
)
def test_a_folder_is_put_in_front_of_the_categories(line: str, expected: str | None, check: Checked) -> None:
    text = f"---\ntitle: a\n{line}\n---\nx\n"
    (result,) = check({"news/_posts/2022-06-07-a.md": text}, select=["T409"], fix="unsafe")
    assert result.fixed_text == (expected and text.replace(line, expected))


@pytest.mark.parametrize(
    ("path", "date", "code", "renamed"),
    [
        ("_posts/no-date.md", "2022-06-07", "D303", "_posts/2022-06-07-no-date.md"),
        ("a/_posts/b/-2022.md", "2022-06-07 07:17:20 +0800", "D303", "a/_posts/b/2022-06-07-2022.md"),
        ("_posts/x.md", "2022-06-07 23:30:00 -0800", "D303", "_posts/2022-06-08-x.md"),  # the day of the site
        ("_posts/x.md", "tuesday", "D303", ""),
        ("_posts/x.md", "2022-02-30", "D303", ""),
        (f"_posts/{'a' * 249}.md", "2022-06-07", "D303", ""),  # too long
        ("_posts/2022-06-07-x.md", "2022-06-09", "D304", "_posts/2022-06-09-x.md"),
        ("_posts/2022-6-7-x.md", "2022-06-09", "D304", "_posts/2022-06-09-x.md"),
        ("_posts/2022-06-07-space name #1.md", "2022-06-07", "D311", "_posts/2022-06-07-space-name-1.md"),
        ("_posts/2022-06-07-what - now?.md", "2022-06-07", "D311", "_posts/2022-06-07-what-now.md"),
        ("_posts/2022-06-07-x.MD", "2022-06-07", "D311", "_posts/2022-06-07-x.md"),
        ("_posts/con.md", "2022-06-07", "D311", ""),
        ("_posts/a b.md", "2022-06-07", "D303,D311", "_posts/2022-06-07-a-b.md"),
    ],
)
def test_a_file_gets_another_name(path: str, date: str, code: str, renamed: str, check: Checked) -> None:
    text = f"---\ntitle: a\ndate: {date}\n---\nx\n"
    flags = {"select": code.split(","), "timezone": "Asia/Shanghai"}
    (result,) = check({path: text}, fix="unsafe", **flags)
    assert (result.path, result.renamed, result.fixed_text) == (path, renamed, None)
    assert bool(result.findings) == (not renamed)
    (result,) = check({path: text}, fix="safe", **flags)
    assert not result.renamed
    assert result.findings


def test_the_text_is_mended_with_the_name(check: Checked) -> None:
    text = "---\ntitle: a: b\ndate: 2022-06-07\n---\nx\n"
    (result,) = check({"_posts/x.md": text}, select=["D303", "Y104"], fix="unsafe")
    assert (result.renamed, result.fixed_text) == ("_posts/2022-06-07-x.md", text.replace("a: b", '"a: b"'))
    assert sorted(each.code for each in result.fixed) == ["D303", "Y104"]
