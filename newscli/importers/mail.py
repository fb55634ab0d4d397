"""Newsletters in mail: single messages (.eml) and mailboxes (mbox), one message at a time."""

import email
import email.errors
import email.header
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses

from newscli import charsets
from newscli.importers.article import Article, BodyFormat, Item
from newscli.importers.decoding import decode
from newscli.importers.input import Input, Options
from newscli.importers.markup.plain import one_line
from newscli.importers.moments import dated
from newscli.importers.problems import Code, fault

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_ANGLE = re.compile(r"<([^<>]*)>")
_FLOWED = re.compile(r"(?<!\n-- )(?<= )\n(?!\n)")
_ATTACHED = 4
_LONGEST_HEADER = 10_000


@dataclass(frozen=True, slots=True)
class _Raw:
    """A message as it stands in the mailbox; None for one that is too long."""

    content: bytes | None
    line: int


def read(source: Input, options: Options) -> Iterator[Item]:
    """The messages of a source; one that cannot be read is reported, the others are read."""
    for raw in _messages(source, options):
        if raw.content is None:
            yield fault(source.name, Code.TOO_BIG, "the message is longer than the limit", line=raw.line)
            continue
        try:
            yield _article(raw.content, source, options)
        except Exception as error:  # the email package raises all kinds on headers that break its rules
            message = f"the message cannot be read: {type(error).__name__}: {error}"
            yield fault(source.name, Code.RECORD, message, line=raw.line)


def _messages(source: Input, options: Options) -> Iterator[_Raw]:
    """The messages of a mailbox (each starts with ``From `` after a blank line), or the one of a single file."""
    limit = _ATTACHED * options.limits.item
    lines: list[bytes] = []
    size, number, start = 0, 0, 1
    is_blank, is_mailbox = True, False
    with source.open() as stream:
        while line := stream.readline(1 << 20):
            number += 1
            if is_blank and line.startswith(b"From "):
                if lines:
                    yield _raw(lines, size, limit, start, is_mailbox=is_mailbox)
                lines, size, start, is_mailbox = [], 0, number + 1, True
            else:
                size += len(line)
                lines.append(line if size <= limit else b"")
            is_blank = line in (b"\n", b"\r\n")
        if any(line.strip() for line in lines):
            yield _raw(lines, size, limit, start, is_mailbox=is_mailbox)


def _raw(lines: list[bytes], size: int, limit: int, start: int, *, is_mailbox: bool) -> _Raw:
    if size > limit:
        return _Raw(None, start)
    content = b"".join(lines)
    return _Raw(_QUOTED_FROM.sub(rb"\1", content) if is_mailbox else content, start)


def _article(content: bytes, source: Input, options: Options) -> Article:
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    body, body_format = _body(message, source, options)
    date, raw = dated(_header(message, "Date"), options.zone)
    sender = _people(message, "From")
    archived = _ANGLE.search(_header(message, "Archived-At"))
    scope = _ANGLE.search(_header(message, "List-Id"))
    address = next((address for _, address in sender), "")
    attachments = [name for part in message.walk() if (name := _filename(part))]
    return Article(
        title=one_line(_header(message, "Subject")),
        body=body,
        body_format=body_format,
        date=date,
        date_raw=raw,
        authors=tuple(name or address for name, address in sender),
        tags=tuple(_header(message, "Keywords").split(",")),
        source_url=archived[1] if archived else _header(message, "Archived-At"),
        source_id=_header(message, "Message-ID").strip("<> "),
        feed=options.feed or (scope[1] if scope else address),
        extra={"attachments": attachments} if attachments else {},
        base_url=options.base_url,
        origin=source.name,
    )


def _header(message: Message, name: str) -> str:
    """A header as text: encoded words decoded, bytes that are no ASCII read as what they look like."""
    value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")[:_LONGEST_HEADER]
    if not value.isascii():
        value = charsets.decode(value.encode("utf-8", "surrogateescape")).text
    try:
        parts = email.header.decode_header(value)
    except (ValueError, email.errors.MessageError):
        return one_line(value)
    return one_line("".join(_word(text, charset) for text, charset in parts))


def _word(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    if charset is None:  # what stands between encoded words, as decode_header encodes it
        return text.decode("raw-unicode-escape", "replace")
    return charsets.decode_declared(text, http=f"charset={charset}").text


def _people(message: Message, name: str) -> list[tuple[str, str]]:
    return [
        (name.strip(), address.strip()) for name, address in getaddresses([_header(message, name)]) if name or address
    ]


def _filename(part: Message) -> str:
    try:
        return str(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):
        return ""


def _body(message: Message, source: Input, options: Options) -> tuple[str, BodyFormat]:
    """The first part in HTML; without one the parts in plain text."""
    plain: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in ("text/html", "text/plain"):
            continue
        text = _text(part, source, options)
        if kind == "text/html" and text.strip():
            return text, "html"
        if kind == "text/plain":
            plain.append(_FLOWED.sub("", text) if part.get_param("format") == "flowed" else text)
    return "\n\n".join(text.strip("\r\n") for text in plain), "text"


def _text(part: Message, source: Input, options: Options) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    return decode(
        content if isinstance(content, bytes) else b"", Input.of_bytes(source.name, b"", charset=charset), options
    ).text
