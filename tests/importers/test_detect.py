import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.importers import IMPORTERS, detect, detect_members

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
WXR = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (XML + '<rss version="2.0"><channel>', "feed"),
        ("\ufeff\n " + XML + "<rss>", "feed"),
        (XML + "<!-- x --><!-- <html> -->\n<rss>", "feed"),
        ('<!DOCTYPE rss PUBLIC "x" "y">\n<rss>', "feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss>', "feed"),
        (XML + '<?xml-stylesheet href="x"?><feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "feed"),
        ("<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", "feed"),
        (XML + WXR, "wordpress"),
        ("<item><title>a</title><wp:post_id>1</wp:post_id></item>", "wordpress"),
        (XML + "<feed><generator>Blogger</generator>", "blogger"),
        ("<feed xmlns:blogger='http://schemas.google.com/blogger/2018'>", "blogger"),
        (XML + "<opml version='2.0'>", "opml"),
        (XML + "<urlset>", "sitemap"),
        ("<sitemapindex>", "sitemap"),
        ("<!DOCTYPE html><p>", "html"),
        ("<!doctype HTML PUBLIC 'x'>", "html"),
        ("<HTML><head>", "html"),
        ("<p>a", "html"),
        ("<!-- a --><div>", "html"),
        ("<note><to>x</to></note>", None),
        ("<!-- only", None),
        ("<", None),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        ('{"home_page_url": "x", "items": [', "feed"),
        ('{"db": [{"meta": {"exported_on": 1}, "data": {"posts": [', "ghost"),
        ('{"meta": {}, "data": {"posts": [', "ghost"),
        ('{"posts": [{"lexical": "{}"', "ghost"),
        ('{"posts": [{"title": "x"', "json"),
        ('[{"a": 1}]', "json"),
        ("[]", "json"),
        ("{}", "json"),
        ('{\n "a": 1}', "json"),
        ('{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("{% liquid %}", None),
        ("[link](x)", None),
        ("---\ntitle: x\n---\n", "posts"),
        ("+++\ntitle = 'x'\n+++\n", "posts"),
        ("--- \r\ntitle: x\r\n", "posts"),
        ("From ann Wed Jun  5\nFrom: a@b.c\n", "mail"),
        ("Return-Path: <x>\nReceived: from a\n by b\nFrom: a@b.c\nSubject: x\n\nBody", "mail"),
        ("From: a@b.c\r\nSubject: x\r\n\r\nBody", "mail"),
        ("Subject: just a title\n\nText", None),
        ("title,body,date\na,b,c\nd,e,f\n", "csv"),
        ("title\tbody\na\tb\n", "tsv"),
        ("title;body\na;b\n", "csv"),
        ("Just a sentence, with a comma.\nAnd another without.\nAnd more.\n", None),
        ("", None),
        ("   \n", None),
        ("plain text", None),
    ],
)
def test_a_source_is_known_by_its_content(head: str, kind: str | None) -> None:
    assert detect("source", head.encode()) == kind


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.html", "plain text", "html"),
        ("a.HTM", "<custom-element>", "html"),
        ("a.html", "<", "html"),
        ("a.html", "", None),
        ("a.md", "plain text", "posts"),
        ("a.md", "<div>a</div>", "posts"),
        ("a.md", "<!-- x -->\ntext", "posts"),
        ("a.md", "<html>", "html"),
        ("a.md", "{% include x %}", "posts"),
        ("a.md", '{"title": "x"}', "posts"),
        ("a.csv", "title\na\n", "csv"),
        ("a.csv", '[{"a": 1}]', "json"),
        ("a.tsv", "title", "tsv"),
        ("a.csv", "", None),
        ("a.jsonl", '{"a": 1}', "jsonl"),
        ("a.ndjson", '[{"a": 1}]', "jsonl"),
        ("a.eml", "Subject: x\n\nText", "mail"),
        ("a.eml", "text", "mail"),
        ("a.mbox", "From x\nFrom: a\n", "mail"),
        ("a.html", "---\ntitle: x\n---\n<p>", "posts"),
        ("a.js", "a,b\nc,d\n", None),
        ("a.txt", "a,b\nc,d\n", "csv"),
        ("-", "<rss>", "feed"),
    ],
)
def test_its_name_decides_where_the_content_leaves_it_open(name: str, head: str, kind: str | None) -> None:
    assert detect(name, head.encode()) == kind


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a", b"PK\x03\x04" + b"\0" * 26 + b"posts/a.html", "zip"),
        ("a", b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "docx"),
        ("a", b"PK\x03\x04" + b"\0" * 26 + b"_rels/.rels" + b"\0" * 300 + b"word/document.xml", "docx"),
        ("sitemap.xml.gz", b"\x1f\x8b\x08", "sitemap"),
        ("a.gz", b"\x1f\x8b\x08", None),
        ("a.html", b"\x89PNG\0", None),
        ("a.json", b"\0\0", None),
    ],
)
def test_what_is_no_text(name: str, head: bytes, kind: str | None) -> None:
    assert detect(name, head) == kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "gb18030", "latin-1"])
def test_the_character_set_does_not_matter(encoding: str) -> None:
    assert detect("a", "<rss><channel><title>é</title>".encode(encoding)) == "feed"
    assert detect("a", json.dumps([{"title": "é"}], ensure_ascii=False).encode(encoding)) == "json"


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["posts/a.html", "README.html"], "medium"),
        (["export/posts/a.html", "export/profile/profile.html"], "medium"),
        (["posts/a.html"], "folder"),
        (["README.html"], "folder"),
        (["posts.csv", "posts/1.a.html"], "substack"),
        (["x/posts.csv", "x/posts/1.a.html", "x/posts/2.b.html"], "substack"),
        (["posts.csv"], "folder"),
        (["posts.csv", "posts/1.a.md"], "folder"),
        (["blog/a.md", "x/posts.csv", "x/posts/1.a.html"], "folder"),
        (["blog/posts.csv", "pages/posts/1.a.html"], "folder"),
        (["a.md", "old/posts/a.html", "old/readme.html"], "folder"),
        (["Export/README.html", "Export/posts/a.html", "Export/lists/b.html"], "medium"),
        (["posts/a.html", "posts/b.html", "claps/c.html"], "medium"),
        (["emails.csv", "emails/a.md"], "buttondown"),
        (["emails.json", "emails/a.md"], "buttondown"),
        (["emails.csv"], "folder"),
        ([], "folder"),
    ],
)
def test_an_archive_is_known_by_the_names_in_it(names: list[str], kind: str) -> None:
    assert detect_members(names) == kind


@given(
    st.text(max_size=12),
    st.binary(max_size=80) | st.text(alphabet="<!-[]{}?\"':,\n aFromrss", max_size=80).map(str.encode),
)
@settings(max_examples=200, deadline=None)
def test_nothing_raises_and_what_is_found_can_be_read(name: str, head: bytes) -> None:
    assert detect(name, head) in {*IMPORTERS, "posts", None}
