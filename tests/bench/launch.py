"""Run one command and say what it cost: ``python -I -S launch.py STDOUT STDERR COMMAND…``.

Prints five numbers: exit status, user and system seconds, wall seconds, peak memory in bytes.
A program of its own, with as few imports as can be, because a child's peak memory starts at that of the process it was
forked from: measured from the benchmark itself, everything small would seem to be as big as the benchmark.
"""

import os
import sys
from time import perf_counter


def main() -> None:
    """Spawn, wait, report."""
    stdout, stderr, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    redirections = [(os.POSIX_SPAWN_OPEN, 1, stdout, flags, 0o600), (os.POSIX_SPAWN_OPEN, 2, stderr, flags, 0o600)]
    start = perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=redirections)
    _, status, usage = os.wait4(child, 0)
    wall = perf_counter() - start
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    code = os.waitstatus_to_exitcode(status)
    sys.stdout.write(f"{code} {usage.ru_utime} {usage.ru_stime} {wall} {peak}\n")


if __name__ == "__main__":
    main()
