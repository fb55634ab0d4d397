"""Importing a folder of pages, feeds and posts in many character sets, by the command."""

import json
from pathlib import Path
from typing import Any

import pytest

from newscli.cli.app import run

TEXTS = {
    "gb18030": ("gb2312", "重庆银行发布业绩公告", "重庆银行今天发布公告，上半年营业收入同比增长，信贷投放保持稳定。"),
    "big5": ("big5", "臺北捷運新路線通車", "臺北捷運公司今日宣布，環狀線全線通車，沿線居民出行更加方便。"),
    "cp932": (
        "shift_jis",
        "東京の新しい電車",
        "東京メトロは本日、新しい路線の営業を開始した。便利になったとの声が聞かれる。",
    ),
    "cp949": (
        "euc-kr",
        "서울 지하철 새 노선",
        "서울교통공사는 오늘 새로운 노선을 개통했다고 밝혔다. 출퇴근이 편리해졌다.",
    ),
    "koi8-r": (
        "koi8-r",
        "Новости Москвы",
        "Сегодня в Москве открылась новая станция метро. Дорога до работы стала короче.",
    ),
    "cp1251": (
        "windows-1251",
        "Новости Москвы",
        "Сегодня в Москве открылась новая станция метро. Дорога до работы стала короче.",
    ),
    "cp1252": (
        "iso-8859-1",
        "Café “déjà vu”",
        "Le café a rouvert à Genève — c’était une fête très réussie, et les élèves étaient là.",
    ),
    "utf-16": ("utf-16", "重庆银行公告", "重庆银行今天发布公告，上半年营业收入同比增长。"),
    "utf-8-sig": ("utf-8", "重庆银行公告", "重庆银行今天发布公告，上半年营业收入同比增长。"),
}
SAYS_ITSELF = ("utf-16", "utf-8-sig")  # by its mark


def page(label: str, title: str, text: str) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return (
        f"<!DOCTYPE html><html><head>{meta}<title>{title}</title></head><body><article><p>{text}</p></article></body>"
    )


def feed(label: str, title: str, text: str) -> str:
    declared = f' encoding="{label}"' if label else ""
    item = f"<item><guid>tag:{label}</guid><title>{title}</title><description>&lt;p>{text}&lt;/p></description></item>"
    return f'<?xml version="1.0"{declared}?><rss version="2.0"><channel>{item}</channel></rss>'


def post(_label: str, title: str, text: str) -> str:
    return f"---\ntitle: {title}\n---\n{text}\n"


@pytest.mark.parametrize("label", ["right", "none", "wrong"])
@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("kind", [page, feed, post], ids=["html", "xml", "md"])
def test_a_text_is_read_right_and_a_guess_is_said(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: Any, encoding: str, label: str
) -> None:
    known, title, text = TEXTS[encoding]
    wrong = "iso-8859-1" if encoding == "utf-8-sig" else "utf-8"
    written = kind({"right": known, "none": "", "wrong": wrong}[label], title, text)
    ending = {page: "html", feed: "xml", post: "md"}[kind]
    (tmp_path / f"a.{ending}").write_bytes(written.encode(encoding))
    assert run(["import", "-C", str(site), "--report", "-", str(tmp_path / f"a.{ending}")]) == 0
    captured = capsys.readouterr()
    (made,) = (line for line in map(json.loads, captured.out.splitlines()) if line["outcome"] == "created")
    assert made["title"] == title
    assert text in (site / made["path"]).read_text(encoding="utf-8")
    is_known = encoding in SAYS_ITSELF or (label == "right" and kind is not post)
    assert ("--encoding" in captured.err) == (not is_known)


@pytest.mark.parametrize("encoding", ["big5", "koi8-r"])
def test_the_user_knows_better(site: Path, tmp_path: Path, encoding: str) -> None:
    _, title, text = TEXTS[encoding]
    (tmp_path / "a.html").write_bytes(page("gb2312", title, text).encode(encoding))
    assert run(["import", "-C", str(site), "--encoding", encoding, "-q", str(tmp_path / "a.html")]) == 0
    (made,) = (site / "_drafts").iterdir()
    assert f"title: {title}\n" in made.read_text(encoding="utf-8")
