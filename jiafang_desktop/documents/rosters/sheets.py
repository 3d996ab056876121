"""Which sheet of a workbook holds the roster: not the instructions, not the hidden dictionary, not the summary.

Several sheets of people are asked about; forms for one person and files without people are refused, saying what was
seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.grids import SheetGrid, Workbook, text_of
from jiafang_desktop.documents.rosters import columns, titles
from jiafang_desktop.documents.rosters import header as headers
from jiafang_desktop.documents.rosters.shapes import Question, RosterOptions
from jiafang_desktop.domain import roster_text

_ASIDE = re.compile(
    r"说明|示例|样例|样表|范例|字典|代码|码表|下拉|选项|参数|模板说明|填报指南|须知|目录|封面|数据源|基础数据|"
    r"sheet_dict|hidden",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"汇总|统计|合计|分析|透视|人数")
_FORM_WORDS = ("任免审批表", "任免呈报表", "履历表", "登记表", "个人信息表", "推荐表", "考核表", "审批表")


@dataclass(slots=True)
class Candidate:
    """A sheet and what it seems to hold: its header, about how many people, or one-person forms."""

    grid: SheetGrid
    header: headers.Header | None
    people: int
    form: bool

    @property
    def aside(self) -> bool:
        """Whether the sheet's name or hiding says that it only helps."""
        return self.grid.hidden or bool(_ASIDE.search(self.grid.name))


def look(grid: SheetGrid) -> Candidate:
    """Judge one sheet."""
    if not grid.rows:
        return Candidate(grid, None, 0, False)
    found = headers.find(grid)
    if found is None:
        spread = headers.Spread(grid)
        form = any(headers.is_form_row(spread, at) for at in range(min(len(grid.rows), 12)))
        return Candidate(grid, None, 0, form)
    column = found.name_columns[0]
    people = 0
    for row in grid.rows[found.bottom + 1 : found.bottom + 3001]:
        cell = row[column] if column < len(row) else ""
        people += (
            isinstance(cell, str)
            and cell != ""
            and not titles.is_known(cell)
            and roster_text.looks_like_name(cell)
            and not roster_text.is_placeholder(cell)
        )
    if people <= 1 and headers.is_blank_form(grid, found):
        return Candidate(grid, None, 0, True)
    return Candidate(grid, found, people, False)


def choose(candidates: list[Candidate], workbook: Workbook, options: RosterOptions) -> tuple[Candidate, list[Question]]:
    """The sheet to read, and the question to ask when several will do."""
    wanted = options.sheet or options.answers.get("sheet")
    if wanted is not None:
        for candidate in candidates:
            if candidate.grid.name == wanted or squeeze(candidate.grid.name) == squeeze(wanted):
                if candidate.form and candidate.header is None:
                    _refuse_form(candidate)
                return candidate, []
        raise UserError(
            "not_found", f"文件里没有叫“{wanted}”的工作表。", hint="请从这些工作表中选一个：" + "、"
                "".join(c.grid.name for c in candidates),
            details={"sheets": [c.grid.name for c in candidates]},
        )  # fmt: skip
    full = [c for c in candidates if c.people > 0]
    plausible = [c for c in full if not c.aside] or [c for c in full if not c.grid.hidden] or full
    serious = [c for c in plausible if not _SUMMARY.search(c.grid.name)] or plausible
    if len(serious) > 1:
        best = max(serious, key=lambda c: c.people)
        names = tuple(c.grid.name for c in plausible)
        shown = "、".join(f"“{c.grid.name}”（约{c.people}人）" for c in serious)
        return best, [
            Question(
                "sheet",
                "choose_sheet",
                f"有{len(serious)}张工作表都像名册：{shown}。请选一张导入，其余的可以再导入一次。",
                names,
            )
        ]
    if serious:
        return serious[0], []
    return _empty_or_refused(candidates, workbook, options), []


def _empty_or_refused(candidates: list[Candidate], workbook: Workbook, options: RosterOptions) -> Candidate:
    templates = [c for c in candidates if c.header is not None and not c.aside] or [
        c for c in candidates if c.header is not None
    ]
    forms = [c for c in candidates if c.form]
    if forms and not any(len(c.header.parts) > 2 for c in templates if c.header):
        _refuse_form(forms[0])
    if templates:
        return templates[0]
    visible = [c for c in candidates if not c.grid.hidden and c.grid.rows] or [c for c in candidates if c.grid.rows]
    for candidate in visible:
        if columns.guess_names(candidate.grid) or "name" in options.columns:
            return candidate
    seen = "、".join(f"“{c.grid.name}”（{len(c.grid.rows)}行）" for c in candidates[:8]) or "没有任何内容"
    raise UserError(
        "not_a_roster", f"没有在这个文件里找到人员：看到的是{seen}，没有写着“姓名”的一栏。",
        hint="请确认选对了文件；名册里要有一行标题，其中一栏是“姓名”。",
        details={"format": workbook.format, "sheets": [c.grid.name for c in candidates]},
    )  # fmt: skip


def _refuse_form(candidate: Candidate) -> None:
    words = [squeeze(text_of(cell)) for row in candidate.grid.rows[:6] for cell in row if cell != ""]
    title = next((word for word in words if any(form in word for form in _FORM_WORDS)), "")
    called = f"《{title[:30]}》" if title else "一人一表的登记表"
    raise UserError(
        "ambiguous_layout", f"工作表“{candidate.grid.name}”是{called}，一张表只写一个人，不是一行一人的名册。",
        hint="请把人员整理成一行一人的名册（第一行写姓名、单位、职务等标题）后再导入。",
        details={"sheet": candidate.grid.name, "seen": "one_person_per_sheet"},
    )  # fmt: skip
