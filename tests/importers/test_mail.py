import base64
import email
import quopri
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Input, Item, Limits, Options, read

Items = Callable[..., list[Item]]
Articles = Callable[..., list[Article]]
Only = Callable[..., Article]


def letter(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ann Lee <ann@example.com>"
    message["Subject"] = "The subject"
    message["Date"] = "Wed, 05 Jun 2024 16:04:48 +0800"
    message["Message-ID"] = "<1@example.com>"
    if "text" in parts:
        message.set_content(parts["text"])
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    return message


def test_everything_a_newsletter_says(article: Only) -> None:
    message = letter(text="Plain", html="<p>Text</p>")
    message["List-Id"] = "News <news.example.com>"
    message["Archived-At"] = "<https://example.com/archive/1>"
    message["Keywords"] = "a, b"
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    assert article("mail", message.as_bytes()) == Article(
        title="The subject",
        body="<p>Text</p>\n",
        date=datetime(2024, 6, 5, 16, 4, 48, tzinfo=timezone(timedelta(hours=8))),
        authors=("Ann Lee",),
        tags=("a", "b"),
        source_url="https://example.com/archive/1",
        source_id="1@example.com",
        feed="news.example.com",
        extra={"attachments": ["a.pdf"]},
        base_url="https://example.com/archive/1",
        origin="source",
    )


def test_without_html_the_text_is_the_body(article: Only) -> None:
    found = article("mail", letter(text="a < b\n\nc\n").as_bytes())
    assert (found.body, found.body_format, found.feed) == ("a < b\n\nc", "text", "ann@example.com")


def test_several_plain_parts_are_one_body(article: Only) -> None:
    content = (
        "From: a@b.c\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\none\n--x\nContent-Type: image/png\n\nno\n--x\n\ntwo\n"
        '--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="c.txt"\n\nno\n--x--\n'
    )
    assert article("mail", content).body == "one\n\ntwo"


def test_an_empty_part_in_html_does_not_count(article: Only) -> None:
    assert article("mail", letter(text="Plain", html=" ").as_bytes()).body == "Plain"


def test_flowing_lines_are_joined(article: Only) -> None:
    head = "From: a@b.c\nSubject: s\nContent-Type: text/plain; format=flowed\n\n"
    assert article("mail", head + "one \ntwo\nthree \n\nfour\n").body == "one two\nthree \n\nfour"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("=?utf-8?b?6IuP5bee?=", "苏州"),
        ("=?gb2312?b?y9XW3Q==?= x", "苏州 x"),
        ("=?utf-8?q?a=20b?=\n =?utf-8?q?c?=", "a bc"),
        ("=?nonsense?b?6IuP5bee?=", "苏州"),
        ("=?utf-8?b?A?=", "=?utf-8?b?A?="),
        ("苏 =?utf-8?b?6IuP5bee?= é", "苏 苏州 é"),
        ("folded\n  line", "folded line"),
        ("", "x"),  # the text stands in for it
    ],
)
def test_a_subject_however_it_is_encoded(article: Only, subject: str, expected: str) -> None:
    assert article("mail", f"From: a@b.c\nSubject: {subject}\n\nx").title == expected


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_subject_that_is_not_encoded_at_all(article: Only, encoding: str) -> None:
    content = "From: a@b.c\nSubject: 苏州工业园区科技招商新华日报财经讯\n\nx".encode(encoding)
    assert article("mail", content).title == "苏州工业园区科技招商新华日报财经讯"


@pytest.mark.parametrize(
    ("charset", "transfer", "content"),
    [
        ("gb2312", "base64", base64.b64encode("苏州".encode("gbk"))),
        ("utf-8", "quoted-printable", quopri.encodestring("苏州".encode())),
        ("nonsense", "8bit", "苏州".encode()),
        ("", "8bit", "苏州".encode()),
    ],
)
def test_a_body_however_it_is_encoded(article: Only, charset: str, transfer: str, content: bytes) -> None:
    head = "From: a@b.c\nSubject: s\n"
    head += f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    assert article("mail", head.encode() + content).body.strip() == "苏州"


@pytest.mark.parametrize(
    ("sender", "authors"),
    [
        ("Ann <a@b.c>, Bob <d@e.f>", ("Ann", "Bob")),
        ("a@b.c", ("a@b.c",)),
        ('"Lee, Ann" <a@b.c>', ("Lee, Ann",)),
        ("=?utf-8?b?6IuP5bee?= <a@b.c>", ("苏州",)),
        ("", ()),
    ],
)
def test_senders_by_their_names(article: Only, sender: str, authors: tuple[str, ...]) -> None:
    assert article("mail", f"From: {sender}\nSubject: s\n\nx").authors == authors


@pytest.mark.parametrize("written", ["someday", "Wed, 99 Jun 2024 16:04:48 +0800"])
def test_a_date_that_cannot_be_read_is_kept(article: Only, written: str) -> None:
    found = article("mail", f"From: a@b.c\nSubject: s\nDate: {written}\n\nx")
    assert (found.date, found.date_raw) == (None, written)


def test_an_archived_address_may_lack_its_brackets(article: Only) -> None:
    found = article("mail", "From: a@b.c\nSubject: s\nArchived-At: https://example.com/1\n\nx")
    assert found.source_url == "https://example.com/1"


MBOX = (
    "From ann Wed Jun  5 16:04:48 2024\nFrom: a@b.c\nSubject: one\nDate: 5 Jun 2024 00:00:00 +0000\n\nText\n"
    "From here on\n>From quoted\n>>From twice\n\n"
    "From bob Wed Jun  5 16:04:48 2024\nFrom: d@e.f\nSubject: two\n\nMore\n\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mailbox_is_read_message_by_message(articles: Articles, end: str) -> None:
    first, second = articles("mail", MBOX.replace("\n", end))
    assert (first.title, second.title) == ("one", "two")
    assert first.body == "Text\nFrom here on\nFrom quoted\n>From twice"
    assert first.date == datetime(2024, 6, 5, tzinfo=UTC)
    assert second.body == "More"


def test_a_single_message_keeps_its_quoted_lines(article: Only) -> None:
    assert article("mail", "From: a@b.c\nSubject: s\n\n>From here\n").body == ">From here"


def test_a_message_longer_than_the_limit_costs_itself_only(items: Items) -> None:
    long = MBOX.replace("Text", "x" * 1000)
    problem, found = items("mail", long, limits=Limits(item=100))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.line) == ("I104", 2)
    assert isinstance(found, Article)
    assert found.title == "two"


def test_a_message_that_cannot_be_read_costs_itself_only(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = email.message_from_bytes

    def fails(content: bytes, **options: object) -> object:
        if b"one" in content:
            raise IndexError("list index out of range")
        return parse(content, **options)

    monkeypatch.setattr("email.message_from_bytes", fails)
    problem, found = items("mail", MBOX)
    assert isinstance(problem, Diagnostic)
    assert problem.message == "the message cannot be read: IndexError: list index out of range"
    assert isinstance(found, Article)


def test_parts_within_parts_have_an_end(items: Items) -> None:
    content = "From: a@b.c\nSubject: s\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(500)
    )
    found = items("mail", content + "\nx")
    assert len(found) == 1
    assert not (isinstance(found[0], Diagnostic) and found[0].code == "I199")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"From \n\n"])
def test_nothing_is_nothing(items: Items, content: bytes) -> None:
    assert items("mail", content) == []


@pytest.mark.parametrize("name", ["=?utf-8?b?6IuP5bee?=", '"a.pdf"', "a\x00b", "*0*=utf-8''%E8"])
def test_attachments_however_they_are_named(article: Only, name: str) -> None:
    content = (
        "From: a@b.c\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nText\n"
        f"--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename={name}\n\nx\n--x--\n"
    )
    assert article("mail", content).body == "Text"


def test_a_name_that_cannot_be_read_costs_nothing_else(article: Only, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> str:
        raise LookupError("unknown encoding")

    monkeypatch.setattr("email.message.Message.get_filename", fails)
    assert article("mail", "From: a@b.c\nSubject: s\n\nText").body == "Text"


@given(
    st.lists(
        st.sampled_from(["From: ", "From ", "\n", "\n\n", "a@b.c", "=?utf-8?b?", "?=", "--x", ";", "\xff"]), max_size=20
    )
)
@settings(max_examples=150, deadline=None)
def test_no_text_raises(parts: list[str]) -> None:
    for item in read("mail", Input.of_bytes("a", "".join(parts).encode("latin-1")), Options()):
        assert not (isinstance(item, Diagnostic) and item.code == "I199"), item
