"""What the generated archives are made of: invented papers, topics and sentences, pooled once and drawn from."""

import itertools
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")

SOURCES = [
    ("kuaixun", "远川快讯"),
    ("qichuanribao", "栖川日报"),
    ("qingyuwanbao", "青屿晚报"),
    ("beiluxinwen", "北麓新闻"),
    ("yunpuzhoubao", "云浦周报"),
    ("gangwushibao", "港务时报"),
    ("wangshukeji", "望舒科技"),
    ("nanzhinongbao", "南枝农报"),
    ("guidaojiaotong", "轨道交通报"),
    ("chengxinshangye", "澄心商业"),
    ("lanlunengyuan", "蓝鹭能源报"),
    ("xingtingjiaoyu", "星汀教育"),
    ("baishizhengquan", "白石证券"),
    ("tonghuashenghuo", "桐花生活"),
    ("liuyinwenyi", "柳荫文艺"),
    ("fukan", "副刊"),
    ("haishangtiyu", "海上体育"),
    ("lvyouban", "旅游版"),
    ("jiankangban", "健康版"),
    ("sitenews", "站务"),
]
"""The folder-like name of each paper, as in ``categories``, and what it is called; the first are the commonest."""


def _words(text: str) -> list[str]:
    return text.split()


TOPICS = [
    field + kind
    for field, kind in itertools.product(
        _words("储能 轮渡 渔业 茶叶 芯片 机器人 地铁 房产 银行 保险 医药 旅游 教育 天气 水利 园林 夜市 航空 物流 钢材"),
        ["", *_words("政策 公司 数据 访谈 专题 周报 观察 Q&A -2024 C++ ETF .NET")],
    )
]
"""Tags besides the paper's own; the first are the commonest."""

WHEN = _words("昨天 今天上午 上周 本月 去年底 年初以来 三季度 节后首日 截至发稿 傍晚时分 清晨 据悉 此前 与此同时")
WHO = _words("市民 记者 公司 负责人 业内人士 合作社 街道办 管委会 项目组 分析人士 调度中心 投资者 工程师 居民代表")
SAYS = _words("表示 介绍 透露 指出 认为 告诉记者 在公告中称 算了一笔账 回应 补充说 提醒 坦言")
WHAT = _words("订单 产能 客流 票价 水位 收购价 报名人数 用电量 库存 合同金额 租金 成交额 装机规模 到岸量 投诉量")
CHANGE = _words("同比增长 环比下降 回升至 突破 稳定在 降至 累计达到 首次超过 低于预期的 上调至")
UNIT = _words("亿元 万吨 个百分点 万人次 元 台 公里 户 成 天 艘 座")
AND_SO = _words(
    """市场反应平稳 细则将另行公布 不少人连夜排队 其余部分年内完工 请以现场公告为准 后续仍需观察 这在当地还是头一回
    相关各方正在协商 价格由双方另议 天气是最大的变数 老办法遇上了新问题 日子还要一天天过"""
)


def cumulate(weights: Sequence[float]) -> list[float]:
    """The running sums of the weights, scaled so that the last is 1.0: what :func:`draw` takes."""
    sums = list(itertools.accumulate(weights))
    return [total / sums[-1] for total in sums]


def zipf(count: int, exponent: float = 1.1) -> list[float]:
    """Cumulated weights by which the first of ``count`` things are by far the commonest."""
    return cumulate([(rank + 1) ** -exponent for rank in range(count)])


def draw(rng: Random, things: Sequence[T], weights: Sequence[float]) -> T:
    """One of the things, by cumulated weights."""
    return things[min(bisect(weights, rng.random()), len(things) - 1)]


@dataclass(frozen=True, slots=True)
class Pools:
    """Ready-made texts that posts are put together from.

    Attributes:
        paragraphs: one to four sentences each, without markup.
        phrases: four to twelve characters, for titles, table cells and list items.
        source_weights, topic_weights: how common each of SOURCES and TOPICS is.
    """

    paragraphs: list[str]
    phrases: list[str]
    source_weights: list[float]
    topic_weights: list[float]


def build_pools(seed: int) -> Pools:
    """The pools of a seed; the same seed always gives the same."""
    rng = Random(seed)
    names = _invent_names(rng, 3000)
    name_weights = zipf(len(names), 0.9)
    return Pools(
        paragraphs=[_paragraph(rng, names, name_weights) for _ in range(5000)],
        phrases=[_phrase(rng, names) for _ in range(2000)],
        source_weights=zipf(len(SOURCES)),
        topic_weights=zipf(len(TOPICS)),
    )


def _invent_names(rng: Random, count: int) -> list[str]:
    """Words of two or three common characters: the first level of GB 2312, so that thousands of characters occur."""
    characters = [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    return ["".join(rng.choices(characters, k=rng.choice((2, 2, 3)))) for _ in range(count)]


def _phrase(rng: Random, names: Sequence[str]) -> str:
    return rng.choice(names) + rng.choice(WHAT) + rng.choice(CHANGE) + str(rng.randint(1, 999)) + rng.choice(UNIT)


def _sentence(rng: Random, name: str) -> str:
    amount = f"{rng.choice(CHANGE)}{rng.randint(1, 9999) / rng.choice((1, 1, 10, 100)):g}{rng.choice(UNIT)}"
    said = f"{rng.choice(WHEN)}，{name}{rng.choice(WHO)}{rng.choice(SAYS)}，{rng.choice(WHAT)}{amount}"
    end = f"，{rng.choice(AND_SO)}。"
    return f"{said}{end}" if rng.random() < 0.8 else f"“{said}{end}”"


def _paragraph(rng: Random, names: Sequence[str], weights: Sequence[float]) -> str:
    return "".join(_sentence(rng, draw(rng, names, weights)) for _ in range(rng.choice((1, 2, 2, 3, 3, 4))))
