"""Where edits and files lie, as the formats of CI services want it."""

import posixpath
from urllib.parse import quote

from newscli.diagnostics import Edit, Fix
from newscli.dialect import position
from newscli.formats import View

Region = tuple[int, int, int, int]
"""Line and column of the start and of the end, one past it; from 1, in code points."""


def region_of(edit: Edit, text: str) -> Region:
    """The place that an edit replaces."""
    return (*position(text, edit.start), *position(text, edit.end))


def merged(fix: Fix, text: str) -> Edit:
    """The edits of a fix as one, from the first to the last, what stands between them included."""
    pieces, place = [], fix.edits[0].start
    for edit in fix.edits:
        pieces += [text[place : edit.start], edit.text]
        place = edit.end
    return Edit(fix.edits[0].start, place, "".join(pieces))


def project_path(path: str, view: View) -> str:
    """The path of a file as seen from the top of the project."""
    return posixpath.normpath(view.project + path) if path else path


def project_uri(path: str, view: View) -> str:
    """The same as a relative URI reference: percent-encoded UTF-8 (RFC 3986); a colon must not look like a scheme."""
    return quote(project_path(path, view).encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")
