"""``newscli`` and ``python -m newscli``."""

import gc
import os
import sys

from newscli import __version__

TYPE_CHECKING = False  # the real one costs the import of typing
if TYPE_CHECKING:
    from typing import NoReturn


def main(argv: list[str] | None = None) -> int:
    """Run the command line and answer the exit status.

    Args:
        argv: the arguments without the program's name; None: those of the process, which then ends here.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == ["--version"]:  # before anything is imported: prompts and scripts ask for it often
        sys.stdout.write(f"newscli {__version__}\n")
        return 0
    try:
        gc.disable()  # what is imported stays: nothing to collect there, now or later
        from newscli.cli.app import run

        gc.freeze()
        gc.enable()
        status = run(arguments)
    except KeyboardInterrupt:
        status = 130
    if argv is None:
        _end(status)
    return status


def _end(status: int) -> "NoReturn":
    """End the process without taking the interpreter apart, which would cost two thirds of what starting it does.

    A command has written and closed all that is its own when it returns.
    """
    import atexit
    from contextlib import suppress

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever reads is gone, or it was closed
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
