from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from newscli.diagnostics import Diagnostic
from newscli.importers import Article, Item, Limits, Skipped, detect_members

Items = Callable[..., list[Item]]
Packed = Callable[[Mapping[str, str | bytes]], bytes]

POST = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>T</title>
<style>x</style></head><body><article class="h-entry"><header><h1 class="p-name">The title</h1></header>
<section data-field="subtitle" class="p-summary">The subtitle</section>
<section data-field="body" class="e-content"><section name="a"><h3>The title</h3><p>Text</p></section></section>
<footer>{}</footer></article></body></html>"""
PUBLISHED = """<p>By <a href="https://medium.com/@ann" class="p-author h-card">Ann</a> on
<time class="dt-published" datetime="2018-08-11T11:23:34.123Z">then</time></p>
<p><a href="https://medium.com/@ann/the-address-abcd1234abcd" class="p-canonical">Canonical link</a></p>
<p class="p-tags">Tagged <a class="p-tag" href="/x">Things</a>, <a class="p-tag" href="/y">Stuff</a></p>"""

EXPORT: dict[str, str | bytes] = {
    "README.html": "<p>x",
    "profile/profile.html": "<p>x",
    "posts/2018-08-11_The-address-abcd1234abcd.html": POST.format(PUBLISHED),
    "posts/draft_Another-one-0123456789ab.html": POST.format(""),
    "posts/picture.png": b"\x89PNG",
}


def test_posts_and_drafts_of_an_export(items: Items, packed: Packed) -> None:
    assert detect_members(EXPORT) == "medium"
    post, draft, skipped = items("zip", packed(EXPORT), name="m.zip")
    assert post == Article(
        title="The title",
        body='<section name="a"><p>Text</p></section>',
        date=datetime(2018, 8, 11, 11, 23, 34, 123000, tzinfo=UTC),
        authors=("Ann",),
        tags=("Things", "Stuff"),
        slug="the-address",
        source_url="https://medium.com/@ann/the-address-abcd1234abcd",
        source_id="abcd1234abcd",
        feed="medium.com",
        summary="The subtitle",
        base_url="https://medium.com/@ann/the-address-abcd1234abcd",
        origin="m.zip/posts/2018-08-11_The-address-abcd1234abcd.html",
        alone=True,
    )
    assert isinstance(draft, Article)
    assert (draft.draft, draft.date, draft.slug, draft.source_id) == (True, None, "another-one", "0123456789ab")
    assert skipped == Skipped("m.zip", "page about the account", 2)


def test_the_title_beneath_the_first_line_is_not_written_twice(items: Items, packed: Packed) -> None:
    line = '<div class="section-divider"><hr class="section-divider"></div><div class="section-content">'
    inner = f'<section name="a">{line}<h3>The title</h3><p>Text</p><hr></div></section>'
    page = POST.format(PUBLISHED).replace('<section name="a"><h3>The title</h3><p>Text</p></section>', inner)
    post, *_ = items("zip", packed({**EXPORT, "posts/2018-08-11_The-address-abcd1234abcd.html": page}))
    assert isinstance(post, Article)
    assert post.body == '<section name="a"><div class="section-content"><p>Text</p><hr></div></section>'


@pytest.mark.parametrize("name", ["posts/a.html", "a.html"])
def test_a_single_post_is_read_wherever_it_lies(items: Items, packed: Packed, name: str) -> None:
    (found,) = items("medium", packed({name: POST.format(PUBLISHED)}))
    assert isinstance(found, Article)
    assert found.title == "The title"


def test_a_post_that_cannot_be_unpacked_costs_itself_only(items: Items, packed: Packed) -> None:
    content = packed({"posts/a.html": b"x" * 50, "posts/b.html": POST.format(PUBLISHED)})
    content = content.replace(b"posts/a.html", b"posts/c.html", 1)  # the name in the list is another one
    problem, found = items("medium", content, limits=Limits())
    assert isinstance(problem, Diagnostic)
    assert problem.code == "I110"
    assert isinstance(found, Article)
