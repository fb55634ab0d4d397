"""Fixes: how broken front matter is mended, and how edits are applied without harm."""
