"""The program's log: when it began and ended, which ids were at work, and defects whole — never a word a clerk typed.

A refusal (UserError) is no defect and is not written down. Messages of exceptions are left out, because they may
quote what was typed; their kind and the frames are enough to mend them.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

LOG = logging.getLogger("jiafang")
_installed: list[logging.Handler] = []
_KEPT_BYTES = 500_000
_MOST_BYTES = 4 * _KEPT_BYTES
# Qt says these where there is no screen, no theme plug-in or no font of a family asked for; nobody can act on them.
_EXPECTED = (
    "This plugin does not support", "Could not find the Qt platform theme", "QFont::setPixelSize",
    "Populating font family aliases", "propagateSizeHints", "OpenType support missing for",
    "Failed to initialize graphics backend",
)  # fmt: skip
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR, QtMsgType.QtFatalMsg: logging.CRITICAL,
}  # fmt: skip


class _Frames(logging.Formatter):
    """An exception as its kind and its frames, without its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Another handler may have left its own wording of the exception on the record: it is not taken over."""
        told, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = told

    def formatException(self, info: tuple) -> str:  # type: ignore[override]  # logging's own loose type
        """Frames, oldest first, then the kind of each error from the outermost to its cause."""
        return frames_of(info[1])


def frames_of(error: BaseException | None) -> str:
    """Where an error came from, for the log and for folded details."""
    lines = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


def log_path(data_folder: Path) -> Path:
    """Beside the data folder, never in it: a copied folder carries no log, and a damaged one can still be told of."""
    folder = data_folder.absolute()
    return folder.with_name(f"{folder.name or 'jiafang'}-log") / "jiafang-gui.log"


def begin(data_folder: Path) -> Path:
    """Open the log and give its path; falls back to the temporary folder where none can be written beside it."""
    handler: logging.Handler | None = None
    target = log_path(data_folder)
    for place in (target, None):
        try:
            handler, target = _opened(place or _elsewhere(target))
            break
        except OSError:
            continue
    if handler is None:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Frames("%(asctime)s %(levelname)s %(message)s"))
    end()
    _installed.append(handler)
    logging.getLogger().addHandler(handler)  # rooms write to loggers of their own; all of it goes one way
    LOG.setLevel(logging.INFO)
    qInstallMessageHandler(_qt_said)
    return target


def _opened(place: Path) -> tuple[logging.Handler, Path]:
    """A file to add to; a long one becomes the older one first. logging.handlers would load half a network library."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and place.stat().st_size > _KEPT_BYTES:
        place.replace(place.with_name(f"{place.name}.1"))
    return _File(place, encoding="utf-8", delay=True), place


class _File(logging.FileHandler):
    """One start can't fill a disk, whatever goes wrong over and over."""

    def emit(self, record: logging.LogRecord) -> None:
        """As usual while there is room."""
        if self.stream is None or self.stream.tell() < _MOST_BYTES:
            super().emit(record)


def _elsewhere(place: Path) -> Path:
    import tempfile

    return Path(tempfile.gettempdir()) / "jiafang-log" / place.name


def end() -> None:
    """Close the log; Qt's messages go where they went before."""
    qInstallMessageHandler(None)
    while _installed:
        handler = _installed.pop()
        logging.getLogger().removeHandler(handler)
        handler.close()


def defect(error: BaseException) -> None:
    """Write a defect down."""
    LOG.error("defect", exc_info=(type(error), error, _traceback_of(error)))


def _traceback_of(error: BaseException) -> TracebackType | None:
    return error.__traceback__


def _qt_said(kind: QtMsgType, context: QMessageLogContext, words: str | None) -> None:
    text = words or ""
    if any(known in text for known in _EXPECTED):
        return
    LOG.log(_LEVELS.get(kind, logging.WARNING), "qt %s: %s", context.category or "default", text[:200])
