"""扫描件 beside the paper: what was attached, with day and size, a way to look, and ＋ 附上.

It shows rows and tells what is wanted; dialogs and services are the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiafang_desktop.services.scans import Scan
from ui import theme
from ui.widgets import buttons
from ui.widgets.side_fields import caption, hairline, section_head

KINDS = {"jpg": "JPG", "png": "PNG", "pdf": "PDF"}


class ScansSection(QWidget):
    """The list of one record's scans."""

    attach_wanted = Signal()
    view_wanted = Signal(str)
    detach_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_scans")
        self.add_button = buttons.link("＋ 附上", "button_attach_scan")
        self.add_button.setAccessibleName("附上扫描件")
        self.add_button.clicked.connect(self.attach_wanted)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.dp(4))
        self._hint = caption("", parent=self)
        head = QHBoxLayout()
        head.addWidget(section_head("扫描件", self))
        head.addStretch(1)
        head.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(8))
        column.addWidget(hairline(self))
        column.addSpacing(theme.dp(4))
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self._hint)

    def show_scans(self, scans: Sequence[Scan], *, may_add: bool, may_remove: bool) -> None:
        """These scans; ``may_add`` is false for sheets not registered yet and void ones."""
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for number, scan in enumerate(scans, start=1):
            self._rows.addWidget(self._row(number, scan, may_remove))
        self.add_button.setVisible(may_add)
        words = "盖章后扫描成 JPG、PNG 或 PDF，拖到本页或点“附上”" if may_add else ""
        self._hint.setText("" if scans else words)
        self._hint.setVisible(bool(self._hint.text()))
        self.setVisible(may_add or bool(scans))

    def _row(self, number: int, scan: Scan, may_remove: bool) -> QWidget:
        row = QWidget(self)
        view = buttons.link(f"扫描件 {number}", f"scan_{number}", icon="file")
        view.setAccessibleName(f"查看扫描件 {number}，{facts(scan)}")
        view.clicked.connect(lambda: self.view_wanted.emit(scan.sha256))
        words = caption(facts(scan), parent=row)
        words.setWordWrap(False)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(12))
        line.addWidget(view)
        line.addWidget(words)
        line.addStretch(1)
        if may_remove:
            off = buttons.square(f"取下扫描件 {number}", f"scan_{number}_remove", "close", size_px=24)
            off.clicked.connect(lambda: self.detach_wanted.emit(scan.sha256))
            line.addWidget(off)
        return row


def facts(scan: Scan) -> str:
    """PDF　2.4 兆　11.24 附上."""
    return f"{KINDS.get(scan.kind, scan.kind)}　{size_words(scan.size)}　{scan.at.month}.{scan.at.day} 附上"


def size_words(size: int) -> str:
    """A file's size as an office says it."""
    megabytes = size / (1024 * 1024)
    return f"{megabytes:.1f} 兆" if megabytes >= 0.1 else "不到 0.1 兆"
