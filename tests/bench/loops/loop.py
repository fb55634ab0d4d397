"""Convert a folder of posts in one process: ``python loop.py ENGINE FROM TO``.

What a user of a library writes who needs no more than this: front matter cut off, the body converted, the file written.
``frontmatter`` is html2text with python-frontmatter to read and write the front matter, as most scripts have it.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Convert = Callable[[str], str]


def _html2text() -> Convert:
    converter = import_module("html2text").HTML2Text(bodywidth=0)
    converter.unicode_snob = converter.protect_links = True
    converter.wrap_links = converter.pad_tables = False
    return lambda body: str(converter.handle(body))


def _markdownify() -> Convert:
    convert = import_module("markdownify").markdownify
    return lambda body: str(convert(body, heading_style="ATX"))


def _html_to_markdown() -> Convert:
    convert = import_module("html_to_markdown").convert

    def text(body: str) -> str:
        done = convert(body)
        return str(done if isinstance(done, str) else done["content"] if isinstance(done, dict) else done.content)

    return text


def _newscli() -> Convert:
    convert = import_module("newscli.converters").convert
    return lambda body: str(convert(body).text)


ENGINES = {
    "html2text": _html2text,
    "frontmatter": _html2text,
    "markdownify": _markdownify,
    "html-to-markdown": _html_to_markdown,
    "newscli": _newscli,
}


def main(engine: str, source: Path, target: Path) -> None:
    """Convert every post of a folder into another."""
    convert = ENGINES[engine]()
    frontmatter = import_module("frontmatter") if engine == "frontmatter" else None
    target.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        text = path.read_text(encoding="utf-8", errors="replace")
        if frontmatter:
            try:
                post = frontmatter.loads(text)
            except Exception:  # whatever YAML raises: such a script leaves the post out
                continue
            post.content = convert(post.content)
            text = frontmatter.dumps(post)
        else:
            head, fence, body = text.partition("\n---\n")
            text = head + fence + convert(body)
        (target / path.name).write_text(text, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
