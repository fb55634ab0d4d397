"""Write a deterministic archive of posts to measure with: one-line HTML bodies, Chinese text, some of them broken.

    python tests/bench/generate.py N OUT [--seed 7] [--shard none|month] [--broken 0.02]

N and the seed fix every byte; a post is the same whatever N is and, unless it is broken, whatever the share of broken
ones is. Beside ``OUT/_posts`` stand ``OUT/_config.yml`` and ``OUT/manifest.tsv``, which names the broken posts: path,
kind, and what a strict reader (PyYAML, UTF-8, a fence at the first byte) makes of it: ``fails``, ``lost`` (no front
matter) or ``odd`` (it loads). OUT must not hold posts yet.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.breakage import KIND_WEIGHTS, KINDS, Draft, Kind
from tests.bench.vocabulary import SOURCES, TOPICS, Pools, build_pools, draw

CONFIG = "title: 基准存档\ntimezone: Asia/Shanghai\npermalink: /:categories/:year/:month/:day/:title.html\n"
FIRST_DAY = datetime(2021, 1, 1)  # noqa: DTZ001 - a wall clock; the posts write their zone themselves
SECONDS = 5 * 365 * 86400
RICH = 0.2


@dataclass(frozen=True, slots=True)
class Generated:
    """One post as written: its path below the archive, its bytes, and the kind of breakage, if any."""

    path: str
    content: bytes
    kind: Kind | None


def generate(
    count: int, out: Path, *, seed: int = 7, shard: str = "none", broken: float = 0.02
) -> list[tuple[str, Kind]]:
    """Write ``count`` posts under ``out`` and return the broken ones, in the order of the manifest.

    Raises:
        FileExistsError: ``out`` holds posts already; mixed with them the archive would not be what the seed says.
    """
    pools = build_pools(seed)
    (out / "_posts").mkdir(parents=True)
    (out / "_config.yml").write_text(CONFIG, encoding="utf-8")
    folders: set[str] = set()
    damaged: list[tuple[str, Kind]] = []
    for number in range(count):
        post = make_post(number, pools, seed=seed, shard=shard, broken=broken)
        _write(out, post, folders)
        if post.kind is not None:
            damaged.append((post.path, post.kind))
    lines = [f"{path}\t{kind.name}\t{kind.outcome}\n" for path, kind in damaged]
    (out / "manifest.tsv").write_text("".join(lines), encoding="utf-8")
    return damaged


def make_post(number: int, pools: Pools, *, seed: int, shard: str, broken: float) -> Generated:
    """The post of this number."""
    rng = Random(seed * 1_000_003 + number)
    damage = rng.random() < broken
    kind = draw(rng, KINDS, KIND_WEIGHTS)
    moment = FIRST_DAY + timedelta(seconds=int(rng.random() * SECONDS))
    category, paper = draw(rng, SOURCES, pools.source_weights)
    draft = Draft(
        name=f"{moment:%Y-%m-%d}-XW{moment:%Y%m%d}{number:08d}.md",
        title=f'title: "{_title(rng, pools)}"',
        date=f"date: {moment:%Y-%m-%d %H:%M:%S}{_zone(rng)}",
        rest=f"categories: {category}\n{_tags(rng, f'{paper}新闻', pools)}\n",
        body=_body(rng, number, category, paper, pools),
    )
    if damage:
        kind.apply(draft, rng)
    folder = f"_posts/{moment:%Y/%m}" if shard == "month" else "_posts"
    return Generated(f"{folder}/{draft.name}", draft.encode(), kind if damage else None)


def _title(rng: Random, pools: Pools) -> str:
    chance = rng.random()
    if chance < 0.005:
        return "每日收盘快讯"
    first, second = rng.choices(pools.phrases, k=2)
    if chance < 0.12:
        return f"“{first}”{second}"
    return f"{first}{rng.choice('：，！？ ')}{second}"


def _zone(rng: Random) -> str:
    chance = rng.random()
    return " +0800" if chance < 0.95 else " +08:00" if chance < 0.97 else ""


def _tags(rng: Random, own: str, pools: Pools) -> str:
    """The line or lines of ``tags``: mostly one tag as a string, the rest in the other four ways."""
    chance = rng.random()
    if chance > 0.25:
        return f"tags: {own}"
    tags = [own, *(draw(rng, TOPICS, pools.topic_weights) for _ in range(rng.randint(1, 4)))]
    if chance < 0.10:
        return "tags: [" + ", ".join(f'"{tag}"' for tag in tags) + "]"
    if chance < 0.18:
        return "tags:\n" + "\n".join(f"- {tag}" for tag in tags)
    return "tags: " + (", ".join(tags) if chance < 0.22 else " ".join(tag.replace(" ", "") for tag in tags))


def _body(rng: Random, number: int, category: str, paper: str, pools: Pools) -> str:
    """One line of HTML, a digest before it or not, and the links behind it."""
    rich = rng.random() < RICH
    texts = rng.choices(pools.paragraphs, k=min(60, 2 + int(rng.lognormvariate(2.2, 0.75))))
    digest = f"> {texts[0]}\n\n" if rng.random() < 0.2 else ""
    parts = [f"<p>{text}</p>" for text in texts]
    if rich:
        parts = _enrich(rng, parts, pools)
    parts.append(f'<p class="media">（文章来源：{paper}）</p>')
    html = ("" if rich else " ").join(parts)
    back = f"//archive.example.org/category/{category}.html"
    return (
        f"{digest}{html}\n\n<http://news.example.com/share.html?code=XW{number:08d}>\n\n"
        f"[返回{paper}新闻]({back})｜[返回首页](//archive.example.org/)\n"
    )


def _enrich(rng: Random, parts: list[str], pools: Pools) -> list[str]:
    """Hidden paragraphs, comments, spans, emphasis, pictures, tables, lists: what 20 % of the posts hold."""
    phrases = rng.choices(pools.phrases, k=6)
    code = rng.randrange(10**6)
    extra = [
        '<p style="display:none;height:1px;overflow:hidden;"><br /></p><!-- StockImg_Start -->',
        f'<p style="text-align:center;"><img src="https://img.example.com/k?id={code}&type=k" alt="K {code}" /></p>',
        f"<p><strong>{phrases[0]}</strong></p>",
        f"<p>重<b>点：</b>{phrases[1]}，{_link(code, phrases[2])}。<br /></p>",
        f"<ul><li>{phrases[3]}</li><li>{phrases[4]}</li><li>{phrases[5]}</li></ul>",
        f"<blockquote><p>{rng.choice(pools.paragraphs)}</p></blockquote>",
        _table(rng, phrases),
    ]
    for place, part in enumerate(rng.sample(extra, k=4)):
        parts.insert(min(len(parts), 2 * place), part)
    return parts


def _link(code: int, text: str) -> str:
    """A name that the scraper's source made a link, and the empty span that comes with it."""
    link = f'<a href="http://news.example.com/org/{code}" class="keytip">{text}</a>'
    return f'<span id="org_{code}">{link}</span><span id="quote_{code}"></span>'


def _table(rng: Random, phrases: Sequence[str]) -> str:
    rows = "".join(f"<tr><td>{phrase}</td><td>{rng.randrange(10**5) / 100}</td></tr>" for phrase in phrases)
    return f'<table border="1" cellspacing="0"><tbody><tr><th>名称</th><th>数值</th></tr>{rows}</tbody></table>'


def _write(out: Path, post: Generated, folders: set[str]) -> None:
    """Write one file; ``os.open`` because a Path's own way costs as much as making the post."""
    folder = post.path.rpartition("/")[0]
    if folder not in folders:
        (out / folder).mkdir(parents=True, exist_ok=True)
        folders.add(folder)
    descriptor = os.open(f"{out}/{post.path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(descriptor, post.content)
    finally:
        os.close(descriptor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, write the archive, say how fast it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", metavar="N", type=int)
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shard", choices=["none", "month"], default="none")
    parser.add_argument("--broken", type=float, default=0.02)
    options = parser.parse_args(arguments)
    if (options.out / "_posts").exists():
        parser.error(f"{options.out / '_posts'} exists already")
    start = time.perf_counter()
    damaged = generate(options.count, options.out, seed=options.seed, shard=options.shard, broken=options.broken)
    seconds = time.perf_counter() - start
    rate = options.count / seconds
    sys.stdout.write(f"{options.count} posts ({len(damaged)} broken) in {seconds:.1f} s, {rate:,.0f} posts/s\n")


if __name__ == "__main__":
    main()
