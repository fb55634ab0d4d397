"""Findings as JSON: what is kept comes back as it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newscli.diagnostics import Edit, Fix, Severity
from newscli.finding import Finding
from newscli.finding_json import from_json, to_json


@settings(max_examples=60, deadline=None)
@given(
    message=st.text(),
    place=st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)),
    fix=st.none()
    | st.builds(Fix, st.tuples(st.builds(Edit, st.integers(), st.integers(), st.text())), st.booleans(), st.text()),
    related=st.lists(st.tuples(st.text(), st.integers(1, 9), st.text()), max_size=2).map(tuple),
)
def test_findings_come_back_as_they_were(
    message: str,
    place: tuple[int, int, int, int],
    fix: Fix | None,
    related: tuple[tuple[str, int, str], ...],
) -> None:
    finding = Finding("Y102", "n", Severity.WARNING, "a.md", *place, message, fix, "ff", "s", related)
    assert from_json(to_json([finding, finding])) == (finding, finding)


def test_nothing_is_an_empty_text() -> None:
    assert (to_json([]), from_json("")) == ("", ())
