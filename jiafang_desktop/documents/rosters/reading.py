"""A workbook's plain grids become a roster reading: which sheet, which header, which columns, which people.

The pieces are judged in header, columns, units and body; here they are put together, and what only a person can say
is asked. Pure: grids in, a frozen reading out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.grids import SheetGrid, Workbook, column_index, column_letter, text_of
from jiafang_desktop.documents.rosters import body, columns, titles, units
from jiafang_desktop.documents.rosters import header as headers
from jiafang_desktop.documents.rosters.shapes import (
    FoundPerson,
    KnownRoster,
    LeftOut,
    Question,
    RosterOptions,
    RosterReading,
    SkippedRow,
)
from jiafang_desktop.domain import roster_text
from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES

_ASIDE = re.compile(
    r"说明|示例|样例|样表|范例|字典|代码|码表|下拉|选项|参数|模板说明|填报指南|须知|目录|封面|数据源|基础数据|sheet_dict|hidden",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"汇总|统计|合计|分析|透视|人数")
_FORM_WORDS = ("任免审批表", "任免呈报表", "履历表", "登记表", "个人信息表", "推荐表", "考核表", "审批表")


@dataclass(slots=True)
class _Candidate:
    grid: SheetGrid
    header: headers.Header | None
    people: int
    form: bool

    @property
    def aside(self) -> bool:
        return self.grid.hidden or bool(_ASIDE.search(self.grid.name))


def read(workbook: Workbook, *, options: RosterOptions, known: KnownRoster) -> RosterReading:
    """Recognise the people of a workbook.

    Raises:
        UserError: ``not_a_roster`` when nobody stands in it, ``ambiguous_layout`` for one-person forms, ``not_found``
            for a sheet or column that was named but is not there.
    """
    candidates = [_look(grid) for grid in workbook.sheets]
    chosen, questions = _sheet(candidates, workbook, options)
    if chosen.header is None:
        return _without_header(chosen, workbook, options, known, questions)
    return _with_header(chosen, chosen.header, workbook, options, known, questions)


# ------------------------------------------------------------------------------------------------ sheets


def _look(grid: SheetGrid) -> _Candidate:
    if not grid.rows:
        return _Candidate(grid, None, 0, False)
    found = headers.find(grid)
    if found is None:
        spread = headers.Spread(grid)
        form = any(headers.is_form_row(spread, at) for at in range(min(len(grid.rows), 12)))
        return _Candidate(grid, None, 0, form)
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
        return _Candidate(grid, None, 0, True)
    return _Candidate(grid, found, people, False)


def _sheet(
    candidates: list[_Candidate], workbook: Workbook, options: RosterOptions
) -> tuple[_Candidate, list[Question]]:
    wanted = options.sheet or options.answers.get("sheet")
    if wanted is not None:
        for candidate in candidates:
            if candidate.grid.name == wanted or squeeze(candidate.grid.name) == squeeze(wanted):
                if candidate.form and candidate.header is None:
                    _refuse_form(candidate)
                return candidate, []
        raise UserError(
            "not_found", f"文件里没有叫“{wanted}”的工作表。", hint="请从这些工作表中选一个：" + "、".join(c.grid.name for c in candidates),
            details={"sheets": [c.grid.name for c in candidates]},
        )  # fmt: skip
    full = [c for c in candidates if c.people > 0]
    plausible = [c for c in full if not c.aside] or [c for c in full if not c.grid.hidden] or full
    serious = [c for c in plausible if not _SUMMARY.search(c.grid.name)] or plausible
    if len(serious) > 1:
        best = max(serious, key=lambda c: c.people)
        names = tuple(c.grid.name for c in serious)
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


def _empty_or_refused(candidates: list[_Candidate], workbook: Workbook, options: RosterOptions) -> _Candidate:
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


def _refuse_form(candidate: _Candidate) -> None:
    words = [squeeze(text_of(cell)) for row in candidate.grid.rows[:6] for cell in row if cell != ""]
    title = next((word for word in words if any(form in word for form in _FORM_WORDS)), "")
    called = f"《{title[:30]}》" if title else "一人一表的登记表"
    raise UserError(
        "ambiguous_layout", f"工作表“{candidate.grid.name}”是{called}，一张表只写一个人，不是一行一人的名册。",
        hint="请把人员整理成一行一人的名册（第一行写姓名、单位、职务等标题）后再导入。",
        details={"sheet": candidate.grid.name, "seen": "one_person_per_sheet"},
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ columns and rows


def _chosen_columns(options: RosterOptions, known: KnownRoster, fingerprint: str) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for source in (known.column_maps.get(fingerprint, {}), options.columns):
        for name, letters in source.items():
            if name not in CADRE_FIELDS and name != "unit_post":
                raise UserError(
                    "unknown_field",
                    f"没有叫“{name}”的栏目。",
                    hint="可用的栏目：" + " ".join(CADRE_FIELDS),
                    details={"field": name},
                )
            try:
                column = column_index(letters)
            except ValueError:
                raise UserError(
                    "not_found", f"“{letters}”不是列号。", hint="列号写Excel顶上的字母，例如 name=B。"
                ) from None
            for other in [key for key, at in chosen.items() if at == column]:
                del chosen[other]
            chosen[name] = column
    answer = options.answers.get("column:name")
    if answer:
        try:
            chosen["name"] = column_index(answer.split()[0].rstrip("列"))
        except (ValueError, IndexError):
            raise UserError("not_found", f"“{answer}”不是列号。", hint="请回答Excel顶上的列字母，例如 B。") from None
    return chosen


def fingerprint_of(header: headers.Header) -> str:
    """A layout's mark: its titles column by column."""
    text = "\n".join("/".join(titles.plain(part) for part in parts) for parts in header.parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:24]


def _with_header(
    candidate: _Candidate,
    header: headers.Header,
    workbook: Workbook,
    options: RosterOptions,
    known: KnownRoster,
    questions: list[Question],
) -> RosterReading:
    grid = candidate.grid
    fingerprint = fingerprint_of(header)
    chosen = _chosen_columns(options, known, fingerprint)
    plan = columns.plan(grid, header, chosen)
    if len(plan.name_choices) > 1 and "name" not in chosen:
        questions = [*questions, _ask_name_column(plan, header)]
    above = _unit_above(grid, header)
    default = options.unit or options.answers.get("column:unit") or above or _unit_of_sheet(grid, known)
    fields = _post_as_unit_post(plan, grid, header, default, known)
    unit_columns = "unit" in fields or "unit_post" in fields
    context = body.BodyContext(
        fields=fields, sequence=plan.sequence, default_unit=default or (known.own_unit if not unit_columns else None),
        group_units=not unit_columns and options.unit is None and above is None,
        known_units=known.units | ({default} if default else set()), today=options.today, untyped=workbook.format in ("csv", "html"),
    )  # fmt: skip
    people, skipped = _all_tables(grid, header, context)
    notes = _notes(plan, grid, default, known, unit_columns, people)
    if not unit_columns and people and any(person.content.unit is None for person in people):
        questions = [*questions, _ask_unit(known)]
    return RosterReading(
        format=workbook.format, sheet=grid.name, header_row=grid.numbers[header.bottom],
        columns={name: column_letter(column) for name, column in _in_order(fields)}, titles=plan.titles, people=tuple(people),
        skipped=tuple(skipped), questions=tuple(questions), left_out=tuple(plan.left_out), notes=tuple(notes), fingerprint=fingerprint,
    )  # fmt: skip


def _all_tables(
    grid: SheetGrid, header: headers.Header, context: body.BodyContext
) -> tuple[list[FoundPerson], list[SkippedRow]]:
    """The table below ``header``, and further tables of the sheet whose columns stand in another order."""
    found = body.read_rows(grid, header, context)
    people, skipped = found.people, found.skipped
    spread = headers.Spread(grid, rows=len(grid.rows)) if found.next_header is not None else None
    while found.next_header is not None and spread is not None:
        following = headers.at_row(spread, found.next_header)
        if following is None:
            found = body.read_rows(grid, header, context, start=found.next_header + 1)
            people.extend(found.people)
            skipped.extend(found.skipped)
            continue
        plan = columns.plan(grid, following, {})
        skipped.append(SkippedRow(grid.numbers[found.next_header], "另一张表的表头，按新的标题读下面的人"))
        context = replace(context, fields=plan.fields, sequence=plan.sequence)
        header = following
        found = body.read_rows(grid, header, context)
        people.extend(found.people)
        skipped.extend(found.skipped)
    return people, skipped


def _in_order(fields: dict[str, int]) -> list[tuple[str, int]]:
    """INTERFACE's fields in their order; a combined column stands as both unit and post."""
    shown = dict(fields)
    combined = shown.pop("unit_post", None)
    if combined is not None:
        shown.setdefault("unit", combined)
        shown.setdefault("post", combined)
    return [(name, shown[name]) for name in CADRE_FIELDS if name in shown]


def _post_as_unit_post(
    plan: columns.ColumnPlan, grid: SheetGrid, header: headers.Header, default: str | None, known: KnownRoster
) -> dict[str, int]:
    """现任职务 that says 德政镇党委书记 everywhere is 单位及职务 when nothing else names the unit."""
    fields = dict(plan.fields)
    post = fields.get("post")
    if post is None or "unit" in fields or "unit_post" in fields or default:
        return fields
    texts = [
        text_of(row[post])
        for row in grid.rows[header.bottom + 1 : header.bottom + 60]
        if post < len(row) and row[post] != ""
    ]
    split = [units.split_unit_post(text, known.units) for text in texts]
    if texts and sum(1 for unit, rest, certain in split if certain and unit and rest) * 2 >= len(texts):
        fields["unit_post"] = fields.pop("post")
    return fields


def _ask_name_column(plan: columns.ColumnPlan, header: headers.Header) -> Question:
    letters = tuple(column_letter(column) for column in plan.name_choices)
    if plan.side_by_side:
        message = f"表里并排排了{len(letters)}栏人员（“姓名”在{'、'.join(letters)}列）。请选这次导入哪一栏，另一栏再导入一次；也可以先把它们上下接成一栏。"
    else:
        message = f"{'、'.join(letters)}列的标题都像姓名，请选干部本人的姓名在哪一列。"
    return Question("column:name", "ambiguous_header", message, letters)


def _ask_unit(known: KnownRoster) -> Question:
    return Question(
        "column:unit",
        "missing_column",
        "表里没有单位一栏，也没有写明是哪个单位的名册。请说明这些人的单位。",
        tuple(sorted(known.units))[:40],
    )


def _unit_above(grid: SheetGrid, header: headers.Header) -> str | None:
    """单位：… in a line above the header (or just after its title), else the unit in the title."""
    for at in range(header.top):
        cells = [text_of(cell).strip() for cell in grid.rows[at]]
        filled = [cell for cell in cells if cell]
        for index, text in enumerate(filled):
            unit = units.unit_of_line(text, filled[index + 1] if index + 1 < len(filled) else "")
            if unit:
                return unit
    for at in range(header.top):
        for cell in grid.rows[at]:
            if isinstance(cell, str):
                unit = units.unit_of_title(cell)
                if unit:
                    return unit
    return None


def _unit_of_sheet(grid: SheetGrid, known: KnownRoster) -> str | None:
    name = squeeze(grid.name)
    if name in known.units:
        return name
    return (
        name
        if re.match(r"^[\u4e00-\u9fff]{2,12}(?:镇|乡|街道|街道办事处|局)$", name)
        and not re.search(r"各|全|乡镇$", name)
        else None
    )


def _notes(
    plan: columns.ColumnPlan,
    grid: SheetGrid,
    default: str | None,
    known: KnownRoster,
    unit_columns: bool,
    people: Sequence[FoundPerson],
) -> list[str]:
    notes = [f"{item.column}列“{squeeze(item.title)}”：{item.reason}。" for item in plan.left_out]
    if not unit_columns and people:
        if default:
            notes.append(f"表里没有单位一栏，单位按“{default}”。")
        elif known.own_unit:
            notes.append(f"表里没有写单位，按本单位“{known.own_unit}”。")
    hidden = sum(1 for person in people if person.row in grid.hidden_rows)
    if hidden:
        notes.append(f"有{hidden}人在隐藏的行里，也读进来了。")
    if grid.hidden:
        notes.append("这张工作表在文件里是隐藏的。")
    return notes


def _without_header(
    candidate: _Candidate, workbook: Workbook, options: RosterOptions, known: KnownRoster, questions: list[Question]
) -> RosterReading:
    """A sheet of people without titles: the name column is asked for, or was given."""
    grid = candidate.grid
    chosen = _chosen_columns(options, known, "none:" + str(grid.width))
    guesses = columns.guess_names(grid)
    if "name" not in chosen:
        if not guesses:
            raise UserError(
                "not_a_roster", f"工作表“{grid.name}”里没有找到人员，也没有写着“姓名”的一栏。",
                hint="请换一张工作表，或用 --column name=列号 指明姓名在哪一列。", details={"sheet": grid.name},
            )  # fmt: skip
        letters = tuple(column_letter(column) for column in guesses)
        questions = [
            *questions,
            Question(
                "column:name",
                "missing_column",
                f"表里没有写着“姓名”的标题，{letters[0]}列像是姓名。请说明姓名在哪一列。",
                letters,
            ),
        ]
    fields = {"name": guesses[0]} | chosen if guesses else dict(chosen)
    private: list[LeftOut] = []
    for column in range(min(grid.width, 60)):
        values = [row[column] for row in grid.rows[:300] if column < len(row) and row[column] != ""]
        reason = columns.private_by_content(values, "")
        if reason:
            private.append(LeftOut(column_letter(column), "无标题", reason, private=True))
    hidden = {column_index(item.column) for item in private}
    fields = {name: column for name, column in fields.items() if column not in hidden}
    default = options.unit or options.answers.get("column:unit") or known.own_unit
    context = body.BodyContext(
        fields=fields, sequence=None, default_unit=default, group_units=False, known_units=known.units, today=options.today,
        untyped=workbook.format in ("csv", "html"),
    )  # fmt: skip
    found = body.read_rows(grid, None, context)
    people, skipped = found.people, found.skipped
    if people and any(person.content.unit is None for person in people) and "unit" not in fields:
        questions = [*questions, _ask_unit(known)]
    return RosterReading(
        format=workbook.format, sheet=grid.name, header_row=0, columns={name: column_letter(at) for name, at in _in_order(fields)},
        titles={}, people=tuple(people), skipped=tuple(skipped), questions=tuple(questions), left_out=tuple(private),
        notes=tuple(f"{item.column}列：{item.reason}。" for item in private), fingerprint="none:" + str(grid.width),
    )  # fmt: skip


def titles_of_fields() -> dict[str, str]:
    """Field → the Chinese title pages show."""
    return dict(FIELD_TITLES)
