"""Fill the console blocks of the README with what their commands really print.

    python tests/readme.py            name the blocks that are out of date; exit 1 when there are some
    python tests/readme.py --write    bring them up to date

A block begins with ``<!-- run: COMMAND -->`` and ends with ``<!-- end -->``. The command runs in the project's folder,
on a terminal WIDTH cells wide, without colour; ``newscli`` is this tree's.
"""

import argparse
import os
import pty
import re
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
WIDTH = 100
HEIGHT = 40

_BLOCK = re.compile(r"<!-- run: (?P<command>.+?) -->\n.*?<!-- end -->", re.DOTALL)
_NEWSCLI = f"#!{sys.executable}\nimport sys\nfrom newscli.__main__ import main\nsys.exit(main())\n"


def commands(text: str) -> list[str]:
    """The commands of the blocks, in order."""
    return [match["command"] for match in _BLOCK.finditer(text)]


def fill(text: str, run: Callable[[str], str]) -> str:
    """The text with every block holding its command and what ``run`` returns for it."""
    return _BLOCK.sub(lambda match: _block(match["command"], run(match["command"])), text)


def _block(command: str, output: str) -> str:
    fence = "````" if "```" in output else "```"
    return f"<!-- run: {command} -->\n{fence}console\n$ {command}\n{output}{fence}\n<!-- end -->"


def stale(text: str, run: Callable[[str], str]) -> list[str]:
    """The commands whose blocks do not hold what ``run`` returns for them."""
    blocks = zip(_BLOCK.finditer(text), _BLOCK.finditer(fill(text, run)), strict=True)
    return [old["command"] for old, new in blocks if old[0] != new[0]]


def run_on_terminal(command: str) -> str:
    """What a shell command prints on a terminal, stdout and stderr as they come, blanks at line ends removed."""
    with tempfile.TemporaryDirectory(prefix="newscli-readme-") as folder:
        program = Path(folder, "newscli")
        program.write_text(_NEWSCLI, encoding="utf-8")
        program.chmod(0o700)
        output = _read_terminal(command, _environment(folder))
    return "".join(f"{line.rstrip()}\n" for line in output.replace("\r\n", "\n").splitlines())


def _environment(folder: str) -> dict[str, str]:
    """Nothing of the user's: no settings, no cache, a fixed zone, no colour."""
    return {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": folder,
        "XDG_CACHE_HOME": f"{folder}/cache",
        "XDG_CONFIG_HOME": f"{folder}/config",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "NO_COLOR": "1",
    }


def _read_terminal(command: str, environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (HEIGHT, WIDTH))
    with subprocess.Popen(["sh", "-c", command], cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        output = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return output.decode("utf-8")


def _read(descriptor: int) -> bytes:
    """The next bytes; empty at the end, which Linux reports as an error of the terminal."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def main(arguments: Sequence[str] | None = None, *, path: Path = README) -> int:
    """Check or write the README; 1 when blocks were out of date and not written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="bring the blocks up to date")
    options = parser.parse_args(arguments)
    text = path.read_text(encoding="utf-8")
    if options.write:
        path.write_text(fill(text, run_on_terminal), encoding="utf-8")
        return 0
    old = stale(text, run_on_terminal)
    sys.stdout.write("".join(f"out of date: {command}\n" for command in old))
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
