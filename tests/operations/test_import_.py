import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscli.config import Config
from newscli.diagnostics import Diagnostic, Severity
from newscli.discovery import open_store
from newscli.importers import Article, Skipped
from newscli.index import Index
from newscli.ledger import Identity, Ledger
from newscli.operations.import_ import Importing, Outcome, Result, Rules, count, posts_of, summary
from newscli.operations.sources import Found, Request, Unchanged
from newscli.places import Places

REQUEST = Request("a.jsonl", tags=("of the source",))


@pytest.fixture
def importing(site: Path, tmp_path: Path) -> Importing:
    store = open_store(site, Config())
    return Importing(store, Ledger(tmp_path / "ledger.sqlite"), Places(site), Rules())


def results(importing: Importing, *items: Any) -> list[Result]:
    return list(importing.run(Found(REQUEST, item) for item in items))


def test_what_is_no_article_is_counted_for_what_it_is(importing: Importing) -> None:
    def problem(severity: Severity) -> Diagnostic:
        return Diagnostic("a.jsonl", 3, 1, "I105", severity, "is odd")

    found = results(
        importing,
        Skipped("a.jsonl", "comment", 7),
        Unchanged("https://e.org/rss"),
        problem(Severity.ERROR),
        problem(Severity.WARNING),
        Article(extra={"only": "this"}),
    )
    assert [(each.outcome, each.count, each.reason) for each in found] == [
        (Outcome.SKIPPED, 7, "comment"),
        (Outcome.SKIPPED, 0, "not changed since the last time"),
        (Outcome.FAILED, 1, "is odd"),
        (Outcome.WARNING, 0, "is odd"),
        (Outcome.SKIPPED, 1, "no title and no text"),
    ]


def test_the_source_s_tags_are_given_and_undated_posts_are_drafts(importing: Importing, site: Path) -> None:
    (result,) = results(importing, Article(title="T", tags=("own",), source_id="tag:1"))
    assert result.path == "_drafts/t.md"
    assert "tags:\n- own\n- of the source\n" in (site / result.path).read_text(encoding="utf-8")


def test_a_post_that_knows_its_address_only_is_the_article_s(importing: Importing, site: Path, write: Any) -> None:
    path = write("2022-06-07-a.md", title="A", source_url="https://e.org/a")
    text = path.read_text(encoding="utf-8")
    with Index(importing.store) as index:
        index.refresh()
        known = list(posts_of(index))
    assert known == [("_posts/2022-06-07-a.md", "", "https://e.org/a", "")]
    importing.ledger.learn(known)
    (result,) = results(importing, Article(title="A", source_id="tag:1", source_url="https://E.org/a?utm_source=x"))
    assert (result.outcome, result.path) == (Outcome.CONFLICT, "_posts/2022-06-07-a.md")
    assert "no source_hash" in result.reason
    assert path.read_text(encoding="utf-8") == text


def test_a_post_that_vanished_since_the_index_was_read_fails_alone(importing: Importing) -> None:
    importing.ledger.learn([("_posts/gone.md", "tag:1", "", "h")])
    found = results(importing, Article(title="A", source_id="tag:1"), Article(title="B", source_id="tag:2"))
    assert [each.outcome for each in found] == [Outcome.FAILED, Outcome.CREATED]
    assert "gone.md" in found[0].reason


def test_a_dry_run_says_what_would_be_updated_and_updates_nothing(importing: Importing, site: Path) -> None:
    first = Article(title="A", body="<p>a</p>", source_id="tag:1")
    (made,) = results(importing, first)
    before = (site / made.path).read_bytes()
    dry = replace(importing, rules=Rules(dry=True), ledger=Ledger(Path("nowhere"), dry=True))
    dry.ledger.learn([(made.path, "tag:1", "", source_hash(before))])
    (result,) = results(dry, replace(first, body="<p>b</p>"))
    assert (result.outcome, result.path) == (Outcome.UPDATED, made.path)
    assert (site / made.path).read_bytes() == before


def test_what_failed_puts_its_source_in_doubt_and_what_did_not_does_not(importing: Importing) -> None:
    importing.ledger.learn([("_posts/gone.md", "tag:1", "", "h")])
    results(importing, Article(title="B", source_id="tag:2"))
    importing.ledger.record_answer(REQUEST.word, '"first"', "")
    results(importing, Article(title="A", source_id="tag:1"))
    importing.ledger.record_answer(REQUEST.word, '"second"', "")
    assert importing.ledger.last_answer(REQUEST.word) == ('"first"', "")


def test_of_two_articles_of_one_name_each_keeps_its_post(importing: Importing, site: Path) -> None:
    day = datetime(2022, 6, 7, tzinfo=UTC)
    found = results(importing, *(Article(title="A", body=text, date=day, source_id=f"tag:{text}") for text in "xyz"))
    assert [each.path.rpartition("/")[2] for each in found] == [f"2022-06-07-a{end}.md" for end in ("", "-2", "-3")]
    again = results(
        replace(importing, ledger=learnt(importing, site)),
        *(Article(title="A", body=text + "!", date=day, source_id=f"tag:{text}") for text in "zyx"),
    )
    assert [(each.outcome, each.path) for each in again] == [(Outcome.UPDATED, each.path) for each in reversed(found)]


def learnt(importing: Importing, site: Path) -> Ledger:
    """A ledger that knows the posts of the store and nothing else."""
    with Index(importing.store) as index:
        index.refresh()
        ledger = Ledger(site.parent / "other.sqlite")
        ledger.learn(posts_of(index))
    return ledger


def source_hash(text: bytes) -> str:
    """The hash that a post bears."""
    found = re.search(rb"^source_hash: '?([0-9a-f]+)", text, re.MULTILINE)
    assert found
    return found[1].decode()


def test_posts_without_an_origin_are_none_of_the_ledger_s_business(importing: Importing, write: Any) -> None:
    write("2022-06-07-a.md", title="A")
    write("2022-06-08-b.md", title="B", source_id="7", source_hash="h")
    with Index(importing.store) as index:
        index.refresh()
        assert list(posts_of(index)) == [("_posts/2022-06-08-b.md", "7", "", "h")]


def test_the_report_has_a_line_a_result_and_the_counts_are_kept() -> None:
    made = Result(Outcome.CREATED, "a", "_posts/a.md", "标题", Identity("tag:1", "https://e.org/"))
    left = Result(Outcome.SKIPPED, "a", reason="comment", count=3)
    counts: Counter[Outcome] = Counter()
    told: list[Result] = []
    lines = list(count([made, left], counts, told.append))
    assert told == [made, left]
    assert counts == {Outcome.CREATED: 1, Outcome.SKIPPED: 3}
    assert all(line.endswith("\n") for line in lines)
    assert "标题" in lines[0]
    first, second = map(json.loads, lines)
    assert (first["source_id"], first["source_url"], first["reason"]) == ("tag:1", "https://e.org/", None)
    assert (second["path"], second["source_id"], second["count"]) == (None, None, 3)


def test_the_summary_names_what_there_was() -> None:
    assert summary({}) == "0 created · 0 updated · 0 unchanged"
    assert summary({Outcome.UPDATED: 1200, Outcome.FAILED: 2}) == "0 created · 1,200 updated · 0 unchanged · 2 failed"
