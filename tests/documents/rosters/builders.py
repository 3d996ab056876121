"""Ugly rosters as Chinese offices make them, built in memory; every person is invented.

``LAYOUTS`` names each one with its file bytes and what a careful clerk would read in it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Row = Sequence[Any]


@dataclass(frozen=True)
class Layout:
    """A file and what stands in it: ``people`` with fields that must hold, or the codes it may be refused with."""

    data: bytes
    people: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    header_row: int | None = None
    sheet: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    no_columns: tuple[str, ...] = ()
    question: str | None = None
    refusal: tuple[str, ...] = ()
    unit_option: str | None = None


def xlsx(
    *sheets: tuple[str, Iterable[Row]],
    merges: dict[str, list[str]] | None = None,
    hidden: tuple[str, ...] = (),
    touch: Callable[[Any], None] | None = None,
) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, []):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    if touch:
        touch(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Iterable[Row], *, merges: Iterable[tuple[int, int, int, int]] = (), dates: str = "yyyy-mm-dd") -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名册")
    style = xlwt.easyxf(num_format_str=dates)
    taken = set()
    for top, bottom, left, right, text in ((*area, "") for area in merges):  # type: ignore[misc]
        del text
        taken.update(
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        )
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value in (None, "") or (at, column) in taken:
                continue
            area = next((a for a in merges if a[0] == at and a[2] == column), None)
            if area:
                sheet.write_merge(*area, value)
            elif isinstance(value, (date, datetime)):
                sheet.write(at, column, value, style)
            else:
                sheet.write(at, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html(rows: Iterable[Row], *, charset: str = "gb2312", before: str = "") -> bytes:
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{cell}</td>" if not isinstance(cell, tuple) else f"<td {cell[0]}>{cell[1]}</td>"
            for cell in row
            if cell is not None
        )
        + "</tr>"
        for row in rows
    )
    text = (
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type '
        f'content="text/html; charset={charset}"></head><body>{before}<table border=1>{body}</table></body></html>'
    )
    return text.encode("gb18030" if charset.startswith("gb") else charset)


def xml2003(rows: Iterable[Sequence[Any]], *, encoding: str = "UTF-8") -> bytes:
    lines = []
    for row in rows:
        cells = []
        for value in row:
            if value is None:
                continue
            if isinstance(value, tuple):
                attributes, text = value
                cells.append(f'<Cell {attributes}><Data ss:Type="String">{text}</Data></Cell>')
            elif isinstance(value, (int, float)):
                cells.append(f'<Cell><Data ss:Type="Number">{value}</Data></Cell>')
            elif isinstance(value, date):
                cells.append(f'<Cell><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data></Cell>')
            else:
                cells.append(f'<Cell><Data ss:Type="String">{value}</Data></Cell>')
        lines.append("<Row>" + "".join(cells) + "</Row>")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="干部"><Table>'
        f"{''.join(lines)}</Table></Worksheet></Workbook>"
    )
    return text.encode("gb18030" if encoding.lower().startswith("gb") else encoding)


def text(rows: Iterable[Row], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    lines = [
        delimiter.join(
            f'"{cell}"'
            if isinstance(cell, str) and ("\n" in cell or delimiter in cell)
            else str(cell if cell is not None else "")
            for cell in row
        )
        for row in rows
    ]
    return "\r\n".join(lines).encode(encoding)


HEAD = ["序号", "姓名", "单位", "职务", "性别", "出生年月", "联系电话"]
ZHANG: list[Any] = [1, "张三丰", "德政镇", "党委书记", "男", "1975.03", "13800001234"]
LI: list[Any] = [2, "李思雨", "魏城镇", "镇长", "女", "1980年7月", 13900001234]
WANG: list[Any] = [3, "王　五", "教育局", "副局长", "男", "1966.１２", "0310-3512345"]
THREE: list[tuple[str, dict[str, Any]]] = [
    ("张三丰", {"unit": "德政镇", "post": "党委书记", "birth_date": "1975-03", "phone": "13800001234", "gender": "男"}),
    ("李思雨", {"unit": "魏城镇", "post": "镇长", "birth_date": "1980-07", "phone": "13900001234"}),
    ("王五", {"unit": "教育局", "post": "副局长", "birth_date": "1966-12", "phone": "0310-3512345"}),
]
TABLE = [HEAD, ZHANG, LI, WANG]


def _names(*names: str, **fields: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(name, fields) for name in names]


def _ghosts(book: Any) -> None:
    from openpyxl.styles import PatternFill

    sheet = book.worksheets[0]
    fill = PatternFill("solid", fgColor="FFFF00")
    for column in (200, 5000, 16384):
        sheet.cell(1, column).fill = fill
    for row in (5000, 300000, 1048576):
        sheet.cell(row, 3).fill = fill
    sheet.cell(2000, 4, " ")


def _stray_text(book: Any) -> None:
    book.worksheets[0].cell(1048576, 16384, "x")


def _numbers_as_dates(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["F2"], sheet["F3"], sheet["F4"] = datetime(1975, 3, 8), 29403, 19661208


TEMPLATE_ROWS = [
    [1, "{{姓名}}", "{{单位}}"],
    [2, "{.name}", "{.unit}"],
    [3, "${name}", ""],
    [4, "【姓名】", ""],
    [5, "×××", "×××单位"],
]

LAYOUTS: dict[str, Callable[[], Layout]] = {
    "plain": lambda: Layout(xlsx(("Sheet1", TABLE)), THREE, 1, columns={"name": "B", "unit": "C", "post": "D"}),
    "title and unit lines above": lambda: Layout(
        xlsx(
            (
                "Sheet1",
                [
                    ["2024年干部花名册"],
                    ["填报单位（盖章）：德政镇", "", "", "填报日期：2024年5月"],
                    ["序号", "姓 名", "职　务", "出生\n年月"],
                    [1, "赵一鸣", "镇长", "1979.5"],
                ],
            ),
            merges={"Sheet1": ["A1:D1"]},
        ),
        [("赵一鸣", {"unit": "德政镇", "post": "镇长", "birth_date": "1979-05"})],
        3,
    ),
    "unit in the title": lambda: Layout(
        xlsx(("Sheet1", [["魏县北皋镇机关干部花名册"], ["姓名", "职务"], ["赵一鸣", "科员"]])),
        _names("赵一鸣", unit="魏县北皋镇"),
        2,
    ),
    "unit split over two cells": lambda: Layout(
        xlsx(
            (
                "Sheet1",
                [["单位：", "双井镇", "", "时间：2024.3"], ["姓名", "职务", "电话"], ["赵一鸣", "科员", "13800000001"]],
            )
        ),
        _names("赵一鸣", unit="双井镇"),
        2,
    ),
    "two header rows merged": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["干部名册"],
                    ["序号", "姓名", "单位", "配偶情况", "", "", "备注"],
                    ["", "", "", "姓名", "工作单位", "联系电话", ""],
                    [1, "孙悦然", "德政镇", "钱多多", "县医院", "13711112222", "无"],
                ],
            ),
            merges={"S": ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"]},
        ),
        [
            (
                "孙悦然",
                {"unit": "德政镇", "spouse_name": "钱多多", "spouse_work": "县医院", "phone": None, "remark": None},
            )
        ],
        3,
        columns={"name": "B", "spouse_name": "D", "spouse_work": "E"},
        no_columns=("phone",),
    ),
    "three header rows with groups": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["基本情况", "", "", "工作情况", "", "配偶信息", ""],
                    ["姓名", "出生", "", "单位", "职务", "姓名", "单位及职务"],
                    ["", "年月", "地点", "", "", "", ""],
                    ["周小川", "1970.11", "魏县", "泊口镇", "镇长", "吴小丽", "泊口中学教师"],
                ],
            ),
            merges={"S": ["A1:C1", "D1:E1", "F1:G1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3"]},
        ),
        [
            (
                "周小川",
                {
                    "birth_date": "1970-11",
                    "unit": "泊口镇",
                    "post": "镇长",
                    "spouse_name": "吴小丽",
                    "spouse_work": "泊口中学教师",
                },
            )
        ],
        3,
    ),
    "groups typed without merging": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["序号", "姓名", "职务", "配偶", "", "住址"],
                    ["", "", "", "姓名", "工作单位", ""],
                    [1, "周小川", "镇长", "吴小丽", "县医院", "南街1号"],
                ],
            )
        ),
        [("周小川", {"post": "镇长", "spouse_name": "吴小丽", "spouse_work": "县医院", "address": "南街1号"})],
        2,
        unit_option="德政镇",
    ),
    "header at row ten below statistics": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["魏县干部情况"],
                    ["单位", "人数", "男", "女"],
                    ["德政镇", 30, 20, 10],
                    ["魏城镇", 40, 30, 10],
                    ["合计", 70, 50, 20],
                    [],
                    ["说明：姓名按笔画排列。"],
                    [],
                    [],
                    *TABLE,
                ],
            )
        ),
        THREE,
        10,
    ),
    "instruction sheet first": lambda: Layout(
        xlsx(
            (
                "填表说明",
                [
                    ["一、姓名：填写全称"],
                    ["二、单位：填写规范简称"],
                    ["栏目", "填写要求"],
                    ["姓名", "与身份证一致"],
                    ["出生年月", "如1975.03"],
                ],
            ),
            ("名单", TABLE),
        ),
        THREE,
        1,
        "名单",
    ),
    "instruction sheet with its own header": lambda: Layout(
        xlsx(
            (
                "填写说明",
                [["姓名", "单位", "职务"], ["必填，写全名", "必填，规范简称", "选填"], ["张三", "德政镇", "科员"]],
            ),
            ("干部", TABLE),
        ),
        THREE,
        1,
        "干部",
    ),
    "hidden dictionary of thousands": lambda: Layout(
        xlsx(
            ("dict", [["姓名", "代码"], *[[f"张{chr(0x4E00 + i)}", i] for i in range(4000)]]),
            ("在职干部", TABLE),
            hidden=("dict",),
        ),
        THREE,
        1,
        "在职干部",
    ),
    "summary sheet beside": lambda: Layout(
        xlsx(("汇总统计", [["单位", "姓名", "人数"], ["德政镇", "张三丰", 1]]), ("全部名单", TABLE)),
        THREE,
        1,
        "全部名单",
    ),
    "several sheets of people": lambda: Layout(
        xlsx(("德政镇", TABLE), ("魏城镇", TABLE[:3])), THREE, 1, "德政镇", question="choose_sheet"
    ),
    "ghost rows and columns": lambda: Layout(xlsx(("S", TABLE), touch=_ghosts), THREE, 1),
    "stray text in the last cell": lambda: Layout(xlsx(("S", TABLE), touch=_stray_text), THREE, 1),
    "instructions below the data": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "职务"],
                    ["张三丰", "德政镇", "书记"],
                    [],
                    ["填表说明："],
                    ["1.姓名填全称"],
                    ["2.单位填规范简称"],
                    ["请如实填写"],
                    ["联系电话：0310-3512345"],
                    ["注：本表一式两份，由组织部存档。"],
                ],
            )
        ),
        _names("张三丰"),
        1,
    ),
    "numbered rows without a person": lambda: Layout(xlsx(("S", [HEAD, ZHANG, LI, WANG, [4], [5], [6]])), THREE, 1),
    "paged with repeated headers": lambda: Layout(
        xlsx(("S", [["德政镇花名册"], HEAD, ZHANG, ["第1页"], ["德政镇花名册"], HEAD, LI, HEAD, WANG])), THREE, 2
    ),
    "footer lines": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    *TABLE,
                    ["合计", "3人"],
                    ["填表人：王小二", "", "审核人：赵大", "", "统计日期：2024年5月1日"],
                    ["", "填表人：王小二"],
                    ["", "2024年5月1日"],
                    ["", "共3人"],
                ],
            )
        ),
        THREE,
        1,
    ),
    "level column beside post": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    [
                        "姓名",
                        "单位",
                        "现任职务",
                        "职务名称",
                        "入党介绍人",
                        "联系人",
                        "参加工作时间",
                        "入党时间",
                        "出生年月",
                    ],
                    ["张三丰", "德政镇", "正科级", "党委书记", "刘大", "陈二", "1995.07", "2000.07", "1975.03"],
                    ["李思雨", "德政镇", "副科级", "副镇长", "刘大", "陈二", "2001.07", "2005.07", "1980.10"],
                ],
            )
        ),
        [
            ("张三丰", {"post": "党委书记", "birth_date": "1975-03"}),
            ("李思雨", {"post": "副镇长", "birth_date": "1980-10"}),
        ],
        1,
        columns={"name": "A", "post": "D", "birth_date": "I"},
    ),
    "introducer before the name": lambda: Layout(
        xlsx(("S", [["入党介绍人", "联系人", "姓名", "单位"], ["刘大伟", "陈二宝", "张三丰", "德政镇"]])),
        _names("张三丰"),
        1,
        columns={"name": "C"},
    ),
    "identity card and ethnicity": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "身份证号码", "民族", "单位"],
                    ["张三丰", "130434197503081231", "汉族", "德政镇"],
                    ["李思雨", "130434198007081242", "回族", "德政镇"],
                ],
            )
        ),
        _names("张三丰", "李思雨", unit="德政镇"),
        1,
        columns={"name": "A", "unit": "D"},
    ),
    "placeholders only": lambda: Layout(xlsx(("模板", [["序号", "姓名", "单位"], *TEMPLATE_ROWS])), [], 2 - 1),
    "placeholders and people": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["序号", "姓名", "单位"],
                    *TEMPLATE_ROWS,
                    ["例", "张三", "德政镇"],
                    [1, "示例：李四", "德政镇"],
                    [2, "赵一鸣", "德政镇"],
                ],
            )
        ),
        _names("赵一鸣"),
        1,
    ),
    "side by side": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["序号", "姓名", "职务", "序号", "姓名", "职务"],
                    [1, "张三丰", "书记", 3, "王五福", "科员"],
                    [2, "李思雨", "镇长", 4, "赵一鸣", "科员"],
                ],
            )
        ),
        [],
        question="ambiguous_header",
        unit_option="德政镇",
    ),
    "appointment form": lambda: Layout(
        xlsx(
            (
                "张三丰",
                [
                    ["干部任免审批表"],
                    ["姓名", "张三丰", "性别", "男", "出生年月(岁)", "1975.03"],
                    ["民族", "汉", "籍贯", "河北魏县", "出生地", "河北魏县"],
                    ["简历", "1995.07 参加工作"],
                    ["家庭主要成员", "称谓", "姓名", "年龄", "工作单位及职务"],
                    ["", "妻子", "钱多多", 45, "县医院"],
                    ["", "儿子", "张小丰", 20, "学生"],
                ],
            )
        ),
        refusal=("ambiguous_layout", "not_a_roster"),
    ),
    "no people at all": lambda: Layout(
        xlsx(("S", [["物资", "数量"], ["桌子", 3], ["椅子", 12]])), refusal=("not_a_roster",)
    ),
    "unit and post in one cell": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "工作单位及职务"],
                    ["张三丰", "德政镇党委书记"],
                    ["李思雨", "魏城镇人民政府副镇长"],
                    ["王五福", "县教育局副局长"],
                    ["赵一鸣", "双井镇党政办公室主任"],
                    ["孙悦然", "退居二线干部"],
                ],
            )
        ),
        [
            ("张三丰", {"unit": "德政镇", "post": "党委书记"}),
            ("李思雨", {"post": "副镇长"}),
            ("王五福", {"unit": "县教育局", "post": "副局长"}),
            ("赵一鸣", {"unit": "双井镇", "post": "党政办公室主任"}),
            ("孙悦然", {"post": "退居二线干部"}),
        ],
        1,
        unit_option="德政镇",
    ),
    "merged unit cells": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["单位", "姓名", "职务"],
                    ["德政镇", "张三丰", "书记"],
                    ["", "李思雨", "镇长"],
                    ["魏城镇", "王五福", "书记"],
                    ["", "赵一鸣", "镇长"],
                ],
            ),
            merges={"S": ["A2:A3", "A4:A5"]},
        ),
        [
            ("张三丰", {"unit": "德政镇"}),
            ("李思雨", {"unit": "德政镇"}),
            ("王五福", {"unit": "魏城镇"}),
            ("赵一鸣", {"unit": "魏城镇"}),
        ],
        1,
    ),
    "unit headings between groups": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["序号", "姓名", "职务"],
                    ["一、德政镇（2人）"],
                    [1, "张三丰", "书记"],
                    [2, "李思雨", "镇长"],
                    ["二、魏城镇（1人）"],
                    [1, "王五福", "书记"],
                ],
            ),
            merges={"S": ["A2:C2", "A5:C5"]},
        ),
        [("张三丰", {"unit": "德政镇"}), ("李思雨", {"unit": "德政镇"}), ("王五福", {"unit": "魏城镇"})],
        1,
    ),
    "names of every kind": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位"],
                    ["张　三", "德政镇"],
                    ["买买提．艾力", "德政镇"],
                    ["阿依努尔•买买提", "德政镇"],
                    ["王芳（女）", "德政镇"],
                    ["马六（回族）", "德政镇"],
                    ["赵䶮", "德政镇"],
                    ["𠮷建国", "德政镇"],
                    ["欧阳建国", "德政镇"],
                    ["⽅圆", "德政镇"],
                    ["陈东同志", "德政镇"],
                    ["尼 玛", "德政镇"],
                ],
            )
        ),
        [
            ("张三", {}),
            ("买买提·艾力", {}),
            ("阿依努尔·买买提", {}),
            ("王芳", {"gender": "女"}),
            ("马六", {}),
            ("赵䶮", {}),
            ("𠮷建国", {}),
            ("欧阳建国", {}),
            ("方圆", {}),
            ("陈东", {}),
            ("尼玛", {}),
        ],
        1,
    ),
    "dates of every kind": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "出生年月"],
                    *[
                        ["张" + c, "德政镇", d]
                        for c, d in zip(
                            "一二三四五六七八九十",
                            [
                                "1975.03",
                                "1980年7月",
                                "1966.１２",
                                "1975-3-8",
                                "197503",
                                "19750308",
                                27851,
                                2001.08,
                                1980.1,
                                "75.3",
                            ],
                            strict=True,
                        )
                    ],
                ],
            )
        ),
        [
            ("张一", {"birth_date": "1975-03"}),
            ("张二", {"birth_date": "1980-07"}),
            ("张三", {"birth_date": "1966-12"}),
            ("张四", {"birth_date": "1975-03-08"}),
            ("张五", {"birth_date": "1975-03"}),
            ("张六", {"birth_date": "1975-03-08"}),
            ("张七", {"birth_date": "1976-04-01"}),
            ("张八", {"birth_date": "2001-08"}),
            ("张九", {"birth_date": "1980-10"}),
            ("张十", {"birth_date": "1975-03"}),
        ],
        1,
    ),
    "impossible dates": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "出生年月"],
                    ["张一", "德政镇", "1975.13"],
                    ["张二", "德政镇", "1975年2月30日"],
                    ["张三", "德政镇", "2090.01"],
                    ["张四", "德政镇", "1975"],
                ],
            )
        ),
        _names("张一", "张二", "张三", "张四", birth_date=None),
        1,
    ),
    "typed dates and serials": lambda: Layout(
        xlsx(("S", TABLE), touch=_numbers_as_dates),
        [
            ("张三丰", {"birth_date": "1975-03-08"}),
            ("李思雨", {"birth_date": "1980-07-01"}),
            ("王五", {"birth_date": "1966-12-08"}),
        ],
        1,
    ),
    "phones as numbers and with mistakes": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "手机", "工号"],
                    ["张一", "德政镇", 13800001234.0, "000123"],
                    ["张二", "德政镇", "138 0000 1235", 456],
                    ["张三", "德政镇", "138****1236", "A-01"],
                    ["张四", "德政镇", "1380000123", "000124"],
                    ["张五", "德政镇", "1.38E+10", "000125"],
                ],
            )
        ),
        [
            ("张一", {"phone": "13800001234", "employee_no": "000123"}),
            ("张二", {"phone": "13800001235", "employee_no": "456"}),
            ("张三", {"phone": "138****1236", "employee_no": "A-01"}),
            ("张四", {"phone": None}),
            ("张五", {"phone": None}),
        ],
        1,
    ),
    "csv gb18030": lambda: Layout(text(TABLE, encoding="gb18030"), THREE, 1),
    "csv utf8 with mark": lambda: Layout(text(TABLE, encoding="utf-8-sig"), THREE, 1),
    "csv utf16": lambda: Layout(text(TABLE, encoding="utf-16", delimiter="\t"), THREE, 1),
    "csv utf16 without mark": lambda: Layout(text(TABLE, encoding="utf-16-le", delimiter="\t"), THREE, 1),
    "csv semicolons": lambda: Layout(text(TABLE, delimiter=";"), THREE, 1),
    "csv full-width commas": lambda: Layout(
        text([["姓名", "单位", "职务"], ["张三丰", "德政镇", "书记"], ["李思雨", "德政镇", "镇长"]], delimiter="，"),
        _names("张三丰", "李思雨", unit="德政镇"),
        1,
    ),
    "csv with line breaks inside": lambda: Layout(
        text([["姓\n名", "单位"], ["张三丰", "德政镇"]]), _names("张三丰", unit="德政镇"), 1
    ),
    "csv headerless": lambda: Layout(
        text([["张三丰", "德政镇", "书记"], ["李思雨", "魏城镇", "镇长"], ["王五福", "双井镇", "科员"]]),
        [],
        question="missing_column",
    ),
    "old xls": lambda: Layout(xls(TABLE), THREE, 1),
    "old xls with dates and merges": lambda: Layout(
        xls(
            [
                ["干部名册", "", ""],
                ["姓名", "单位", "出生年月"],
                ["张三丰", "德政镇", date(1975, 3, 8)],
                ["李思雨", "", date(1980, 7, 2)],
            ],
            merges=[(0, 0, 0, 2), (2, 3, 1, 1)],
        ),
        [
            ("张三丰", {"unit": "德政镇", "birth_date": "1975-03-08"}),
            ("李思雨", {"unit": "德政镇", "birth_date": "1980-07-02"}),
        ],
        2,
    ),
    "html named xls": lambda: Layout(html([[("colspan=7", "干部名册")], *TABLE]), THREE, 2),
    "html utf8 with merged unit": lambda: Layout(
        html(
            [["单位", "姓名", "职务"], [("rowspan=2", "德政镇"), "张三丰", "书&nbsp;记"], [None, "李思雨", "镇<br>长"]],
            charset="utf-8",
        ),
        [("张三丰", {"unit": "德政镇", "post": "书记"}), ("李思雨", {"unit": "德政镇", "post": "镇长"})],
        1,
    ),
    "xml 2003": lambda: Layout(xml2003([[('ss:MergeAcross="6"', "干部名册")], *TABLE]), THREE, 2),
    "xml 2003 in gb": lambda: Layout(
        xml2003([["姓名", "单位", "出生年月"], ["张三丰", "德政镇", date(1975, 3, 8)]], encoding="gb2312"),
        [("张三丰", {"unit": "德政镇", "birth_date": "1975-03-08"})],
        1,
    ),
    "stars numbers and hints in titles": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    [
                        "1.*姓名（必填）",
                        "2.*所在单位（填简称）",
                        "3.现任职务\n（全称）",
                        "4.出生年月（格式：1975.03）",
                        "5.手机号码【11位】",
                    ],
                    ["张三丰", "德政镇", "书记", "1975.03", "13800001234"],
                ],
            )
        ),
        [(*THREE[0][:1], {"unit": "德政镇", "post": "书记", "birth_date": "1975-03", "phone": "13800001234"})],
        1,
    ),  # type: ignore[list-item]
    "ditto marks": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "职务"],
                    ["张三丰", "德政镇", "科员"],
                    ["李思雨", "同上", "〃"],
                    ["王五福", "〃", "科员"],
                ],
            )
        ),
        _names("张三丰", "李思雨", "王五福", unit="德政镇", post="科员"),
        1,
    ),
    "vacant posts": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["单位", "职务", "姓名"],
                    ["德政镇", "书记", "张三丰"],
                    ["德政镇", "镇长", "空缺"],
                    ["德政镇", "副镇长", "（空缺）"],
                    ["德政镇", "副书记", "/"],
                    ["德政镇", "人大主席", ""],
                ],
            )
        ),
        _names("张三丰"),
        1,
    ),
    "section headings": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["德政镇干部花名册"],
                    ["姓名", "职务", "电话"],
                    ["一、领导班子"],
                    ["张三丰", "书记", "13800000001"],
                    ["党政办公室"],
                    ["李思雨", "主任", "13800000002"],
                    ["退休人员"],
                    ["王五福", "", "13800000003"],
                ],
            ),
            merges={"S": ["A1:C1", "A3:C3", "A5:C5", "A7:C7"]},
        ),
        _names("张三丰", "李思雨", "王五福", unit="德政镇"),
        2,
    ),
    "township and inner unit": lambda: Layout(
        xlsx(("S", [["乡镇（街道）", "单位", "姓名"], ["德政镇", "财政所", "张三丰"], ["德政镇", "党政办", "李思雨"]])),
        [("张三丰", {"unit": "德政镇", "section": "财政所"}), ("李思雨", {"unit": "德政镇", "section": "党政办"})],
        1,
    ),
    "post says the unit": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "现任职务", "任现职时间"],
                    ["张三丰", "德政镇党委书记", "2020.05"],
                    ["李思雨", "魏城镇党委副书记、镇长", "2021.06"],
                ],
            )
        ),
        [
            ("张三丰", {"unit": "德政镇", "post": "党委书记"}),
            ("李思雨", {"unit": "魏城镇", "post": "党委副书记、镇长"}),
        ],
        1,
        unit_option=None,
    ),
    "two names one cell": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位"],
                    ["张三丰、李思雨", "德政镇"],
                    ["12345", "德政镇"],
                    ["abc", "德政镇"],
                    ["王五福", "德政镇"],
                ],
            )
        ),
        [("王五福", {})],
        1,
    ),
    "family columns": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    [
                        "姓名",
                        "单位",
                        "父亲姓名",
                        "母亲姓名",
                        "家庭成员",
                        "",
                        "紧急联系人",
                        "紧急联系人电话",
                        "家庭住址",
                        "本人电话",
                    ],
                    ["", "", "", "", "姓名", "关系", "", "", "", ""],
                    [
                        "张三丰",
                        "德政镇",
                        "张大",
                        "李大",
                        "张小",
                        "儿子",
                        "陈二",
                        "13711110000",
                        "南街1号",
                        "13800001234",
                    ],
                ],
            ),
            merges={"S": ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2", "H1:H2", "I1:I2", "J1:J2"]},
        ),
        [("张三丰", {"phone": "13800001234", "address": "南街1号"})],
        2,
        columns={"name": "A", "phone": "J"},
    ),
    "starts at row five column D": lambda: Layout(
        xlsx(("S", [[], [], [], [], ["", "", "", "姓名", "单位"], ["", "", "", "张三丰", "德政镇"]])),
        _names("张三丰", unit="德政镇"),
        5,
        columns={"name": "D", "unit": "E"},
    ),
    "name title merged over two columns": lambda: Layout(
        xlsx(("S", [["姓名", "", "单位"], ["张三丰", "", "德政镇"]]), merges={"S": ["A1:B1", "A2:B2"]}),
        _names("张三丰", unit="德政镇"),
        1,
    ),
    "transposed": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "张三丰", "李思雨", "王五福"],
                    ["单位", "德政镇", "魏城镇", "双井镇"],
                    ["职务", "书记", "镇长", "科员"],
                ],
            )
        ),
        refusal=("ambiguous_layout", "not_a_roster"),
    ),
    "numbered names": lambda: Layout(
        xlsx(("S", [["姓名", "单位"], ["1.张三丰", "德政镇"], ["2、李思雨", "德政镇"], ["（3）王五福", "德政镇"]])),
        _names("张三丰", "李思雨", "王五福"),
        1,
    ),
    "second table in another order": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["序号", "姓名", "单位", "职务"],
                    [1, "张三丰", "德政镇", "书记"],
                    [],
                    ["退休干部"],
                    ["序号", "单位", "姓名", "原职务"],
                    [1, "魏城镇", "李思雨", "科员"],
                ],
            )
        ),
        [("张三丰", {"unit": "德政镇"}), ("李思雨", {"unit": "魏城镇"})],
        1,
    ),
    "csv with title lines": lambda: Layout(
        text(
            [
                ["德政镇干部花名册"],
                ["填报单位：德政镇", "2024年5月"],
                [],
                ["序号", "姓名", "职务"],
                [1, "张三丰", "书记"],
                [2, "李思雨", "镇长"],
            ],
            encoding="gb18030",
        ),
        _names("张三丰", "李思雨", unit="德政镇"),
        4,
    ),
    "text with aligned spaces": lambda: Layout(
        "姓名      单位      职务\n张三丰    德政镇    书记\n李思雨    魏城镇    镇长\n".encode("gb18030"),
        [("张三丰", {"unit": "德政镇", "post": "书记"}), ("李思雨", {"unit": "魏城镇"})],
        1,
    ),
    "csv numbers that lost a zero": lambda: Layout(
        text(
            [
                ["姓名", "单位", "出生年月", "手机"],
                ["张三丰", "德政镇", "1980.1", "13800001234.0"],
                ["李思雨", "德政镇", "1975.03", "1.3800001235E+10"],
            ]
        ),
        [
            ("张三丰", {"birth_date": "1980-10", "phone": "13800001234"}),
            ("李思雨", {"birth_date": "1975-03", "phone": "13800001235"}),
        ],
        1,
    ),
    "error cells": lambda: Layout(
        xlsx(("S", [["姓名", "单位", "职务", "联系电话"], ["张三丰", "德政镇", "#N/A", "#REF!"]])),
        [("张三丰", {"post": None, "phone": None})],
        1,
    ),
    "unit in an unmerged first row of a group": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["单位", "姓名", "职务"],
                    ["德政镇", "张三丰", "书记"],
                    ["", "李思雨", "镇长"],
                    ["", "王五福", "科员"],
                    ["魏城镇", "赵一鸣", "书记"],
                    ["", "孙悦然", "镇长"],
                    ["", "周小川", "科员"],
                ],
            )
        ),
        [
            ("张三丰", {"unit": "德政镇"}),
            ("李思雨", {"unit": "德政镇"}),
            ("王五福", {"unit": "德政镇"}),
            ("赵一鸣", {"unit": "魏城镇"}),
            ("孙悦然", {"unit": "魏城镇"}),
            ("周小川", {"unit": "魏城镇"}),
        ],
        1,
    ),
    "person over two merged rows": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["序号", "姓名", "单位", "职务"],
                    [1, "张三丰", "德政镇", "党委书记"],
                    ["", "", "", "人大主席"],
                    [2, "李思雨", "德政镇", "镇长"],
                ],
            ),
            merges={"S": ["A2:A3", "B2:B3", "C2:C3"]},
        ),
        _names("张三丰", "李思雨", unit="德政镇"),
        1,
    ),
    "english tails": lambda: Layout(
        xlsx(("S", [["No.", "姓名 Name", "单位 Unit", "手机 Mobile"], [1, "张三丰", "德政镇", "13800001234"]])),
        [("张三丰", {"unit": "德政镇", "phone": "13800001234"})],
        1,
    ),
    "one column of names": lambda: Layout(
        xlsx(("S", [["德政镇干部名单"], ["姓名"], ["张三丰"], ["李思雨"], ["王五福"]])),
        _names("张三丰", "李思雨", "王五福", unit="德政镇"),
        2,
    ),
    "untitled identity numbers": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "", "单位"],
                    ["张三丰", "130434197503081231", "德政镇"],
                    ["李思雨", "13043419800708124X", "德政镇"],
                ],
            )
        ),
        _names("张三丰", "李思雨"),
        1,
        columns={"name": "A", "unit": "C"},
    ),
    "identity numbers in the phone column": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "联系电话", "备注"],
                    ["张三丰", "德政镇", "130434197503081231", "身份证130434197503081231"],
                    ["李思雨", "德政镇", "13800001234", ""],
                    ["王五福", "德政镇", "13800001235", ""],
                ],
            )
        ),
        [("张三丰", {"phone": None, "remark": "身份证"}), ("李思雨", {}), ("王五福", {})],
        1,
    ),
    "unit names in the name column": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "职务", "电话"],
                    ["德政镇", "", ""],
                    ["张三丰", "书记", "13800001234"],
                    ["魏城镇", "", ""],
                    ["李思雨", "镇长", "13800001235"],
                ],
            )
        ),
        [("张三丰", {"unit": "德政镇"}), ("李思雨", {"unit": "魏城镇"})],
        1,
    ),
    "statistics below": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "性别"],
                    ["张三丰", "德政镇", "男"],
                    [],
                    ["总人数", "男", "女"],
                    [1, 1, 0],
                    ["平均年龄", 45, ""],
                ],
            )
        ),
        _names("张三丰"),
        1,
    ),
    "appointment form on several sheets": lambda: Layout(
        xlsx(
            *[
                (
                    n,
                    [
                        ["干部履历表"],
                        ["姓　名", n, "", "性  别", "男"],
                        ["出生年月", "1975.03", "", "民族", "汉"],
                        ["工作单位及职务", "德政镇科员"],
                    ],
                )
                for n in ("张三丰", "李思雨")
            ]
        ),
        refusal=("ambiguous_layout", "not_a_roster"),
    ),
    "blank appointment form": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["干部任免审批表"],
                    ["姓名", "", "性别", "", "出生年月", ""],
                    ["民族", "", "籍贯", "", "出生地", ""],
                    ["简历", ""],
                    ["家庭主要成员", "称谓", "姓名", "年龄", "政治面貌", "工作单位及职务"],
                    ["", "", "", "", "", ""],
                ],
            )
        ),
        [],
        refusal=("ambiguous_layout", "not_a_roster"),
    ),
    "contact list by department": lambda: Layout(
        xlsx(
            (
                "通讯录",
                [
                    ["德政镇通讯录"],
                    ["科室", "姓名", "职务", "办公电话", "手机号码"],
                    ["党政办", "张三丰", "主任", "3512345", "13800001234"],
                    ["", "李思雨", "科员", "3512346", "13800001235"],
                ],
            ),
            merges={"通讯录": ["A3:A4", "A1:E1"]},
        ),
        [
            ("张三丰", {"section": "党政办", "unit": "德政镇", "phone": "13800001234"}),
            ("李思雨", {"section": "党政办", "phone": "13800001235"}),
        ],
        2,
    ),
    "number only counts": lambda: Layout(
        xlsx(
            ("S", [["编号", "姓名", "单位"], [1, "张三丰", "德政镇"], [2, "李思雨", "德政镇"], [3, "王五福", "德政镇"]])
        ),
        _names("张三丰", "李思雨", "王五福", employee_no=None),
        1,
        no_columns=("employee_no",),
    ),
    "spouse words that are no name": lambda: Layout(
        xlsx(
            (
                "S",
                [
                    ["姓名", "单位", "配偶姓名", "配偶工作单位及职务"],
                    ["张三丰", "德政镇", "未婚", "无"],
                    ["李思雨", "德政镇", "钱　多", "县医院护士"],
                ],
            )
        ),
        [
            ("张三丰", {"spouse_name": None, "spouse_work": None}),
            ("李思雨", {"spouse_name": "钱多", "spouse_work": "县医院护士"}),
        ],
        1,
    ),
}
