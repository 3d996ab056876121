"""What a verb works with: the data folder, the password, the opened store, the one who draws papers.

Each is made when first asked for, so that a verb that needs none starts at once.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common import paths
from jiafang_desktop.common.errors import UserError

if TYPE_CHECKING:
    from jiafang_desktop.domain.pages import Sheet, Stroke
    from jiafang_desktop.services.session import Store


class LateRenderer:
    """A ``Renderer`` that loads Qt when the first picture is asked for; Word and Excel files need none."""

    def pdf(self, sheet: Sheet, target: Path, *, title: str) -> None:
        """As paper.QtRenderer."""
        from jiafang_desktop.paper import QtRenderer

        QtRenderer().pdf(sheet, target, title=title)

    def png(self, sheet: Sheet, target: Path, *, dpi: int = 150) -> list[Path]:
        """As paper.QtRenderer."""
        from jiafang_desktop.paper import QtRenderer

        return QtRenderer().png(sheet, target, dpi=dpi)

    def strokes_png(self, strokes: Sequence[Stroke], *, width_mm: float, height_mm: float) -> bytes:
        """As paper.QtRenderer."""
        from jiafang_desktop.paper import QtRenderer

        return QtRenderer().strokes_png(strokes, width_mm=width_mm, height_mm=height_mm)

    def missing(self, sheet: Sheet) -> str:
        """Characters no font has."""
        from jiafang_desktop.paper import QtRenderer

        return QtRenderer().missing(sheet)


class Desk:
    """One call of the program."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self.warnings: list[str] = []
        self.renderer = LateRenderer()

    @property
    def folder(self) -> Path:
        """--data, else JIAFANG_DATA, else the user's own place."""
        named = self._args.data
        return Path(named) if named else paths.default_data_folder()

    def password(self) -> str:
        """What the password file holds.

        Raises:
            UserError: ``locked`` when no file is named, ``not_found`` when it isn't there.
        """
        named = self._args.password_file or os.environ.get("JIAFANG_PASSWORD_FILE")
        if not named:
            raise UserError(
                "locked", "数据有密码保护，还没有给出密码文件。",
                hint="请加 --password-file 文件，或设置环境变量 JIAFANG_PASSWORD_FILE。",
            )  # fmt: skip
        return self.secret(Path(named))

    def secret(self, path: Path) -> str:
        """A password or recovery key kept in a file; the line end at its end is not part of it."""
        from jiafang_desktop.services import session

        return session.read_password(path)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The opened store; its warnings go into the answer."""
        from jiafang_desktop.services import session

        opened = session.open_store(self.folder, password=self.password())
        try:
            self.warnings.extend(opened.warnings)
            yield opened
        finally:
            opened.close()
