"""A post as a value: its front matter and its body; what was read is written back byte for byte."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newscli.diagnostics import Diagnostic, Severity
from newscli.dialect import PLAIN, Dialect, diagnose
from newscli.front_matter import FrontMatter, read

if TYPE_CHECKING:
    import frontmatter


PAGES = (".html", ".htm", ".xhtml")
"""How the names of posts end whose bodies are HTML from end to end."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post whose front matter reads as it stands.

    Attributes:
        path: the file, relative to the store, with ``/``.
        head: everything in front of the body as written: byte order mark, fences, front matter.
        front_matter: the head, read.
        body: everything behind the front matter.
        encoding: the character set the file is written in.
        problems: what the reader noticed and could live with.
    """

    path: str
    head: str
    front_matter: FrontMatter
    body: str
    encoding: str = "utf-8"
    problems: tuple[Diagnostic, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The keys and values of the front matter."""
        return self.front_matter.data


@dataclass(frozen=True, slots=True)
class BrokenPost:
    """A post whose front matter does not read as it stands; what could be recovered is here all the same.

    Attributes are those of :class:`Post`; ``problems`` holds at least one error.
    """

    path: str
    head: str
    front_matter: FrontMatter
    body: str
    encoding: str
    problems: tuple[Diagnostic, ...]

    @property
    def diagnostic(self) -> Diagnostic:
        """The first error."""
        return next(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def data(self) -> dict[str, Any]:
        """The keys and values that could be recovered."""
        return self.front_matter.data


def parse(
    text: str,
    path: str = "",
    dialect: Dialect = PLAIN,
    *,
    encoding: str = "utf-8",
    problems: tuple[Diagnostic, ...] = (),
) -> Post | BrokenPost:
    """Read a post; never raises.

    Args:
        text: the whole file, decoded; line ends as they are.
        path: what diagnostics name.
        dialect: whose reading decides what is broken.
        encoding: what the file was decoded from.
        problems: what is known to be wrong already (its encoding).
    """
    front_matter = read(text)
    problems += diagnose(text, path, front_matter.faults, dialect)
    head, body = text[: front_matter.body], text[front_matter.body :]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return BrokenPost(path, head, front_matter, body, encoding, problems)
    return Post(path, head, front_matter, body, encoding, problems)


def serialize(post: Post | BrokenPost) -> str:
    """The text of the file, exactly as it was parsed."""
    return post.head + post.body


def to_frontmatter(post: Post | BrokenPost) -> "frontmatter.Post":
    """The post as python-frontmatter's ``Post``: dates as PyYAML makes them where it can read the block."""
    import frontmatter
    from frontmatter.default_handlers import YAMLHandler

    metadata = post.data
    if post.front_matter.format == "yaml":
        try:
            loaded = YAMLHandler().load(post.front_matter.text)
        except Exception:
            loaded = None
        metadata = loaded if isinstance(loaded, dict) else metadata
    result = frontmatter.Post(post.body)
    result.metadata = {str(key): value for key, value in metadata.items()}
    return result


def from_frontmatter(post: "frontmatter.Post", path: str = "", dialect: Dialect = PLAIN) -> Post | BrokenPost:
    """A post from python-frontmatter's ``Post``: keys in their order, written as block YAML between ``---``."""
    import yaml

    block = yaml.safe_dump(post.metadata, allow_unicode=True, sort_keys=False, width=1 << 30) if post.metadata else ""
    if block and yaml.safe_load(block) != post.metadata:  # PyYAML leaves U+0085 as it is, and reads it as a blank
        block = yaml.safe_dump(post.metadata, sort_keys=False, width=1 << 30)
    return parse(f"---\n{block}---\n{post.content}", path, dialect)
