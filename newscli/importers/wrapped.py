"""Records in the wrappings of other programs, unwrapped: the API of WordPress, and lists of ``{"url", "data"}``."""

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from newscli.importers.bodies.ricos import ricos_html
from newscli.importers.json_stream import loads
from newscli.importers.moments import with_offset_of

_TAXONOMIES = {"category": "categories", "post_tag": "tags", "author": "coauthors"}
_WIX_IMAGE = re.compile(r"wix:image://v1/([^/#]+)")


def unwrap(record: Mapping[str, Any], zone: tzinfo) -> Mapping[str, Any]:
    """The record with its values where a record has them; the same when it is not wrapped."""
    inner = record.get("data")
    if isinstance(inner, Mapping) and "title" in inner and "title" not in record:
        record = {**{key: value for key, value in record.items() if key != "data"}, **inner}
    if isinstance(record.get("Rich Content"), str):
        return _wix(record)
    content = record.get("content")
    return _wordpress(record, zone) if isinstance(content, Mapping) and "rendered" in content else record


def _wordpress(record: Mapping[str, Any], zone: tzinfo) -> Mapping[str, Any]:
    """A post of ``/wp-json/wp/v2/posts``: numbers of terms and authors give way to the embedded names."""
    found = {key: value for key, value in record.items() if key not in ("_embedded", "_links")}
    for name, number in (("author", "author_id"), ("categories", "category_ids"), ("tags", "tag_ids")):
        if name in found:
            found[number] = found.pop(name)
    embedded = record.get("_embedded")
    embedded = embedded if isinstance(embedded, Mapping) else {}
    found["authors"] = [author.get("name") for author in _mappings(embedded.get("author"))]
    groups = embedded.get("wp:term")
    for group in groups if isinstance(groups, list) else []:
        for term in _mappings(group):
            name = str(term.get("taxonomy"))
            found.setdefault(_TAXONOMIES.get(name, name), []).append(term.get("name"))
    for media in _mappings(embedded.get("wp:featuredmedia")):
        found.setdefault("image", media.get("source_url"))
    found["authors"] = found.pop("coauthors", None) or found["authors"]
    if "type" in found:
        found["post_type"] = found.pop("type")
    for name in ("date", "modified"):
        moment = with_offset_of(str(found.get(name, "")), str(found.pop(f"{name}_gmt", "")), zone)
        if moment:
            found[name] = moment.isoformat()
    return found


def _wix(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of the blog export of Wix: its rich content as HTML, its picture's own address as one of the web."""
    found = dict(record)
    try:
        document = loads(found["Rich Content"])
        html = ricos_html(document) if isinstance(document, Mapping) else ""
    except ValueError:
        html = ""  # the plain text is there too
    if html:
        found = {key: value for key, value in found.items() if key not in ("Rich Content", "Plain Content")}
        found["content_html"] = html
    if image := _WIX_IMAGE.match(str(found.get("Cover Image") or "")):
        found["Cover Image"] = f"https://static.wixstatic.com/media/{image[1]}"
    return found


def _mappings(values: object) -> list[Mapping[str, Any]]:
    return [value for value in values if isinstance(value, Mapping)] if isinstance(values, list) else []
