"""Importing as a user does it: the command on a site, its outcomes counted, its files looked at."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscli.cli.app import run
from newscli.importers import Article
from newscli.operations import import_ as operation
from newscli.writing import Style, cleaned
from tests.operations.conftest import PNG, Web, web

__all__ = ["web"]

TITLES = ['"a": b # c', "快讯: 地铁3号线", "@x", "two\nlines", "🩺", "yes", "2022-06-07", "- [x] {y}", "1,000", "'"]
Import = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "scraped.jsonl"
    write_records(path, [{"headline": title, "id": f"NW{number}"} for number, title in enumerate(TITLES)])
    return path


def write_records(path: Path, records: list[dict[str, Any]]) -> None:
    rows = [{"showtime": "2022-06-07 07:17:20", "content": "<p>text</p>", **record} for record in records]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def imports(site: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Run ``newscli import`` on the site; answers the status, the report and what was said on stderr."""

    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        status = run(["import", "-C", str(site), "--report", "-", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return call


MAP = ("--map", "title=headline", "--map", "date=showtime", "--map", "body=content")


def outcomes(report: list[dict[str, Any]]) -> list[str]:
    return [line["outcome"] for line in report]


def posts(site: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((site / "_posts").iterdir())}


def test_records_become_posts_that_read_and_twice_changes_nothing(
    imports: Import, records: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (records, *MAP, "--tag", "新华日报新闻", "--category", "xinhuaribao")
    status, report, said = imports(*arguments)
    assert (status, set(outcomes(report)), len(report)) == (0, {"created"}, len(TITLES))
    assert said.splitlines()[-1] == "10 created · 0 updated · 0 unchanged"
    before = posts(site)
    run(["list", "-C", str(site), "tag:新华日报新闻", "category:xinhuaribao", "-is:broken", "--jsonl"])
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {post["title"] for post in listed} == {" ".join(title.split()) for title in TITLES}
    assert {post["date"] for post in listed} == {"2022-06-07T07:17:20+08:00"}
    status, report, said = imports(*arguments)
    assert (status, set(outcomes(report))) == (0, {"unchanged"})
    assert said == "0 created · 0 updated · 10 unchanged\n"
    assert posts(site) == before


ODD = [
    'He said "yes": 5 # of 7', "“引号”：标题", "a: b: c", "#5", "@地铁", "- x", "&a b", "*a", "!b", "|", ">", "%a",
    "`a`", "a\nb", "a\tb", "👩‍👩‍👧 🚇", "  around  ", "null", "~", "yes", "2022-06-07", "2022-06-07 07:17:20 +0800",
    "1e3", "0x1F", "1_000", "12:30:45", ".inf", "{a: b}", "[a]", "{{ page.url }}", "{% raw %}", "it's", "'", '"',
    "C:\\new", "a #b", "x:", "? q", "---", "...", "=", "<<", "　全角　", "\u200b零\ufeff宽", "\x07bell", "!!str x",
    "a\x85b", "../../etc/passwd", "CON", "长" * 190, "", None,
]  # fmt: skip
SHOWN = [
    "2022-06-07 07:17:20 +0800",
    "2022-06-07",
    "2022-06-07T07:17:20+08:00",
    "2022年06月07日 07:17",
    1654557440,
    "昨天",
    "",
    None,
]
BODY = "<p>据报道，<b>创新集群</b>{0}。</p><script>x()</script>\n\n[返回首页](//news.example.org/)\n"


def test_the_whole_way_of_an_archive(
    imports: Import, tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> tuple[int, str]:
        status = run([arguments[0], "-C", str(site), *arguments[1:]])
        return status, capsys.readouterr().out

    def tree() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(site.rglob("*.md"))}

    records = [
        {
            "headline": title,
            "showtime": SHOWN[number % len(SHOWN)],
            "content": BODY.format(number),
            "code": f"NW{number}",
        }
        for number, title in enumerate(ODD)
    ]
    write_records(tmp_path / "scraped.jsonl", records)
    arguments = (tmp_path / "scraped.jsonl", *MAP, "--tag", "快讯", "--category", "kuaixun")
    status, report, _ = imports(*arguments)
    assert (status, outcomes(report)) == (0, ["created"] * len(ODD))
    assert [line["title"] for line in report[:-2]] == [
        " ".join((title or "").translate({0x200B: None, 0xFEFF: None, 7: None}).split()) for title in ODD[:-2]
    ]
    assert report[-1]["title"] == f"据报道，创新集群{len(ODD) - 1}"
    assert said("list", "--tag", "快讯", "--count") == (0, f"{len(ODD)}\n")
    assert said("search", "创新集群", "--count") == (0, f"{len(ODD)}\n")
    assert said("validate") == (0, "")
    before = tree()
    assert set(outcomes(imports(*arguments)[1])) == {"unchanged"}
    assert tree() == before
    assert said("convert", "--in-place") == (0, "")
    assert said("validate") == (0, "")
    before = tree()
    assert set(outcomes(imports(*arguments)[1])) == {"unchanged"}
    assert set(outcomes(imports(*arguments, "--to", "markdown")[1])) == {"unchanged"}
    assert tree() == before


def test_a_change_at_the_source_is_taken_over_an_edit_here_is_not(imports: Import, tmp_path: Path, site: Path) -> None:
    path = tmp_path / "a.jsonl"
    both = [{"headline": "One", "id": "1"}, {"headline": "Two", "id": "2"}]
    write_records(path, both)
    imports(path, *MAP)
    edited = site / "_posts" / "2022-06-07-two.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "mine\n", encoding="utf-8")
    assert outcomes(imports(path, *MAP)[1]) == ["unchanged", "unchanged"]
    write_records(path, [{**record, "content": "<p>new</p>"} for record in both])
    status, report, said = imports(path, *MAP)
    assert (status, outcomes(report)) == (0, ["updated", "conflict"])
    assert "the edit is kept" in said
    assert posts(site)["2022-06-07-one.md"].endswith("<p>new</p>\n")
    assert posts(site)["2022-06-07-two.md"].endswith("<p>text</p>\nmine\n")
    assert outcomes(imports(path, *MAP, "--overwrite")[1]) == ["unchanged", "updated"]
    assert posts(site)["2022-06-07-two.md"].endswith("<p>new</p>\n")


def test_a_post_that_was_moved_and_renamed_is_found(imports: Import, records: Path, site: Path) -> None:
    imports(records, *MAP)
    moved = site / "news" / "_posts"
    moved.mkdir(parents=True)
    (site / "_posts" / "2022-06-07-yes.md").rename(moved / "2022-01-01-other.md")
    report = imports(records, *MAP)[1]
    assert set(outcomes(report)) == {"unchanged"}
    assert "news/_posts/2022-01-01-other.md" in {line["path"] for line in report}


def test_an_edit_that_breaks_the_post_is_kept(imports: Import, records: Path, site: Path) -> None:
    imports(records, *MAP, "--tag", "a")
    broken = site / "_posts" / "2022-06-07-x.md"
    broken.write_text(broken.read_text(encoding="utf-8").replace("title: '@x'", 'title: "@x" y'), encoding="utf-8")
    report = imports(records, *MAP, "--tag", "b")[1]
    assert sorted(outcomes(report)) == ["conflict", *["updated"] * 9]
    (conflict,) = [line for line in report if line["outcome"] == "conflict"]
    assert "does not parse" in conflict["reason"]


def test_deleted_posts_do_not_come_back_unless_asked(imports: Import, records: Path, site: Path) -> None:
    imports(records, *MAP)
    (site / "_posts" / "2022-06-07-yes.md").unlink()
    for _ in range(2):
        _, report, said = imports(records, *MAP)
        assert sorted(outcomes(report)) == ["skipped", *["unchanged"] * 9]
        assert said.strip().endswith("1 skipped")
    assert sorted(outcomes(imports(records, *MAP, "--restore")[1])) == ["created", *["unchanged"] * 9]
    assert "2022-06-07-yes.md" in posts(site)


def test_a_dry_run_says_the_same_and_writes_nothing(
    imports: Import, records: Path, site: Path, own_cache: Path
) -> None:
    _, dry, said = imports(records, *MAP, "--dry-run")
    assert said.endswith("(dry run: nothing was written)\n")
    assert posts(site) == {}
    assert not (own_cache.parents[1] / "state").exists()
    assert imports(records, *MAP)[1] == dry


def test_a_run_that_was_broken_off_goes_on(imports: Import, tmp_path: Path, records: Path, site: Path) -> None:
    part = tmp_path / "part.jsonl"
    part.write_text("".join(records.read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    records.rename(tmp_path / "whole.jsonl")
    part.rename(records)
    imports(records, *MAP)
    (tmp_path / "whole.jsonl").rename(records)
    assert sorted(outcomes(imports(records, *MAP)[1])) == [*["created"] * 6, *["unchanged"] * 4]


def test_a_run_that_is_interrupted_says_how_far_it_came_and_goes_on(
    imports: Import, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(article: Article, style: Style) -> Article:
        if article.title == TITLES[4]:
            raise KeyboardInterrupt
        return cleaned(article, style)

    with monkeypatch.context() as patch:
        patch.setattr(operation, "cleaned", interrupted)
        status, report, said = imports(records, *MAP)
    assert (status, outcomes(report)) == (130, ["created"] * 4)
    assert "4 created · 0 updated · 0 unchanged (interrupted: the same command goes on)\n" in said
    assert sorted(outcomes(imports(records, *MAP)[1])) == [*["created"] * 6, *["unchanged"] * 4]


def test_existing_files_are_never_written_over(imports: Import, tmp_path: Path, site: Path, write: Any) -> None:
    mine = write("2022-06-07-one.md", title="Mine")
    text = mine.read_text(encoding="utf-8")
    write_records(tmp_path / "a.jsonl", [{"headline": "One", "id": "1"}, {"headline": "One", "id": "2"}])
    report = imports(tmp_path / "a.jsonl", *MAP)[1]
    assert [line["path"] for line in report] == ["_posts/2022-06-07-one-2.md", "_posts/2022-06-07-one-3.md"]
    assert mine.read_text(encoding="utf-8") == text


def test_an_article_met_twice_in_a_run_counts_once(imports: Import, tmp_path: Path) -> None:
    write_records(tmp_path / "a.jsonl", [{"headline": "One", "id": "1"}, {"headline": "Other words", "id": "1"}])
    report = imports(tmp_path / "a.jsonl", *MAP)[1]
    assert [(line["outcome"], line["reason"]) for line in report] == [
        ("created", None),
        ("skipped", "met before in this run"),
    ]


def test_failures_are_named_and_the_rest_is_done(imports: Import, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "A", "body": "x"}\nno json\n{"title": "B", "body": "y"}\n', encoding="utf-8")
    status, report, said = imports(path)
    assert (status, outcomes(report)) == (3, ["created", "failed", "created"])
    assert f"failed: {path}:2: " in said


def test_what_is_odd_about_a_source_is_a_warning_and_counts_nowhere(imports: Import, tmp_path: Path) -> None:
    page = "<title>重庆银行发布公告</title><article><p>重庆银行今天发布公告，业绩增长</p></article>"
    (tmp_path / "a.html").write_bytes(page.encode("gb18030"))
    status, report, said = imports(tmp_path / "a.html")
    assert (status, outcomes(report), report[0]["title"]) == (0, ["created", "warning"], "重庆银行发布公告")
    assert said.startswith(f"warning: {tmp_path}/a.html:1: declares no character set that fits: read as gb18030; ")
    assert said.splitlines()[1] == "1 created · 0 updated · 0 unchanged"


def test_why_things_are_left_alone_is_said_by_kinds(imports: Import, tmp_path: Path) -> None:
    item = "<item><title>{0}</title><wp:post_type>{1}</wp:post_type></item>"
    kinds = ["post", "revision", *["attachment"] * 3]
    items = "".join(item.format(f"T{number}", kind) for number, kind in enumerate(kinds))
    head = '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    (tmp_path / "a.xml").write_text(f"{head}{items}</channel></rss>", encoding="utf-8")
    assert imports(tmp_path / "a.xml")[2].splitlines() == [
        "skipped: 3 × attachment",
        "skipped: 1 × revision",
        "1 created · 0 updated · 0 unchanged · 4 skipped",
    ]


def test_titles_that_lead_elsewhere_stay_in_the_posts_folder(imports: Import, tmp_path: Path, site: Path) -> None:
    names = ["../../evil", "..", "/etc/passwd", "CON", "a\x00b", "\u202egnp.exe", "x" * 500]
    write_records(tmp_path / "a.jsonl", [{"headline": title, "slug": title, "id": title} for title in names])
    status, report, _ = imports(tmp_path / "a.jsonl", *MAP)
    assert (status, set(outcomes(report))) == (0, {"created"})
    assert all(line["path"].startswith("_posts/2022-06-07-") and line["path"].count("/") == 1 for line in report)
    assert sorted(path.name for path in site.iterdir()) == ["_config.yml", "_posts"]


def test_a_posts_folder_that_is_a_link_out_of_the_store_is_refused(
    imports: Import, records: Path, site: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / "_posts").rmdir()
    (site / "_posts").symlink_to(outside)
    status, report, _ = imports(records, *MAP)
    assert (status, set(outcomes(report))) == (3, {"failed"})
    assert not list(outside.iterdir())


@pytest.mark.parametrize(("settings", "name"), [("Asia/Shanghai", "2022-06-08-one.md"), ("", "2022-06-07-one.md")])
def test_the_day_in_a_name_is_that_of_the_site(
    imports: Import, tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str], settings: str, name: str
) -> None:
    (site / "_config.yml").write_text(f"timezone: {settings}\n" if settings else "title: x\n", encoding="utf-8")
    write_records(tmp_path / "a.jsonl", [{"headline": "One", "showtime": "2022-06-07 17:15:00 +0100", "id": "1"}])
    imports(tmp_path / "a.jsonl", *MAP)
    assert "date: 2022-06-07 17:15:00 +0100\n" in posts(site)[name]
    assert run(["validate", "-C", str(site)]) == 0
    assert capsys.readouterr().out == ""


def test_options_of_writing(imports: Import, tmp_path: Path, site: Path) -> None:
    write_records(
        tmp_path / "a.jsonl", [{"headline": "Über uns", "content": "<p>a <b>b</b></p><script>x</script>", "id": 1}]
    )
    imports(
        tmp_path / "a.jsonl", *MAP, "--to", "markdown", "--slug", "ascii", "--layout", "wide", "--set", "draft=true",
        "--set", "lang=zh", "--set", "note=a: b", "--set", "list=[1, x]",
    )  # fmt: skip
    (text,) = posts(site).values()
    assert list(posts(site)) == ["2022-06-07-uber-uns.md"]
    assert text.endswith("draft: true\nlang: zh\nnote: 'a: b'\nlist:\n- 1\n- x\n---\na **b**\n")
    assert "layout: wide\n" in text


def test_feeds_of_the_settings_are_fetched_when_they_changed(imports: Import, site: Path, web: Web) -> None:
    item = "<item><title>{0}</title><guid>tag:{0}</guid><description>x</description></item>"
    web.pages = {"/rss": f"<rss version='2.0'><channel>{item.format('One')}</channel></rss>".encode()}
    settings = f'timezone = "Asia/Shanghai"\n[[feeds]]\nurl = "{web.url}/rss"\ncategory = "c"\ntags = ["t"]\n'
    (site / "newscli.toml").write_text(settings, encoding="utf-8")
    assert outcomes(imports("--feeds", "--allow-private")[1]) == ["created"]
    (drafted,) = (site / "_drafts").iterdir()
    assert "categories:\n- c\ntags:\n- t\n" in drafted.read_text(encoding="utf-8")
    status, (line,), said = imports("--feeds", "--allow-private")
    assert (status, line["reason"], said) == (0, "not changed since the last time", "")  # cron writes no mail
    (site / "_drafts" / drafted.name).unlink()
    assert outcomes(imports("--feeds", "--allow-private", "--restore")[1]) == ["created"]
    status, report, _ = imports("--feeds")
    assert (status, outcomes(report)) == (3, ["failed"])


def test_a_feed_of_which_a_post_could_not_be_written_is_fetched_in_full_again(
    imports: Import, site: Path, tmp_path: Path, web: Web
) -> None:
    item = "<item><title>One</title><guid>tag:1</guid><description>x</description></item>"
    web.pages = {"/rss": f"<rss version='2.0'><channel>{item}</channel></rss>".encode()}
    (site / "newscli.toml").write_text(f'[[feeds]]\nurl = "{web.url}/rss"\n', encoding="utf-8")
    (site / "_drafts").symlink_to(tmp_path)
    status, report, _ = imports("--feeds", "--allow-private")
    assert (status, outcomes(report)) == (3, ["failed"])
    (site / "_drafts").unlink()
    assert outcomes(imports("--feeds", "--allow-private")[1]) == ["created"]
    assert outcomes(imports("--feeds", "--allow-private")[1]) == ["skipped"]
    assert web.asked == [("/rss", 200), ("/rss", 200), ("/rss", 304)]


def test_a_feed_that_cannot_be_read_is_a_failure_each_time(imports: Import, site: Path, web: Web) -> None:
    (site / "newscli.toml").write_text(f'[[feeds]]\nurl = "{web.url}/rss"\n', encoding="utf-8")
    web.pages = {"/rss": b"\0\1\2"}
    for _ in range(2):
        status, report, _ = imports("--feeds", "--allow-private")
        assert (status, outcomes(report)) == (3, ["failed"])


def test_what_says_what_it_said_is_not_made_into_a_post_again(
    imports: Import, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports(records, *MAP)
    made: list[str] = []

    def noted(article: Article, style: Style) -> Article:
        made.append(article.title)
        return cleaned(article, style)

    monkeypatch.setattr(operation, "cleaned", noted)
    assert set(outcomes(imports(records, *MAP)[1])) == {"unchanged"}
    assert made == []
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    records.write_text("".join([lines[0].replace("text", "more"), *lines[1:]]), encoding="utf-8")
    assert sorted(outcomes(imports(records, *MAP)[1])) == [*["unchanged"] * 9, "updated"]
    assert made == [TITLES[0]]
    assert set(outcomes(imports(records, *MAP, "--tag", "new")[1])) == {"updated"}
    assert len(made) == 1 + len(TITLES)


def test_what_was_converted_since_is_what_a_converting_import_would_write(
    imports: Import, records: Path, site: Path
) -> None:
    imports(records, *MAP)
    assert run(["convert", "-C", str(site), "--in-place", "-q"]) == 0
    before = posts(site)
    assert set(outcomes(imports(records, *MAP)[1])) == {"unchanged"}
    assert set(outcomes(imports(records, *MAP, "--to", "markdown")[1])) == {"unchanged"}
    assert posts(site) == before


def test_what_is_wrong_with_an_article_is_said_when_it_is_written_and_not_again(
    imports: Import, tmp_path: Path, site: Path
) -> None:
    write_records(tmp_path / "a.jsonl", [{"headline": "One", "showtime": "soon", "id": "1"}])
    assert "'soon' is no date" in imports(tmp_path / "a.jsonl", *MAP)[2]
    status, (line,), said = imports(tmp_path / "a.jsonl", *MAP)
    assert (status, line["outcome"], len(line["problems"])) == (0, "unchanged", 1)
    assert said == "0 created · 0 updated · 1 unchanged\n"
    assert "'soon' is no date" in imports(tmp_path / "a.jsonl", *MAP, "-v")[2]
    (post,) = (site / "_drafts").iterdir()
    post.write_text(post.read_text(encoding="utf-8") + "mine\n", encoding="utf-8")
    said = imports(tmp_path / "a.jsonl", *MAP, "--tag", "new")[2]
    assert "'soon' is no date" in said
    assert "the edit is kept" in said


def test_pictures_come_along(imports: Import, tmp_path: Path, site: Path, web: Web) -> None:
    web.pages = {"/a.png": PNG}
    content = '<p><img src="/a.png"><img src="/gone.png"></p>'
    write_records(tmp_path / "a.jsonl", [{"headline": "One", "content": content, "url": f"{web.url}/post"}])
    arguments = (tmp_path / "a.jsonl", *MAP, "--assets", "img", "--allow-private")
    status, (line,), said = imports(*arguments)
    (kept,) = (site / "img").iterdir()
    (text,) = posts(site).values()
    assert f'<img src="/img/{kept.name}"><img src="{web.url}/gone.png">' in text
    assert (status, line["outcome"]) == (0, "created")
    assert "gone.png answers with status 404" in said
    assert outcomes(imports(*arguments)[1]) == ["unchanged"]


def page(title: str, text: str) -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body>"


def test_a_page_without_an_address_that_changed_is_the_post_it_was(imports: Import, tmp_path: Path, site: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page("One", "first"), encoding="utf-8")
    assert outcomes(imports(file)[1]) == ["created"]
    file.write_text(page("One", "second"), encoding="utf-8")
    (line,) = imports(file)[1]
    assert line["outcome"] == "updated"
    (post,) = (site / "_drafts").iterdir()
    assert "second" in post.read_text(encoding="utf-8")
    moved = file.rename(tmp_path / "moved.html")
    assert outcomes(imports(moved)[1]) == ["unchanged"]
    post.write_text(post.read_text(encoding="utf-8").replace("second", "edited"), encoding="utf-8")
    moved.write_text(page("One", "third"), encoding="utf-8")
    assert [outcomes(imports(moved)[1]) for _ in range(2)] == [["conflict"], ["conflict"]]
    post.unlink()
    assert outcomes(imports(moved)[1]) == ["skipped"]
    moved.write_text(page("Two", "another page under the same name"), encoding="utf-8")
    assert outcomes(imports(moved)[1]) == ["created"]


def test_pictures_that_could_not_be_had_are_asked_for_again_though_the_feed_is_what_it_was(
    imports: Import, site: Path, web: Web
) -> None:
    item = '<item><title>{0}</title><guid>tag:{0}</guid><description>&lt;img src="/{0}.png"&gt;</description></item>'
    feeds = {f"/{name}": f"<rss version='2.0'><channel>{item.format(name)}</channel></rss>" for name in "abc"}
    same = feeds["/a"].replace("tag:a", "tag:another").replace("<title>a", "<title>another")
    feeds = {f"{name}.rss": text for name, text in {**feeds, "/d": same}.items()}
    web.pages = {name: text.replace('"/', f'"{web.url}/').encode() for name, text in feeds.items()}
    web.pages |= {"/b.png": PNG, "/c.png": b"no picture"}
    settings = "".join(f'[[feeds]]\nurl = "{web.url}{name}"\n' for name in feeds)
    (site / "newscli.toml").write_text(settings, encoding="utf-8")
    arguments = ("--feeds", "--allow-private", "--assets", "img")
    assert outcomes(imports(*arguments)[1]) == ["created"] * 4
    web.pages["/a.png"] = PNG + b"a"
    assert outcomes(imports(*arguments)[1]) == ["updated", "skipped", "skipped", "updated"]
    assert outcomes(imports(*arguments)[1]) == ["skipped"] * 4


def test_adopting_looks_and_writes_nothing(site: Path, write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    write("2022-06-07-a.md", title="A", tags="x")
    write("2022-06-08-b.md", title='"B" c')
    write("2022-06-09-c.md", title='"C" d')
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    assert run(["import", "--adopt", str(site)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Y102\terror\t2\t_posts/2022-06-08-b.md:2:10\t")
    assert "3 posts, 2022-06-07 to 2022-06-09; 0 drafts" in captured.err
    assert "2 broken, 0 without a title, 0 without a date" in captured.err
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_many_remarks_are_counted_rather_than_said(imports: Import, tmp_path: Path) -> None:
    write_records(tmp_path / "a.jsonl", [{"headline": f"T{n}", "showtime": "soon", "id": n} for n in range(30)])
    _, _, said = imports(tmp_path / "a.jsonl", *MAP)
    assert said.count("'soon' is no date") == 20
    assert "30 remarks in all" in said
    _, _, said = imports("-v", "--overwrite", "--tag", "x", tmp_path / "a.jsonl", *MAP)
    assert said.count("'soon' is no date") == 30


WRONG = [
    ((), "name what to import"),
    (("--feeds",), "no feeds in the settings"),
    (("gone.xml",), "no such file"),
    (("--adopt", ".", "-"), "leave out the sources"),
    (("-", "--set", "x"), "KEY=VALUE"),
    (("-", "--map", "x"), "FIELD=KEY"),
    (("-", "--from", "x"), "no importer 'x'"),
    (("-", "--assets", "/"), "within the archive"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_use_is_told_before_anything_happens(imports: Import, arguments: tuple[str, ...], message: str) -> None:
    status, report, said = imports(*arguments)
    assert (status, report) == (2, [])
    assert message in said


def test_the_report_goes_to_a_file(site: Path, records: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    assert run(["import", "-C", str(site), str(records), "-q", "--report", str(report)]) == 0
    assert len(report.read_text(encoding="utf-8").splitlines()) == len(TITLES)
    assert run(["import", "-C", str(site), str(records), "-q"]) == 0


def test_a_report_that_cannot_be_written_is_told(site: Path, records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "-C", str(site), str(records), "--report", str(site)]) == 2
    assert "cannot write" in capsys.readouterr().err
    assert posts(site) == {}


@pytest.mark.parametrize(
    ("written", "key"),
    [([], "pubDate"), (["publishDate", "publishDate", "date"], "publishDate"), (["date", "date", "pubDate"], "date")],
)
def test_on_an_astro_site_the_date_has_the_key_of_its_posts(
    written: list[str], key: str, records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "astro"
    (site / "src" / "content").mkdir(parents=True)
    (site / "astro.config.mjs").write_text("export default {}\n")
    for number, name in enumerate(written):
        (site / "src" / "content" / f"{number}.md").write_text(f"---\ntitle: a\n{name}: 2022-01-01\n---\nx\n")
    assert run(["import", "-C", str(site), "--report", "-", str(records), *MAP]) == 0
    made = [site / json.loads(line)["path"] for line in capsys.readouterr().out.splitlines()]
    assert len(made) == len(TITLES)
    for path in made:
        text = path.read_text("utf-8")
        assert f"\n{key}: 2022-06-07T07:17:20" in text
        assert sum(f"\n{other}: " in text for other in ("date", "pubDate", "publishDate")) == 1
