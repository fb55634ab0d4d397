"""Importing what was made to do harm, by the command: what is said, what is written, and that nothing else is."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newscli.cli.app import run

Report = list[dict[str, Any]]
Import = Callable[[Path], tuple[int, Report]]

WP = 'xmlns:wp="http://wordpress.org/export/1.2/"'
EXPANDING = '<!DOCTYPE r [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ITEM = "<item><title>{0}</title><description>{0}</description></item>"
DEEP = 100_000


@pytest.fixture
def imports(site: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    def call(path: Path) -> tuple[int, Report]:
        status = run(["import", "-C", str(site), "--report", "-", str(path)])
        return int(status), [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return stream.getvalue()


FEED = "<?xml version='1.0'?>{}<rss version='2.0'><channel>{}</channel></rss>"
REFUSED = [
    ("a.xml", FEED.format(EXPANDING, ITEM.format("&b;")), "entities"),
    ("a.xml", FEED.format(OUTSIDE, ITEM.format("&a;")), "entities"),
    ("a.xml", FEED.format(OUTSIDE, ITEM.format("&a;")).replace("<rss", f"<rss {WP}"), "entities"),
    ("a.xml", "<rss version='2.0'><channel>" + "<a>" * DEEP + "</a>" * DEEP + "</channel></rss>", "levels deep"),
    ("a.json", "[" * DEEP + "]" * DEEP, "nested too deep"),
    ("a.jsonl", '{"title": "t", "body": "b", "x": ' + "[" * DEEP + "]" * DEEP + "}\n", "nested too deep"),
    ("a.jsonl", '{"title": "t", "body": "b", "x": ' + "9" * 5000 + "}\n", "a number of thousands of digits"),
    ("a.zip", archive(a=b"x")[:-9], "is no archive that can be read"),
    ("a.md", "---\ntitle: a\0b\n---\n", "nothing that is known"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED)
def test_what_cannot_be_read_safely_is_refused_and_named(
    imports: Import, tmp_path: Path, site: Path, name: str, content: str | bytes, reason: str
) -> None:
    before = files(site)
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    status, (result,) = imports(tmp_path / name)
    assert (status, result["outcome"]) == (3, "failed")
    assert reason in result["reason"]
    assert files(site) == before


ALIASES = "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghij"))
TAMED = [
    ("a.md", "---\ntitle: " + "[" * 5000 + "]" * 5000 + "\n---\nbody\n"),
    ("a.md", "---\ntitle: t\nn: " + "9" * 5000 + "\n---\nbody\n"),
    ("a.md", f"---\ntitle: t\na: &a [1]\n{ALIASES}---\nbody\n"),
    ("a.html", "<title>t</title>" + "<div>" * DEEP + "body"),
    ("a.html", "<title>t</title><article>" + "<ul><li>" * 3000 + "body</article>"),
    ("a.html", "<title>t</title>body" + "<a " * 50_000),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), TAMED, ids=range(len(TAMED)))
def test_what_is_only_too_much_becomes_a_post_that_reads(
    imports: Import, tmp_path: Path, site: Path, name: str, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    status, report = imports(tmp_path / name)
    assert (status, [line["outcome"] for line in report]) == (0, ["created"])
    assert "body" in (site / report[0]["path"]).read_text(encoding="utf-8")
    run(["list", "-C", str(site), "is:broken", "--count"])
    assert capsys.readouterr().out == "0\n"


def test_members_that_lead_out_of_an_archive_bombs_and_links_are_left_out(
    imports: Import, tmp_path: Path, site: Path
) -> None:
    post = b"---\ntitle: good\n---\nx\n"
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("../../evil.md", "/evil.md", "C:\\evil.md", "good.md"):
            packed.writestr(zipfile.ZipInfo(name), post)
        packed.writestr("bomb.md", b"---\ntitle: bomb\n---\n" + b"0" * 30_000_000)
        link = zipfile.ZipInfo("link.md")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    status, report = imports(tmp_path / "a.zip")
    assert status == 0
    assert [(line["outcome"], line["title"]) for line in report if line["outcome"] != "warning"] == [
        ("created", "good")
    ]
    reasons = [line["reason"] for line in report if line["outcome"] == "warning"]
    assert sorted(reason.partition(": ")[2] for reason in reasons) == [
        "it is a symbolic link",
        "it unpacks to more than 200 times its size",
        *["its name leads out of the archive"] * 3,
    ]
    assert files(site) == {"_config.yml", "_posts", "_drafts", "_drafts/good.md"}
    assert not list(tmp_path.rglob("*evil*"))


def test_an_archive_in_an_archive_is_not_opened(imports: Import, tmp_path: Path, site: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive(inner=archive(post=b"---\ntitle: a\n---\nx\n")))
    status, (result,) = imports(tmp_path / "a.zip")
    assert (status, result["outcome"], result["count"]) == (0, "skipped", 1)
    assert not list((site / "_posts").iterdir())


def test_links_and_pipes_in_a_folder_are_not_followed(imports: Import, tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\nx\n", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    (folder / "a.md").write_text("---\ntitle: a\n---\nx\n", encoding="utf-8")
    status, report = imports(folder)
    assert (status, [line["title"] for line in report if line["outcome"] == "created"]) == (0, ["a"])
    assert sum("symbolic link" in (line["reason"] or "") for line in report) == 3


RUNNING = [
    ("content", "<p onclick=x()>a<script>alert(1)</script></p>", "<p>a</p>"),
    ("content", '<p><a href="javascript:alert(1)">l</a></p>', "<p><a>l</a></p>"),
    ("content", "<p><img src=x onerror=y></p>", '<p><img src="x"></p>'),
    ("content", "<p>{{ site.secret }}</p>", "<p>{% raw %}{{ site.secret }}{% endraw %}</p>"),
    ("content", "<p>{% include x %}</p>", "<p>{% raw %}{% include x %}{% endraw %}</p>"),
    ("content", "<p>a</p><svg onload=z><script>x</script></svg>", "<p>a</p>"),
    ("markdown", "[x](javascript:alert(1))", "[x](#javascript:alert(1))"),
    ("markdown", "a <script>alert(1)</script>", "a &lt;script>alert(1)&lt;/script>"),
    ("markdown", "```\n{{ a }}\n```", "```\n{% raw %}{{ a }}{% endraw %}\n```"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "body", "kept"), RUNNING)
def test_what_would_run_on_the_site_does_not(
    imports: Import, tmp_path: Path, site: Path, key: str, body: str, kept: str
) -> None:
    record = {"title": "{{ site.x }}", key: body, "date": "2022-06-07"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    _, (result,) = imports(tmp_path / "a.jsonl")
    assert (site / result["path"]).read_text(encoding="utf-8").partition("\n---\n")[2] == f"{kept}\n"


PRIVATE = [
    "127.0.0.1:9", "localhost:9", "[::1]:9", "0x7f000001", "2130706433", "127.1", "169.254.169.254", "0.0.0.0:9",
    "[::ffff:127.0.0.1]", "10.0.0.1", "[fd00::1]", "100.64.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_no_private_address_is_fetched_from_however_it_is_written(
    site: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "-C", str(site), f"http://{host}/feed.xml"]) == 3
    assert "is not a public address: refused (--allow-private allows it)" in capsys.readouterr().err
