"""The cards of Ghost's editors (pictures, bookmarks, embeds, …) as HTML; Lexical and Mobiledoc share them."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

Payload = Mapping[str, Any]


def card_html(kind: str, payload: Payload) -> str:
    """A card as HTML; of one that is not known, the HTML or the text it carries."""
    write = _CARDS.get(kind)
    if write:
        return write(payload)
    return next((str(payload[key]) for key in ("html", "content") if payload.get(key)), "")


def attribute(name: str, value: object) -> str:
    """`` name="value"``; nothing when the value is empty."""
    return f' {name}="{escape(str(value))}"' if value not in (None, "", False) else ""


def _text(payload: Payload, key: str) -> str:
    return escape(str(payload.get(key) or ""), quote=False)


def _figure(inside: str, payload: Payload) -> str:
    caption = payload.get("caption")  # HTML already
    return f"<figure>{inside}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _image(payload: Payload) -> str:
    parts = (
        attribute("src", payload.get("src")),
        attribute("alt", payload.get("alt")),
        attribute("title", payload.get("title")),
    )
    image = f"<img{''.join(parts)}>"
    link = payload.get("href")
    return _figure(f"<a{attribute('href', link)}>{image}</a>" if link else image, payload)


def _gallery(payload: Payload) -> str:
    images = [image for image in payload.get("images") or [] if isinstance(image, Mapping)]
    return _figure(
        "".join(f"<img{attribute('src', i.get('src'))}{attribute('alt', i.get('alt'))}>" for i in images), payload
    )


def _code(payload: Payload) -> str:
    language = f"language-{payload['language']}" if payload.get("language") else ""
    inside = f"<pre><code{attribute('class', language)}>{_text(payload, 'code')}</code></pre>"
    return _figure(inside, payload) if payload.get("caption") else inside


def _bookmark(payload: Payload) -> str:
    about = payload.get("metadata")
    about = about if isinstance(about, Mapping) else {}
    link = f"<a{attribute('href', payload.get('url'))}>{_text(about, 'title') or _text(payload, 'url')}</a>"
    description = _text(about, "description")
    return _figure(f"<p>{link}{f'<br>{description}' if description else ''}</p>", payload)


def _toggle(payload: Payload) -> str:
    return f"<details><summary>{payload.get('heading') or ''}</summary>{payload.get('content') or ''}</details>"


def _callout(payload: Payload) -> str:
    emoji = _text(payload, "calloutEmoji")
    return f"<blockquote>{f'{emoji} ' if emoji else ''}{payload.get('calloutText') or ''}</blockquote>"


def _button(payload: Payload) -> str:
    return f"<p><a{attribute('href', payload.get('buttonUrl'))}>{_text(payload, 'buttonText')}</a></p>"


def _file(payload: Payload) -> str:
    name = _text(payload, "fileTitle") or _text(payload, "title") or _text(payload, "fileName") or _text(payload, "src")
    return f"<p><a{attribute('href', payload.get('src'))}>{name}</a></p>"


def _media(name: str) -> Callable[[Payload], str]:
    return lambda payload: _figure(f"<{name}{attribute('src', payload.get('src'))} controls></{name}>", payload)


def _header(payload: Payload) -> str:
    subheader = payload.get("subheader")
    return f"<h2>{payload.get('header') or ''}</h2>{f'<p>{subheader}</p>' if subheader else ''}"


def _embed(payload: Payload) -> str:
    link = f"<a{attribute('href', payload.get('url'))}>{_text(payload, 'url')}</a>"
    return _figure(str(payload.get("html") or link), payload)


def _product(payload: Payload) -> str:
    image = payload.get("productImageSrc")
    shown = f"<img{attribute('src', image)}>" if image else ""
    return f"{shown}<h4>{payload.get('productTitle') or ''}</h4>{payload.get('productDescription') or ''}"


def _markdown(payload: Payload) -> str:
    """Markdown within HTML: blank lines around it let a Markdown reader see it."""
    return f"\n\n{payload.get('markdown') or ''}\n\n"


_CARDS: dict[str, Callable[[Payload], str]] = {
    "audio": _media("audio"),
    "bookmark": _bookmark,
    "button": _button,
    "callout": _callout,
    "card-markdown": _markdown,
    "code": _code,
    "codeblock": _code,
    "embed": _embed,
    "file": _file,
    "gallery": _gallery,
    "header": _header,
    "horizontalrule": lambda _: "<hr>",
    "hr": lambda _: "<hr>",
    "image": _image,
    "markdown": _markdown,
    "paywall": lambda _: "",
    "product": _product,
    "signup": lambda _: "",
    "toggle": _toggle,
    "video": _media("video"),
}
