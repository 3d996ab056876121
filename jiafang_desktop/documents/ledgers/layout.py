"""Every measure and fixed word of 附件1 台账, both variants. Nothing here computes a page (plan does)."""

from __future__ import annotations

from dataclasses import dataclass

MATRIX_HEAD = ("内容", "时间")  # over and under the first header cell's diagonal


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its value's ``field``, the template's placeholder, heading lines, and how cells are aligned."""

    field: str
    placeholder: str
    heading: tuple[str, ...]
    width_mm: float
    align: str = "center"
    diagonal: bool = False


@dataclass(frozen=True, slots=True)
class LedgerLayout:
    """附件1: A4 landscape."""

    page_width_mm: float = 297.0
    page_height_mm: float = 210.0
    top_mm: float = 28.0
    bottom_mm: float = 26.0
    left_mm: float = 35.0
    right_mm: float = 37.0
    width_mm: float = 225.0
    margin_mm: float = 1.2  # inside cells, left and right
    title_pt: float = 22.0
    title_line_pt: float = 32.0
    head_pt: float = 14.0
    head_line_pt: float = 22.0
    header_mm: float = 14.0
    header_pt: float = 12.0
    header_line_pt: float = 15.0
    body_pt: float = 12.0
    small_pt: float = 10.5
    body_line_pt: float = 15.0
    row_mm: float = 10.2  # the least; else lines × 15 pt + row_extra_mm
    row_extra_mm: float = 3.0
    # Eleven letters of 12 points leave 0.03 mm of 内容; Word's cells get narrower margins instead of a spare here.
    cell_spare_mm: float = 0.02
    word_margin_mm: float = 1.0
    # Twelve single rows would fit the first page with 0.55 mm to spare: kept to eleven, Word and WPS round differently.
    foot_spare_mm: float = 0.58
    footer_pt: float = 10.5
    footer_line_pt: float = 15.0
    footer_mm: float = 15.0  # from the paper's edge


LEDGER = LedgerLayout()

VARIANTS = {
    "plain": (
        Column("number", "序号", ("序号",), 12.0),
        Column("leader_name", "家访领导姓名", ("家访领导", "姓名"), 24.0),
        Column("leader_post", "家访领导职务", ("职务",), 36.0),
        Column("visitee_name", "家访对象姓名", ("家访对象", "姓名"), 24.0),
        Column("visitee_post", "家访对象职务", ("职务",), 36.0),
        Column("date", "时间", ("时间",), 24.0),
        Column("matter", "内容", ("内容",), 49.0, align="left"),
        Column("remark", "备注", ("备注",), 20.0),
    ),
    "matrix": (
        Column("date", "时间", ("时间",), 30.0, diagonal=True),
        Column("number", "序号", ("序号",), 13.0),
        Column("leader_name", "家访领导姓名", ("家访领导姓名",), 32.0),
        Column("leader_post", "家访领导职务", ("职务",), 45.0),
        Column("visitee_name", "家访对象姓名", ("家访对象姓名",), 32.0),
        Column("visitee_post", "家访对象职务", ("职务",), 45.0),
        Column("remark", "备注", ("备注",), 28.0),
    ),
}
TEMPLATES = {"plain": "家访台账(八列).docx", "matrix": "家访台账(内容时间).docx"}
