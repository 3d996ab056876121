"""An empty roster to fill in: one header row our own reader finds, text columns, and a sheet that explains.

Only the blank is written here; reading filled ones is the rest of this package.
"""

from __future__ import annotations

import io

from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES

_WIDTHS = {
    "name": 10, "unit": 20, "section": 18, "post": 24, "managed_by": 14, "staff_type": 12, "gender": 6,
    "birth_date": 11, "phone": 14, "address": 28, "spouse_name": 10, "spouse_work": 26, "employee_no": 10, "remark": 16,
}  # fmt: skip
_EXPLAINED = (
    "一、只有“姓名”必须填写，其余各栏没有的可以空着，不用的栏可以删去，栏的先后可以调换。",
    "二、一人一行；从标题下面一行填起，中间不要合并单元格。",
    "三、出生年月写成 1975.03 或 1975.3.8。本表各栏已设为文本，1980.10 不会变成 1980.1。",
    "四、管理权限写由谁管理这名干部，例如：本单位、县委组织部。",
    "五、没有配偶的，“配偶姓名”写“无”。",
    "六、请不要填写身份证号码和民族，程序不导入、不保存这两项。",
)  # fmt: skip
_BLANK_ROWS = 300  # rows that carry the borders; more can be filled below them


def blank_roster() -> bytes:
    """The blank as xlsx bytes: sheet 干部名册 with titles in row 1, sheet 填表说明."""
    import xlsxwriter  # imported late: only this verb needs it

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        base = {"font_name": "宋体", "font_size": 11, "border": 1, "border_color": "#999999", "valign": "vcenter"}
        head = book.add_format(base | {"bold": True, "align": "center", "bg_color": "#E9F1F1", "text_wrap": True})
        cell = book.add_format(base | {"num_format": "@"})
        sheet = book.add_worksheet("干部名册")
        for column, name in enumerate(CADRE_FIELDS):
            sheet.set_column(column, column, _WIDTHS[name], cell)
            sheet.write_string(0, column, FIELD_TITLES[name], head)
        sheet.set_row(0, 24)
        for row in range(1, _BLANK_ROWS + 1):
            for column in range(len(CADRE_FIELDS)):
                sheet.write_blank(row, column, None, cell)
        gender = CADRE_FIELDS.index("gender")
        sheet.data_validation(1, gender, _BLANK_ROWS, gender, {"validate": "list", "source": ["男", "女"]})
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        notes = book.add_worksheet("填表说明")
        notes.set_column(0, 0, 90)
        wrapped = book.add_format({"font_name": "宋体", "font_size": 12, "text_wrap": True, "valign": "vcenter"})
        for row, sentence in enumerate(_EXPLAINED):
            notes.set_row(row, 24)
            notes.write_string(row, 0, sentence, wrapped)
    finally:
        book.close()
    return target.getvalue()
