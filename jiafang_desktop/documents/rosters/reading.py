"""A workbook's plain grids become a roster reading: which sheet, which header, which columns, which people.

The pieces are judged in header, columns, units and body; here they are put together, and what only a person can say
is asked. Pure: grids in, a frozen reading out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.grids import SheetGrid, Workbook, column_index, column_letter, text_of
from jiafang_desktop.documents.rosters import body, columns, sheets, titles, units, untitled
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
from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES


def read(workbook: Workbook, *, options: RosterOptions, known: KnownRoster) -> RosterReading:
    """Recognise the people of a workbook.

    Raises:
        UserError: ``not_a_roster`` when nobody stands in it, ``ambiguous_layout`` for one-person forms, ``not_found``
            for a sheet or column that was named but is not there.
    """
    candidates = [sheets.look(grid) for grid in workbook.sheets]
    chosen, questions = sheets.choose(candidates, workbook, options)
    if chosen.header is None:
        return _without_header(chosen, workbook, options, known, questions)
    return _with_header(chosen, chosen.header, workbook, options, known, questions)


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
    candidate: sheets.Candidate,
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
    above, stated = _unit_above(grid, header)
    found_unit = above or _unit_of_sheet(grid, known)
    if found_unit is None and known.own_unit is None and options.file_name:
        found_unit = units.unit_of_title(re.sub(r"\.\w{1,5}$", "", options.file_name))
    default = options.unit or options.answers.get("column:unit") or _as_known(found_unit, known)
    fields = _post_as_unit_post(plan, grid, header, default, known)
    unit_columns = "unit" in fields or "unit_post" in fields
    context = body.BodyContext(
        fields=fields, sequence=plan.sequence, default_unit=default or (known.own_unit if not unit_columns else None),
        group_units=not unit_columns and options.unit is None and not stated,
        page_units=not unit_columns and options.unit is None,
        known_units=known.units | ({default} if default else set()), today=options.today,
        untyped=workbook.format in ("csv", "html"),
    )  # fmt: skip
    people, skipped = _all_tables(grid, header, context)
    notes = _notes(plan, grid, default, known, unit_columns, people)
    if not unit_columns and people and any(person.content.unit is None for person in people):
        questions = [*questions, _ask_unit(known)]
    return RosterReading(
        format=workbook.format, sheet=grid.name, header_row=grid.numbers[header.bottom],
        columns={name: column_letter(column) for name, column in _in_order(fields)}, titles=plan.titles,
        people=tuple(people), skipped=tuple(skipped), questions=tuple(questions), left_out=tuple(plan.left_out),
        notes=tuple(notes), fingerprint=fingerprint,
    )  # fmt: skip


def _all_tables(
    grid: SheetGrid, header: headers.Header, context: body.BodyContext
) -> tuple[list[FoundPerson], list[SkippedRow]]:
    """The table below ``header``, and further tables of the sheet whose columns stand in another order."""
    found = body.read_rows(grid, header, context)
    people, skipped = found.people, found.skipped
    spread = headers.Spread(grid, rows=len(grid.rows)) if found.next_header is not None else None
    while spread is not None and (at := found.next_header) is not None:
        following = headers.at_row(spread, at)
        if following is not None:
            plan = columns.plan(grid, following, {})
            context = replace(context, fields=plan.fields, sequence=plan.sequence)
            header = following
        context = replace(context, default_unit=found.unit or context.default_unit)
        skipped.append(SkippedRow(grid.numbers[at], "另一张表的表头，按新的标题读下面的人"))
        found = body.read_rows(grid, header, context, start=max(at, following.bottom if following else at) + 1)
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
        message = (
            f"表里并排排了{len(letters)}栏人员（“姓名”在{'、'.join(letters)}列）。请选这次导入哪一栏，"
            "另一栏再导入一次；也可以先把它们上下接成一栏。"
        )
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


def _as_known(unit: str | None, known: KnownRoster) -> str | None:
    """魏县德政镇 of a title is the 德政镇 the office already knows."""
    for other in known.units | ({known.own_unit} if known.own_unit else set()):
        if unit and other and unit.endswith(other) and re.match(r"^[\u4e00-\u9fff]{1,6}[县区市]$", unit[: -len(other)]):
            return other
    return unit


def _unit_above(grid: SheetGrid, header: headers.Header) -> tuple[str | None, bool]:
    """单位：… in a line above the header (True), else the unit in the title, which headings below may refine."""
    makers: list[str] = []
    for at in range(header.top):
        cells = [text_of(cell).strip() for cell in grid.rows[at]]
        filled = [cell for cell in cells if cell]
        for index, text in enumerate(filled):
            unit = units.unit_of_line(text, filled[index + 1] if index + 1 < len(filled) else "")
            if unit and units.is_maker_line(text):
                makers.append(unit)
            elif unit:
                return unit, True
    for at in range(header.top):
        for cell in grid.rows[at]:
            if isinstance(cell, str):
                unit = units.unit_of_title(cell)
                if unit:
                    return unit, False
    return (makers[0], False) if makers else (None, False)


def _unit_of_sheet(grid: SheetGrid, known: KnownRoster) -> str | None:
    name = squeeze(grid.name)
    if name in known.units:
        return name
    unit = units.is_unit_heading(re.sub(r"\(\d+\)$", "", grid.name))
    return unit if unit and re.match(r"^[\u4e00-\u9fff]+$", unit) and not re.search(r"各|全|乡镇$", unit) else None


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
    candidate: sheets.Candidate,
    workbook: Workbook,
    options: RosterOptions,
    known: KnownRoster,
    questions: list[Question],
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
        fields=fields, sequence=None, default_unit=default, group_units=False, page_units=False,
        known_units=known.units, today=options.today, untyped=workbook.format in ("csv", "html"),
    )  # fmt: skip
    head = untitled.title_row(grid, fields["name"]) if "name" in fields else None
    found = body.read_rows(grid, None, context, start=0 if head is None else head + 1)
    people, skipped = found.people, found.skipped
    if people and any(person.content.unit is None for person in people) and "unit" not in fields:
        questions = [*questions, _ask_unit(known)]
    return RosterReading(
        format=workbook.format, sheet=grid.name, header_row=0 if head is None else grid.numbers[head],
        columns={name: column_letter(at) for name, at in _in_order(fields)}, titles=_words_of(grid, head),
        people=tuple(people), skipped=tuple(skipped), questions=tuple(questions), left_out=tuple(private),
        notes=tuple(f"{item.column}列：{item.reason}。" for item in private), fingerprint="none:" + str(grid.width),
    )  # fmt: skip


def _words_of(grid: SheetGrid, head: int | None) -> dict[str, str]:
    """The words of a row of titles nobody understood, by column."""
    if head is None:
        return {}
    return {column_letter(at): words for at, cell in enumerate(grid.rows[head]) if (words := text_of(cell).strip())}


def titles_of_fields() -> dict[str, str]:
    """Field → the Chinese title pages show."""
    return dict(FIELD_TITLES)
