"""What is measured and against what: the two tables to add to."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.workshop import Workshop


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
    """

    name: str
    command: str
    peers: tuple[str, ...] = ()
    prepare: Callable[[Workshop], None] | None = None
    accept: tuple[int, ...] = (0,)
    set_up: Callable[[Workshop], None] | None = None
    slow: bool = False


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


LOOP = """
import sys
from pathlib import Path
from html2text import HTML2Text

out = Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
for path in Path(sys.argv[1]).iterdir():
    head, fence, body = path.read_text(encoding="utf-8", errors="replace").partition("\\n---\\n")
    converter = HTML2Text(bodywidth=0)
    converter.unicode_snob = True
    (out / path.name).write_text(head + fence + converter.handle(body), encoding="utf-8", errors="replace")
"""
"""What a user of html2text would write, in one process."""


def write_loop(workshop: Workshop) -> None:
    """The program of :data:`LOOP`."""
    (workshop.folder / "loop.py").write_text(LOOP, encoding="utf-8")


def change_indexed_text(workshop: Workshop) -> None:
    """Change 1 % of the posts of an archive whose full text was up to date."""
    index_text(workshop)
    workshop.change()


def make_records(workshop: Workshop) -> None:
    """A record for every post, as a scraper writes them: title, time and the whole text."""
    with (workshop.folder / "records.jsonl").open("w", encoding="utf-8") as stream:
        for number, path in enumerate(workshop.posts):
            text = path.read_bytes().decode("utf-8", "replace")
            title = f"{number}: {text[30:60]} #"
            record = {"headline": title, "time": 1_600_000_000 + 60 * number, "content": f"<p>{text}</p>", "id": number}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


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


WORDS = ("储能政策", "轮渡", "的", "2024", "ETF", "zzyzx")
"""Searched for: a phrase, a word, a character that nearly every post has, a number, an English word, one in no post."""

PEERS = {
    case.name: case
    for case in [
        Case("python", "python -c pass"),
        Case("rg", "rg -l {at.tag} {at.archive}/_posts"),
        *(Case(f"rg {word}", f"rg -l {word} {{at.archive}}/_posts", accept=(0, 1)) for word in WORDS),
        *(Case(f"rg -c {word}", f"rg -c {word} {{at.archive}}/_posts", accept=(0, 1)) for word in WORDS),
        Case("hugo", "hugo list all --source {at.folder}/hugo", set_up=make_hugo_site),
        Case(
            "zk",
            "zk list --quiet --no-pager --notebook-dir {at.clean} --tag {at.tag} --limit 20 --format oneline",
            set_up=make_zk_notebook,
        ),
        Case(
            "html2text",
            "python {at.folder}/loop.py {at.archive}/_posts {at.folder}/converted",
            prepare=clear,
            set_up=write_loop,
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
LISTING = ("python", "rg", "hugo", "zk", "jekyll")
CASES = [
    Case("newscli --version", "newscli --version", ("python",)),
    Case("list", "newscli list -C {at.archive} --tag {at.tag} -n 20", LISTING, index),
    Case("list --no-sync", "newscli list -C {at.archive} --no-sync --tag {at.tag} -n 20", LISTING, index),
    Case("first build", "newscli index rebuild -C {at.archive}", ("python", "rg", "hugo", "jekyll"), forget),
    Case("convert", "newscli convert -C {at.archive} -q -o {at.folder}/converted", ("python", "html2text"), clear),
    Case("refresh after 1 %", "newscli index update -C {at.archive}", ("python", "rg", "hugo"), change),
    *(
        Case(
            f"search {word}",
            f"newscli search -C {{at.archive}} {word} -n 20 -l",
            ("python", f"rg {word}", f"rg -c {word}", "zk"),
            index_text,
            accept=(0, 1),
        )
        for word in WORDS
    ),
    Case("search two words", "newscli search -C {at.archive} 轮渡 的 -n 20", ("python", "rg 轮渡"), index_text),
    Case("search like one", "newscli search -C {at.archive} --like {at.posts[0].name} -n 20", ("python",), index_text),
    Case("search duplicates", "newscli search -C {at.archive} is:duplicate --count", ("python",), index_text, (0, 1)),
    Case("search, first", "newscli search -C {at.archive} 轮渡 --count", ("python", "rg 轮渡"), forget),
    Case("search after 1 %", "newscli search -C {at.archive} 轮渡 --count", ("python", "rg 轮渡"), change_indexed_text),
    Case("import", IMPORT, ("python",), empty_site, set_up=make_records),
    Case("import again", IMPORT, ("python",), full_site, set_up=make_records),
]
"""The cases of newscli, a line each."""
