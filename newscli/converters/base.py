"""What a conversion is given and gives, and what an engine is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from newscli.converters.marks import Shelf
from newscli.toml_edit import TomlValue

Links = Literal["inline", "ref", "text", "drop"]
Images = Literal["keep", "alt", "drop"]


@dataclass(frozen=True, slots=True)
class Options:
    """How a body is written.

    Attributes:
        code: what becomes of an inline code span that mixes text with links, breaks or emphasis: ``markdown`` splits
            it or drops the emphasis, ``html`` keeps it as an HTML tag with Markdown inside.
        links: ``inline``; ``ref``, the addresses at the end; ``text``, without addresses; ``drop``, nothing of them.
        images: ``keep``, ``alt`` for their alternative text, ``drop``.
        tables: how plain text shows a table: cells divided by ``tabs``, or ``aligned`` in columns.
        bullet: what stands before the items of a list without numbers in plain text.
        width: the cells to wrap plain text to; 0 wraps nothing.
        html2text: options of html2text for its engine, names with values; what is not here is at its default in
            :data:`newscli.settings.HTML2TEXT_SETTINGS`.
    """

    code: Literal["markdown", "html"] = "markdown"
    links: Links = "inline"
    images: Images = "keep"
    tables: Literal["tabs", "aligned"] = "tabs"
    bullet: str = "- "
    width: int = 0
    html2text: tuple[tuple[str, TomlValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a body became.

    Attributes:
        text: the converted body.
        engine: the engine that wrote it; the last one, when several parts needed different ones.
        warnings: what went otherwise than asked, one line each: an engine that failed, a part left as it was.
    """

    text: str
    engine: str
    warnings: tuple[str, ...] = ()


class Engine(Protocol):
    """Turns HTML into Markdown."""

    def markdown(self, html: str, options: Options, shelf: Shelf) -> str:
        """HTML as Markdown without white space at its ends; ``shelf`` takes what it keeps as HTML.

        Links by reference are written as others are, with stand-ins of ``shelf.put_address`` for their addresses.

        Raises whatever the library beneath raises.
        """
        ...


@runtime_checkable
class TogetherEngine(Protocol):
    """An engine that can convert many pieces in less time than one after the other."""

    def markdown_together(self, pieces: Sequence[str], options: Options, shelf: Shelf) -> list[str]:
        """Each piece as :meth:`Engine.markdown` writes it."""
        ...
