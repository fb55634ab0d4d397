"""D: the dates in the front matter."""

from newscli.rules.dates import days, readable, style, zones

__all__ = ["days", "readable", "style", "zones"]
