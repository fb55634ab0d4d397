from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Item, detect_members

Items = Callable[..., list[Item]]
Packed = Callable[[Mapping[str, str | bytes]], bytes]

CSV = "id,secondary_id,subject,publish_date,source,slug\nu1,1,Plain,2023-01-02 16:55:00+00:00,app,plain\n"
JSON = '[{"id": "u1", "subject": "Plain", "publish_date": "2023-01-02 16:55:00+00:00", "slug": "plain"}]'


@pytest.mark.parametrize(("table", "content"), [("emails.csv", CSV), ("emails.json", JSON)])
def test_the_mails_of_the_table_with_their_texts(items: Items, packed: Packed, table: str, content: str) -> None:
    members = {table: content, "emails/plain.md": "<!-- buttondown-editor-mode: plaintext -->## Heading\n"}
    assert detect_members(members) == "buttondown"
    (found,) = items("zip", packed(members), name="b.zip")
    assert isinstance(found, Article)
    assert (found.title, found.slug, found.source_id, found.feed) == ("Plain", "plain", "u1", "buttondown")
    assert (found.body, found.body_format) == ("## Heading\n", "markdown")
    assert found.date == datetime(2023, 1, 2, 16, 55, tzinfo=UTC)
    assert found.origin == "b.zip/emails/plain.md"
    assert found.problems == ()


def test_the_other_editor_writes_html(items: Items, packed: Packed) -> None:
    body = "<!-- buttondown-editor-mode: fancy --><h2>x</h2>"
    (found,) = items("buttondown", packed({"emails.csv": CSV, "emails/plain.md": body}))
    assert isinstance(found, Article)
    assert (found.body, found.body_format) == ("<h2>x</h2>", "html")


def test_a_row_with_too_many_fields_is_said(items: Items, packed: Packed) -> None:
    problem, found = items("buttondown", packed({"emails.csv": CSV.strip() + ",more", "emails/plain.md": "x"}))
    assert isinstance(problem, Diagnostic)
    assert problem.message == "the row has 7 fields, the header names 6"
    assert isinstance(found, Article)


def test_a_mail_without_its_text_says_so(items: Items, packed: Packed) -> None:
    (found,) = items("buttondown", packed({"emails.csv": CSV, "emails/other.md": "x"}))
    assert isinstance(found, Article)
    assert [problem.message for problem in found.problems] == ["there is no text for the mail 'plain'"]


def test_a_text_that_cannot_be_unpacked_costs_itself_only(items: Items, packed: Packed) -> None:
    content = packed({"emails.csv": CSV, "emails/plain.md": "x" * 50})
    (found,) = items("buttondown", content.replace(b"emails/plain.md", b"emails/other.md", 1))
    assert isinstance(found, Article)
    assert [problem.code for problem in found.problems] == ["I110"]


def test_an_archive_without_the_table_is_no_export(items: Items, packed: Packed) -> None:
    (problem,) = items("buttondown", packed({"emails/a.md": "x"}))
    assert isinstance(problem, Diagnostic)
    assert problem.message == "has no emails.csv and no emails.json"
