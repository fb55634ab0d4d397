"""A run of ``newscli convert``: posts converted, results shown or written, and a status for it all."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from json import dumps
from pathlib import Path

from newscli.cli.conversion_options import How, Where
from newscli.cli.options import Context
from newscli.cli.output import write_file
from newscli.cli.terminal import Terminal
from newscli.errors import ExitCode, NewscliError
from newscli.operations import targets
from newscli.operations.convert import ENDINGS, Result, convert_posts
from newscli.operations.originals import Original
from newscli.operations.plan import Delivery, Plan
from newscli.pool import cores
from newscli.text import visible


class Run:
    """One run: posts converted, results written, a status."""

    def __init__(
        self, where: Where, how: How, context: Context, plan: Plan, sources: list[Original], *, is_named: bool
    ) -> None:
        self.is_named = is_named  # one post, meant by whoever named it: -o out is a file then
        self.where = where
        self.terminal: Terminal = context.terminal
        self.sources = sources
        self.jobs = how.jobs or cores()
        self.folder = self._folder()
        if self.folder:
            self.sources = targets.outside(sources, self.folder)
        if where.jsonl and how.front_matter is None:  # a record has the metadata elsewhere
            plan = replace(plan, front_matter="drop")
        self.plan = replace(
            plan,
            audit=where.audit,
            delivery=self._delivery(),
            in_place=where.in_place,
            is_fresh=self.folder is not None and not self.folder.exists(),
        )
        self.targets: list[str] = []
        self.counts = dict.fromkeys(("converted", "unchanged", "failed", "written", "lossy", "warned"), 0)

    def _folder(self) -> Path | None:
        """The folder to write into or to compare with; None when it is a file or neither."""
        name = self.where.against or (None if self.where.jsonl else self.where.output)
        if name in (None, "-"):
            return None
        path = Path(str(name))
        is_folder = path.is_dir() or str(name).endswith("/") or len(self.sources) > 1
        return path if is_folder or not (self.is_named or path.suffix) else None

    def _delivery(self) -> Delivery:
        where = self.where
        if where.against:
            return "audit"
        if where.diff:
            return "diff"
        if where.check or where.dry_run:
            return "nothing"
        if where.jsonl:
            return "text"
        if where.in_place or self.folder:
            return "file"
        return "nothing" if where.audit and where.output is None else "text"

    def go(self) -> ExitCode:
        """Convert the posts and write what comes of them."""
        if self.plan.delivery == "text" and not self.where.jsonl and len(self.sources) > 1:
            raise NewscliError(
                f"{len(self.sources):,} posts match, and standard output takes one\n"
                "Write them with -o DIR, --in-place or --jsonl, or narrow the query (-n 1 is the newest)."
            )
        results = convert_posts(self.sources, self.plan, targets=self._targets(), jobs=self.jobs)
        return self.finish(results)

    def _targets(self) -> list[str]:
        if self.where.in_place:
            self.targets = targets.in_place(self.sources)
        elif self.folder:
            self.targets = targets.in_folder(self.sources, self.folder, ENDINGS[self.plan.to])
        elif self.where.against:
            self.targets = [self.where.against]
        return self.targets

    def finish(self, results: Iterable[Result]) -> ExitCode:
        """Write the results, say how many there were, and answer the status."""
        pieces = self._pieces(results)
        output = self.where.output
        if output not in (None, "-") and not self.folder and self.plan.delivery == "text":
            write_file(Path(str(output)), pieces)
        else:
            show = _show_diff if self.where.diff else _show
            for piece in pieces:
                self.terminal.stdout.write(show(piece, self.terminal))
        if len(self.sources) > 1 or self.plan.delivery == "file":
            self.terminal.note(self._summary())
        if self.counts["failed"]:
            return ExitCode.PARTIAL
        is_negative = self.counts["lossy"] or (self.where.check and self.counts["written"])
        return ExitCode.NEGATIVE if is_negative else ExitCode.OK

    def _pieces(self, results: Iterable[Result]) -> Iterator[str]:
        """What goes to standard output or the one file, result by result; the rest goes to standard error."""
        with self.terminal.counter("Auditing" if self.where.against else "Converting") as advance:
            for number, result in enumerate(results):
                advance(1, len(self.sources))
                self._count(result)
                yield from self._piece(number, result)

    def _count(self, result: Result) -> None:
        self.counts[result.outcome] += 1
        self.counts["written"] += result.differs and not result.losses
        self.counts["lossy"] += bool(result.losses)
        self.counts["warned"] += bool(result.warnings)
        if result.problem:
            self.terminal.complain(f"newscli: {_at(result.name, result.problem)}")
        for warning in result.warnings:
            self.terminal.detail(f"{result.name}: {warning}")

    def _piece(self, number: int, result: Result) -> Iterator[str]:
        if result.outcome == "failed":
            return
        tells = self.terminal.complain if self.plan.delivery == "text" else None
        for loss in result.losses:
            if tells:
                tells(f"{result.name}:{loss}")
            else:
                yield f"{result.name}:{loss}\n"
        if self.where.jsonl:
            yield dumps(result.record(), ensure_ascii=False) + "\n"
        elif self.plan.delivery in ("text", "diff"):
            yield result.text
        elif (self.where.check or self.where.dry_run) and result.differs and not result.losses:
            yield f"{self.targets[number] if self.folder else result.name}\n"

    def _summary(self) -> str:
        counts = self.counts
        if self.where.against:
            parts = [f"{counts['unchanged'] - counts['lossy']:,} whole"]
        else:
            parts = [f"{counts['converted']:,} converted", f"{counts['unchanged']:,} unchanged"]
        parts += [f"{counts['lossy']:,} with losses"] if counts["lossy"] else []
        parts += [f"{counts['failed']:,} failed"]
        parts += [f"{counts['warned']:,} with warnings (-v shows them)"] if counts["warned"] else []
        if self.folder and self.plan.delivery == "file":
            files = "1 file" if counts["written"] == 1 else f"{counts['written']:,} files"
            parts += [f"{files} written to {self.folder}"]
        return " · ".join(parts)


def _at(name: str, problem: str) -> str:
    """``name:line:column: problem`` when the problem begins with its place, else ``name: problem``."""
    return f"{name}:{problem}" if problem[:1].isdigit() and ": " in problem[:20] else f"{name}: {problem}"


def _show(text: str, terminal: Terminal) -> str:
    """Text for standard output; no file may command a terminal."""
    return "\n".join(map(visible, text.split("\n"))) if terminal.is_terminal else text


_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


def _show_diff(text: str, terminal: Terminal) -> str:
    if not terminal.color:
        return _show(text, terminal)
    lines = text.split("\n")
    return "\n".join(
        f"{color}{visible(line)}\x1b[0m" if (color := _COLORS.get(line[:1], "")) else visible(line) for line in lines
    )
