"""What is measured and against what: the two tables to add to."""

import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.workshop import ROOT, Workshop


@dataclass(frozen=True, slots=True)
class Case:
    """A command to measure.

    Attributes:
        name: what the table calls it.
        command: the command line; ``{at.archive}``, ``{at.tag}`` and the like are filled in (attributes of Workshop).
        peers: names of PEERS to give ratios to.
        prepare: done before every run, not measured.
        accept: the exit statuses that count as done.
        set_up: done once, before the first round, not measured.
        slow: only measured when asked for.
        probe: of a peer, a command that succeeds where the peer is there; without one its name is sought on PATH.
    """

    name: str
    command: str
    peers: tuple[str, ...] = ()
    prepare: Callable[[Workshop], None] | None = None
    accept: tuple[int, ...] = (0,)
    set_up: Callable[[Workshop], None] | None = None
    slow: bool = False
    probe: str = ""


SETTLED = 2.1
"""Seconds after which the stamps of files that were just written are trusted (``newscli.sweep.SLACK``)."""


def index(workshop: Workshop) -> None:
    """Bring the index up to date once all stamps have settled, so that the measured run finds it warm."""
    time.sleep(SETTLED)
    workshop.call("newscli list -C {at.archive} -n 1")


def index_text(workshop: Workshop) -> None:
    """Bring the full text up to date, too."""
    index(workshop)
    workshop.call("newscli search -C {at.archive} 轮渡 --count")


def forget(workshop: Workshop) -> None:
    """Start without an index."""
    workshop.forget()


def change(workshop: Workshop) -> None:
    """Change 1 % of the posts of an archive whose index was up to date."""
    index(workshop)
    workshop.change()


def clear(workshop: Workshop) -> None:
    """Convert into an empty folder."""
    shutil.rmtree(workshop.folder / "converted", ignore_errors=True)


def change_indexed_text(workshop: Workshop) -> None:
    """Change 1 % of the posts of an archive whose full text was up to date."""
    index_text(workshop)
    workshop.change()


def validated(workshop: Workshop) -> None:
    """Validate once all stamps have settled, so that the measured run finds what is known."""
    index(workshop)
    workshop.call(VALIDATE)


def extract_yaml(workshop: Workshop) -> None:
    """The front matter of every post as a file of its own, for validators that do not read posts; and the schema."""
    folder = workshop.folder / "yaml"
    folder.mkdir()
    for path in workshop.posts:
        head = path.read_bytes().removeprefix(b"---\n").partition(b"\n---")[0]
        (folder / f"{path.stem}.yaml").write_bytes(head + b"\n")
    shutil.copy(ROOT / "newscli" / "schemas" / "jekyll.json", workshop.folder / "schema.json")


def configure_remark(workshop: Workshop) -> None:
    """remark with its linter of schemas, taken from where remark itself is installed; its Ajv knows no 2020-12."""
    schema = json.loads((ROOT / "newscli" / "schemas" / "jekyll.json").read_text(encoding="utf-8"))
    del schema["$schema"]
    (workshop.folder / "remark.json").write_text(json.dumps(schema), encoding="utf-8")
    lint = ["remark-lint-frontmatter-schema", {"schemas": {"./remark.json": ["./archive/_posts/*.md"]}}]
    settings = {"plugins": [["remark-frontmatter", ["yaml"]], lint]}
    (workshop.folder / ".remarkrc.json").write_text(json.dumps(settings), encoding="utf-8")
    program = Path(shutil.which("remark") or "").resolve()
    modules = next((parent for parent in program.parents if parent.name == "node_modules"), None)
    if modules:
        (workshop.folder / "node_modules").symlink_to(modules)


def make_records(workshop: Workshop) -> None:
    """A record for every post, as a scraper writes them: title, time and the whole text."""
    with (workshop.folder / "records.jsonl").open("w", encoding="utf-8") as stream:
        for number, path in enumerate(workshop.posts):
            text = path.read_bytes().decode("utf-8", "replace")
            title = f"{number}: {text[30:60]} #"
            record = {"headline": title, "time": 1_600_000_000 + 60 * number, "content": f"<p>{text}</p>", "id": number}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Archive</title><link>https://archive.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://archive.example.org</wp:base_blog_url>
"""
ITEM = """<item><title><![CDATA[{0}: a post]]></title><link>https://archive.example.org/{0}/</link>
<pubDate>Sun, 13 Sep 2020 12:26:40 +0000</pubDate><dc:creator>desk</dc:creator>
<guid isPermaLink="false">https://archive.example.org/?p={0}</guid><content:encoded><![CDATA[{1}]]></content:encoded>
<wp:post_id>{0}</wp:post_id><wp:post_date>2020-09-13 12:26:40</wp:post_date><wp:post_name>post-{0}</wp:post_name>
<wp:post_date_gmt>2020-09-13 12:26:40</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="t"><![CDATA[tag]]></category></item>
"""


def make_export(workshop: Workshop) -> None:
    """The posts as WordPress exports them."""
    with (workshop.folder / "export.xml").open("w", encoding="utf-8") as stream:
        stream.write(WXR)
        for number, path in enumerate(workshop.posts):
            body = path.read_bytes().decode("utf-8", "replace").partition("\n---\n")[2]
            stream.write(ITEM.format(number, _NO_XML.sub("", body).replace("]]>", "]]")))
        stream.write("</channel></rss>\n")


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def empty_site(workshop: Workshop) -> None:
    """A site without posts into which nothing was ever imported."""
    for name in ("imported", "state"):
        shutil.rmtree(workshop.folder / name, ignore_errors=True)
    (workshop.folder / "imported" / "_posts").mkdir(parents=True)


def full_site(workshop: Workshop) -> None:
    """A site into which the records were imported, its index settled."""
    empty_site(workshop)
    workshop.call(IMPORT)
    time.sleep(SETTLED)
    workshop.call("newscli list -C {at.folder}/imported -n 1")


def make_hugo_site(workshop: Workshop) -> None:
    """The least that Hugo calls a site, with the posts as its content."""
    site = workshop.folder / "hugo"
    site.mkdir()
    settings = f'baseURL = "https://archive.example.org/"\ncontentDir = "{workshop.clean}/_posts"\n'
    (site / "hugo.toml").write_text(settings, encoding="utf-8")


def make_zk_notebook(workshop: Workshop) -> None:
    """A notebook around the posts, indexed once: zk looks for changes itself at every start."""
    workshop.call(f"zk init --no-input {workshop.clean}")
    workshop.call(f"zk index --no-input --quiet --notebook-dir {workshop.clean}")


def _loop(engine: str) -> str:
    """The command that converts the posts by a library in a loop."""
    return f"python {LOOPS}/loop.py {engine} {{at.archive}}/_posts {{at.folder}}/converted"


LOOPS = Path(__file__).with_name("loops")
"""Programs that convert a folder in one process, as users of the peers write them."""

WORDS = ("储能政策", "轮渡", "的", "2024")
"""Searched for: a phrase, a word, a character that nearly every post has, a number."""

PEERS = {
    case.name: case
    for case in [
        Case("python", "python -c pass"),
        Case("rg", "rg -l {at.tag} {at.archive}/_posts"),
        *(Case(f"rg {word}", f"rg -l {word} {{at.archive}}/_posts") for word in WORDS),
        *(Case(f"rg -c {word}", f"rg -c {word} {{at.archive}}/_posts") for word in WORDS),
        Case("hugo", "hugo list all --source {at.folder}/hugo", set_up=make_hugo_site),
        Case(
            "zk",
            "zk list --quiet --no-pager --notebook-dir {at.clean} --tag {at.tag} --limit 20 --format oneline",
            set_up=make_zk_notebook,
        ),
        *(
            Case(name, _loop(name), prepare=clear, probe=f"python -c 'import {module}'")
            for name, module in [
                ("html2text", "html2text"),
                ("frontmatter", "html2text, frontmatter"),
                ("markdownify", "markdownify"),
                ("html-to-markdown", "html_to_markdown"),
            ]
        ),
        Case(
            "turndown",
            f"node {LOOPS}/turndown.js {{at.archive}}/_posts {{at.folder}}/converted",
            prepare=clear,
            probe="node -e 'require(\"turndown\")'",
        ),
        Case(
            "pandoc",
            f"pandoc -f markdown --lua-filter {LOOPS}/pandoc.lua"
            " -M from={at.archive}/_posts -M to={at.folder}/converted /dev/null",
            prepare=clear,
            slow=True,
        ),
        Case(
            "check-jsonschema",
            "sh -c 'check-jsonschema --schemafile {at.folder}/schema.json {at.folder}/yaml/*.yaml'",
            accept=(0, 1),
            set_up=extract_yaml,
        ),
        Case("remark", "remark archive/_posts --quiet --frail", accept=(0, 1), set_up=configure_remark),
        Case("markdownlint-cli2", "markdownlint-cli2 archive/_posts/*.md", accept=(0, 1)),
        Case(
            "wordpress-export-to-markdown",
            "wordpress-export-to-markdown --wizard false --input {at.folder}/export.xml --output {at.folder}/converted"
            " --post-folders false --save-attached-images false --save-scraped-images false",
            prepare=clear,
            set_up=make_export,
        ),
        Case(
            "jekyll",
            "jekyll build --quiet --source {at.clean} --destination {at.folder}/jekyll --disable-disk-cache",
            slow=True,
        ),
    ]
}
"""The programs to compare with, by name; each is measured only when it is on PATH."""

IMPORT = "newscli import -C {at.folder}/imported {at.folder}/records.jsonl --map title=headline --map body=content"
VALIDATE = "newscli validate -C {at.archive} -f concise --exit-zero"
VALIDATORS = ("python", "check-jsonschema", "remark", "markdownlint-cli2")
CONVERTERS = ("html2text", "frontmatter", "markdownify", "html-to-markdown", "turndown", "pandoc")
LISTING = ("python", "rg", "hugo", "zk", "jekyll")
CASES = [
    Case("newscli --version", "newscli --version", ("python",)),
    Case("list", "newscli list -C {at.archive} --tag {at.tag} -n 20", LISTING, index),
    Case("list --no-sync", "newscli list -C {at.archive} --no-sync --tag {at.tag} -n 20", LISTING, index),
    Case("first build", "newscli index rebuild -C {at.archive}", ("python", "rg", "hugo", "jekyll"), forget),
    Case("convert", "newscli convert -C {at.archive} -q -o {at.folder}/converted", ("python", *CONVERTERS), clear),
    Case("convert in a loop", _loop("newscli"), CONVERTERS, clear),
    Case("refresh after 1 %", "newscli index update -C {at.archive}", ("python", "rg", "hugo"), change),
    *(
        Case(
            f"search {word}",
            f"newscli search -C {{at.archive}} {word} -n 20 -l",
            ("python", f"rg {word}", f"rg -c {word}", "zk"),
            index_text,
        )
        for word in WORDS
    ),
    Case("search two words", "newscli search -C {at.archive} 轮渡 的 -n 20", ("python", "rg 轮渡"), index_text),
    Case("search, first", "newscli search -C {at.archive} 轮渡 --count", ("python", "rg 轮渡"), forget),
    Case("search after 1 %", "newscli search -C {at.archive} 轮渡 --count", ("python", "rg 轮渡"), change_indexed_text),
    Case("validate", VALIDATE, VALIDATORS, forget),
    Case("validate, by a schema", f"{VALIDATE} --schema jekyll", VALIDATORS, forget),
    Case("validate again", VALIDATE, VALIDATORS, validated),
    Case("import", IMPORT, ("python",), empty_site, set_up=make_records),
    Case("import again", IMPORT, ("python",), full_site, set_up=make_records),
    Case(
        "import wordpress",
        "newscli import -C {at.folder}/imported {at.folder}/export.xml --to markdown",
        ("python", "wordpress-export-to-markdown"),
        empty_site,
        set_up=make_export,
    ),
]
"""The cases of newscli, a line each."""
