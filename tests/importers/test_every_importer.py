"""What must hold for every importer: nothing makes it raise, cost the square of its size, or lose the rest."""

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Diagnostic, Severity
from newscli.importers import (
    IMPORTERS,
    Article,
    Input,
    Item,
    Limits,
    Options,
    Skipped,
    Source,
    detect,
    detect_members,
    read,
)
from newscli.importers.clean import clean


def packed(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


class Sample(NamedTuple):
    """A small source of each kind with two articles, or two addresses, called One and Two."""

    kind: str
    name: str
    content: bytes


TITLE = '苏州: 驶上"新赛道" #1 @ {{ x }}'  # what breaks front matter that is pasted together
ONE, TWO = "One " + TITLE, "Two " + TITLE
XML_TITLES = [title.replace('"', "&quot;") for title in (ONE, TWO)]
POST = "<html><head><title>{0}</title></head><body><article class='h-entry'><h1 class='p-name'>{0}</h1>{1}</article>"
BODY = "<section class='e-content'><p>Text</p><script>alert(1)</script></section>"
POST_FILE = f"---\ntitle: '{ONE}'\n---\nText\n\n<script>alert(1)</script>\n"
PAGE = POST.format(XML_TITLES[0], BODY)
WXR = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://example.com</link>'
    + "".join(
        f"<item><title>{title}</title><wp:post_type>post</wp:post_type>"
        "<content:encoded><![CDATA[<p>Text</p><script>alert(1)</script>]]></content:encoded></item>"
        for title in XML_TITLES
    )
    + "</channel></rss>"
)
RECORDS = [{"title": title, "content": "<p>Text</p><script>alert(1)</script>"} for title in (ONE, TWO)]
TABLE = "title,content\n" + "".join(
    '"{}","<p>Text</p><script>alert(1)</script>"\n'.format(title.replace('"', '""')) for title in (ONE, TWO)
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>'
    + "".join(
        f"<item><title>{title}</title><description><![CDATA[<p>Text</p><script>alert(1)</script>]]></description></item>"
        for title in XML_TITLES
    )
    + "</channel></rss>"
)
BLOGGER = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><generator>Blogger</generator>"
    + "".join(
        f"<entry><title>{title}</title><content type='html'>&lt;p&gt;Text&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;"
        "</content></entry>"
        for title in XML_TITLES
    )
    + "</feed>"
)
GHOST = {
    "db": [
        {"meta": {"exported_on": 1}, "data": {"posts": [{"title": r["title"], "html": r["content"]} for r in RECORDS]}}
    ]
}
MBOX = "".join(
    f"From x\nFrom: a@b.c\nSubject: {title}\nContent-Type: text/html\n\n<p>Text</p><script>x</script>\n\n"
    for title in (ONE, TWO)
)
OPML = "<opml version='2.0'><body>{}</body></opml>".format(
    "".join(f'<outline text="{title}" xmlUrl="https://{n}.example/"/>' for n, title in enumerate(XML_TITLES))
)
SITEMAP = "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{}</urlset>".format(
    "".join(
        f"<url><loc>https://{n}.example/</loc><n:news><n:title>{title}</n:title></n:news></url>"
        for n, title in enumerate(XML_TITLES)
    )
)
MEDIUM = {f"posts/{n}-0123456789ab.html": POST.format(title, BODY) for n, title in enumerate(XML_TITLES)}
SUBSTACK_ROWS = "".join(
    '{}.s,2024-01-01,TRUE,"{}"\n'.format(n, title.replace('"', '""')) for n, title in enumerate((ONE, TWO))
)
SUBSTACK = {"posts.csv": "post_id,post_date,is_published,title\n" + SUBSTACK_ROWS} | {
    f"posts/{number}.s.html": "<p>Text</p><script>alert(1)</script>" for number in range(2)
}
BUTTONDOWN_ROWS = "".join('"{}",s{}\n'.format(title.replace('"', '""'), n) for n, title in enumerate((ONE, TWO)))
BUTTONDOWN = {"emails.csv": "subject,slug\n" + BUTTONDOWN_ROWS} | {
    f"emails/s{number}.md": "Text <script>alert(1)</script>" for number in range(2)
}

SAMPLES = [
    Sample("blogger", "a.xml", BLOGGER.encode()),
    Sample("buttondown", "a.zip", packed(BUTTONDOWN)),
    Sample("csv", "a.csv", TABLE.encode()),
    Sample("feed", "a.xml", FEED.encode()),
    Sample("ghost", "a.json", json.dumps(GHOST, ensure_ascii=False).encode()),
    Sample("html", "a.html", PAGE.encode()),
    Sample("json", "a.json", json.dumps(RECORDS, ensure_ascii=False, indent=1).encode()),
    Sample("jsonl", "a.jsonl", "\n".join(json.dumps(record) for record in RECORDS).encode()),
    Sample("mail", "a.mbox", MBOX.encode()),
    Sample("medium", "a.zip", packed(MEDIUM | {"README.html": "x"})),
    Sample("opml", "a.opml", OPML.encode()),
    Sample("posts", "a.md", POST_FILE.encode()),
    Sample("sitemap", "a.xml", SITEMAP.encode()),
    Sample("sitemap", "a.xml.gz", gzip.compress(SITEMAP.encode())),
    Sample("substack", "a.zip", packed(SUBSTACK)),
    Sample("tsv", "a.tsv", TABLE.replace('","', '"\t"').replace("title,", "title\t").encode()),
    Sample("wordpress", "a.xml", WXR.encode()),
    Sample("zip", "a.zip", packed({"one.html": PAGE, "two.json": json.dumps(RECORDS[1])})),
]
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.name}")


def found_in(sample: Sample, **options: object) -> list[Item]:
    return list(read(sample.kind, Input.of_bytes(sample.name, sample.content), Options(**options)))  # type: ignore[arg-type]


def titles(found: list[Item]) -> list[str]:
    return [item.title for item in found if isinstance(item, Article | Source)]


def bugs(found: list[Item]) -> list[Item]:
    return [item for item in found if isinstance(item, Diagnostic) and item.code == "I199"]


def test_there_is_a_sample_of_every_importer() -> None:
    # A document of Word needs mammoth, and a folder is a zip with another way in: they have tests of their own.
    assert {sample.kind for sample in SAMPLES} == set(IMPORTERS) - {"docx", "folder"}


@each_sample
def test_it_is_known_by_its_content(sample: Sample) -> None:
    kind = detect(sample.name, sample.content[:65536])
    if kind == "zip" and sample.kind != "zip":
        kind = detect_members(zipfile.ZipFile(io.BytesIO(sample.content)).namelist())
    assert kind == sample.kind


@each_sample
def test_every_title_comes_through_as_it_is(sample: Sample) -> None:
    found = found_in(sample)
    assert titles(found) == ([ONE] if sample.kind in ("html", "posts") else [ONE, TWO])
    assert [item for item in found if isinstance(item, Diagnostic) and item.severity is Severity.ERROR] == []


@each_sample
def test_what_is_cleaned_runs_nothing(sample: Sample) -> None:
    for item in found_in(sample):
        if isinstance(item, Article):
            body = clean(item).body
            assert "Text" in body
            assert "<script" not in body


@each_sample
def test_reading_twice_gives_the_same(sample: Sample) -> None:
    source = Input.of_bytes(sample.name, sample.content)
    assert list(read(sample.kind, source, Options())) == list(read(sample.kind, source, Options()))


@each_sample
def test_a_stream_gives_the_same_as_a_file(sample: Sample) -> None:
    with Input.of_stream(sample.name, io.BytesIO(sample.content)) as source:
        assert list(read(sample.kind, source, Options())) == found_in(sample)


@each_sample
def test_every_item_says_where_it_comes_from(sample: Sample) -> None:
    for item in found_in(sample):
        if isinstance(item, Article | Skipped):
            assert item.origin.startswith(sample.name)


@each_sample
@pytest.mark.parametrize("share", [0.0, 0.1, 0.35, 0.5, 0.66, 0.8, 0.95, 0.999])
def test_a_source_that_is_cut_gives_what_it_has(sample: Sample, share: float) -> None:
    cut = sample._replace(content=sample.content[: int(len(sample.content) * share)])
    found = found_in(cut)
    assert bugs(found) == []
    assert len(titles(found)) <= 2


@each_sample
def test_limits_are_kept(sample: Sample) -> None:
    found = found_in(sample, limits=Limits(document=40, item=40, members=1, unpacked=40, depth=2))
    assert bugs(found) == []
    assert all(len(item.body) <= 40 for item in found if isinstance(item, Article))


@pytest.mark.parametrize("kind", sorted(set(IMPORTERS) - {"folder"}))
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\0" * 100,
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        bytes(range(256)),
        "苏州".encode("gbk"),
        b"<" * 1000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"<a>" * 100_000,
        b"PK\x03\x04",
        b"From \n" * 100,
        b'"' * 1001,
    ],
    ids=range(14),
)
def test_nothing_at_all_raises(kind: str, content: bytes) -> None:
    assert bugs(list(read(kind, Input.of_bytes("a", content), Options()))) == []


def mutated(content: bytes, place: int, change: bytes) -> bytes:
    place %= len(content) + 1
    return content[:place] + change + content[place + len(change) // 2 :]


CHANGES = [
    b"<",
    b">",
    b"&",
    b'"',
    b"\0",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"\xff",
    b"{",
    b"}",
    b",",
    b"\r\n",
    b"</item>",
    b"\\",
]


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(CHANGES)), min_size=1, max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_no_damage_raises(sample: Sample, changes: list[tuple[int, bytes]]) -> None:
    content = sample.content
    for place, change in changes:
        content = mutated(content, place, change)
    found = found_in(sample._replace(content=content))
    assert bugs(found) == []
    for item in found:
        if isinstance(item, Article):
            clean(item).body.encode()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("kind", ["blogger", "feed", "opml", "sitemap", "wordpress"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_entities_are_refused_in_every_character_set(kind: str, encoding: str) -> None:
    text = next(sample.content for sample in SAMPLES if sample.kind == kind).decode()
    text = BOMB + text.partition("?>")[2] if text.startswith("<?xml") else BOMB + text
    (problem,) = read(kind, Input.of_bytes("a", text.replace("One", "&b;&c;").encode(encoding)), Options())
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.severity) == ("I103", Severity.ERROR)


PIECES: dict[str, list[str]] = {
    "html": ["<", "<a ", "<!--", '<a b="', "<script>", "&#", "<div>", "<nav>", "<ul><li>", "<a rel=tag>"],
    "feed": ["<item>", "<item><title>", "<![CDATA[", "&", "<a>"],
    "wordpress": ["<item>", "<item><title>a</title>", "<![CDATA[", "<!--", "</item>", "&lt;", "<pre "],
    "json": ['{"a":', '{"title":"a"},', '"', "}, {"],
    "jsonl": ["{\n", '{"title":"a"}\n', "[" * 50 + "\n"],
    "csv": ['"', ",", "a,b\n", "\r"],
    "mail": ["From a\n\n", "=?a?b?", "A: b\n", "\n"],
}


@pytest.mark.parametrize(("kind", "piece"), [(kind, piece) for kind, pieces in PIECES.items() for piece in pieces])
def test_the_time_grows_with_the_size_only(kind: str, piece: str) -> None:
    head = {"feed": "<rss><channel>", "wordpress": "<rss><channel><item>", "json": "[", "csv": "title,body\n"}.get(
        kind, ""
    )
    content = (head + piece * (30_000 // len(piece))).encode()
    start = time.process_time()
    assert bugs(list(read(kind, Input.of_bytes("a", content), Options()))) == []
    assert time.process_time() - start < 5  # the square of it would be minutes


def endless(kind: str, size: int) -> Callable[[], io.BufferedReader]:
    """A source of this many articles that is never in memory as a whole."""
    pieces = {
        "jsonl": ("", '{{"title": "t{}", "body": "' + "x" * 2000 + '"}}\n', ""),
        "json": ("[", '{{"title": "t{}", "body": "' + "x" * 2000 + '"}},', "{{}}]"),
        "csv": ("title,body\n", "t{}," + "x" * 2000 + "\n", ""),
        "wordpress": ("<rss><channel>", "<item><title>t{}</title><a>" + "x" * 2000 + "</a></item>", "</channel></rss>"),
        "blogger": ("<feed>", "<entry><title>t{}</title><content>" + "x" * 2000 + "</content></entry>", "</feed>"),
        "mail": ("", "From x\nFrom: a@b.c\nSubject: t{}\n\n" + "x" * 2000 + "\n\n", ""),
        "sitemap": ("<urlset>", "<url><loc>https://example.com/t{}</loc><a>" + "x" * 2000 + "</a></url>", "</urlset>"),
    }
    head, piece, tail = pieces[kind]

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.rest = head.encode()
            self.number = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            if not self.rest and self.number < size:
                self.rest = piece.format(self.number).encode()
                self.number += 1
                if self.number == size:
                    self.rest += tail.format().encode()
            part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
            buffer[: len(part)] = part
            return len(part)

    return lambda: io.BufferedReader(Stream())


@pytest.mark.parametrize("kind", ["blogger", "csv", "json", "jsonl", "mail", "sitemap", "wordpress"])
def test_memory_does_not_grow_with_the_number_of_articles(kind: str) -> None:
    import tracemalloc

    source = replace(Input.of_bytes("a", b""), open=endless(kind, 1500))
    first = None
    count = 0
    for item in read(kind, source, Options()):
        count += isinstance(item, Article | Source)
        if count == 100 and first is None:
            tracemalloc.start()
            first = tracemalloc.get_traced_memory()[0]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1500
    assert peak < 4_000_000  # all of it is 3 MB of text, a chunk is 256 KiB
