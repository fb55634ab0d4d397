"""Bodies in the forms of other programs (WordPress paragraphs, Lexical, Mobiledoc, Ricos), as HTML."""
