"""Settings: what a setting is, and the tables of those that are of ``convert`` and of html2text."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from newscli.errors import ConfigError
from newscli.nearest import did_you_mean
from newscli.toml_edit import TomlValue


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        name: as in a file, dotted when nested.
        default: its value when nothing sets it.
        doc: what it does.
        choices: the only values, if there are few.
        least: the least number it may be.
    """

    name: str
    default: TomlValue
    doc: str
    choices: tuple[str, ...] = ()
    least: int = 0

    @property
    def type(self) -> str:
        """What its value must be, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        number = f"number from {self.least}"
        words = {bool: "true or false", str: "a text", tuple: "a list of texts"}
        return {**words, int: f"a whole {number}", float: f"a {number}"}[type(self.default)]

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return "NEWSCLI_" + self.name.replace(".", "_").upper()

    def check(self, value: object) -> TomlValue:
        """The value as it is kept.

        Raises:
            TypeError: it is not of the setting's type; the message says what it must be.
        """
        if isinstance(self.default, tuple):
            if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
                return tuple(value)
        elif isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
        elif isinstance(self.default, int | float):
            if isinstance(value, (int, type(self.default))) and not isinstance(value, bool) and value >= self.least:
                return value
        elif isinstance(value, str) and (not self.choices or value in self.choices):
            return value
        raise TypeError(f"{self.name} must be {self.type}, not {value!r}.")

    def read(self, text: str) -> TomlValue:
        """The value of a text from the environment or the command line; a list is separated by commas.

        Raises:
            TypeError: as :meth:`check`.
        """
        if isinstance(self.default, tuple):
            return tuple(item.strip() for item in text.split(",") if item.strip())
        if isinstance(self.default, bool):
            return self.check({"true": True, "false": False}.get(text.strip().lower(), text))
        if isinstance(self.default, int | float):
            with suppress(ValueError):
                return self.check(type(self.default)(text))
        return self.check(text)


CONVERT = "convert"
"""The table of what ``convert`` does unless its options say otherwise."""
CONVERT_SETTINGS = (
    Setting("convert.to", "markdown", "what bodies become", ("html", "markdown", "text")),
    Setting("convert.source", "", "how bodies are read; empty: as the name of the file says", ("html", "mixed")),
    Setting(
        "convert.front_matter", "keep", "what becomes of the front matter", ("drop", "json", "keep", "toml", "yaml")
    ),
    Setting("convert.engine", "auto", "what converts: auto, turbohtml or html2text; auto is the first that can"),
    Setting("convert.code", "markdown", "code spans with links in them: split, or kept as HTML", ("html", "markdown")),
    Setting("convert.links", "", "how links are written; empty: as the form wants", ("drop", "inline", "ref", "text")),
    Setting("convert.images", "", "how pictures are written; empty: as the form wants", ("alt", "drop", "keep")),
    Setting("convert.tables", "tabs", "how plain text shows tables", ("aligned", "tabs")),
    Setting("convert.width", 0, "the cells to wrap plain text to; 0: it is not wrapped"),
    Setting("convert.seconds", 30.0, "the most seconds that one post may take", least=1),
)
"""Each with its default; ``convert.html2text`` is a table of its own."""
HTML2TEXT = "convert.html2text"
"""The table of html2text's own options, which the engine of that name is given."""
HTML2TEXT_SETTINGS = tuple(
    Setting(f"{HTML2TEXT}.{name}", default, doc)
    for name, default, doc in (
        ("backquote_code_style", True, "code blocks between fences, not indented"),
        ("baseurl", "", "the address that relative links are joined to"),
        ("body_width", 0, "the characters to wrap lines to; 0: none are wrapped"),
        ("bypass_tables", False, "tables stay HTML"),
        ("close_quote", '"', "what q ends with"),
        ("default_image_alt", "", "the text of pictures without one"),
        ("emphasis_mark", "*", "what stands around emphasis"),
        ("escape_snob", True, "escape all that could be Markdown"),
        ("google_doc", False, "read the styles that Google Docs exports"),
        ("google_list_indent", 36, "the pixels that Google Docs indents a nested list by"),
        ("hide_strikethrough", False, "leave out what Google Docs struck through"),
        ("ignore_emphasis", False, "write no emphasis"),
        ("ignore_images", False, "write no pictures"),
        ("ignore_links", False, "write the text of links only"),
        ("ignore_mailto_links", False, "write the text of mailto: links only"),
        ("ignore_tables", False, "write rows of tables as lines"),
        ("images_as_html", False, "pictures stay HTML"),
        ("images_to_alt", False, "write the text of pictures only"),
        ("images_with_size", False, "pictures with a width or a height stay HTML"),
        ("include_sup_sub", False, "sup and sub stay HTML"),
        ("inline_links", True, "addresses beside their links, not at the end"),
        ("links_each_paragraph", False, "addresses behind each paragraph, with inline_links off"),
        ("mark_code", False, "code blocks between [code] and [/code]"),
        ("open_quote", '"', "what q starts with"),
        ("pad_tables", False, "cells of a column as wide as the widest"),
        ("protect_links", True, "addresses between < and >"),
        ("single_line_break", False, "one line end behind blocks, not two"),
        ("skip_internal_links", False, "links into the same page as text only"),
        ("strong_mark", "**", "what stands around strong emphasis"),
        ("ul_item_mark", "-", "what stands before items"),
        ("unicode_snob", True, "characters as they are, not (C) or -- in ASCII"),
        ("use_automatic_links", True, "<address> for a link whose text is its address"),
        ("wrap_links", False, "wrap lines within links"),
        ("wrap_list_items", False, "wrap the lines of items"),
        ("wrap_tables", False, "wrap the lines of tables"),
    )
)
"""Each with the default that loses least, which is not always html2text's."""


def check_html2text(options: Iterable[tuple[str, object]]) -> None:
    """Look at options of html2text that came from elsewhere than a configuration file.

    Raises:
        ConfigError: there is no such option, or its value is of the wrong type.
    """
    known = {setting.name.rpartition(".")[2]: setting for setting in HTML2TEXT_SETTINGS}
    for name, value in options:
        if name not in known:
            raise ConfigError(f"{HTML2TEXT}.{name}: there is no such setting{did_you_mean(name, known)}")
        try:
            known[name].check(value)
        except TypeError as error:
            raise ConfigError(str(error)) from None
