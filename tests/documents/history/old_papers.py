"""Ledgers and record forms as offices made them before the program: written by openpyxl, xlwt and python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiafang_desktop.documents import history, sandbox
from jiafang_desktop.documents.history.shapes import FoundVisit, HistoryReading

TODAY = date(2026, 11, 25)
PLAIN = ["序号", "家访领导\n姓名", "职务", "家访对象\n姓名", "职务", "时间", "内容", "备注"]
MATRIX = ["内容╲时间", "序号", "家访领导姓名", "职务", "家访对象姓名", "职务", "备注"]
ZHANG = [1, "钱永和", "党委副书记、镇长", "张建国", "农业中心主任", "2024.3.12", "母亲患病，看望慰问", None]
ACCOUNT = "3月12日下班后到家中家访。\n看：院落整洁，老母亲卧床。"
LABELS = (
    "家访对象姓名", "职　务", "家庭住址", "配偶姓名", "工作单位及职务", "家访情况记录", "家访问题解决情况",
    "家访领导姓名", "家访领导职务", "家访领导签名：", "家访记录人签名：",
)  # fmt: skip
FILLED = ("张建国", "主任", "东街村", "王秀兰", "中心小学教师", ACCOUNT, "已协调。", "钱永和", "镇长")
Rows = Sequence[Sequence[Any]]


def workbook(path: Path, sheets: dict[str, Rows], *, merged: dict[str, Sequence[str]] | None = None) -> Path:
    """An xlsx; ``merged``: sheet → ranges like A1:H1."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for place in (merged or {}).get(name, ()):
            sheet.merge_cells(place)
    book.save(path)
    return path


def old_workbook(path: Path, rows: Rows) -> Path:
    """A BIFF .xls."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    dated = xlwt.easyxf(num_format_str="yyyy-m-d")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(at, column, value, dated)
            elif value is not None:
                sheet.write(at, column, value)
    book.save(str(path))
    return path


def web_page(path: Path, rows: Rows) -> Path:
    """A page that wears the name .xls."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell or str()}</td>' for cell in row)}</tr>" for row in rows)
    path.write_text(f"<html><body><table>{lines}</table></body></html>", "utf-8")
    return path


def form(
    document: Any, values: Sequence[str] = FILLED, *, labels: Sequence[str] = LABELS,
    head: str = "单位：德政镇人民政府（盖章）\t2024年3月12日\t序号：12", title: str = "魏县领导干部家访记录单",
) -> None:  # fmt: skip
    """A record form drawn by hand: title, unit line, table of six rows."""
    document.add_paragraph(title)
    document.add_paragraph(head)
    table = document.add_table(6, 6)

    def put(row: int, first: int, last: int, text: str) -> None:
        table.cell(row, first).merge(table.cell(row, last)).text = text

    name, post, address, spouse, work, account, resolution, leader, leader_post = values
    rows: list[list[tuple[int, int, str]]] = [
        [(0, 0, labels[0]), (1, 2, name), (3, 3, labels[1]), (4, 5, post)],
        [(0, 0, labels[2]), (1, 5, address)],
        [(0, 0, labels[3]), (1, 2, spouse), (3, 3, labels[4]), (4, 5, work)],
        [(0, 0, labels[5]), (1, 5, account)],
        [(0, 0, labels[6]), (1, 5, resolution)],
        [(0, 0, labels[7]), (1, 1, leader), (2, 2, labels[8]), (3, 3, leader_post), (4, 4, labels[9]),
         (5, 5, labels[10])],
    ]  # fmt: skip
    for at, cells in enumerate(rows):
        for first, last, text in cells:
            put(at, first, last, text)
    document.add_paragraph("填表说明：1．填写本表格应简明扼要，真实准确；")


def word_table(document: Any, rows: Rows) -> None:
    """A plain table of texts."""
    table = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(at, column).text = "" if value is None else str(value)


def every(path: Path, cases: dict[Any, Rows]) -> dict[Any, HistoryReading]:
    """Many small ledgers as sheets of one workbook, read at once: what was found on each."""
    names = {f"表{chr(0x4E00 + at)}": case for at, case in enumerate(cases)}
    found = read(workbook(path, {name: cases[case] for name, case in names.items()}))
    return {
        case: HistoryReading(
            "xlsx", tuple(visit for visit in found.visits if visit.sheet == name),
            tuple(line for line in found.skipped if line.sheet == name),
        ) for name, case in names.items()
    }  # fmt: skip


def read(path: Path) -> HistoryReading:
    """The file through the child and the readers."""
    return history.read(sandbox.read_grids(path, words=True), today=TODAY, file_name=path.stem)


def brief(visit: FoundVisit) -> tuple[Any, ...]:
    """Number, day, visitee, post, leaders, matter."""
    content = visit.content
    leaders = "；".join(f"{leader.name} {leader.post or '无'}" for leader in content.leaders)
    day = content.date.isoformat() if content.date else visit.month_day
    return content.number, day, content.visitee.name, content.visitee.post, leaders, content.matter


def stops(visit: FoundVisit) -> list[str]:
    """Why the visit can't be imported as it stands."""
    return [doubt.message for doubt in visit.doubts if doubt.stops]
