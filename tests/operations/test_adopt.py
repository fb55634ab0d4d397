from pathlib import Path
from typing import Any

from newscli.config import Config
from newscli.discovery import open_store
from newscli.index import Index
from newscli.operations.adopt import facts, survey


def test_problems_are_counted_by_code_with_an_example(site: Path, write: Any) -> None:
    for number in (2, 1):
        write(f"2022-06-0{number}-a.md", title='"B" c')
    write("2022-06-03-a.md", title="快讯: x: y", date="soon")
    with Index(open_store(site, Config())) as index:
        index.refresh()
        found = list(survey(index).records)
    assert [(record["code"], record["posts"], record["severity"]) for record in found] == [
        ("Y102", 2, "error"),
        ("D301", 1, "warning"),
        ("Y104", 1, "error"),
    ]
    assert found[0]["example"].startswith("_posts/2022-06-01-a.md:2:")
    assert "soon" in found[1]["message"]


def test_what_is_in_it(site: Path, write: Any) -> None:
    write("2022-06-07-a.md", title="A", tags="[x, y]", categories="c", author="M")
    write("2023-06-07-b.md", title="B", tags="X", draft="true")
    write("notes.md", draft="true")
    with Index(open_store(site, Config(timezone="Asia/Shanghai"))) as index:
        index.refresh()
        assert facts(index) == [
            f"{site}: jekyll, times without a zone in Asia/Shanghai",
            "3 posts, 2022-06-07 to 2023-06-07; 2 drafts",
            "2 tags, 1 categories, 1 authors",
            "0 broken, 1 without a title, 1 without a date",
        ]


def test_an_empty_folder(tmp_path: Path) -> None:
    with Index(open_store(tmp_path, Config())) as index:
        index.refresh()
        assert facts(index)[1:3] == ["0 posts; 0 drafts", "0 tags, 0 categories, 0 authors"]
        assert list(survey(index).records) == []
