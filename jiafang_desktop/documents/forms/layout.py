"""Every measure and fixed word of the two official forms (附件2 记录单, 附件1 台账), in one place.

Templates, planner and filler all read from here. Millimetres and points as the names say; nothing here computes a
page. Words are those of 魏组〔2023〕6号.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiafang_desktop.domain.pages import MM_PER_PT

OUTER_PT = 1.5  # a table's frame
INNER_PT = 0.75
LABEL_PLACEHOLDER = "附件"  # removed where the unit does not print 附件2
CONTINUES = "（转续页）"
CONTINUED = "（续）"
CONTINUED_TITLE = "（续页）"
SEAL = "（盖章）"
# Long cells' steps: letters / line, points.
STEPS = ((14.0, 22.0), (12.0, 18.0), (10.5, 15.0))
SHORT_SIZES = (14.0, 12.0, 10.5)


@dataclass(frozen=True, slots=True)
class Label:
    """A printed word of the table: its lines as they stand, and the pitch between them."""

    lines: tuple[str, ...]
    line_pt: float = 18.0

    @property
    def text(self) -> str:
        """The word in one piece."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from grid line ``left`` to ``right``; either a ``label`` or the value named ``field``."""

    left: int
    right: int
    label: Label | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. ``height_mm`` is the default; account, resolution and leaders rows are set by the planner."""

    name: str
    height_mm: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """附件2: A4 portrait."""

    page_width_mm: float = 210.0
    page_height_mm: float = 297.0
    top_mm: float = 37.0
    bottom_mm: float = 35.0
    left_mm: float = 28.0
    right_mm: float = 26.0
    width_mm: float = 156.0
    grid_mm: tuple[float, ...] = (0.0, 18.0, 42.0, 60.0, 84.0, 120.0, 156.0)
    margin_mm: float = 1.5  # inside cells, left and right
    label_text: str = "附件2"
    label_pt: float = 16.0
    label_line_pt: float = 28.0
    title_pt: float = 22.0
    title_line_pt: float = 34.0
    title_after_pt: float = 6.0
    head_pt: float = 14.0  # 单位：…（盖章） 年 月 日 序号：
    head_line_pt: float = 24.0
    date_tab_mm: float = 84.0
    number_tab_mm: float = 156.0
    blank_seal_mm: float = 46.9  # where （盖章） stands when the unit is left for the pen
    blank_number_mm: float = 130.6
    short_pt: float = 14.0
    leader_line_pt: float = 22.0
    notes_pt: float = 12.0
    notes_line_pt: float = 18.0
    notes_head: str = "填表说明："
    notes: tuple[str, ...] = ("1．填写本表格应简明扼要，真实准确；", "2．本表格应在家访问题解决之后再存档。")
    # The two long rows share this much; with the 附件2 label less, on a 续页 (no address and spouse rows) more.
    long_mm: float = 103.0
    long_labelled_mm: float = 93.0
    long_continued_mm: float = 135.0
    account_share: float = 59.7 / 103.0
    account_continued_share: float = 78.2 / 135.0
    least_account_mm: float = 22.5  # its label's three lines
    least_resolution_mm: float = 30.0  # its label's four lines, and a place for the pen
    long_spare_mm: float = 0.9  # in each long cell, for rounding in other programs
    leaders_mm: float = 28.0
    leaders_base_mm: float = 13.0  # signature cell: its label, then so much for each leader's name in ink
    leaders_each_mm: float = 7.5
    leader_outdent_mm: float = 1.2  # of the margin, for a post's line that ends with a comma
    leaders_most_mm: float = 66.0


RECORD = RecordLayout()

ROWS = {
    "visitee": Row("visitee", 20.0, (
        Cell(0, 1, Label(("家访", "对象", "姓名"))), Cell(1, 3, field="visitee_name"),
        Cell(3, 4, Label(("职　务",))), Cell(4, 6, field="visitee_post"),
    )),
    "address": Row("address", 14.0, (Cell(0, 1, Label(("家庭", "住址"))), Cell(1, 6, field="address"))),
    "spouse": Row("spouse", 18.0, (
        Cell(0, 1, Label(("配偶", "姓名"))), Cell(1, 3, field="spouse_name"),
        Cell(3, 4, Label(("工作单位", "及职务"))), Cell(4, 6, field="spouse_work"),
    )),
    "account": Row("account", 59.7, (
        Cell(0, 1, Label(("家访", "情况", "记录"), 20.0)), Cell(1, 6, field="account"),
    )),
    "resolution": Row("resolution", 43.3, (
        Cell(0, 1, Label(("家访", "问题", "解决", "情况"), 20.0)), Cell(1, 6, field="resolution"),
    )),
    "leaders": Row("leaders", 28.0, (
        Cell(0, 1, Label(("家访", "领导", "姓名"))), Cell(1, 2, field="leader_name"),
        Cell(2, 3, Label(("家访", "领导", "职务"))), Cell(3, 4, field="leader_post"),
        Cell(4, 5, Label(("家访领导", "签名：")), "leader_signature"),
        Cell(5, 6, Label(("家访记录人", "签名：")), "recorder_signature"),
    )),
}  # fmt: skip

SIGNATURE_TOP_MM = 1.5  # above 家访领导签名：
FIRST_ROWS = ("visitee", "address", "spouse", "account", "resolution", "leaders")
CONTINUED_ROWS = ("visitee", "account", "resolution", "leaders")
LONG_CELLS = ("account", "resolution")


def mm(points: float) -> float:
    """Points in millimetres."""
    return points * MM_PER_PT


def inner_mm(cell: Cell) -> float:
    """The width text has in a record cell, its margins off."""
    return RECORD.grid_mm[cell.right] - RECORD.grid_mm[cell.left] - 2 * RECORD.margin_mm


def value_cell(row: str, field: str) -> Cell:
    """The cell of ``row`` that holds ``field``."""
    return next(cell for cell in ROWS[row].cells if cell.field == field)


def long_inner_mm() -> float:
    """The text width of the two long cells: 135 mm."""
    return inner_mm(value_cell("account", "account"))
