"""Writes down a defect so that a developer can mend it, without a word of what the clerk typed.

The kind of each error and the frames it came through are kept; messages are not, because they may quote a name.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

from jiafang_desktop import __version__
from jiafang_desktop.common import clock

_KEPT_BYTES = 500_000
_NAME = "jiafang.log"


def log_path(data_folder: Path) -> Path:
    """Beside the data folder, never in it, as the windows' log: a copied data folder carries no log."""
    folder = data_folder.absolute()
    return folder.with_name(f"{folder.name or 'jiafang'}-log") / _NAME


def write_down(error: BaseException, *, verb: str, data_folder: Path) -> Path:
    """Append the defect to the log and give its path; where that can't be written, into the temporary folder."""
    text = _report(error, verb)
    for target in (log_path(data_folder), Path(tempfile.gettempdir()) / "jiafang-log" / _NAME):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists() and target.stat().st_size > _KEPT_BYTES:
                target.replace(target.with_suffix(".old.log"))
            with target.open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        return target
    return Path(os.devnull)


def _report(error: BaseException, verb: str) -> str:
    python = ".".join(str(part) for part in sys.version_info[:3])
    lines = [f"{clock.stamp()} jiafang {__version__} ({verb}) on {sys.platform}, python {python}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n\n"
