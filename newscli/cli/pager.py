"""The pager: what does not fit the window is shown with $PAGER or less."""

import os
import shlex
import subprocess
from shutil import which

from newscli.cli.terminal import Terminal


def paged(text: str, terminal: Terminal, configured: str) -> None:
    """Show the text with the pager; directly when it fits the window or when there is no pager."""
    command = shlex.split(configured or os.environ.get("PAGER", "") or "less")
    fits = text.count("\n") < terminal.height
    if fits or not command or which(command[0]) is None:
        terminal.stdout.write(text)
        return
    terminal.stdout.flush()
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:  # noqa: S603 - the user's own
        try:
            process.communicate(text.encode("utf-8", "replace"))
        except KeyboardInterrupt:
            process.wait()
