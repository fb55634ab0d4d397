"""What ends a run: every exception becomes a line on stderr and an exit status."""

import errno
import os
import sys
from collections.abc import Callable

import typer
from typer._click.exceptions import ClickException, NoSuchOption, UsageError

from newscli import __version__
from newscli.cli.terminal import safe
from newscli.errors import ExitCode, NewscliError

_NOT_OURS = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a write to standard output may meet: the reader is gone, there is no room."""


def guarded(run: Callable[[], int | None], *, verbose: bool = False) -> int:
    """Run a command to its end and answer the exit status.

    A closed pipe ends it quietly and Ctrl-C without a traceback; what is no use error is a bug, and the message says
    how to report it.

    Args:
        run: the command.
        verbose: show the traceback of a bug.
    """
    try:
        status = _outcome(run, verbose=verbose)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
        return ExitCode.OK
    except OSError as error:
        _let_go_of_stdout()
        _say(f"cannot write to standard output: {error.strerror}")
        return ExitCode.USAGE
    except KeyboardInterrupt:
        _let_go_of_stdout()
        return ExitCode.INTERRUPTED
    return status


def _outcome(run: Callable[[], int | None], *, verbose: bool) -> int:
    try:
        return int(run() or ExitCode.OK)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except NewscliError as error:
        _say(str(error))
        return error.exit_code
    except ClickException as error:
        _say(_usage(error))
        return ExitCode.USAGE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NOT_OURS:
            raise
        return _report_bug(error, verbose=verbose)


def _say(message: str) -> None:
    sys.stderr.write(f"newscli: {safe(message)}\n")


def _usage(error: ClickException) -> str:
    if isinstance(error, NoSuchOption):
        message = error.message + "".join(f"; did you mean {name!r}?" for name in (error.possibilities or ())[:1])
    else:
        message = error.format_message()
    context = error.ctx if isinstance(error, UsageError) else None
    command = context.command_path if context else "newscli"
    return f"{message[:1].lower()}{message[1:]}\nTry '{command} -h' for help."


def _report_bug(error: Exception, *, verbose: bool) -> ExitCode:
    if verbose:
        import traceback

        sys.stderr.write(safe("".join(traceback.format_exception(error))))
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    how = "" if verbose else " with what 'newscli -v …' shows"
    _say(f"internal error: {what} (a bug of newscli {__version__}; please report it{how})")
    return ExitCode.BUG


def _let_go_of_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not stumble over it when it shuts down."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
