"""What each form of a term finds, in Python and in SQL alike."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscli.diagnostics import Diagnostic, Severity
from newscli.entry import Entry
from newscli.query import Query, moment, names_folded

Ask = Callable[..., Query]
Find = Callable[[Query, Iterable[Entry]], list[str]]

CHINA = timezone(timedelta(hours=8))
FAULT = Diagnostic("c", 1, 1, "Y101", Severity.ERROR, "broken")
REMARK = Diagnostic("b", 1, 1, "Y201", Severity.WARNING, "odd")

ENTRIES = [
    Entry(
        path="_posts/2022-06-07-a.md",
        id="3f9a000000000000",
        slug="Alpha-Post",
        title="新华日报：Ｃ++ 与 AI 100% 创新_集群",
        date=datetime(2022, 6, 7, 23, 30, tzinfo=CHINA),
        tags=("新华日报新闻", "C++", "two words"),
        categories=("XinhuaRibao",),
        authors=("Smith, John", "李雷"),
        layout="Post",
        words=500,
        html=True,
        meta={
            "source": "新华社",
            "Weight": 3,
            "toc": True,
            "empty": "  ",
            "nothing": None,
            "image": {"url": "http://x/a.png", "size": {"w": 640}},
            "links": ["one", {"to": "two"}],
            "a.b": "dotted",
            "date": "2022-06-07",
        },
    ),
    Entry(
        path="_posts/[b].html",
        id="3e00000000000000",
        slug="b",
        title="[B]",
        date=datetime(2030, 1, 1, tzinfo=UTC),
        draft=True,
        words=499,
        html=False,
        problems=(REMARK,),
        meta={"weight": "3.5", "list": [], "map": {}, "source": ["x", "新华社 "], "zero": 0, "no": False},
    ),
    Entry(path="_Posts/c.md", id="00ffffffffffffff", slug="c", date_raw="soon", problems=(REMARK, FAULT)),
]
A, B, C = (entry.path for entry in ENTRIES)

FOUND = [
    # words and phrases: title, tags, categories, authors; folded
    ("新华日报", [A]),
    ("c++", [A]),
    ("Ｃ＋＋", [A]),
    ('"与 ai"', [A]),
    ("两会", []),
    ("xinhua", [A]),
    ("李雷", [A]),
    ("100%", [A]),
    ("新_集", [A]),
    ("新%集", []),
    ('"words xinhua"', []),  # a phrase does not reach from one name into the next
    ("新华社", []),  # a word does not look into other keys
    # members
    ("tag:新华日报新闻", [A]),
    ("tag:新华日报", []),
    ("tag:c＋＋", [A]),
    ("tag:新华*", [A]),
    ("tag:*新闻", [A]),
    ("tag:C??", [A]),
    ("tag:C?", []),
    ("tag:=C??", []),
    ("tag:two words", [A]),
    ("tag:nothing,c++", [A]),
    ("tag~^C\\+", [A]),
    ("tag~^new", []),
    ("category:xinhuaribao", [A]),
    ("category:李雷", []),
    # parts
    ("title:创新", [A]),
    ("title:[b", [B]),
    ("title:=[b]", [B]),
    ("title:=b", []),
    ("title~^新", [A]),
    ("title~ai", [A]),  # a pattern without capitals takes both cases
    ("title~aI", []),
    ("title~\\S\\SAI", []),
    ("title~与\\sAI", [A]),
    ("title~^\\w+", [A]),  # Chinese characters are letters
    ("author:john", [A]),
    ('author:"smith, john"', [A]),
    ("author:=smith", []),
    ("author:=李雷", [A]),
    ("slug:alpha", [A]),
    ("slug:=alpha-post", [A]),
    ("slug~^Alpha", [A]),
    ("layout:post", [A]),
    ("layout:=pos", []),
    ("layout~o", [A]),
    # paths and ids
    ("path:_posts", [B, A]),
    ("path:./_posts/2022-06", [A]),
    ("path:posts", []),
    ("path:*posts/*", [B, A]),
    ("path:_posts/[b]", [B]),
    ("path:_posts/?b?.*", [B]),
    ('path:"_posts/*"', []),
    ("path:=_Posts/c.md", [C]),
    ("path:=_posts/c.md", []),
    ("path~C\\.md", []),
    ("path~c\\.md", [C]),
    ("id:3", [B, A]),
    ("id:3F9", [A]),
    ("id:3f9,0", [A, C]),
    ("id:=3f9", []),
    ("id:=3f9a000000000000", [A]),
    # dates, in the zone of the site
    ("date:2022-06-07", [A]),
    ("date:2022-06-07T15:30Z", [A]),
    ("date:..2022-06-07", [A]),
    ("date:2022-06-08..", [B]),
    ("date:<2022-06-07", []),
    ("date:..9999", [B, A]),
    ("-date:2022", [B, C]),
    # numbers
    ("words:500", [A]),
    ("words:..499", [B]),
    ("words:499..", [B, A]),
    ("words:>499", [A]),
    ("words:<499.5", [B]),
    # states
    ("is:draft", [B]),
    ("draft:true", [B]),
    ("draft:false", [A, C]),
    ("is:broken", [C]),
    ("is:future", [B]),
    ("is:untagged", [B, C]),
    ("is:undated", [C]),
    ("is:html", [A]),
    ("-is:html", [B, C]),
    ("is:undated,draft", [B, C]),
    ("has:title", [B, A]),
    ("no:title", [C]),
    ("has:tags", [A]),
    ("has:categories", [A]),
    ("no:author", [B, C]),
    ("has:date", [B, A]),
    ("has:layout", [A]),
    ("has:words", [B, A]),
    ("has:draft", [B]),
    ("has:path", [B, A, C]),
    ("no:slug,date", [C]),
    # front matter
    ("source:新华", [B, A]),
    ("source:=新华社", [A]),
    ("source~社$", [A]),
    ("source:=x", [B]),
    ("SOURCE:新华", [B, A]),
    ("weight:3", [B, A]),
    ("weight:=3", [A]),
    ("weight:>3", [B]),
    ("weight:3..3.4", [A]),
    ("weight:<3", []),
    ("toc:true", [A]),
    ("toc:>=0", []),
    ("image:png", [A]),
    ("image.url:http", [A]),
    ("image.size.w:>600", [A]),
    ("image.size.h:>600", []),
    ("links:one", [A]),
    ("links.to:two", [A]),
    ("a.b:dotted", [A]),
    ("meta.date:06-07", [A]),
    ("zero:=0", [B]),
    ("no:source", [C]),
    ("has:image", [A]),
    ("has:image.size", [A]),
    ("has:empty", []),
    ("has:nothing", []),
    ("has:list,map", []),
    ("has:zero", [B]),
    ("has:meta.no", [B]),
    ("has:a.b", [A]),
]


@pytest.mark.parametrize(("term", "paths"), FOUND)
def test_terms_find(ask: Ask, find: Find, scan: Find, term: str, paths: list[str]) -> None:
    query = ask(term)
    assert scan(query, ENTRIES) == paths
    assert find(query, ENTRIES) == paths


@pytest.mark.parametrize(
    ("date", "microseconds"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1970, 1, 1, 8, tzinfo=CHINA), 0),
        (datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), -1),
        (datetime(1, 1, 1, tzinfo=CHINA), -62135596800_000000 - 8 * 3600_000000),
        (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), 253402300799_999999),
    ],
)
def test_moments_are_microseconds_since_1970(date: datetime, microseconds: int) -> None:
    assert moment(date) == microseconds


def test_names_are_folded_one_a_line() -> None:
    assert names_folded(ENTRIES[0]) == "新华日报新闻\nc++\ntwo words\nxinhuaribao\nsmith, john\n李雷"
    assert names_folded(ENTRIES[2]) == ""


def test_parameters_are_bound_and_never_part_of_the_sql(ask: Ask) -> None:
    evil = "x'); DROP TABLE posts; --"
    for name in ("title", "tag", "author", "path", "source", "slug"):
        sql, parameters = ask(f'{name}:"{evil}"').where()
        assert "DROP" not in sql
        assert any("DROP TABLE" in str(value).upper() for value in parameters)
    sql, parameters = ask("sort:kx").order()
    assert "kx" not in sql
    assert parameters == ["kx"]


def test_members_are_answered_by_the_index_of_names(ask: Ask) -> None:
    assert ask("tag:新华").where() == (
        "post IN (SELECT post FROM names WHERE kind = 'tag' AND (folded = ?))",
        ["新华"],
    )


def test_front_matter_is_read_only_where_the_key_can_stand(ask: Ask) -> None:
    assert ask("a_b:x").where() == (
        "CASE WHEN meta LIKE ? ESCAPE '\\' THEN newscli_meta(meta, ?, ?, ?) ELSE 0 END",
        ['%"a\\_b"%', "a_b", "contains", "x"],
    )
    assert ask("a.b:x").where()[1][0] == '%"a%'
    assert ask("来源:x").where() == ("newscli_meta(meta, ?, ?, ?)", ["来源", "contains", "x"])


def test_offsets_with_seconds_are_shown_whole(ask: Ask) -> None:
    from zoneinfo import ZoneInfo

    from newscli.query import parse

    shanghai = ZoneInfo("Asia/Shanghai")
    told = parse(["date:..1899"], zone=shanghai, now=datetime(2026, 1, 1, tzinfo=shanghai)).explain()
    assert told == ["date before 1900-01-01 00:00 +08:05:43"]
