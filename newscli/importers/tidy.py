"""What every article goes through, whatever reads it: text that a file can hold, addresses that are addresses."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Article, Source
from newscli.importers.markup.plain import one_line, plain
from newscli.importers.problems import Code, fault, warning
from newscli.plain_text import visible_text
from newscli.text import truncate

_NOT_WRITABLE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNSEEN = re.compile("[\u200b\ufeff\u202a-\u202e\u2066-\u2069]")
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)(?:\s[^<>]*)?>.*</\1>", re.IGNORECASE)
_HASH_TAG = re.compile(r"\A\s*[#＃]+([^#＃]+)[#＃]*\s*\Z")
_SENTENCE = re.compile(r".{10,}?(?:[。！？!?…]+[”」』’]?|\.(?= ))")
_LOOKED_AT = 20_000
"""Characters of a body in which its beginning is looked for."""
_OPENING = 80
"""Cells of a title that is made of it."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_SCHEMES = ("http", "https")


def tidy(article: Article, limit: int) -> Article | Diagnostic:
    """The article as it can be written; a diagnostic when its body has more than ``limit`` characters."""
    if len(article.body) > limit:
        shown = one_line(article.title)[:80]
        return fault(article.origin, Code.TOO_BIG, f"the article {shown!r} has more than {limit:,} characters")
    base = absolute(article.base_url, "")
    url = absolute(article.source_url, base)
    image = absolute(article.image, base or url)
    extra = {_seen(key): _value(value) for key, value in article.extra.items()}
    for name, found, written in (("source_url", url, article.source_url), ("image", image, article.image)):
        if written and not found:  # no address of the web: kept, but not as one
            extra.setdefault(name, _text(written))
    title = _title(article.title)
    tidied = replace(
        article,
        title=title or _opening(article.body),
        body=_text(article.body),
        date_raw=_line(article.date_raw) if article.date_raw is not None else None,
        updated=article.updated if article.updated and article.updated > (article.date or _NEVER) else None,
        authors=_names(article.authors),
        tags=_names(_HASH_TAG.sub(r"\1", tag) for tag in article.tags),
        categories=_names(article.categories),
        slug=_line(article.slug),
        source_url=url,
        source_id=_line(article.source_id),
        feed=_line(article.feed),
        layout=_text(article.layout) if article.layout else None,
        summary=_line(article.summary),
        image=image,
        kind=_line(article.kind) or "post",
        extra=extra,
        base_url=base or url,
    )
    problems = _problems(tidied, is_untitled=not title)
    return replace(tidied, problems=(*article.problems, *problems))


def tidy_source(source: Source) -> Source | None:
    """The address as one that can be fetched; None when it is not."""
    url = absolute(source.url, "")
    return replace(source, url=url, title=_line(source.title)) if url else None


def absolute(address: str, base: str) -> str:
    """An address of the web, joined to the base when it is relative; empty when it is none."""
    try:
        joined = urljoin(base, _line(address).replace(" ", "%20")) if address.strip() else ""
        parts = urlsplit(joined)
    except ValueError:  # such as http://[::1
        return ""
    return joined if parts.scheme in _SCHEMES and parts.hostname else ""


def _problems(article: Article, *, is_untitled: bool) -> Iterable[Diagnostic]:
    if not article.title and not article.body.strip():
        yield warning(article.origin, Code.EMPTY, "an article without title and text")
    elif article.title and is_untitled:
        message = f"an article without a title: it is called {article.title!r} after the beginning of its text"
        yield warning(article.origin, Code.UNTITLED, message)
    if article.date_raw is not None and all(problem.code != Code.DATE for problem in article.problems):
        yield warning(article.origin, Code.DATE, f"{article.date_raw[:80]!r} is no date; kept as source_date")


def _text(text: str) -> str:
    """The text without what no file of text can hold, its line ends as line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    if _NOT_WRITABLE.search(text):  # halves of pairs, written one by one as \ud83d\ude00 are joined, others replaced
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _seen(text: str) -> str:
    """A text for the front matter, without what nobody sees and no search should stumble over."""
    return _UNSEEN.sub("", _text(text))


def _line(text: str) -> str:
    """The same on one line."""
    return one_line(_seen(text))


def _title(text: str) -> str:
    """A title on one line; one that was escaped twice and is an element as a whole without its tags."""
    line = _line(text)
    return plain(line) if _ELEMENT.fullmatch(line) else line


def _opening(body: str) -> str:
    """The first sentence of a text, or the beginning of it; empty where there is nothing to read."""
    block = next(filter(str.strip, visible_text(_text(body[:_LOOKED_AT])).split("\n")), "")
    sentence = _SENTENCE.match(block)
    return truncate(_title(sentence[0] if sentence else block).removesuffix("。"), _OPENING)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(_line(name) for name in names)))


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _seen(value)
    if isinstance(value, dict):
        return {_seen(str(key)): _value(inner) for key, inner in value.items()}
    return [_value(inner) for inner in value] if isinstance(value, list | tuple) else value
