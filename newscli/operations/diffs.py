"""Diffs: what would change in a file, as ``diff -u`` shows it."""


def diff(before: str, after: str, name: str, new_name: str = "") -> str:
    """The unified diff of two texts of the file ``name``, perhaps renamed; nothing where they are equal."""
    from difflib import unified_diff

    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{new_name or name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in every other diff."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])
