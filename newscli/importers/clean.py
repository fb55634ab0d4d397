"""Text from outside made safe to keep: no script, no live Liquid, addresses whole.

HTML goes through nh3 (html5ever and ammonia), which writes it anew; Markdown through
:mod:`newscli.importers.clean_markdown`, which changes only what is dangerous; plain text becomes HTML.
"""

import re
from dataclasses import replace
from html import escape

from newscli.importers.article import Article
from newscli.importers.clean_markdown import clean_markdown
from newscli.importers.links import absolute_html, absolute_markdown
from newscli.importers.liquid import wrap_liquid
from newscli.importers.markup.depth import flatten
from newscli.importers.markup.tokens import iter_tokens
from newscli.importers.safe import SCHEMES, allowed_value, attributes, tags
from newscli.importers.tidy import absolute

_LEVELS = 256
_FRAME = re.compile("<iframe", re.IGNORECASE)


def clean(article: Article, *, raw: bool = False, liquid: bool = True) -> Article:
    """The article with a body that is safe to keep.

    Args:
        article: as it was read.
        raw: keep scripts and whatever else the source holds.
        liquid: keep Liquid from running; for sites that do not use it, do not.

    Returns:
        The article; a body in plain text has become HTML.
    """
    body, body_format = article.body, article.body_format
    if body_format == "text":
        body, body_format = text_to_html(body), "html"
    elif body_format == "html":
        body = absolute_html(body, article.base_url)
        body = body if raw else clean_html(body)
    else:
        body = absolute_markdown(body, article.base_url)
        body = body if raw else clean_markdown(body)
    return replace(article, body=wrap_liquid(body) if liquid and not raw else body, body_format=body_format)


def clean_html(text: str) -> str:
    """HTML without scripts, forms, handlers and addresses that run something; a frame becomes a link."""
    import nh3

    return nh3.clean(
        flatten(_frames_as_links(text), _LEVELS),
        tags=tags(),
        attributes=attributes(),
        attribute_filter=allowed_value,
        clean_content_tags={"script", "style", "iframe", "noembed", "noframes", "template"},
        strip_comments=False,  # <!--more-->
        link_rel=None,
        url_schemes=set(SCHEMES | {"data"}),
    )


def _frames_as_links(text: str) -> str:
    if not _FRAME.search(text):  # nearly always: a look is cheap, reading all tags is not
        return text
    parts: list[str] = []
    position = 0
    for token in iter_tokens(text):
        if token.name == "iframe" and token.kind == "start" and (address := absolute(token.get("src"), "")):
            parts += [text[position : token.start], f'<p><a href="{escape(address)}">{escape(address)}</a></p>']
            position = token.start
    return "".join([*parts, text[position:]])


def text_to_html(text: str) -> str:
    """Plain text as HTML: paragraphs at blank lines, line ends kept."""
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*+\n\s*+", text) if part.strip())
    return "\n".join(f"<p>{escape(part, quote=False)}</p>".replace("\n", "<br>\n") for part in paragraphs)
