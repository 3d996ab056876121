"""The windows' program: what it is told at the start, and what Qt has to know before its first object.

What is shown first and what follows is ui.program's business.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from jiafang_desktop import __version__
from jiafang_desktop.common import paths
from ui import log_file, theme
from ui.program import Program

if TYPE_CHECKING:
    from ui.first_window import FirstWindow

_SETTLED_MS = 500  # after a window showed: its page is filled by then
# An office's desktop has fcitx, which speaks ibus' protocol too; the wheels carry no fcitx plug-in, so ibus' is named
# behind it. Without this a desktop that sets QT_IM_MODULE=fcitx could type no Chinese at all.
_INPUT_METHODS = "wayland;fcitx;ibus"


@dataclass(frozen=True, slots=True)
class Options:
    """What the program was told. ``pictures`` asks for the pictures of all pages instead of a person's window."""

    folder: Path
    password_file: Path | None
    pictures: Path | None


def read_options(argv: Sequence[str] | None) -> Options:
    """Arguments first, then ``JIAFANG_DATA`` and ``JIAFANG_PASSWORD_FILE``; a password is never an argument."""
    parser = argparse.ArgumentParser(prog="jiafang-gui", description="领导干部家访台账")
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹，也可用环境变量 JIAFANG_DATA")
    parser.add_argument("--password-file", type=Path, metavar="F", help="密码文件，也可用 JIAFANG_PASSWORD_FILE")
    parser.add_argument("--screenshots", type=Path, metavar="OUT", help="把每一页画成图片存到这个文件夹，然后退出")
    parser.add_argument("--version", action="version", version=__version__)
    # Qt takes its own options (-platform, -style) out of what is left
    given, _ = parser.parse_known_args(argv)
    password_file = given.password_file
    if password_file is None and (named := os.environ.get("JIAFANG_PASSWORD_FILE")):
        password_file = Path(named)
    folder = given.data if given.data is not None else paths.default_data_folder()
    return Options(folder.expanduser().absolute(), password_file, given.screenshots)


def make_application(*, scale: float = 1.0) -> QApplication:
    """The one QApplication, in Chinese, sharp at any scale, in the theme."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_IM_MODULES", _INPUT_METHODS)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("jiafang")
    app.setApplicationDisplayName("领导干部家访台账")
    app.setApplicationVersion(__version__)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app, scale=scale)
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Run until the last window closes; gives the process's exit status."""
    options = read_options(argv)
    if options.pictures is not None:
        # a picture has the size asked for whatever screen this is
        os.environ.update(QT_ENABLE_HIGHDPI_SCALING="0", QT_SCALE_FACTOR="1")
    log = log_file.begin(options.folder)
    app = make_application()
    try:
        if options.pictures is not None:
            from ui.screenshots import draw_all

            return draw_all(options.folder, options.password_file, options.pictures)
        return _run(app, options, log)
    except Exception as error:  # before or after the windows, where no dialog can tell
        log_file.defect(error)
        sys.stderr.write(f"程序出了差错，已记入 {log}\n")
        return 70
    finally:
        log_file.end()


class OneWindow:
    """One window per data folder. The local network is loaded after the first window shows, if that can be waited for.

    Let in by a password file the store's own lock tells of another window; a door would open without asking it.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.first: FirstWindow | None = None
        self._waits = program.opens_directly
        program.brought_forward = self._bring_forward
        program.shown.connect(lambda: QTimer.singleShot(_SETTLED_MS, self.settle))

    def is_elsewhere(self) -> bool:
        """Whether another start has the window; it is in front then."""
        return not self._waits and self._bring_forward()

    def _bring_forward(self) -> bool:
        from ui.first_window import FirstWindow

        return FirstWindow(self.program.folder).is_taken()

    def settle(self) -> None:
        """Be the first, now that there is time for it."""
        gc.enable()
        if self.first is None:
            from ui.first_window import FirstWindow

            self.first = FirstWindow(self.program.folder)
            self.first.forward_wanted.connect(self.program.come_forward)
            self.first.listen()

    def close(self) -> None:
        """No longer the first."""
        if self.first is not None:
            self.first.close()


def _run(app: QApplication, options: Options, log: Path) -> int:
    gc.disable()  # nothing made while starting is garbage
    program = Program(options.folder, password_file=options.password_file, log=log)
    one = OneWindow(program)
    if one.is_elsewhere():
        return 0
    sys.excepthook = lambda _kind, error, _trace: program.show_defect(error)
    threading.excepthook = lambda given: program.defect_elsewhere(given.exc_value)
    app.aboutToQuit.connect(program.close)
    log_file.LOG.info("started %s", __version__)
    program.start()
    status = app.exec()
    one.close()
    log_file.LOG.info("ended")
    return status


if __name__ == "__main__":
    sys.exit(main())
