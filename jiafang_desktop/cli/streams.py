"""Standard streams that carry Chinese whatever the terminal's settings are, and that may be closed at any moment.

What is printed is decided elsewhere.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys


def ensure_utf8_names() -> None:
    """Start again in UTF-8 mode where the locale can't name Chinese files (LC_ALL=C with PYTHONUTF8=0)."""
    if os.name == "nt" or getattr(sys, "frozen", False) or sys.getfilesystemencoding().lower() in ("utf-8", "utf8"):
        return
    environment = {**os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def prepare() -> None:
    """Make stdout and stderr UTF-8, and keep closed ones from being taken by the first file that is opened."""
    if os.name != "nt" and os.environ.get("LC_ALL") in ("C", "POSIX"):
        os.environ["LC_ALL"] = "C.UTF-8"  # Qt would complain on stderr and switch to it by itself
    _fill_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Lone surrogates of undecodable file names become \udcXX, which is also what JSON calls them.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _fill_closed() -> None:
    """Where a shell closed 0, 1 or 2 (``>&-``) open nothing in their place, so that no database gets that number."""
    if os.name != "nt":
        while True:
            spare = os.open(os.devnull, os.O_RDWR)
            if spare > 2:
                os.close(spare)
                break
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  (lives as long as the process)


def write(text: str) -> None:
    """Print to stdout; a reader that went away (``| head``) is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (BrokenPipeError, OSError):
        _give_up(sys.stdout)


def complain(text: str) -> None:
    """Print to stderr, likewise."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (BrokenPipeError, OSError):
        _give_up(sys.stderr)


def _give_up(stream: object) -> None:
    """Nobody reads any more: send the rest to nowhere, or Python complains once more while it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]  # stdout and stderr have one
        os.close(nowhere)
