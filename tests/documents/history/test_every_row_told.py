"""The law of reading old papers: every row that is not blank is a visit or is passed over with its reason, once.

Held for any grid at all, and for ledgers drawn at random whose visits are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from old_papers import MATRIX, PLAIN, TODAY

from jiafang_desktop.documents import history
from jiafang_desktop.documents.grids import DateCell, Merge, SheetGrid, Workbook
from jiafang_desktop.documents.history.shapes import HistoryReading

WORDS = (
    "", "　", "/", "—", "无", "序号", "编号", "姓名", "职务", "家访对象", "家访对象姓名", "家访领导姓名",
    "时间", "内容", "备注", "内容╲时间", "时间（内容）", "家访情况记录", "家访问题解决情况", "家庭住址",
    "配偶姓名", "张建国", "王秀兰、李强", "钱永和", "欧阳建\n国", "镇长", "党委副书记、镇长", "2023.3.5",
    "3月5日", "２０２３．３．５", "20230305", "45000", "3.1", "近期", "2023年", "农历二月初八", "2023.2.30",
    "2029.1.1", "同上", "〃", "合计", "合计：3人次", "填表人：王敏", "审核人：钱永和", "单位：德政镇",
    "2023年度", "魏县领导干部家访台账", "附件1", "第二季度", "4月", "5日", "作废", "3（作废）", "示例",
    "以下空白", "第1页", "注：本表一式两份", "看望慰问", "家庭收入1.5万元", "#REF!", "=A1", "（续）", "续页",
    "1", "第3号", "（二）", "甲", "\n", "x" * 300,
)  # fmt: skip
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳敏静丽强军勇艳杰涛明超霞平刚"
CELLS = st.one_of(
    st.sampled_from(WORDS), st.integers(-5, 60_000), st.floats(0, 50, allow_nan=False),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(lambda day: DateCell(day.isoformat())), st.text(max_size=6),
    st.booleans(),
)  # fmt: skip


def grid(name: str, rows: list[list[Any]], merges: tuple[Merge, ...] = (), *, hidden: bool = False) -> SheetGrid:
    """As the child hands it over: rows without anything are left out."""
    kept = [(at, row) for at, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    return SheetGrid(name, hidden, [at for at, _ in kept], [row for _, row in kept], merges)


def read(*grids: SheetGrid, words: bool = False) -> HistoryReading:
    book = Workbook("docx" if words else "xlsx", grids)
    return history.read(book, today=TODAY, file_name="台账", folder="旧台账")


def told_once(found: HistoryReading, grids: list[SheetGrid]) -> None:
    told = [(one.sheet, one.row) for one in found.visits] + [(line.sheet, line.row) for line in found.skipped]
    assert len(told) == len(set(told)), "a row is told twice"
    for one in grids:
        missing = [row for row in one.numbers if (one.name, row) not in told]
        assert not missing or is_form(found, one), f"rows {missing} are neither visits nor passed over"
    assert all(line.reason for line in found.skipped)


def is_form(found: HistoryReading, sheet: SheetGrid) -> bool:
    """A form is many rows and one visit; a sheet with a ledger's header never is one."""
    return "form" in found.kinds and list(PLAIN) not in sheet.rows and list(MATRIX) not in sheet.rows


@st.composite
def any_grids(draw: st.DrawFn) -> list[SheetGrid]:
    found = []
    for at in range(draw(st.integers(1, 3))):
        rows = draw(st.lists(st.lists(CELLS, max_size=9), max_size=12))
        if draw(st.booleans()):
            rows.insert(draw(st.integers(0, len(rows))), list(draw(st.sampled_from((PLAIN, MATRIX)))))
        merges = draw(st.lists(st.builds(
            lambda top, left, down, right: Merge(top, left, top + down, left + right),
            st.integers(1, 12), st.integers(0, 7), st.integers(0, 4), st.integers(0, 7),
        ), max_size=4))  # fmt: skip
        found.append(grid(f"表{at}", rows, tuple(merges), hidden=draw(st.booleans())))
    return found


@settings(max_examples=400, deadline=None)
@given(any_grids(), st.booleans())
def test_no_row_of_any_grid_is_lost_or_told_twice(grids: list[SheetGrid], words: bool) -> None:
    told_once(read(*grids, words=words), [one for one in grids if one.rows])


# -- ledgers whose visits are known ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """A ledger, and what a careful reader finds in it: row → (number, day, visitee, leaders)."""

    sheet: SheetGrid
    visits: dict[int, tuple[int | None, date, str, tuple[str, ...]]]


NOISE: tuple[list[Any], ...] = (
    [], ["合计", "", "", "3人次"], ["本页小计：2次"], ["填表人：王敏", "", "审核人：钱永和"],
    ["", "", "以下空白"], ["第二季度"], ["注：一式两份"], ["　", "/"], ["作废"], ["（盖章）"], ["第1页 共2页"],
    ["单位负责人签字：", "", "", "填报日期：2023.12.31"],
)  # fmt: skip
DAYS = (
    lambda day: f"{day.year}.{day.month}.{day.day}", lambda day: f"{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month}月{day.day}日上午", lambda day: day.strftime("%Y%m%d"),
    lambda day: (day - date(1899, 12, 30)).days, lambda day: DateCell(day.isoformat()),
    lambda day: f"{day.year}-{day.month:02}-{day.day:02} 00:00:00", lambda day: f"{day.month:02}.{day.day:02}",
    lambda day: f"{day.month}月{day.day}号（周五）晚", lambda day: f"{day.year}、{day.month}、{day.day}",
)  # fmt: skip
BETWEEN = ("、", "\n", " ", "，", "；", "/")
NAMES = st.builds(lambda one, two: one + two, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=2, max_size=2))


@st.composite
def ledgers(draw: st.DrawFn, name: str = "台账") -> Drawn:
    matrix, year = draw(st.booleans()), draw(st.integers(2019, 2025))
    when, between = draw(st.sampled_from(DAYS)), draw(st.sampled_from(BETWEEN))
    head = list(MATRIX if matrix else PLAIN)
    rows: list[list[Any]] = [[f"魏县领导干部家访台账（{year}年度）"], ["单位：德政镇（盖章）"], head]
    found: dict[int, tuple[int | None, date, str, tuple[str, ...]]] = {}
    merges: list[Merge] = []
    number = 0
    for _ in range(draw(st.integers(1, 5))):
        leaders = tuple(draw(st.lists(NAMES, min_size=1, max_size=2, unique=True)))
        together = draw(st.integers(1, 3))  # visits below one leader, whose cell is merged over them
        top = len(rows) + 1
        for at in range(together):
            number += 1
            day = date(year, 1, 1) + timedelta(draw(st.integers(0, 364)))
            visitee = draw(NAMES)
            shown = [between.join(leaders), "镇长"] if at == 0 else ["", ""]
            rest = [visitee, "科员", when(day), "看望慰问", ""] if not matrix else [visitee, "科员", ""]
            rows.append([when(day), number, *shown, *rest] if matrix else [number, *shown, *rest])
            found[len(rows)] = (number, day, visitee, leaders)
        if together > 1:
            left = head.index("家访领导姓名" if matrix else "家访领导\n姓名")
            merges += [Merge(top, at, len(rows), at) for at in (left, left + 1)]
        rows.extend(list(row) for row in draw(st.lists(st.sampled_from(NOISE), max_size=2)))
        if draw(st.integers(0, 5)) == 0:
            rows.append(list(head))
    return Drawn(grid(name, rows, tuple(merges)), found)


@settings(max_examples=200, deadline=None)
@given(ledgers())
def test_every_visit_of_a_drawn_ledger_is_found_where_it_stands_and_nothing_else_is_one(drawn: Drawn) -> None:
    found = read(drawn.sheet)
    told_once(found, [drawn.sheet])
    seen = {
        one.row: (
            one.content.number, one.content.date, one.content.visitee.name,
            tuple(leader.name for leader in one.content.leaders),
        ) for one in found.visits
    }  # fmt: skip
    assert seen == drawn.visits
    assert [doubt.message for one in found.visits for doubt in one.doubts if doubt.stops] == []
