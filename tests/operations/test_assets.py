from pathlib import Path

import pytest

from newscli.config import Config
from newscli.discovery import open_store
from newscli.errors import NewscliError
from newscli.importers.article import Article
from newscli.importers.fetch import Fetcher, Policy
from newscli.ledger import Ledger
from newscli.operations.assets import Assets, open_assets, without_size
from newscli.places import Places
from tests.operations.conftest import PNG, Web


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "site" / "_posts").mkdir(parents=True)
    store = open_store(tmp_path / "site", Config())
    fetcher = Fetcher(Policy(allow_private=True, attempts=1))
    ledger, places = Ledger(tmp_path / "ledger.sqlite"), Places(store.root)
    return open_assets("./assets/img/", store, fetcher, ledger, places, dry=False)


def body(assets: Assets, text: str, *, markdown: bool = False) -> tuple[str, list[str]]:
    article, warnings, _ = assets.localise(Article(body=text, body_format="markdown" if markdown else "html"))
    return article.body, warnings


def test_pictures_are_kept_once_under_the_hash_of_their_content(assets: Assets, web: Web) -> None:
    web.pages = {"/a.png": PNG, "/b.jpg?v=2": PNG}
    text, warnings = body(assets, f'<p><img alt="a" src="{web.url}/a.png?w=300"> <img src="{web.url}/b.jpg?v=2&w=9">')
    (kept,) = (assets.root / "assets" / "img").iterdir()
    assert kept.read_bytes() == PNG
    link = f"/assets/img/{kept.name}"
    assert text == f'<p><img alt="a" src="{link}"> <img src="{link}">'
    assert (warnings, kept.suffix, len(kept.stem)) == ([], ".png", 24)


def test_the_largest_of_several_sizes_is_taken(assets: Assets, web: Web) -> None:
    web.pages = {"/l.png": PNG}
    text, _ = body(
        assets, f'<img src="{web.url}/s.png" srcset="{web.url}/s.png 300w, {web.url}/l.png 900w" sizes="1px">'
    )
    assert text.startswith('<img src="/assets/img/')
    assert "srcset" not in text
    assert "sizes" not in text
    assert [path for path, _ in web.asked] == ["/l.png"]


def test_markdown_pictures_and_the_head_picture(assets: Assets, web: Web) -> None:
    web.pages = {"/a_(1).png": PNG, "/b.png": PNG}
    text, _ = body(assets, f'![x]({web.url}/a_(1).png "t") [x]({web.url}/b.png) ![y](<{web.url}/b.png>)', markdown=True)
    (kept,) = (assets.root / "assets" / "img").iterdir()
    link = f"/assets/img/{kept.name}"
    assert text == f'![x]({link} "t") [x]({web.url}/b.png) ![y]({link})'
    assert assets.localise(Article(image=f"{web.url}/b.png"))[0].image == link


def test_a_picture_is_fetched_once_for_ever(assets: Assets, web: Web) -> None:
    web.pages = {"/a.png": PNG}
    for _ in range(3):
        body(assets, f'<img src="{web.url}/a.png">')
    assert web.asked == [("/a.png", 200)]
    (kept,) = (assets.root / "assets" / "img").iterdir()
    kept.unlink()
    body(assets, f'<img src="{web.url}/a.png">')
    assert kept.is_file()


def test_what_cannot_be_had_stays_a_link_and_is_said_and_tried_once(assets: Assets, web: Web) -> None:
    web.pages = {"/a.svg": b"<svg onload='x()'/>"}
    for picture, reason in (("/gone.png", "status 404"), ("/a.svg", "no picture of a known kind")):
        text = f'<img src="{web.url}{picture}">'
        again, warnings = body(assets, text)
        assert again == text
        assert len(warnings) == 1
        assert reason in warnings[0]
        assert body(assets, text) == (text, [])
    assert not (assets.root / "assets").exists()


def test_a_dry_run_fetches_nothing(assets: Assets, web: Web) -> None:
    assets.dry = True
    text = f'<img src="{web.url}/a.png"><img src="/local.png"><img>'
    assert body(assets, text) == (text, [])
    assert web.asked == []


@pytest.mark.parametrize("folder", ["/tmp", "../x", "a/../../x", "", "."])
def test_the_folder_lies_in_the_archive(assets: Assets, folder: str) -> None:
    store = open_store(assets.root, Config())
    with pytest.raises(NewscliError, match="within the archive"):
        open_assets(folder, store, assets.fetcher, assets.ledger, assets.places, dry=False)


def test_generators_publish_some_folders_as_the_root(tmp_path: Path, assets: Assets) -> None:
    (tmp_path / "hugo" / "content").mkdir(parents=True)
    (tmp_path / "hugo" / "hugo.toml").touch()
    store = open_store(tmp_path / "hugo", Config())
    made = open_assets("static/img", store, assets.fetcher, assets.ledger, assets.places, dry=False)
    assert (made.folder, made.prefix) == ("static/img", "/img/")


def test_sizes_are_taken_from_addresses() -> None:
    assert without_size("https://e.org/a.png?w=300&h=2#x") == "https://e.org/a.png"
    assert without_size("https://e.org/a.png?id=1&w=300&x=2") == "https://e.org/a.png?id=1&x=2"
    assert without_size("https://e.org/a.png?sw=300") == "https://e.org/a.png?sw=300"


KINDS = [
    (b"\xff\xd8\xff\xe0 and so on", ".jpg"),
    (b"GIF89a and so on", ".gif"),
    (b"BM and so on", ".bmp"),
    (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
    (b"\0\0\0\x1cftypavif\0", ".avif"),
]


@pytest.mark.parametrize(("content", "ending"), KINDS)
def test_a_picture_is_what_its_first_bytes_say_whatever_its_name(
    assets: Assets, web: Web, content: bytes, ending: str
) -> None:
    web.pages = {"/a.php": content}
    text, warnings = body(assets, f"<img src={web.url}/a.php>")
    (kept,) = (assets.root / "assets" / "img").iterdir()
    assert (kept.suffix, kept.read_bytes(), warnings) == (ending, content, [])
    assert text == f'<img src="/assets/img/{kept.name}">'


@pytest.mark.parametrize("content", [b"<svg xmlns='x'/>", b"<html>", b"", b"%PDF-1.4", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_bitmap_stays_a_link(assets: Assets, web: Web, content: bytes) -> None:
    web.pages = {"/a.png": content}
    text, (warning,) = body(assets, f'<img src="{web.url}/a.png">')
    assert text == f'<img src="{web.url}/a.png">'
    assert warning == f"{web.url}/a.png is no picture of a known kind; the link stays"
    assert not (assets.root / "assets").exists()


def test_a_picture_without_address_of_its_own_gets_that_of_its_sizes(assets: Assets, web: Web) -> None:
    web.pages = {"/l.png": PNG}
    text, _ = body(assets, f'<p><img alt="a" srcset="{web.url}/s.png 1x, {web.url}/l.png 2x"></p><img alt="b">')
    (kept,) = (assets.root / "assets" / "img").iterdir()
    assert text == f'<p><img src="/assets/img/{kept.name}" alt="a" ></p><img alt="b">'


def test_a_picture_that_went_missing_here_is_fetched_again(assets: Assets, web: Web) -> None:
    web.pages = {"/a.png": PNG}
    first, _ = body(assets, f'<img src="{web.url}/a.png">')
    (kept,) = (assets.root / "assets" / "img").iterdir()
    kept.unlink()
    assert body(assets, f'<img src="{web.url}/a.png">')[0] == first
    assert kept.read_bytes() == PNG
    assert len(web.asked) == 2
