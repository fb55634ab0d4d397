"""Writing a text as a YAML scalar."""


def quote(text: str) -> str:
    """The text as a quoted YAML scalar that every engine reads alike; line breaks in it must be foldable ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def single(text: str) -> str:
    """The text between single quotes."""
    return "'" + text.replace("'", "''") + "'"
