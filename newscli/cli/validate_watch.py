"""``newscli validate --watch``: once more whenever a file, or what decides over it, changes; until Ctrl-C."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from newscli.cli.terminal import Terminal
from newscli.cli.validate_plan import Ask, Plan
from newscli.cli.validate_scope import Target
from newscli.discovery import configuration_of
from newscli.errors import ExitCode, NewscliError
from newscli.operations.scope import STDIN
from newscli.operations.watch import State, around, state_of, wait_for_change

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Empties the window and what scrolled out of it (ECMA-48; the second is xterm's)."""

Check = Callable[[Ask, Callable[[Plan, Target], None]], ExitCode]


def watch(ask: Ask, check: Check) -> NoReturn:
    """Check, and again after every change.

    What did not change comes from the cache, so that a round costs what changed. A setting that is wrong ends the first
    round, later ones say so and wait for the next change.

    Raises:
        NewscliError: what is asked for does not go together with watching.
        KeyboardInterrupt: Ctrl-C.
    """
    if STDIN in ask.words or ask.run.write_baseline or ask.scope.files_from == STDIN:
        raise NewscliError("--watch looks at files; it goes with neither standard input nor --write-baseline")
    terminal, state = ask.context.terminal, State()

    def on_plan(plan: Plan, target: Target) -> None:
        root = plan.work.store.root
        others = [*configuration_of(root), *map(Path, filter(None, (ask.rules.schema, ask.context.config)))]
        state.update(state_of(around(root, target.paths, [*others, *([plan.baseline] if plan.baseline else [])])))

    check(ask, on_plan)
    while True:
        terminal.note("watching for changes · Ctrl-C ends")
        terminal.stdout.flush()
        wait_for_change(state)
        _clear(terminal)
        state.update(state_of(state.keys()))
        try:
            check(ask, on_plan)
        except NewscliError as error:
            terminal.complain(f"newscli: {error}")


def _clear(terminal: Terminal) -> None:
    if terminal.is_terminal:
        terminal.stdout.write(CLEAR)
