from collections.abc import Callable

from newscli.finding import FileResult
from newscli.formats import View


def test_each_faulty_file_once(report: Callable[..., str], results: list[FileResult]) -> None:
    assert report("paths", results) == "_posts/2022-06-07-引号.md\n_posts/100% a,b:c.md\n"


def test_names_end_with_nul_and_are_harmless_on_a_terminal(
    report: Callable[..., str], results: list[FileResult]
) -> None:
    result = FileResult("a\nb.md", results[0].findings)
    assert report("paths", [result], View(null=True)) == "a\nb.md\0"
    assert report("paths", [result], View(terminal=True)) == "a\\nb.md\n"
