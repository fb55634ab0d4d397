from collections.abc import Callable, Iterator

import pytest

from newscli.finding import FileResult
from newscli.findings import Findings
from newscli.formats import View, get_findings_format

AT_ONCE = ("concise", "full", "gitlab", "grouped", "json", "jsonl", "paths", "rdjson", "tap", "tsv")
"""Formats that need not know what comes."""


@pytest.mark.parametrize("name", [*AT_ONCE, "github"])
def test_a_piece_is_written_before_all_is_read(name: str, make_many: Callable[..., Iterator[FileResult]]) -> None:
    read: list[str] = []

    def watched() -> Iterator[FileResult]:
        for result in make_many(files=1000):
            read.append(result.path)
            yield result

    pieces = get_findings_format(name)(Findings(watched()), View())
    written = "".join(next(pieces) for _ in range(4))
    assert "_posts/0.md" in written
    assert len(read) < 10


@pytest.mark.parametrize("name", [*AT_ONCE, "github", "junit", "sarif"])
def test_findings_that_were_read_are_written_the_same(
    name: str, results: list[FileResult], make_findings: Callable[..., Findings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _size: "token")
    render = get_findings_format(name)
    kept = make_findings(results)
    kept.read_all()
    once, again = "".join(render(kept, View())), "".join(render(kept, View()))
    assert once == again == "".join(render(make_findings(results), View()))
