"""Convert: the bodies of posts to Markdown, plain text or HTML, one by one or many in processes.

From Python::

    from pathlib import Path
    from newscli.operations.convert import Plan, convert_posts
    from newscli.operations.sources import named_sources

    sources = named_sources(["page.html"], Path.cwd(), None)
    for result in convert_posts(sources, Plan(to="text"), jobs=1):
        print(result.name, result.outcome, result.text)

What is done with a body is the affair of :func:`newscli.converters.convert`; here it is read, put under its front
matter again, compared, audited and written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal

from newscli import pool
from newscli.charsets import decode_declared, encode
from newscli.dialect import position
from newscli.emit import EmitError, Format, write_head
from newscli.entry import ID_LENGTH, post_id
from newscli.errors import StoreError
from newscli.operations.sources import Source
from newscli.post import BrokenPost, Post, parse, serialize
from newscli.store import UnreadableError, write_atomically

PAGES = (".html", ".htm", ".xhtml")
"""Endings of files that are HTML from end to end."""
ENDINGS = {"markdown": ".md", "text": ".txt", "html": ".html"}
"""How the names of converted files end."""
HANGING = 10.0
"""Seconds beyond the time limit after which a process that does not answer is given up."""

Delivery = Literal["text", "diff", "nothing", "file", "audit"]


class ConvertError(Exception):
    """A post that cannot be converted; ``str()`` says why. It is left as it is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each post.

    Attributes:
        to: ``markdown``, ``text`` or ``html``.
        source: how to read bodies: ``mixed`` is Markdown with HTML in it, ``html`` is HTML from end to end; None goes
            by the name of the file.
        front_matter: ``keep`` it byte for byte, ``drop`` it, or write it as ``yaml``, ``toml`` or ``json``.
        engine, code, links, images, width, settings: as :func:`newscli.converters.convert` takes them; ``settings``
            holds whatever else it takes.
        audit: whether to look for what the conversion lost; a post that would lose something is not written.
        delivery: what comes back: the ``text``, a ``diff``, ``nothing``; or a ``file`` is written; or nothing is
            converted, and a file that was made of the post earlier, by whatever program, is audited.
        in_place: whether the files to write are the posts themselves, whose encodings stay.
        seconds: the most that a post may take.
    """

    to: Literal["markdown", "text", "html"] = "markdown"
    source: Literal["mixed", "html"] | None = None
    front_matter: Literal["keep", "drop", "yaml", "toml", "json"] = "keep"
    engine: str = "auto"
    code: Literal["markdown", "html"] = "markdown"
    links: Literal["inline", "ref", "text", "drop"] | None = None
    images: Literal["keep", "alt", "drop"] | None = None
    width: int = 0
    settings: tuple[tuple[str, Any], ...] = ()
    audit: bool = False
    delivery: Delivery = "text"
    in_place: bool = False
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a post.

    Attributes:
        name: the post.
        outcome: ``converted``, ``unchanged``, or ``failed``: it is as it was, and ``problem`` says why.
        text: the text or the diff, if that was asked for.
        engine: the engine that wrote it; empty when there was nothing to convert.
        warnings: what went otherwise than one would wish.
        problem: why it failed, with the place where it is known.
        losses: what the audit found missing, each with its place.
        differs: whether the file to be written is not what is there now.
    """

    name: str
    outcome: Literal["converted", "unchanged", "failed"]
    text: str = ""
    engine: str = ""
    warnings: tuple[str, ...] = ()
    problem: str = ""
    losses: tuple[str, ...] = ()
    differs: bool = False

    def record(self) -> dict[str, Any]:
        """The result as JSON values."""
        record: dict[str, Any] = {
            "path": self.name,
            "id": post_id(self.name)[:ID_LENGTH],
            "text": self.text,
            "engine": self.engine,
            "warnings": list(self.warnings),
        }
        return {**record, "lost": list(self.losses)} if self.losses else record


def convert_posts(
    sources: Sequence[Source], plan: Plan, *, targets: Sequence[Path] = (), jobs: int = 1
) -> Iterator[Result]:
    """Convert posts, in order; a post that fails is a result like any other.

    Args:
        sources: the posts.
        plan: what to do.
        targets: the files to write, or to compare with what would be written; one for each post, or none at all.
        jobs: how many processes to use at most; a single post is converted in this one.
    """

    def convert(number: int) -> Result:
        return convert_source(sources[number], plan, targets[number] if targets else None)

    def failed(number: int, reason: str) -> Result:
        return Result(sources[number].name, "failed", problem=reason)

    if len(sources) == 1:
        return iter([convert(0)])
    _load(plan)
    return pool.run(convert, len(sources), jobs=jobs, patience=plan.seconds + HANGING, failed=failed)


def _load(plan: Plan) -> None:
    """Import here what every process would import."""
    from newscli.converters import convert

    convert("<p>x</p>", to=plan.to, engine=plan.engine)


def convert_source(source: Source, plan: Plan, target: Path | None = None) -> Result:
    """Convert one post; never raises for what is wrong with it.

    Args:
        source: the post.
        plan: what to do.
        target: the file to write or to compare with; None writes none.
    """
    try:
        post = _read(source)
        if plan.delivery == "audit":
            return _audit(post, source.name, plan, target)
        result, text = _work(post, source.name, plan)
        return _put(result, text, post.encoding, plan, target)
    except (ConvertError, StoreError) as error:
        return Result(source.name, "failed", problem=str(error))


def convert_bytes(data: bytes, name: str, plan: Plan) -> Result:
    """Convert a post that is no file, such as standard input: bytes in whatever encoding they say or seem to be in.

    What begins with ``<`` is taken for HTML from end to end.
    """
    post = _decoded(data, name)
    if plan.source is None and not post.front_matter.format and post.body.lstrip("\ufeff \t\r\n").startswith("<"):
        plan = replace(plan, source="html")
    try:
        return _work(post, name, plan)[0]
    except ConvertError as error:
        return Result(name, "failed", problem=str(error))


def _decoded(data: bytes, name: str) -> Post | BrokenPost:
    found = decode_declared(data)
    return parse(found.text, name, encoding=found.encoding)


def _read(source: Source) -> Post | BrokenPost:
    """The post; a page without front matter in the encoding that it declares.

    Raises:
        ConvertError: it cannot be read.
    """
    try:
        post = source.store.read(source.path)
    except UnreadableError as error:
        raise ConvertError(error.diagnostic.message) from error
    if post.encoding != "utf-8" and _is_page(source.name, post):
        return _decoded(encode(serialize(post), post.encoding), source.name)
    return post


def _is_page(name: str, post: Post | BrokenPost) -> bool:
    """Whether the body is HTML from end to end: by the name, or because it says so."""
    if name.lower().endswith(PAGES):
        return True
    return not post.front_matter.format and post.body.lstrip("\ufeff \t\r\n")[:9].lower() in ("<!doctype", "<html")


def _is_html(name: str, post: Post | BrokenPost, plan: Plan) -> bool:
    return plan.source == "html" or (plan.source is None and _is_page(name, post))


def _work(post: Post | BrokenPost, name: str, plan: Plan) -> tuple[Result, str]:
    """The result, nothing written yet, and the whole text.

    Raises:
        ConvertError: the post cannot be converted as asked, or it takes too long.
    """
    is_html = _is_html(name, post, plan)
    try:
        with pool.time_limit(plan.seconds):
            body, engine, warnings = _convert(post.body, plan, is_html=is_html)
            head, remarks = _head(post, plan)
            if post.head and not head:
                body = body.lstrip("\r\n")
            losses = _losses(post, body, plan, is_html=is_html) if plan.audit else ()
            before, after = serialize(post), head + body
            shown = _diff(before, after, name) if plan.delivery == "diff" else after if plan.delivery == "text" else ""
    except pool.OutOfTime:
        raise ConvertError(f"it took more than {plan.seconds:g} seconds") from None
    is_same = before == after or (plan.front_matter == "drop" and before.endswith(body))
    outcome: Literal["converted", "unchanged"] = "unchanged" if is_same else "converted"
    return Result(name, outcome, shown, engine, (*warnings, *remarks), "", losses, before != after), after


def _convert(body: str, plan: Plan, *, is_html: bool) -> tuple[str, str, tuple[str, ...]]:
    """The converted body, the engine, and warnings.

    Raises:
        ConvertError: nothing of it could be converted.
    """
    from newscli.converters import convert

    options = {name: value for name in ("links", "images") if (value := getattr(plan, name))}
    done = convert(
        body,
        to=plan.to,
        engine=plan.engine,
        source="html" if is_html else "mixed",
        code=plan.code,
        width=plan.width,
        **options,
        **dict(plan.settings),
    )
    if done.warnings and not done.engine and done.text == body:
        raise ConvertError(done.warnings[0])
    return done.text, done.engine, done.warnings


def _head(post: Post | BrokenPost, plan: Plan) -> tuple[str, list[str]]:
    """What stands before the body.

    Raises:
        ConvertError: the front matter cannot be written in the format asked for.
    """
    if plan.front_matter == "keep":
        return post.head, []
    if plan.front_matter == "drop":
        return "", []
    form: Format = plan.front_matter
    try:
        return write_head(post.head, post.front_matter, form)
    except EmitError as error:
        line, column = position(post.head, error.offset)
        raise ConvertError(f"{line}:{column}: the front matter cannot become {form.upper()}: {error}") from error


def _losses(post: Post | BrokenPost, body: str, plan: Plan, *, is_html: bool) -> tuple[str, ...]:
    """What of the body is missing in the new one, each with its line in the file."""
    from newscli.converters.audit import lost
    from newscli.converters.limits import ExceededError

    try:
        found = lost(post.body, body, source="html" if is_html else "mixed", to=plan.to)
    except ExceededError as error:
        raise ConvertError(f"it cannot be audited: {error}") from error
    above = post.head.count("\n")
    unwanted = {"link"} if plan.links in ("text", "drop") else set()
    unwanted |= {"picture"} if plan.images in ("alt", "drop") else set()
    return tuple(f"{above + loss.line}: {loss.kind} lost: {loss.text}" for loss in found if loss.kind not in unwanted)


def _audit(post: Post | BrokenPost, name: str, plan: Plan, target: Path | None) -> Result:
    """Compare a post with the file that was made of it.

    Raises:
        ConvertError: the file cannot be read, or takes too long.
    """
    try:
        after = _decoded(target.read_bytes() if target else b"", name)
        with pool.time_limit(plan.seconds):
            return Result(name, "unchanged", losses=_losses(post, after.body, plan, is_html=_is_html(name, post, plan)))
    except OSError as error:
        raise ConvertError(f"cannot read {target}: {error.strerror}") from error
    except pool.OutOfTime:
        raise ConvertError(f"it took more than {plan.seconds:g} seconds") from None


def _diff(before: str, after: str, name: str) -> str:
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in every other diff."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def _put(result: Result, text: str, encoding: str, plan: Plan, target: Path | None) -> Result:
    """Write the text to its file, if that does not hold it already and nothing would be lost.

    Raises:
        ConvertError: the file's encoding lacks a character.
        StoreError: it cannot be written.
    """
    if target is None:
        return result
    try:
        data = encode(text, encoding) if plan.in_place else encode(_unmarked(text, encoding), "utf-8")
    except UnicodeEncodeError as error:
        lacks = f"{error.object[error.start]!r}, which {encoding} lacks"
        raise ConvertError(f"the result holds {lacks}; save the file as UTF-8, or write elsewhere with -o") from error
    try:
        differs = target.read_bytes() != data
    except OSError:
        differs = True
    if differs and plan.delivery == "file" and not result.losses:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConvertError(f"cannot make the folder {target.parent}: {error.strerror}") from error
        write_atomically(target, data)
    return replace(result, differs=differs)


def _unmarked(text: str, encoding: str) -> str:
    """The text without the byte order mark of UTF-16 and the like, which UTF-8 does without."""
    return text if encoding == "utf-8" else text.removeprefix("\ufeff")
