import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.front_matter import read
from newscli.front_matter.fences import Fences, find_fences, is_block, may_begin

PIECES = st.sampled_from(
    r"""
    --- ... +++ ---- -- — ;;; { } {"a":1} "title":"x", title:\ x date:\ 2022-06-07 tags: \ \ -\ a -\ b #\ remark x\ =\ 1
    [table] title：y prose\ that\ goes\ on <<<<<<<\ HEAD ======= >>>>>>>\ b
    """.replace("\\ ", "\x1f").split()
).map(lambda piece: piece.replace("\x1f", " ")) | st.sampled_from("\n\r\t \u00a0\u3000\x0c\x1c\ufeff\ud800\x00")
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)
LINES = st.lists(PIECES, max_size=8).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda e: e.join(parts))
)


def found(text: str) -> tuple[str, str, str]:
    """The format, the block and the body of a text."""
    fences = find_fences(text)
    return fences.format, text[fences.start : fences.end], text[fences.body :]


def fault(text: str) -> tuple[str, int] | None:
    """The code and the place of what is wrong with the fences of a text."""
    wrong = find_fences(text).fault
    return (wrong.code, wrong.offset) if wrong else None


@settings(max_examples=200, deadline=None)
@given(TEXTS | LINES)
def test_fences_are_found_in_any_text_and_lie_in_order(text: str) -> None:
    fences = find_fences(text)
    assert 0 <= fences.start <= fences.end <= fences.body <= len(text)
    assert fences.format in ("", "yaml", "toml", "json", "members")
    if not fences.format:
        assert fences.fault is not None
        assert (fences.body, fences.fault.code, fences.fault.offset) == (0, "F005", 0)
    if fences.fault:
        assert 0 <= fences.fault.offset <= len(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS | LINES)
def test_what_has_front_matter_may_begin_with_it(text: str) -> None:
    if find_fences(text).format:
        assert may_begin(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS | LINES)
def test_a_block_depends_on_nothing_behind_its_closing_fence(text: str) -> None:
    head = f"---\n{text}\n---\n"
    fences = find_fences(head)
    assert fences.format == "yaml"
    assert find_fences(head[: fences.body] + "title: x\n---\n") == fences


@pytest.mark.parametrize(
    ("text", "format_", "block", "body"),
    [
        ("---\ntitle: x\n---\nbody\n", "yaml", "title: x\n", "body\n"),
        ("---\ntitle: x\n---", "yaml", "title: x\n", ""),
        ("---\n---\nbody", "yaml", "", "body"),
        ("---\ntitle: x\n...\nbody", "yaml", "title: x\n", "body"),
        ("--- \t\ntitle: x\n---  \nbody", "yaml", "title: x\n", "body"),
        ("---\r\ntitle: x\r\n---\r\nbody", "yaml", "title: x\r\n", "body"),
        ("---\r\ntitle: x\n---\r", "yaml", "title: x\n", ""),
        ("\ufeff---\ntitle: x\n---\nbody", "yaml", "title: x\n", "body"),
        ("---\ntitle: x\n----\na: b\n--- x\n---\nbody", "yaml", "title: x\n----\na: b\n--- x\n", "body"),
        ("---\ntext: |\n  ---\n  ...\n---\nbody", "yaml", "text: |\n  ---\n  ...\n", "body"),
        ("---\n\nbody over a rule\n\n---\nmore", "yaml", "\nbody over a rule\n\n", "more"),
        ("+++\ntitle = 'x'\n+++\nbody", "toml", "title = 'x'\n", "body"),
        ("\ufeff+++ \r\ntitle = 'x'\r\n+++ \r\nbody", "toml", "title = 'x'\r\n", "body"),
        ("+++\n+++", "toml", "", ""),
        ('{"title": "x"}\nbody', "json", '{"title": "x"}', "body"),
        ('{\n  "a": {"b": "}"}\n} \t\r\nbody', "json", '{\n  "a": {"b": "}"}\n}', "body"),
        ("{}\nbody", "json", "{}", "body"),
        ("{ }", "json", "{ }", ""),
    ],
)
def test_sound_fences(text: str, format_: str, block: str, body: str) -> None:
    assert found(text) == (format_, block, body)
    assert fault(text) is None


@pytest.mark.parametrize(
    ("text", "format_", "block", "body", "code", "offset"),
    [
        # Bare carriage returns: the old Macintosh, and scrapers.
        ("---\rtitle: x\r---\rbody", "yaml", "title: x\r", "body", "F003", 3),
        ("+++\rtitle = 'x'\r+++\rbody", "toml", "title = 'x'\r", "body", "F003", 3),
        ("title: x\rdate: y\r---\rbody", "yaml", "title: x\rdate: y\r", "body", "F003", 8),
        # Hexo's forms without an opening fence.
        ("title: x\ntags: a\n---\nbody", "yaml", "title: x\ntags: a\n", "body", "F004", 0),
        ("\ufefftitle: x\r\n----\r\nbody", "yaml", "title: x\r\n", "body", "F004", 1),
        ("# remark\n\ntitle: x\n---\nbody", "yaml", "# remark\n\ntitle: x\n", "body", "F004", 0),
        ("'title': x\n---\nbody", "yaml", "'title': x\n", "body", "F004", 0),
        ("title： x\n---\nbody", "yaml", "title： x\n", "body", "F004", 0),
        ("<<<<<<< HEAD\ntitle: x\n=======\ntitle: y\n>>>>>>> b\n---\nz", "yaml", None, "z", "F004", 0),
        ('"title": "x",\n"date": "y"\n;;;\nbody', "members", '"title": "x",\n"date": "y"\n', "body", "F004", 0),
        # No fence at all.
        ("title: x\ndate: 2022-06-07\n\nbody\n", "yaml", "title: x\ndate: 2022-06-07\n", "\nbody\n", "F004", 0),
        ("title: x\nauthor: y", "yaml", "title: x\nauthor: y", "", "F004", 0),
        # A fence that is never closed.
        ("---\ntitle: x\nbody goes on\n", "yaml", "title: x\n", "body goes on\n", "F006", 0),
        ("---\ntitle: x\n\nbody\n", "yaml", "title: x\n", "\nbody\n", "F006", 0),
        (
            "---\n\ntitle: x\n\ntags:\n  - a\n- b\n\n\nbody\n",
            "yaml",
            "\ntitle: x\n\ntags:\n  - a\n- b\n",
            None,
            "F006",
            0,
        ),
        ("---\n# remark\ntitle: x\n\n# remark\ndate: y\n\nbody", "yaml", None, "\nbody", "F006", 0),
        ("---\ntitle: x", "yaml", "title: x", "", "F006", 0),
        ("---\n", "yaml", "", "", "F006", 0),
        ("---", "yaml", "", "", "F006", 0),
        ("---\nprose\n", "yaml", "", "prose\n", "F006", 0),
        ("---\n  indented: x\n", "yaml", "", "  indented: x\n", "F006", 0),
        ("+++\ntitle = 'x'\n[extra]\na = 1\n\nbody", "toml", "title = 'x'\n[extra]\na = 1\n", "\nbody", "F006", 0),
        ("\ufeff---\ntitle: x\n", "yaml", "title: x\n", "", "F006", 1),
        # Blank lines first.
        ("\n---\ntitle: x\n---\nbody", "yaml", "title: x\n", "body", "F007", 0),
        ("\ufeff \t\r\n\u3000\n+++\nt = 1\n+++\nbody", "toml", "t = 1\n", "body", "F007", 0),
        ('\n{"a": 1}\nbody', "json", '{"a": 1}', "body", "F007", 0),
        ("\n---\ntitle: x\n", "yaml", "title: x\n", "", "F006", 1),
        # Fences that are none.
        ("---\ntitle: x\n----\nbody\n", "yaml", "title: x\n", "body\n", "F009", 13),
        ("---\ntitle: x\n-- \nbody\n", "yaml", "title: x\n", "body\n", "F009", 13),
        ("----\ntitle: x\n----\nbody", "yaml", "title: x\n", "body", "F009", 0),
        ("--\ntitle: x\n---\nbody", "yaml", "title: x\n", "body", "F004", 0),
        ("–--\ntitle: x\n---\nbody", "yaml", "title: x\n", "body", "F004", 0),
        ("—\ntitle: x\n--\nbody", "yaml", "title: x\n", "body", "F004", 0),
        ("--- # post\ntitle: x\n---\nbody", "yaml", "title: x\n", "body", "F009", 0),
        ("---title: x\ntags: a\n---\nbody", "yaml", "tags: a\n", "body", "F009", 0),
    ],
)
def test_odd_fences(text: str, format_: str, block: str | None, body: str | None, code: str, offset: int) -> None:
    found_format, found_block, found_body = found(text)
    assert found_format == format_
    assert block is None or found_block == block
    assert body is None or found_body == body
    assert fault(text) == (code, offset)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\ufeff",
        "body\n",
        "# A README\n\nIt says: much.\n\n---\nmore\n",
        "Prose over a rule: yes.\n\n---\n\nMore.\n",
        "A heading\n---------\n\nText\n",
        "Note: this is prose.\n---\n",
        "title: x\n\nbody\n",
        "<html>\n---\n",
        " ---\ntitle: x\n---\n",
        "body\n---\ntitle: x\n---\n",
        "{% include x %}\n",
        "{{ page.title }}\n",
        '{"title": "x"} and prose\n',
        '{"title": "x\nnever closed\n',
        '{"title": "x"]\n}and prose\n',
        '{"a":' * 100_000,
        "++++\ntitle = 1\n++++\n",
        "+++ toml\ntitle = 1\n+++\n",
        "-- an aside\ntext\n--\n",
        "----\nnothing: known\n----\n",
        "----\ntitle: never closed\n",
        '"title": "x"\n;;\n',
        "title: x\n;;;\nbody",
        "x\n;;;\n",
        "\rbody\r",
        "x = 1\ntitle: x\ndate: y\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert find_fences(text).format == ""
    assert fault(text) == ("F005", 0)
    assert found(text)[2] == text


def test_json_that_does_not_parse_ends_at_its_brace() -> None:
    text = '{\n  "title": "x",,\n}\nbody'
    assert find_fences(text) == Fences("json", 0, 20, 21)
    assert found('{"a": ' + "9" * 5000 + "\n}\nbody")[::2] == ("json", "body")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: x\n----\nbody\n", "---- does not close the front matter; write exactly ---"),
        ("---\ntitle: x\n", "put --- on a line of its own under its last key"),
        ("+++\ntitle = 1\n", "put +++ on a line of its own under its last key"),
        ("title: x\n---\n", "only Hexo reads this"),
        ("title: x\ndate: y\n", "no fences"),
        ("--- a very long remark behind it\ntitle: x\n---\n", "--- a very long rema is no fence"),
        ("\n---\n---\n", "blank lines before the front matter"),
        ("---\r---\r", "bare carriage returns"),
    ],
)
def test_a_fault_says_what_to_do(text: str, words: str) -> None:
    wrong = find_fences(text).fault
    assert wrong is not None
    assert words in wrong.message


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("title: x\n", True),
        ("# remark\n\nTags: x\n", True),
        ("unknown: x\n", False),
        ("prose\ntitle: x\n", False),
        ("<<<<<<< HEAD\ntitle: x\n", True),
        ("", False),
        ("# title: x\n", False),
    ],
)
def test_what_is_a_block(block: str, expected: bool) -> None:
    assert is_block(block) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\n", True),
        ("\ufeff\n \r\n---\n", True),
        ("title: x\n", True),
        ("# heading\n", True),
        ("x = 1\ntitle: x\ndate: y\n", False),
        ("\r\r---\r", True),
        ("\n" * 4096, True),
        ("<p>title: x</p>\n", False),
        ("苏州\n", False),
        ("Prose that is long: very long\n", True),
        ("Prose, that is long\n", False),
    ],
)
def test_a_beginning_of_front_matter(text: str, expected: bool) -> None:
    assert may_begin(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n" + "\n" * 200_000 + "date: y\n",
        "---\ntitle: x\n" + "\n# remark" * 50_000 + "\ndate: y\n",
        "\n" * 300_000 + "---\n",
        "--" * 300_000,
        " \n" * 200_000 + "x",
        "a" * 300_000 + ":",
        "---\n" + "a: b\n" * 100_000,
        "<<<<<<< \n" * 50_000,
        '{"' * 100_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    find_fences(text)
    may_begin(text)
    assert time.process_time() - started < 2


def test_keys_flowed_onto_the_line_of_the_fence_are_found() -> None:
    text = "--- layout: docs title: Continuous Integration permalink:\n/docs/ci/ ---\n\nbody\n"
    fences = find_fences(text)
    assert text[fences.start : fences.end] == "layout: docs title: Continuous Integration permalink:\n/docs/ci/"
    assert text[fences.body :] == "\nbody\n"
    assert fences.fault is not None
    assert (fences.fault.code, fences.fault.offset) == ("F009", 0)
    assert read(text).data == {"layout": "docs", "title": "Continuous Integration", "permalink": "/docs/ci/"}
