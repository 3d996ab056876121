"""Every measure of an office paper by GB/T 9704-2012, in one place. Nothing here computes a page."""

from __future__ import annotations

from dataclasses import dataclass

# Faces as Word names them; the drawn sheet asks paper for the same roles.
WORD_FACES = {
    "fangsong": "仿宋_GB2312", "xiaobiaosong": "方正小标宋简体", "heiti": "黑体", "kaiti": "楷体_GB2312",
    "songti": "宋体",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportLayout:
    """A4, 版心 156 × 225, 22 lines of 28 characters (GB/T 9704-2012, 5.2)."""

    page_width_mm: float = 210.0
    page_height_mm: float = 297.0
    top_mm: float = 37.0
    bottom_mm: float = 35.0
    left_mm: float = 28.0
    right_mm: float = 26.0
    width_mm: float = 156.0
    lines: int = 22
    characters: int = 28
    line_pt: float = 28.95  # 225 mm / 22, rounded down
    pitch_pt: float = 15.79  # 156 mm / 28, rounded down: 16-point letters stand a hair closer
    body_pt: float = 16.0  # 3号
    title_pt: float = 22.0  # 2号
    title_line_pt: float = 35.0
    note_pt: float = 14.0
    note_line_pt: float = 24.0
    table_pt: float = 12.0
    table_line_pt: float = 18.0
    cell_margin_mm: float = 1.5
    row_extra_pt: float = 4.0  # in a table's row beside its lines
    least_row_mm: float = 8.0
    number_pt: float = 14.0  # 4号 宋体, — 1 —
    number_gap_mm: float = 7.0  # from the text area's foot to the dash
    footer_mm: float = 22.0  # from the paper's edge to the number's foot
    frame_pt: float = 1.0
    rule_pt: float = 0.5


REPORT = ReportLayout()
