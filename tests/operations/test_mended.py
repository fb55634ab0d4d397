"""Files as they are after mending."""

from newscli.finding import FileResult
from newscli.operations.mended import MendedFiles


def test_results_are_found_by_path_and_changed_files_are_read_as_they_are_now() -> None:
    changed = FileResult("a.md", (), "old", "苏州", encoding="gb18030")
    same = FileResult("b.md", (), "b")
    with MendedFiles() as mended:
        mended.keep(changed, "[]")
        mended.keep(same, None)
        assert ("a.md" in mended, "c.md" in mended) == (True, False)
        assert [mended["b.md"], mended["a.md"]] == [same, changed]
        assert mended.facts == {"a.md": "[]"}
        read = mended.reader(str.encode)
        assert [read(path) for path in ("a.md", "b.md", "c.md")] == ["苏州".encode("gb18030"), b"b.md", b"c.md"]
