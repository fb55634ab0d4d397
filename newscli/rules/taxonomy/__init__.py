"""T: tags and categories."""

from newscli.rules.taxonomy import keys, kinds, letters, lists, texts, vocabulary

__all__ = ["keys", "kinds", "letters", "lists", "texts", "vocabulary"]
