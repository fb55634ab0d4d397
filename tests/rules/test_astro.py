"""Posts of an Astro site: its own keys, MDX, dates under another name."""

from collections.abc import Callable

import pytest

from newscli.operations.validate import Finding

Found = Callable[..., list[Finding]]
POST = "src/content/blog/a.md"
HEAD = "---\ntitle: A\npubDate: 2022-06-07\n---\n"
CODE = 'import A from "./A.astro";\n\n<A onclick={() => run()} onerror="alert(1)">text</A>\n<script>run()</script>\n'


def test_a_usual_post_has_no_fault(find: Found) -> None:
    text = HEAD.replace("---\n", "---\nheroImage: ../a.jpg\ndescription: text\n", 1) + "text\n"
    assert find(text, path=POST, engine="astro") == []


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("pubDate: tuesday", "D301", 10),
        ("pubDate: 2022-02-30", "D302", 10),
        ("pubDate: 2099-01-01", "D305", 10),
        ("pubDatetime: 1970-01-01", "D310", 14),
        ("pubDate: 2022-06-07\nupdatedDate: 2022-06-01", "D312", 14),
        ("titel: B", "S201", 1),
    ],
)
def test_its_dates_are_looked_at_under_their_name(line: str, code: str, column: int, find: Found) -> None:
    found = find(f"---\ntitle: A\n{line}\n---\ntext\n", path=POST, engine="astro", select=[code])
    assert [(each.code, each.column) for each in found] == [(code, column)]


@pytest.mark.parametrize("engine", ["jekyll", "pyyaml", "hexo"])
def test_elsewhere_the_date_has_one_name_and_mending_guesses(engine: str, find: Found) -> None:
    (found,) = find(HEAD + "text\n", engine=engine, select=["S205"])
    assert found.fix is not None
    assert ([edit.text for edit in found.fix.edits], found.fix.safe) == (["date"], False)


def test_in_mdx_elements_and_handlers_are_code(find: Found) -> None:
    flags = {"engine": "astro", "select": ["H701", "H702"]}
    assert find(HEAD + CODE, path="src/content/blog/a.mdx", **flags) == []
    assert {each.code for each in find(HEAD + CODE, path=POST, **flags)} == {"H701", "H702"}
