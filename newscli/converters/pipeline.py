"""Convert the HTML in a body, and nothing else.

protect Liquid and the like → split into Markdown and HTML → convert the HTML → join → put back what was protected.
Markdown stays byte for byte, and converting the result again changes nothing.
"""

import re

from newscli.converters import engines, limits, marks, protect
from newscli.converters.base import Conversion, Options, TogetherEngine
from newscli.converters.blocks import line_at, may_hold_html, split
from newscli.converters.joining import Joiner
from newscli.converters.marks import Shelf
from newscli.converters.references import References
from newscli.converters.regions import regions

_ALONE = re.compile(f"<p>({marks.KEPT}[0-9]+{marks.KEPT})</p>")


class Writer:
    """Converts the pieces of one body.

    Args:
        engine: ``auto`` or the name of an engine.
        options: how to write.
        body: the whole body, before anything is done with it.

    Attributes:
        engine: the name of the engine last used; empty when there was nothing to convert.
        warnings: what went otherwise than asked.
    """

    def __init__(self, engine: str, options: Options, body: str) -> None:
        self.engine = ""
        self.warnings: list[str] = []
        self.names = engines.names(engine)
        self._options = options
        self._references = References(body) if options.links == "ref" else None

    def definitions(self, shelf: Shelf) -> str:
        """What the links by reference that were written so far refer to."""
        return shelf.restore(shelf.newline.join(self._references.definitions())) if self._references else ""

    def warn(self, warning: str) -> None:
        """Note what went otherwise than asked, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def conversion(self, text: str) -> Conversion:
        """The text with what is to say about it."""
        return Conversion(text, self.engine, tuple(self.warnings))

    def piece(self, html: str, shelf: Shelf, *, attributes: bool) -> str:
        """A piece of HTML as Markdown.

        Args:
            html: the piece; stand-ins in it are of ``shelf``.
            shelf: where what is no HTML was put, and what stays HTML will be.
            attributes: whether ``{: …}`` is an attribute list of kramdown there, or text.

        Raises:
            ExceededError: it has to stay as it is.
        """
        limits.check(html)
        first = len(shelf.pieces)
        html = protect.hide(protect.hide_more(html, shelf), shelf, attributes=attributes)
        text = self._convert(html, shelf)
        if len(shelf.pieces) > first and protect.is_torn(shelf.lost(text, first)):
            raise limits.ExceededError("a Liquid tag would lose its counterpart")
        return self._put_back(text, shelf)

    def pieces(self, pieces: list[str], shelf: Shelf) -> list[str]:
        """Pieces of HTML as Markdown, in the time of one; none when they must be converted one by one."""
        engine = engines.load(self.names[0])
        first = len(shelf.pieces)
        try:
            limits.check("".join(pieces))
            hidden = [protect.hide(protect.hide_more(piece, shelf), shelf, attributes=True) for piece in pieces]
            if not isinstance(engine, TogetherEngine) or protect.may_tear(shelf.pieces[first:]):
                return []
            texts = engine.markdown_together(hidden, self._options, shelf)
        except Exception:  # which of them it is will be seen one by one
            return []
        self.engine = self.names[0]
        return [self._put_back(text, shelf) for text in texts]

    def _convert(self, html: str, shelf: Shelf) -> str:
        """What the first engine that can makes of the HTML."""
        for name in self.names:
            try:
                text = engines.load(name).markdown(html, self._options, shelf)
            except Exception as error:
                self.warn(f"{name} failed: {type(error).__name__}: {error}"[:300])
            else:
                self.engine = name
                return text
        raise limits.ExceededError("no engine could convert it")

    def _put_back(self, text: str, shelf: Shelf) -> str:
        """Converted text with what was taken out of it, and with the line ends of the body."""
        if shelf.addresses and self._references:
            text = self._references.write(text, shelf)
        if shelf.pieces:
            text = protect.attach_attributes(protect.quote_addresses(text, shelf), shelf)
        if shelf.newline != "\n":
            text = text.replace("\n", shelf.newline)
        return shelf.restore(text) if shelf.pieces else text


def convert_html(body: str, writer: Writer) -> str:
    """A body that is HTML from end to end."""
    if not body.strip():
        return body
    shelf = Shelf(_newline(body))
    html = protect.hide_blocks(marks.clean(body) if marks.is_dirty(body) else body, shelf)
    try:
        text = writer.piece(html, shelf, attributes=False)
    except limits.ExceededError as error:
        writer.warn(f"line 1: left as it is: {error}")
        return body
    text = (2 * shelf.newline).join(filter(None, (text, writer.definitions(shelf))))
    return text + (shelf.newline if text and body.endswith(("\n", "\r")) else "")


def convert_mixed(body: str, writer: Writer) -> str:
    """A body of Markdown with HTML blocks."""
    if not may_hold_html(body):
        return body
    shelf = Shelf(_newline(body))
    is_dirty = marks.is_dirty(body)
    parts = regions(split(body if is_dirty else protect.hide_blocks(body, shelf)))
    joiner = Joiner(shelf.newline)
    hides = bool(shelf.pieces)
    html_parts = [marks.clean(part.text) if is_dirty else part.text for part in parts if part.is_html]
    together = writer.pieces(html_parts, shelf) if len(html_parts) > 1 else []
    number = done = 0
    for is_html, part in parts:
        original = shelf.restore(part) if hides else part
        if is_html:
            try:
                joiner.add(together[number] if together else writer.piece(html_parts[number], shelf, attributes=True))
            except limits.ExceededError as error:
                writer.warn(f"line {line_at(body, done)}: left as it is: {error}")
                joiner.keep(original)
            number += 1
            if number == len(html_parts) and (definitions := writer.definitions(shelf)):
                joiner.add(definitions)
        else:
            joiner.keep(original)
        done += len(original)
    return joiner.text(ends_line=body.endswith(("\n", "\r")))


def convert_text(body: str, writer: Writer, options: Options, *, is_html: bool) -> str:
    """A body as plain text."""
    from newscli.converters.plain import plain
    from newscli.converters.trees import read

    shelf = Shelf()
    try:
        limits.check(body)
        text = _clean(body)
        text = protect.hide(protect.open_blocks(text, as_html=is_html), shelf, attributes=not is_html)
        html = text if is_html else protect.forget_attributes(_render(text), shelf)
    except limits.ExceededError as error:
        writer.warn(f"left as it is: {error}")
        return body
    for name in writer.names:
        try:
            text = plain(*read(html, name), options)
        except Exception as error:
            writer.warn(f"{name} failed: {type(error).__name__}: {error}"[:300])
        else:
            writer.engine = name
            if shelf.pieces:
                text = "\n".join(map(str.rstrip, shelf.restore(text).split("\n")))
            return text + ("\n" if text else "")
    writer.warn("left as it is: no engine could convert it")
    return body


def convert_to_html(body: str, writer: Writer) -> str:
    """A body of Markdown with HTML blocks as HTML; the HTML in it stays as it is."""
    shelf = Shelf()
    text = protect.hide(protect.hide_blocks(_clean(body), shelf), shelf, attributes=True)
    try:
        html = _render(text)
    except limits.ExceededError as error:
        writer.warn(f"left as it is: {error}")
        return body
    return shelf.restore(_ALONE.sub(r"\1", protect.forget_attributes(html, shelf)))


def _clean(body: str) -> str:
    """The body without characters of ours, nor references to them."""
    return marks.clean_references(marks.clean(body) if marks.is_dirty(body) else body)


def _render(text: str) -> str:
    from newscli.converters.render import render

    return render(text)


def _newline(body: str) -> str:
    """The line end of the first line."""
    if "\r" not in body:
        return "\n"
    end = body.find("\n")
    return "\r\n" if end > 0 and body[end - 1] == "\r" else "\n" if end >= 0 else "\r"
