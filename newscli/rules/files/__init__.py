r"""F: the file and the fences around its front matter.

In the examples of all families ``␉ ␍ ␠ ␤`` stand for a tab, a carriage return, a blank and a line feed, ``\u200b`` and
``\x08`` for characters (in F001 for bytes).
"""

from newscli.rules.files import characters, encoding, fences, presence

__all__ = ["characters", "encoding", "fences", "presence"]
