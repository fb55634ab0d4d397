"""The names of HTML elements by what they are to a reader."""


def names(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


PREFORMATTED = names("listing plaintext pre xmp")
"""White space shows in them."""
BLOCKS = PREFORMATTED | names(
    "address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p search"
    " section summary table tbody td tfoot th thead tr ul"
)
"""They start a line of their own."""
CODE = names("code kbd samp tt")
"""Code spans."""
EMPHASIS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "s": "s",
    "strike": "s",
    "del": "s",
}
"""The elements that emphasize, with the shortest of the same kind."""
EMBEDDED = names("audio embed iframe math object video")
"""What a page shows and Markdown has no words for: it stays HTML."""
SHOWN_WITHOUT_TEXT = EMBEDDED | {"img"}
NEVER_SHOWN = names(
    "canvas datalist head map meter noembed noframes noscript progress script select style svg template textarea title"
)
"""Elements without a place in a text: their content is code, a choice, a drawing or shown by no browser of today."""
VOID = names("area base br col embed hr img input link meta param source track wbr")
"""They have no end tag."""
