"""Read HTML for its text: by turbohtml, or by the standard library's parser, on which html2text is built."""

from newscli.converters.plain import Node


def read(html: str, engine: str, *, positions: bool = False) -> tuple[Node, type]:
    """What a page shows of some HTML as a tree, with the class of its texts.

    Args:
        html: the HTML.
        engine: ``turbohtml`` or ``html2text``.
        positions: whether the elements know where they stand, by ``source_location`` or ``line``; hidden ones may be
            among them.

    Raises whatever the library beneath raises.
    """
    if engine == "html2text":
        from newscli.converters import dom

        return dom.parse(html), dom.Text
    from turbohtml import Text, parse_fragment

    from newscli.converters.hidden import drop

    root = parse_fragment(html, positions=positions, source_locations=positions)
    if not positions:
        drop(html, root)
    return root, Text


def read_any(html: str, *, positions: bool = False) -> tuple[Node, type]:
    """The same by the best engine that can."""
    try:
        return read(html, "turbohtml", positions=positions)
    except Exception:
        return read(html, "html2text")
