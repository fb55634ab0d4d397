"""What every article goes through, whatever reads it: text that a file can hold, addresses that are addresses."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscli.diagnostics import Diagnostic
from newscli.importers.article import Article, Source
from newscli.importers.markup.plain import one_line
from newscli.importers.problems import Code, fault, warning

_NOT_WRITABLE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SCHEMES = ("http", "https")


def tidy(article: Article, limit: int) -> Article | Diagnostic:
    """The article as it can be written; a diagnostic when its body has more than ``limit`` characters."""
    if len(article.body) > limit:
        shown = one_line(article.title)[:80]
        return fault(article.origin, Code.TOO_BIG, f"the article {shown!r} has more than {limit:,} characters")
    base = absolute(article.base_url, "")
    url = absolute(article.source_url, base)
    image = absolute(article.image, base or url)
    extra = {key: _value(value) for key, value in article.extra.items()}
    for name, found, written in (("source_url", url, article.source_url), ("image", image, article.image)):
        if written and not found:  # no address of the web: kept, but not as one
            extra.setdefault(name, _text(written))
    tidied = replace(
        article,
        title=one_line(_text(article.title)),
        body=_text(article.body),
        date_raw=one_line(_text(article.date_raw)) if article.date_raw is not None else None,
        authors=_names(article.authors),
        tags=_names(article.tags),
        categories=_names(article.categories),
        slug=one_line(_text(article.slug)),
        source_url=url,
        source_id=one_line(_text(article.source_id)),
        feed=one_line(_text(article.feed)),
        layout=_text(article.layout) if article.layout else None,
        summary=one_line(_text(article.summary)),
        image=image,
        kind=one_line(_text(article.kind)) or "post",
        extra=extra,
        base_url=base or url,
    )
    return replace(tidied, problems=(*article.problems, *_problems(tidied)))


def tidy_source(source: Source) -> Source | None:
    """The address as one that can be fetched; None when it is not."""
    url = absolute(source.url, "")
    return replace(source, url=url, title=one_line(_text(source.title))) if url else None


def absolute(address: str, base: str) -> str:
    """An address of the web, joined to the base when it is relative; empty when it is none."""
    try:
        joined = urljoin(base, one_line(_text(address)).replace(" ", "%20")) if address.strip() else ""
        parts = urlsplit(joined)
    except ValueError:  # such as http://[::1
        return ""
    return joined if parts.scheme in _SCHEMES and parts.hostname else ""


def _problems(article: Article) -> Iterable[Diagnostic]:
    if not article.title and not article.body.strip():
        yield warning(article.origin, Code.EMPTY, "an article without title and text")
    if article.date_raw is not None and all(problem.code != Code.DATE for problem in article.problems):
        yield warning(article.origin, Code.DATE, f"{article.date_raw[:80]!r} is no date; kept as it is")


def _text(text: str) -> str:
    """The text without what no file of text can hold, its line ends as line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    if _NOT_WRITABLE.search(text):  # halves of pairs, written one by one as \ud83d\ude00 are joined, others replaced
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(one_line(_text(name)) for name in names)))


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(str(key)): _value(inner) for key, inner in value.items()}
    return [_value(inner) for inner in value] if isinstance(value, list | tuple) else value
