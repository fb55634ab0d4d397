"""One file as the rules see it."""

from newscli.operations.validate import options_from
from newscli.rules.subject import Subject


def test_a_place_on_a_plain_line_is_that_which_a_parser_finds() -> None:
    lines = 'title: a b \ndate: "2022-06-07"\ntags: [a, b]\nempty:\nlist:\n- a\n- b\nx-y: z:z'
    subject = Subject(
        "_posts/2022-06-07-a.md",
        f"---\nlayout: post\n{lines}\n---\nBody.\n".encode(),
        options_from({}, engine="jekyll"),
    )
    assert subject.is_plain
    for key in subject.data:
        span = subject.spans[(key,)]
        expected = (span.start, span.end) if span.end > span.start else (span.key_start, span.key_end)
        assert subject.place((key,)) == expected
    assert subject.place(("none",)) == (0, 3)
    assert subject.place(("tags", 1)) == (subject.spans[("tags", 1)].start, subject.spans[("tags", 1)].end)
