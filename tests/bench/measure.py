"""What commands cost: CPU and wall time, peak memory; medians and ratios of them."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost, or the median of several.

    Attributes:
        cpu: user and system seconds, of the command and of what it waited for.
        wall: seconds from start to end.
        peak: the most memory resident at once, in bytes.
    """

    cpu: float
    wall: float
    peak: float


class FailedError(Exception):
    """A command ended with a status its case does not accept; ``str()`` is that and its last line of stderr."""


def measure(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], accept: Sequence[int] = (0,)
) -> Cost:
    """Run a command in ``folder``, its output going to files there (to some programs /dev/null is a reason to do less).

    Raises:
        FailedError: the exit status is not among ``accept``, or the command cannot be started.
    """
    stderr = folder / "stderr"
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(folder / "stdout"), str(stderr)]
    done = subprocess.run(
        [*launcher, *command], cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FailedError(_last_line(done.stderr))
    status, user, system, wall, peak = done.stdout.split()
    if int(status) not in accept:
        raise FailedError(f"exit {status}: {_last_line(stderr.read_text(encoding='utf-8', errors='replace'))}")
    return Cost(float(user) + float(system), float(wall), float(peak))


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        median(cost.cpu for cost in costs), median(cost.wall for cost in costs), median(cost.peak for cost in costs)
    )
