"""Convert: the bodies of posts to Markdown, plain text or HTML, one by one or many in processes.

From Python::

    from pathlib import Path
    from newscli.operations.convert import convert_posts
    from newscli.operations.plan import Plan
    from newscli.operations.originals import named_originals

    sources = named_originals(["page.html"], Path.cwd(), None)
    for result in convert_posts(sources, Plan(to="text"), jobs=1):
        print(result.name, result.outcome, result.text)

What is done with a body is the affair of :func:`newscli.converters.convert`; here it is read, put under its front
matter again, compared, audited and written.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from newscli.charsets import decode_declared, encode
from newscli.dialect import position
from newscli.entry import ID_LENGTH, post_id
from newscli.errors import StoreError
from newscli.files import put
from newscli.front_matter.fences import find_fences
from newscli.operations.originals import Original
from newscli.operations.plan import Plan
from newscli.pool import OutOfTime, Pool, time_limit
from newscli.post import PAGES
from newscli.store import UnreadableError, write_atomically

ENDINGS = {"markdown": ".md", "text": ".txt", "html": ".html"}
"""How the names of converted files end."""
HANGING = 10.0
"""Seconds beyond the time limit after which a process that does not answer is given up."""

_BLANK = "\ufeff \t\r\n"


class ConvertError(Exception):
    """A post that cannot be converted; ``str()`` says why. It is left as it is."""


class Result(NamedTuple):
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


class _Text(NamedTuple):
    """A file's text, cut at the body.

    Attributes:
        head: fences and front matter, byte order mark included.
        body: the rest.
        encoding: the character set of the file.
        is_post: whether there is front matter.
    """

    head: str
    body: str
    encoding: str
    is_post: bool

    @classmethod
    def cut(cls, text: str, encoding: str) -> "_Text":
        """Cut a text; the front matter may be broken, it only must be found."""
        fences = find_fences(text)
        return cls(text[: fences.body], text[fences.body :], encoding, bool(fences.format))


def convert_posts(
    sources: Sequence[Original], plan: Plan, *, targets: Sequence[str] = (), jobs: int = 1
) -> Iterator[Result]:
    """Convert posts, in order; a post that fails is a result like any other.

    Args:
        sources: the posts.
        plan: what to do.
        targets: the files to write, or to compare with what would be written; one for each post, or none at all.
        jobs: how many processes to use at most; a single post is converted in this one.

    Raises:
        ConfigError: there is no such engine.
    """

    def convert(number: int) -> Result:
        return convert_source(sources[number], plan, targets[number] if targets else None)

    def failed(number: int, reason: str) -> Result:
        return Result(sources[number].name, "failed", problem=reason)

    if len(sources) == 1:
        return iter([convert(0)])
    _load(plan)
    return Pool(convert, jobs=jobs, patience=plan.seconds + HANGING, failed=failed).results(len(sources))


def _load(plan: Plan) -> None:
    """Import here what every process would import."""
    from newscli.converters import convert

    convert("<p>x</p>", to=plan.to, engine=plan.engine)


def convert_source(source: Original, plan: Plan, target: str | None = None) -> Result:
    """Convert one post; never raises for what is wrong with it.

    Args:
        source: the post.
        plan: what to do.
        target: the file to write or to compare with; None writes none.

    Raises:
        ConfigError: there is no such engine.
    """
    name = source.name
    try:
        post = _read(source)
        with time_limit(plan.seconds):
            if plan.delivery == "audit":
                return _audit(post, name, plan, target or "")
            result, text = _convert(post, name, plan)
        return result if target is None else _put(result, text, post.encoding, plan, target)
    except (ConvertError, StoreError) as error:
        return Result(name, "failed", problem=str(error))
    except OutOfTime:
        return Result(name, "failed", problem=f"it took more than {plan.seconds:g} seconds")


def convert_bytes(data: bytes, name: str, plan: Plan) -> Result:
    """Convert a post that is no file, such as standard input: bytes in whatever encoding they say or seem to be in.

    What begins with ``<`` is taken for HTML from end to end.

    Raises:
        ConfigError: there is no such engine.
    """
    post = _decode(data)
    if plan.source is None and not post.is_post and post.body.lstrip(_BLANK).startswith("<"):
        plan = replace(plan, source="html")
    try:
        with time_limit(plan.seconds):
            return _convert(post, name, plan)[0]
    except ConvertError as error:
        return Result(name, "failed", problem=str(error))
    except OutOfTime:
        return Result(name, "failed", problem=f"it took more than {plan.seconds:g} seconds")


# Reading


def _read(source: Original) -> _Text:
    """The post; a page that is not in UTF-8 in the encoding that it declares.

    Raises:
        ConvertError: it cannot be read.
    """
    try:
        text, encoding, _ = source.store.read_text(source.path)
    except UnreadableError as error:
        raise ConvertError(error.diagnostic.message) from error
    post = _Text.cut(text, encoding)
    return _decode(encode(text, encoding)) if encoding != "utf-8" and _is_page(source.name, post) else post


def _decode(data: bytes) -> _Text:
    found = decode_declared(data)
    return _Text.cut(found.text, found.encoding)


def _is_page(name: str, post: _Text) -> bool:
    """Whether the body is HTML from end to end: by the name, or because it says so."""
    if name.lower().endswith(PAGES):
        return True
    return not post.is_post and post.body.lstrip(_BLANK)[:9].lower().startswith(("<!doctype", "<html"))


def _source(name: str, post: _Text, plan: Plan) -> Literal["mixed", "html"]:
    return plan.source or ("html" if _is_page(name, post) else "mixed")


# Converting


def _convert(post: _Text, name: str, plan: Plan) -> tuple[Result, str]:
    """The result, nothing written yet, and the whole text.

    Raises:
        ConvertError: the post cannot be converted as asked.
    """
    source = _source(name, post, plan)
    body, engine, warnings = _body(post.body, plan, source)
    head, remarks = _head(post, plan)
    if post.head and not head:
        body = body.lstrip("\r\n")
    losses = _losses(post, body, plan, source) if plan.audit else ()
    before, after = post.head + post.body, head + body
    is_same = before == after or (plan.front_matter == "drop" and before.endswith(body))
    text = _diff(before, after, name) if plan.delivery == "diff" else after if plan.delivery == "text" else ""
    outcome: Literal["converted", "unchanged"] = "unchanged" if is_same else "converted"
    return Result(name, outcome, text, engine, warnings + remarks, "", losses, before != after), after


def _body(body: str, plan: Plan, source: Literal["mixed", "html"]) -> tuple[str, str, tuple[str, ...]]:
    """The converted body, the engine, and warnings.

    Raises:
        ConvertError: nothing of it could be converted.
    """
    from newscli.converters import convert

    done = convert(
        body,
        to=plan.to,
        engine=plan.engine,
        source=source,
        code=plan.code,
        links=plan.links,
        images=plan.images,
        tables=plan.tables,
        width=plan.width,
        html2text=plan.html2text,
    )
    if done.warnings and not done.engine and done.text == body:
        raise ConvertError(done.warnings[0])
    return done.text, done.engine, done.warnings


def _head(post: _Text, plan: Plan) -> tuple[str, tuple[str, ...]]:
    """What stands before the body, and warnings.

    Raises:
        ConvertError: the front matter cannot be written in the format asked for.
    """
    if plan.front_matter == "keep":
        return post.head, ()
    if plan.front_matter == "drop":
        return "", ()
    from newscli.emit import EmitError, write_head
    from newscli.front_matter import read

    try:
        head, remarks = write_head(post.head, read(post.head + post.body), plan.front_matter)
    except EmitError as error:
        line, column = position(post.head, error.offset)
        form = plan.front_matter.upper()
        raise ConvertError(f"{line}:{column}: the front matter cannot become {form}: {error}") from error
    return head, tuple(remarks)


def _diff(before: str, after: str, name: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in every other diff."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


# Auditing


def _losses(post: _Text, body: str, plan: Plan, source: Literal["mixed", "html"]) -> tuple[str, ...]:
    """What of the body is missing in the new one, each with its line in the file.

    Raises:
        ConvertError: one of them is too large to be looked at.
    """
    from newscli.converters.audit import lost
    from newscli.converters.limits import ExceededError

    try:
        found = lost(post.body, body, source=source, to=plan.to)
    except ExceededError as error:
        raise ConvertError(f"it cannot be audited: {error}") from error
    above = post.head.count("\n")
    unwanted = {"link"} if plan.links in ("text", "drop") else set()
    unwanted |= {"picture"} if plan.images in ("alt", "drop") else set()
    return tuple(f"{above + loss.line}: {loss.kind} lost: {loss.text}" for loss in found if loss.kind not in unwanted)


def _audit(post: _Text, name: str, plan: Plan, target: str) -> Result:
    """Compare a post with the file that was made of it.

    Raises:
        ConvertError: the file cannot be read, or one of them is too large.
    """
    try:
        after = _decode(Path(target).read_bytes())
    except OSError as error:
        raise ConvertError(f"cannot read {target}: {error.strerror}") from error
    return Result(name, "unchanged", losses=_losses(post, after.body, plan, _source(name, post, plan)))


# Writing


def _put(result: Result, text: str, encoding: str, plan: Plan, target: str) -> Result:
    """Write the text to its file, if that does not hold it already and nothing would be lost.

    Raises:
        ConvertError: the file cannot hold the text.
        StoreError: it cannot be written.
    """
    if plan.in_place and result.differs and plan.to != "html" and target.lower().endswith(PAGES):
        raise ConvertError("a file of HTML does not show Markdown or text; write it elsewhere with -o")
    data = _encode(text, encoding if plan.in_place else "utf-8", encoding)
    differs = _content(target) != data
    if differs and plan.delivery == "file" and not result.losses:
        if plan.in_place:
            write_atomically(Path(target), data)
        else:
            _write(target, data)
    return result if differs is result.differs else result._replace(differs=differs)


def _encode(text: str, encoding: str, before: str) -> bytes:
    if encoding != before:
        text = text.removeprefix("\ufeff")  # the mark of UTF-16 and the like, which UTF-8 does without
    try:
        return encode(text, encoding)
    except UnicodeEncodeError as error:
        lacks = f"{error.object[error.start]!r}, which {encoding} lacks"
        raise ConvertError(f"the result holds {lacks}; save the file as UTF-8, or write elsewhere with -o") from error


def _content(target: str) -> bytes | None:
    """What a file holds; None when it cannot be read."""
    try:
        with os.fdopen(os.open(target, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
            return stream.read()
    except OSError:
        return None


def _write(target: str, data: bytes) -> None:
    """Write a file, and the folders it is in if need be.

    Raises:
        ConvertError: it cannot be written.
    """
    try:
        try:
            put(target, data)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            put(target, data)
    except OSError as error:
        raise ConvertError(f"cannot write {target}: {error.strerror}") from error
