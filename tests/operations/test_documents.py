import os
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscli.dialect import Dialect
from newscli.fulltext.documents import Document, Work
from newscli.operations import documents as module
from newscli.operations.documents import body_text, preparing, sketch
from newscli.operations.variants import Variants
from newscli.store import Store


@pytest.fixture
def store(site: Path) -> Store:
    return Store(site, "", Dialect("jekyll"), in_posts=True)


def work(path: str, file: bytes | None = None) -> Work:
    return Work(1, path, 1, None, "标题 Title", "甲\n乙", file)


def prepare(store: Store, *works: Work, **settings: Any) -> list[Document]:
    return [document for batch in preparing(store, **settings)(works) for document in batch]


def test_a_document_of_a_post(store: Store, write: Callable[..., Path]) -> None:
    write("a.md", body="<p>新<b>能</b>源 Energy</p>")
    (document,) = prepare(store, work("_posts/a.md"))
    assert document.texts is not None
    title, names, body = (text.split() for text in document.texts)
    assert (title, names) == (["标", "题", "␣", "title"], ["甲", "¶", "乙"])
    assert body == ["新", "能", "源", "␣", "energy"]
    assert set(document.grams[2].split()) >= {"e", "en", "gy"}
    assert document.words.split() == ["energy", "title"]


def test_a_post_that_is_the_same_has_no_texts(store: Store, write: Callable[..., Path]) -> None:
    write("a.md")
    (document,) = prepare(store, work("_posts/a.md"))
    assert prepare(store, work("_posts/a.md", document.file)) == [Document(document.file)]
    write("a.md", body="other")
    (changed,) = prepare(store, work("_posts/a.md", document.file))
    assert changed.texts is not None
    (renamed,) = prepare(store, work("_posts/a.md", changed.file)._replace(title="other"))
    assert renamed.texts is not None


def test_words_are_handed_over_once(store: Store, write: Callable[..., Path]) -> None:
    write("a.md", body="one two")
    write("b.md", body="two three")
    first, second = prepare(store, work("_posts/a.md"), work("_posts/b.md"))
    assert (first.words.split(), second.words.split()) == (["one", "title", "two"], ["three"])


def test_broken_missing_and_foreign_files_are_read_as_well_as_may_be(store: Store, write: Callable[..., Path]) -> None:
    (store.root / "_posts" / "broken.md").write_text("---\ntitle: 'x\n---\n正文", encoding="utf-8")
    (store.root / "_posts" / "gbk.md").write_bytes("---\ntitle: x\n---\n金融新闻网站的正文内容".encode("gbk"))
    write("real.md", body="linked")
    (store.root / "_posts" / "link.md").symlink_to("real.md")
    (store.root / "_posts" / "folder.md").mkdir()
    assert "正文" in body_text(store, "_posts/broken.md")
    assert body_text(store, "_posts/gbk.md") == "金融新闻网站的正文内容"
    assert body_text(store, "_posts/link.md") == "linked"
    assert body_text(store, "_posts/none.md") == ""
    assert body_text(store, "_posts/folder.md") == ""


def test_two_processes_make_the_same_documents(
    store: Store, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(23):
        write(f"{number:02}.md", body=f"post {'甲乙丙'[number % 3]} {'w' * number}")
    works = [work(f"_posts/{number:02}.md") for number in range(23)]
    alone = prepare(store, *works)
    monkeypatch.setattr(module, "_SHARED_FROM", 10)
    monkeypatch.setattr(module, "cores", lambda: 2)
    shared = prepare(store, *works)
    assert [document._replace(words="") for document in shared] == [document._replace(words="") for document in alone]
    assert {word for document in shared for word in document.words.split()} == {
        word for document in alone for word in document.words.split()
    }


def test_a_child_that_dies_is_stood_in_for(
    store: Store, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", body="text")
    monkeypatch.setattr(module, "_SHARED_FROM", 2)
    monkeypatch.setattr(module, "cores", lambda: 2)
    parent, sketch = os.getpid(), module.sketch
    monkeypatch.setattr(module, "sketch", lambda body: sketch(body) if os.getpid() == parent else os._exit(1))
    works = [work("_posts/a.md")] * 8
    assert [document.texts is not None for document in prepare(store, *works)] == [True] * 8


def test_another_form_is_indexed_beside_the_text(store: Store, write: Callable[..., Path]) -> None:
    write("a.md", body="臺灣")
    (document,) = prepare(store, work("_posts/a.md"), variants=Variants(lambda text: text.replace("臺灣", "台湾")))
    assert document.texts is not None
    assert document.texts[2].split() == ["臺", "灣", "¶", "台", "湾"]
    assert document.texts[0].split() == ["标", "题", "␣", "title"]


def test_pairs_of_chinese_characters_are_handed_over_once_where_they_are_wanted(
    store: Store, write: Callable[..., Path]
) -> None:
    write("a.md", body="新能源，abc 能源1")
    write("b.md", body="能源价。新")
    works = [work("_posts/a.md"), work("_posts/b.md")]
    first, second = prepare(store, *works, variants=Variants(pinyin=True))
    assert first.pairs == "新能标题能源"
    assert second.pairs == "源价"
    assert [document.pairs for document in prepare(store, *works)] == ["", ""]


def test_sketches_share_what_texts_share() -> None:
    clauses = [f"clause number {number}" for number in range(10)]
    one, other = sketch(",".join(clauses)), sketch("。".join(reversed(clauses)))
    assert one == other
    assert len(one) == 4 * 10
    assert sketch("short") == b""
    numbers = array("I", sketch(",".join(f"clause {number}" for number in range(100))))
    assert list(numbers) == sorted(numbers)
    assert len(numbers) == module.SKETCH
