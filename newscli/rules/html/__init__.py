"""H: HTML and Liquid in the body."""

from newscli.rules.html import active, liquid, shape

__all__ = ["active", "liquid", "shape"]
