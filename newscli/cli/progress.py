"""The progress bar: how much is done, how fast it goes, how long it takes yet."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

T = TypeVar("T")


class _Amount(ProgressColumn):
    """``12,000 of 37,204 · 8,100/s``."""

    def render(self, task: Task) -> Text:
        amount = f"{int(task.completed):,}" if task.total is None else f"{int(task.completed):,} of {int(task.total):,}"
        return Text(f"{amount} · {task.speed:,.0f}/s" if task.speed else amount)


def show(console: Console, items: Iterable[T], label: str, total: int | None, done: int) -> Iterator[T]:
    """Yield the items under a progress bar that vanishes at the end.

    Args:
        console: where the bar is drawn.
        items: those that are left.
        label: what is being done.
        total: how many there are with those done; None when nobody knows.
        done: how many are done.
    """
    with _bar(console) as progress:
        task = progress.add_task(label, total=total, completed=done)
        for item in items:
            yield item
            progress.advance(task)


@contextmanager
def meter(console: Console, label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much is done and how much there is."""
    with _bar(console) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), _Amount(), TimeRemainingColumn(compact=True))
    return Progress(*columns, console=console, transient=True)
