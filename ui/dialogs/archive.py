"""Asking before a record changes its life: where the sealed paper lies, what is still missing, and reasons.

The gate's rule is the services' (policy 四之四, note 2 of 附件2); here its findings become links to the cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets import buttons, fields
from ui.widgets.side_dialog import FormDialog


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stops the filing; ``where`` is the cell or section to go to."""

    text: str
    where: str


class ArchiveGateDialog(FormDialog):
    """What is missing, each with a link that leads there; closing it changes nothing."""

    go_wanted = Signal(str)

    def __init__(self, missing: Sequence[Missing], parent: QWidget | None = None) -> None:
        super().__init__(
            "还不能归档", f"还差 {len(missing)} 项，点一项就到那里去填：", accept_text="知道了",
            name="dialog_archive_gate", parent=parent,
        )  # fmt: skip
        self.cancel.hide()
        for place, item in enumerate(missing, start=1):
            link = buttons.link(f"{place}．{item.text}", f"missing_{item.where}")
            link.clicked.connect(lambda _=False, where=item.where: self._go(where))
            self.body.addWidget(link)

    def _go(self, where: str) -> None:
        self.accept()
        self.go_wanted.emit(where)


class ArchiveDialog(FormDialog):
    """Where the sealed paper lies; with ``scans`` attached it may be left open."""

    def __init__(self, parent: QWidget | None = None, *, known: str = "", scans: int = 0) -> None:
        ask = "请写盖章的纸质件放在哪里，或先附上扫描件。"
        if scans:
            ask = f"已附扫描件 {scans} 份，纸质件放在哪里可以不写。"
        super().__init__(
            "归档这份家访记录", f"归档后只能看，要改须写明更正原因。{ask}", accept_text="归档",
            name="dialog_archive", parent=parent,
        )  # fmt: skip
        self._scans = scans
        self.place = fields.line_edit("field_paper_at", "纸质件存放处")
        self.place.setPlaceholderText("如：党政办文件柜 2026年家访盒")
        self.place.setText(known)
        self.body.addWidget(fields.FormRow("存放处", self.place))
        self.place.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """The place or a scan is needed: a record without its paper is not filed."""
        return None if self.place.text().strip() or self._scans else (self.place, "请写纸质件放在哪里。")

    def paper_at(self) -> str:
        """The place, after acceptance."""
        return self.place.text().strip()


class ReasonDialog(FormDialog):
    """A reason in words, for 更正 and 作废."""

    def __init__(
        self, head: str, sentence: str, *, accept_text: str, name: str, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(head, sentence, accept_text=accept_text, name=name, parent=parent)
        self.words = fields.line_edit("field_reason", label)
        self._label = label
        self.body.addWidget(fields.FormRow(label, self.words))
        self.words.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """The reason is needed."""
        return None if self.words.text().strip() else (self.words, f"请写明{self._label}。")

    def reason(self) -> str:
        """The reason, after acceptance."""
        return self.words.text().strip()
