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

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from newscli import converters
from newscli.alarm import OutOfTime, time_limit
from newscli.charsets import encode
from newscli.converters.limits import ExceededError
from newscli.dialect import position
from newscli.entry import ID_LENGTH, post_id
from newscli.errors import StoreError
from newscli.files import flush
from newscli.operations import targets as places
from newscli.operations.diffs import diff
from newscli.operations.originals import Original
from newscli.operations.plan import Plan
from newscli.operations.texts import Text, decode, read_text
from newscli.pool import shared
from newscli.post import PAGES
from newscli.store import UnreadableError, write_atomically

ENDINGS = {"markdown": ".md", "text": ".txt", "html": ".html"}
"""How the names of converted files end."""
HANGING = 10.0
"""Seconds beyond the time limit after which a process that does not answer is given up."""


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
        yield convert(0)
    else:
        _load(plan)
        jobs = min(jobs, (len(sources) + 3) // 4)
        yield from shared(convert, len(sources), jobs=jobs, patience=plan.seconds + HANGING, failed=failed)
    if plan.in_place and plan.delivery == "file":
        for folder in {Path(target).parent for target in targets}:
            flush(folder)


def _load(plan: Plan) -> None:
    """Import here what every process would import."""
    converters.convert("<p>x</p>", to=plan.to, engine=plan.engine)


def convert_source(source: Original, plan: Plan, target: str | None = None) -> Result:
    """Convert one post; never raises for what is wrong with it.

    Args:
        source: the post.
        plan: what to do.
        target: the file to write or to compare with; None writes none.

    Raises:
        ConfigError: there is no such engine.
    """
    try:
        post = read_text(source)
    except UnreadableError as error:
        return Result(source.name, "failed", problem=error.diagnostic.message)
    return _deliver(post, source.name, plan, target)


def convert_bytes(data: bytes, name: str, plan: Plan) -> Result:
    """Convert a post that is no file, such as standard input: bytes in whatever encoding they say or seem to be in.

    What begins with ``<`` is taken for HTML from end to end.

    Raises:
        ConfigError: there is no such engine.
    """
    post = decode(data)
    if plan.source is None and post.begins_with_tag:
        plan = replace(plan, source="html")
    return _deliver(post, name, plan, None)


def _deliver(post: Text, name: str, plan: Plan, target: str | None) -> Result:
    """Convert or audit a post in the time it may take, and write it if there is a file to write."""
    try:
        with time_limit(plan.seconds):
            if plan.delivery == "audit":
                return _audit(post, name, plan, target or "")
            result, text = _convert(post, name, plan)
        return result if target is None else _put(result, text, post.encoding, plan, target)
    except (ConvertError, StoreError) as error:
        return Result(name, "failed", problem=str(error))
    except ExceededError as error:
        return Result(name, "failed", problem=f"it cannot be audited: {error}")
    except OutOfTime:
        return Result(name, "failed", problem=f"it took more than {plan.seconds:g} seconds")


# Converting


def _convert(post: Text, name: str, plan: Plan) -> tuple[Result, str]:
    """The result, nothing written yet, and the whole text.

    Raises:
        ConvertError: the post cannot be converted as asked.
    """
    if name.lower().endswith(".mdx") and plan.to == "markdown":
        raise ConvertError("MDX is Markdown already, and its components are code; --to text and --to html take it")
    source: Literal["mixed", "html"] = plan.source or ("html" if post.is_page(name) else "mixed")
    done = converters.convert(
        post.body,
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
    if done.warnings and not done.engine and done.text == post.body:
        raise ConvertError(done.warnings[0])
    head, remarks = _head(post, plan)
    body = done.text if head or not post.head else done.text.lstrip("\r\n")
    losses = _losses(post, body, plan, source) if plan.audit else ()
    differs = head != post.head or body != post.body
    is_same = not differs or (plan.front_matter == "drop" and post.body.endswith(body))
    after = head + body
    text = after if plan.delivery == "text" else ""
    if plan.delivery == "diff":
        text = diff(post.head + post.body, after, name)
    outcome: Literal["converted", "unchanged"] = "unchanged" if is_same else "converted"
    return Result(name, outcome, text, done.engine, done.warnings + remarks, "", losses, differs), after


def _head(post: Text, plan: Plan) -> tuple[str, tuple[str, ...]]:
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


def _losses(post: Text, body: str, plan: Plan, source: Literal["mixed", "html"]) -> tuple[str, ...]:
    from newscli.operations.losses import losses

    return losses(post, body, plan, source)


def _audit(post: Text, name: str, plan: Plan, target: str) -> Result:
    """Compare a post with the file that was made of it.

    Raises:
        ConvertError: the file cannot be read.
        ExceededError: one of them is too large.
    """
    try:
        after = decode(Path(target).read_bytes())
    except OSError as error:
        raise ConvertError(f"cannot read {target}: {error.strerror}") from error
    source: Literal["mixed", "html"] = plan.source or ("html" if post.is_page(name) else "mixed")
    return Result(name, "unchanged", losses=_losses(post, after.body, plan, source))


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
    differs = result.differs if plan.in_place else plan.is_fresh or not places.holds(target, data)
    if differs and plan.delivery == "file" and not result.losses:
        if plan.in_place:
            write_atomically(Path(target), data, is_one_of_many=True)
        else:
            places.write(target, data, is_new=plan.is_fresh)
    return result if differs is result.differs else result._replace(differs=differs)


def _encode(text: str, encoding: str, before: str) -> bytes:
    if encoding != before:
        text = text.removeprefix("\ufeff")  # the mark of UTF-16 and the like, which UTF-8 does without
    try:
        return encode(text, encoding)
    except UnicodeEncodeError as error:
        lacks = f"{error.object[error.start]!r}, which {encoding} lacks"
        raise ConvertError(f"the result holds {lacks}; save the file as UTF-8, or write elsewhere with -o") from error
