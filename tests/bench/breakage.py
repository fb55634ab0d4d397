"""How the generated posts are broken: each kind does to a draft what scrapers and editors have done to real ones."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.bench.vocabulary import cumulate


@dataclass(slots=True)
class Draft:
    """A post before it is written: the pieces that breakages change.

    Attributes:
        name: the file name.
        title, date: the whole line, without its end.
        rest: the other lines of the front matter, each with its end.
        body: what follows the front matter.
        before: text in front of the first fence.
        opening, closing: the fences with their line ends; empty when left out.
        encoding: of the file.
        newline: the line ends written.
    """

    name: str
    title: str
    date: str
    rest: str
    body: str
    before: str = ""
    opening: str = "---\n"
    closing: str = "---\n"
    encoding: str = "utf-8"
    newline: str = "\n"

    def encode(self) -> bytes:
        """The bytes of the file."""
        head = f"{self.before}{self.opening}layout: post\n{self.title}\n{self.date}\n{self.rest}{self.closing}"
        text = head + self.body
        return (text if self.newline == "\n" else text.replace("\n", self.newline)).encode(self.encoding)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to break a post.

    Attributes:
        name: what the manifest calls it.
        outcome: what a strict reader makes of it: ``fails``, ``lost`` or ``odd``.
        apply: does it to a draft.
    """

    name: str
    outcome: str
    apply: Callable[[Draft, Random], None]


def _value(draft: Draft) -> str:
    """The title without its key and quotes."""
    return draft.title.removeprefix('title: "').removesuffix('"')


def _inner_quotes(draft: Draft, rng: Random) -> None:
    value = _value(draft)
    place = rng.randint(1, len(value) - 1)
    draft.title = f'title: "{value[:place]}"好"{value[place:]}"'


def _colon_in_title(draft: Draft, _: Random) -> None:
    draft.title = f"title: 快讯: {_value(draft)}"


def _no_title_no_date(draft: Draft, _: Random) -> None:
    draft.title, draft.date = 'title: ""', "date:  +0800"
    draft.name = f"-{draft.name.rpartition('XW')[2]}"


def _no_opening(draft: Draft, _: Random) -> None:
    draft.opening = ""


def _no_closing(draft: Draft, _: Random) -> None:
    draft.closing = ""


def _merge_conflict(draft: Draft, rng: Random) -> None:
    ours, theirs = draft.title, f'title: "{_value(draft)}（更新）"'
    draft.title = f"<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> {rng.randrange(16**7):07x}"


def _tab(draft: Draft, _: Random) -> None:
    draft.rest += "meta:\n\tsource: scraper\n"


def _reserved_start(draft: Draft, rng: Random) -> None:
    draft.title = f"title: {rng.choice('@`%*')}{_value(draft)}"


def _bad_escape(draft: Draft, _: Random) -> None:
    draft.title = f'title: "{_value(draft)} \\(C\\)"'


def _month_13(draft: Draft, _: Random) -> None:
    draft.date = f"{draft.date[:11]}13{draft.date[13:25]}"


def _gbk(draft: Draft, _: Random) -> None:
    draft.encoding = "gb18030"


def _bom_crlf(draft: Draft, _: Random) -> None:
    draft.before, draft.newline = "\ufeff", "\r\n"


def _blank_line(draft: Draft, _: Random) -> None:
    draft.before = "\n"


def _twice(draft: Draft, _: Random) -> None:
    draft.rest += f'title: "{_value(draft)}（二）"\n'


_WEIGHED: list[tuple[Kind, int]] = [
    (Kind("inner-quotes", "fails", _inner_quotes), 26),
    (Kind("colon-in-title", "fails", _colon_in_title), 12),
    (Kind("no-title-no-date", "odd", _no_title_no_date), 9),
    (Kind("no-opening-fence", "lost", _no_opening), 7),
    (Kind("no-closing-fence", "lost", _no_closing), 5),
    (Kind("reserved-start", "fails", _reserved_start), 5),
    (Kind("merge-conflict", "fails", _merge_conflict), 4),
    (Kind("gbk-bytes", "fails", _gbk), 4),
    (Kind("bom-crlf", "lost", _bom_crlf), 4),
    (Kind("blank-line-first", "lost", _blank_line), 4),
    (Kind("tab-indent", "fails", _tab), 3),
    (Kind("bad-escape", "fails", _bad_escape), 3),
    (Kind("month-13", "fails", _month_13), 3),
    (Kind("duplicate-key", "odd", _twice), 3),
]

KINDS = [kind for kind, _ in _WEIGHED]
"""The kinds of breakage; how common they are follows what was found in the histories of public sites."""

KIND_WEIGHTS = cumulate([weight for _, weight in _WEIGHED])
"""The cumulated weights of KINDS."""
