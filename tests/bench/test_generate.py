"""The generated archives are the same every time, and the manifest says truly what is broken."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.breakage import KINDS, Draft, Kind
from tests.bench.generate import Generated, generate, main, make_post
from tests.bench.vocabulary import SOURCES, Pools, build_pools, cumulate, draw, zipf


@pytest.fixture(scope="module")
def pools() -> Pools:
    return build_pools(7)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outcome(content: bytes) -> str:
    """What a reader makes of a file who knows only UTF-8, a fence at the first byte and PyYAML."""
    try:
        match = re.match(r"---\n(.*?)\n---\n", content.decode("utf-8"), re.DOTALL)
        if not match:
            return "lost"
        loaded = yaml.safe_load(match[1])
    except (ValueError, yaml.YAMLError):
        return "fails"
    return "odd" if not loaded["title"] or match[1].count("\ntitle:") > 1 else "good"


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    generate(50, tmp_path / "a", broken=0.3)
    generate(50, tmp_path / "b", broken=0.3)
    assert len(contents(tmp_path / "a")) == 52
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_gives_other_posts(tmp_path: Path) -> None:
    generate(20, tmp_path / "a", seed=1)
    generate(20, tmp_path / "b", seed=2)
    assert not contents(tmp_path / "a").keys() & contents(tmp_path / "b").keys() - {"_config.yml", "manifest.tsv"}


def test_more_posts_begin_with_the_same_ones(tmp_path: Path) -> None:
    generate(20, tmp_path / "few")
    generate(50, tmp_path / "many")
    few, many = contents(tmp_path / "few"), contents(tmp_path / "many")
    assert {name: many[name] for name in few if name != "manifest.tsv"} == {
        name: content for name, content in few.items() if name != "manifest.tsv"
    }


def test_posts_that_are_not_broken_are_the_same_whatever_the_share_is(pools: Pools) -> None:
    some = [make_post(number, pools, seed=7, shard="none", broken=0.5) for number in range(40)]
    none = [make_post(number, pools, seed=7, shard="none", broken=0) for number in range(40)]
    whole = [number for number, post in enumerate(some) if post.kind is None]
    assert 5 < len(whole) < 35
    assert [some[number] for number in whole] == [none[number] for number in whole]


def test_the_manifest_names_the_broken_posts_and_no_others(tmp_path: Path) -> None:
    generate(400, tmp_path, broken=0.5)
    lines = (tmp_path / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    said = {path: (kind, result) for path, kind, result in (line.split("\t") for line in lines)}
    assert {kind for kind, _ in said.values()} == {kind.name for kind in KINDS}
    for path, content in contents(tmp_path).items():
        if path.startswith("_posts/"):
            assert outcome(content) == said.get(path, ("", "good"))[1], path


def test_the_result_is_what_the_manifest_says(tmp_path: Path) -> None:
    broken = generate(60, tmp_path, broken=0.5)
    lines = [f"{path}\t{kind.name}\t{kind.outcome}" for path, kind in broken]
    assert lines == (tmp_path / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    assert lines


def test_about_two_in_a_hundred_are_broken_by_default(tmp_path: Path) -> None:
    assert 5 <= len(generate(700, tmp_path)) <= 30


def test_the_archive_is_a_jekyll_site(tmp_path: Path) -> None:
    generate(1, tmp_path)
    assert yaml.safe_load((tmp_path / "_config.yml").read_text(encoding="utf-8"))["timezone"] == "Asia/Shanghai"


def test_shards_are_months(tmp_path: Path) -> None:
    generate(30, tmp_path, shard="month", broken=0)
    names = [name for name in contents(tmp_path) if name.startswith("_posts/")]
    assert len(names) == 30
    for name in names:
        assert re.fullmatch(r"_posts/(\d{4})/(\d\d)/\1-\2-\d\d-XW\d+\.md", name)


def test_a_folder_with_posts_is_left_alone(tmp_path: Path) -> None:
    generate(1, tmp_path)
    before = contents(tmp_path)
    with pytest.raises(FileExistsError):
        generate(2, tmp_path)
    assert contents(tmp_path) == before


def test_the_posts_have_the_shape_of_the_archive(pools: Pools) -> None:
    posts = [make_post(number, pools, seed=3, shard="none", broken=0).content.decode() for number in range(500)]
    assert 3000 < sum(len(post.encode()) for post in posts) / len(posts) < 5000
    rich = [post for post in posts if "<strong>" in post or "<table" in post or "<ul>" in post]
    assert 60 < len(rich) < 150
    for post in posts:
        lines = post.splitlines()
        assert lines[-3].startswith("<http://news.example.com/")
        assert re.fullmatch(r"\[返回[^\]]+\]\(//[^)]+\)｜\[返回首页\]\(//archive\.example\.org/\)", lines[-1])
        assert lines[-5].endswith("）</p>")


def test_tags_are_written_in_all_ways_and_papers_are_unequal(pools: Pools) -> None:
    posts = [make_post(number, pools, seed=3, shard="none", broken=0).content.decode() for number in range(500)]
    assert all(
        any(re.search(way, post) for post in posts)
        for way in (r"tags: \[", r"tags:\n- ", r"tags: \S+, ", r"tags: \S+\n")
    )
    counts = Counter(re.findall(r"^categories: (\w+)$", "\n".join(posts), re.MULTILINE))
    assert counts.most_common(1)[0][0] == SOURCES[0][0]
    assert counts[SOURCES[0][0]] > 5 * counts[SOURCES[-1][0]]


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6), number=st.integers(0, 10**6))
def test_any_post_can_be_made_and_made_again(pools: Pools, seed: int, number: int) -> None:
    def post() -> Generated:
        return make_post(number, pools, seed=seed, shard="none", broken=1)

    made = post()
    assert made == post()
    assert made.kind is not None
    assert outcome(made.content) == made.kind.outcome


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_breaks_a_post(kind: Kind) -> None:
    draft = Draft("2024-01-02-XW1.md", 'title: "一二三"', "date: 2024-01-02 03:04:05 +0800", "tags: 城市\n", "正文\n")
    assert outcome(draft.encode()) == "good"
    kind.apply(draft, Random(1))
    assert outcome(draft.encode()) == kind.outcome


def test_weights_rise_to_one() -> None:
    assert cumulate([1, 1, 2]) == [0.25, 0.5, 1.0]
    weights = zipf(10, 1)
    assert weights == sorted(weights)
    assert weights[-1] == 1
    assert weights[0] == pytest.approx(0.3414, abs=1e-4)  # 1 / (1 + 1/2 + … + 1/10)


def test_drawing_follows_the_weights() -> None:
    rng = Random(5)
    assert {draw(rng, "abc", [0.5, 0.5, 1.0]) for _ in range(50)} == {"a", "c"}


def test_the_command_writes_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["30", str(tmp_path), "--seed", "9", "--broken", "0"])
    assert re.fullmatch(r"30 posts \(0 broken\) in [\d.]+ s, [\d,]+ posts/s\n", capsys.readouterr().out)
    assert len(list((tmp_path / "_posts").iterdir())) == 30


def test_the_command_refuses_a_full_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["1", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        main(["1", str(tmp_path)])
    assert stopped.value.code == 2
    assert "exists already" in capsys.readouterr().err
