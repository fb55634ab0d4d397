"""Run cases and peers in turn, several rounds, and print one table of medians and ratios."""

import argparse
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.cases import CASES, PEERS, Case
from tests.bench.measure import Cost, FailedError, measure, middle
from tests.bench.workshop import Workshop

Results = Mapping[str, Cost | str]
"""By the name of a case or peer: its median cost, or why it failed."""

NONE = "-"


def run_rounds(cases: Sequence[Case], workshop: Workshop, rounds: int) -> Results:
    """Measure the cases in turn, round after round: a noisy minute hits them all. One that fails is not run again."""
    costs: dict[str, list[Cost]] = {case.name: [] for case in cases}
    failures: dict[str, str] = {}
    for case in cases:
        if case.set_up:
            case.set_up(workshop)
    for _ in range(rounds):
        for case in cases:
            if case.name in failures:
                continue
            try:
                costs[case.name].append(_run(case, workshop))
            except FailedError as error:
                failures[case.name] = str(error)
    return {name: failures.get(name) or middle(measured) for name, measured in costs.items()}


def _run(case: Case, workshop: Workshop) -> Cost:
    if case.prepare:
        case.prepare(workshop)
    return measure(
        workshop.words(case.command), folder=workshop.folder, environment=workshop.environment, accept=case.accept
    )


def table(cases: Sequence[Case], peers: Sequence[Case], results: Results) -> str:
    """The results: a row a command; ratios are CPU / wall, below 1 where newscli takes less."""
    heading = ["", "CPU ms", "wall ms", "peak MB", *(f"x {peer.name}" for peer in peers)]
    rows = [heading]
    failures = []
    for case in [*cases, *peers]:
        result = results[case.name]
        if isinstance(result, str):
            failures.append(f"{case.name} failed: {result}")
            figures, ratios = [NONE] * 3, [NONE] * len(peers)
        else:
            figures = [f"{result.cpu * 1000:.1f}", f"{result.wall * 1000:.1f}", f"{result.peak / 1e6:.1f}"]
            ratios = [_ratio(result, results[peer.name]) if peer.name in case.peers else NONE for peer in peers]
        rows.append([case.name, *figures, *ratios])
    return "\n".join([*_align(rows), *failures])


def _ratio(cost: Cost, peer: Cost | str) -> str:
    """``CPU / wall``, with three significant digits."""
    if isinstance(peer, str) or not peer.cpu or not peer.wall:
        return NONE
    return f"{cost.cpu / peer.cpu:.3g} / {cost.wall / peer.wall:.3g}"


def _align(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]


def choose(cases: Sequence[Case], *, only: str, slow: bool) -> tuple[list[Case], list[Case], list[str]]:
    """The cases whose name holds ``only``, the peers they need that are there, and the names of those that are not."""
    chosen = [case for case in cases if only in case.name and (slow or not case.slow)]
    wanted = {name for case in chosen for name in case.peers}
    peers = [peer for peer in PEERS.values() if peer.name in wanted and (slow or not peer.slow)]
    there = [peer for peer in peers if is_there(peer)]
    return chosen, there, [peer.name for peer in peers if peer not in there]


def is_there(peer: Case) -> bool:
    """Whether a peer can be measured on this machine."""
    if not peer.probe:
        return peer.name == "python" or shutil.which(peer.name) is not None
    program, *rest = shlex.split(peer.probe)
    try:
        done = subprocess.run(
            [sys.executable if program == "python" else program, *rest], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0


def describe(peers: Sequence[Case], missing: Sequence[str], workshop: Workshop, rounds: int) -> str:
    """What was measured where: the archive, the machine, the versions."""
    size = sum(path.stat().st_size for path in workshop.posts) / 1e6
    versions = [_version(peer.name) for peer in peers if peer.name != "python" and not peer.probe]
    lines = [
        f"{len(workshop.posts):,} posts, {size:.1f} MB, {rounds} rounds; medians; ratios are CPU / wall",
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores",
        *versions,
    ]
    return "\n".join([*lines, f"not installed: {', '.join(missing)}"] if missing else lines)


def _version(program: str) -> str:
    """The first line a program prints about its version."""
    option = "version" if program == "hugo" else "--version"
    done = subprocess.run([program, option], capture_output=True, text=True, check=False)
    return (done.stdout.strip().splitlines() or [program])[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, make an archive in a temporary folder, measure, print; 1 when a command failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000, help="how many to generate (10,000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each command runs (5)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the cases whose name holds TEXT")
    parser.add_argument("--slow", action="store_true", help="also what takes minutes (jekyll, pandoc)")
    options = parser.parse_args(arguments)
    cases, peers, missing = choose(CASES, only=options.only, slow=options.slow)
    if not cases:
        parser.error(f"no case holds {options.only!r}: {', '.join(case.name for case in CASES)}")
    with tempfile.TemporaryDirectory(prefix="newscli-bench-") as folder:
        workshop = Workshop(Path(folder))
        workshop.fill(options.posts)
        results = run_rounds([*peers, *cases], workshop, options.rounds)
        sys.stdout.write(f"{describe(peers, missing, workshop, options.rounds)}\n\n{table(cases, peers, results)}\n")
    return int(any(isinstance(result, str) for result in results.values()))
