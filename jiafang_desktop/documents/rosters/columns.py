"""Which column is which field: titles first, then what stands beneath them, then what a person chose.

Look-alikes are settled here (a 现任职务 full of levels, a 编号 that only counts, an untitled column of identity
numbers); rows are read in body.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jiafang_desktop.common.chinese import squeeze, tidy
from jiafang_desktop.documents.grids import Cell, SheetGrid, column_letter, text_of
from jiafang_desktop.documents.rosters import titles
from jiafang_desktop.documents.rosters.header import Header
from jiafang_desktop.documents.rosters.shapes import LeftOut
from jiafang_desktop.domain import roster_numbers, roster_text

_LEVEL = re.compile(
    r"^(?:(?:正|副)?(?:县处|乡科|县|处|科|股|厅|局)级(?:正职|副职|干部|非领导职务)?|(?:正|副)(?:科|处|股|县)|"
    r"[一二三四]级(?:主任)?(?:科员|调研员|巡视员|主办|警长|警员|高级警长)|"
    r"(?:科员|办事员|调研员|主任科员|副主任科员|试用期|初任|无级别|其他)|(?:管理|专技|专业技术|"
    r"工勤)?(?:岗位?)?[一二三四五六七八九十]{1,2}级(?:职员)?|[初中高]级(?:工)?|科员级|科办员|办事员级)$"
)
_ETHNIC = re.compile(r"^(?:汉|回|满|蒙古|壮|藏|维吾尔|苗|彝|土家|朝鲜|侗|瑶|白|哈尼|哈萨克|傣|黎)族?$")
_UNIT_LIKE = re.compile(
    r"(?:镇|乡|街道|办事处|局|委|委员会|法院|检察院|医院|学校|中学|小学|幼儿园|公司|政府|党校|联社|组织部|"
    r"宣传部|统战部|政法委)$"
)
# 单位 of a list of goods: what they are counted in.
_MEASURE = re.compile(
    r"^(?:[个只件套袋桶箱瓶盒条把台辆张本份吨斤克米双支根块片亩次天元户人名包捆]|千克|公斤|平方米|立方米|万元|人次)$"
)
_SAMPLE = 300


@dataclass(slots=True)
class ColumnPlan:
    """Field → column index, what is left out and why, titles, and the name columns still to choose from."""

    fields: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    private: frozenset[int] = frozenset()
    name_choices: tuple[int, ...] = ()
    side_by_side: bool = False
    sequence: int | None = None


def plan(grid: SheetGrid, header: Header, chosen: Mapping[str, int]) -> ColumnPlan:
    """Judge every column of a found header; ``chosen`` (field → index) is a person's word and wins."""
    result = ColumnPlan()
    samples = _samples(grid, header)
    candidates: dict[str, list[tuple[int, int]]] = {}
    private: set[int] = set()
    for column, parts in enumerate(header.parts):
        title = " ".join(tidy(part) for part in parts)
        letter = column_letter(column)
        if title:
            result.titles[letter] = title
        if titles.plain("".join(parts)) in ("序号", "排序", "行号", "no") and result.sequence is None:
            result.sequence = column
        reason = titles.joined_private(parts) or private_by_content(samples.get(column, ()), title)
        if reason:
            private.add(column)
            result.left_out.append(LeftOut(letter, title or "无标题", reason, private=True))
            continue
        found = titles.joined_field(parts)
        if found is not None:
            candidates.setdefault(found[0], []).append((found[1], column))
    for column, values in samples.items():
        if column >= len(header.parts):
            reason = private_by_content(values, "")
            if reason:
                private.add(column)
                result.left_out.append(LeftOut(column_letter(column), "无标题", reason, private=True))
    result.private = frozenset(private)
    _choose(result, candidates, samples)
    _names(result, header, samples, chosen)
    for name, column in chosen.items():
        if column >= max(grid.width, len(header.parts)):
            if name != "name":
                result.fields.pop(name, None)  # a column where nothing stands: this field is not imported
        elif column not in private:
            for other in [key for key, at in result.fields.items() if at == column]:
                del result.fields[other]
            result.fields[name] = column
            if name in ("unit", "post"):
                result.fields.pop("unit_post", None)
    return result


def _samples(grid: SheetGrid, header: Header) -> dict[int, list[Cell]]:
    samples: dict[int, list[Cell]] = {}
    for row in grid.rows[header.bottom + 1 : header.bottom + 1 + _SAMPLE]:
        for column, cell in enumerate(row):
            if cell != "":
                samples.setdefault(column, []).append(cell)
    return samples


def private_by_content(values: Sequence[Cell], title: str) -> str | None:
    """Whether a column holds identity numbers or ethnicities whatever its title says."""
    if not values:
        return None
    texts = [text_of(value) for value in values[:60]]
    if sum(map(roster_numbers.looks_like_id_number, texts)) * 2 >= len(texts):
        return "身份证号码不导入、不保存"
    if (
        titles.field_of(title) is None
        and len(texts) >= 2
        and sum(bool(_ETHNIC.match(squeeze(text))) for text in texts) * 5 >= len(texts) * 4
    ):
        return "民族不导入、不保存"
    return None


def _is_levels(values: Sequence[Cell]) -> bool:
    """Whether a column holds levels (正科级, 一级主任科员), not posts; 科员 alone is both and decides nothing."""
    return (
        _share(values, _LEVEL.match) > 0.6
        and _share(values, lambda text: "级" in text or (len(text) == 2 and text[1] in "科处股县")) > 0.3
    )


def _share(values: Sequence[Cell], test: object) -> float:
    texts = [squeeze(text_of(value)) for value in values[:_SAMPLE]]
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0  # type: ignore[operator]  # a predicate


def _choose(result: ColumnPlan, candidates: dict[str, list[tuple[int, int]]], samples: dict[int, list[Cell]]) -> None:
    def best(name: str, columns: list[tuple[int, int]]) -> int:
        def order(item: tuple[int, int]) -> tuple[bool, float, int, int]:
            rank, column = item
            values = samples.get(column, [])
            levels = name == "post" and _is_levels(values)
            empty = not values
            return (empty or levels, 1.0 if levels else 0.0, rank, column)

        return min(columns, key=order)[1]

    for name, columns in candidates.items():
        if name == "name":
            continue
        if name == "unit":
            columns = [item for item in columns if _share(samples.get(item[1], []), _MEASURE.match) < 0.6]
            if not columns:
                continue
        if name == "employee_no":
            columns = [item for item in columns if not (item[0] > 8 and _counts(samples.get(item[1], [])))]
            if not columns:
                continue
        result.fields[name] = best(name, columns)
    post = result.fields.get("post")
    if post is not None and "unit_post" in result.fields and _is_levels(samples.get(post, [])):
        result.left_out.append(
            LeftOut(column_letter(post), result.titles.get(column_letter(post), ""), "这一栏是职级，不是职务")
        )
        del result.fields["post"]
    elif post is not None and "unit_post" in result.fields and "unit" in result.fields:
        del result.fields["unit_post"]
    _note_level_columns(result, candidates, samples)
    _settle_units(result, candidates, samples)


def _note_level_columns(
    result: ColumnPlan, candidates: dict[str, list[tuple[int, int]]], samples: dict[int, list[Cell]]
) -> None:
    if len(candidates.get("name", [])) > 1:
        return  # the other block's columns are not this block's look-alikes
    for _, column in candidates.get("post", []):
        if column != result.fields.get("post") and _is_levels(samples.get(column, [])):
            letter = column_letter(column)
            if all(item.column != letter for item in result.left_out):
                result.left_out.append(LeftOut(letter, result.titles.get(letter, ""), "这一栏是职级，不是职务"))


def _settle_units(
    result: ColumnPlan, candidates: dict[str, list[tuple[int, int]]], samples: dict[int, list[Cell]]
) -> None:
    units = sorted(candidates.get("unit", []))
    if len(units) > 1:
        likely = [column for _, column in units if _share(samples.get(column, []), _UNIT_LIKE.search) > 0.5]
        inner = [column for _, column in units if column not in likely and samples.get(column)]
        if len(likely) == 1 and inner:
            result.fields["unit"] = likely[0]
            result.fields.setdefault("section", inner[0])
    section = result.fields.get("section")
    unitless = "unit" not in result.fields and "unit_post" not in result.fields
    if unitless and section is not None and _share(samples.get(section, []), _UNIT_LIKE.search) > 0.6:
        result.fields["unit"] = result.fields.pop("section")


def _counts(values: Sequence[Cell]) -> bool:
    """Whether the values only count 1, 2, 3 …"""
    numbers = [text_of(value).strip() for value in values]
    digits = [int(number) for number in numbers if number.isdigit() and len(number) < 7]
    return (
        len(digits) * 10 >= len(numbers) * 8
        and digits[:1] in ([1], [0])
        and all(b - a in (0, 1) for a, b in itertools.pairwise(digits))
    )


def _names(result: ColumnPlan, header: Header, samples: dict[int, list[Cell]], chosen: Mapping[str, int]) -> None:
    """The person's own name among several columns that say so; blocks side by side are cut to the chosen one."""
    ranked = sorted(
        (rank, column)
        for column in header.name_columns
        for rank in [_rank(header.parts[column])]
        if column not in result.private
    )
    if not ranked:
        return
    filled = [(rank, column) for rank, column in ranked if samples.get(column)]
    likely = (
        [(rank, column) for rank, column in filled if _share(samples[column], roster_text.looks_like_name) >= 0.3]
        or filled
        or ranked
    )
    top = [column for rank, column in likely if rank == likely[0][0]]
    result.fields["name"] = top[0]
    if len(top) > 1:
        result.name_choices = tuple(sorted(top))
        result.side_by_side = _blocks_repeat(header, sorted(top))
    if len(top) > 1 and result.side_by_side:
        _cut_to_block(result, header, sorted(top), chosen.get("name", top[0]))
    elif likely[0][0] >= 40 and _share(samples.get(top[0], []), roster_text.looks_like_name) < 0.3 and len(likely) > 1:
        result.fields["name"] = likely[1][1]


def _rank(parts: tuple[str, ...]) -> int:
    found = titles.joined_field(parts)
    return found[1] if found else 99


def _blocks_repeat(header: Header, columns: list[int]) -> bool:
    """Whether titles beside the name come again beside the second name."""
    own = _bare_titles(header)
    first = {title for title in own[: columns[1]] if title and title != own[columns[0]]}
    second = {title for title in own[columns[0] + 1 :] if title}
    return any(own.count(title) > 1 for title in first & second) or len(columns) > 2


def _bare_titles(header: Header) -> list[str]:
    """Titles without the numbers that tell blocks apart (姓名1, 姓名2)."""
    return [titles.plain("".join(parts)).rstrip("0123456789") for parts in header.parts]


def _cut_to_block(result: ColumnPlan, header: Header, columns: list[int], chosen: int) -> None:
    at = columns.index(chosen) if chosen in columns else 0
    own = _bare_titles(header)
    offset = 0  # how many titles stand before the name in every block
    while offset < columns[0] and own[columns[0] - offset - 1] == own[columns[1] - offset - 1] != "":
        offset += 1
    left = columns[at] - offset
    right = columns[at + 1] - offset if at + 1 < len(columns) else len(header.parts)
    result.fields = {"name": columns[at]}
    ranks: dict[str, int] = {}
    for column in range(max(left, 0), right):
        found = titles.joined_field(header.parts[column])
        if found and found[0] != "name" and column not in result.private and found[1] < ranks.get(found[0], 99):
            result.fields[found[0]], ranks[found[0]] = column, found[1]


def _others_column(grid: SheetGrid, column: int) -> bool:
    """Whether the title over the first name says that these are other people (联系人 of goods, 值班人员 of days)."""
    above = ""
    for row in grid.rows[:_SAMPLE]:
        cell = row[column] if column < len(row) else ""
        if isinstance(cell, str) and cell:
            if roster_text.looks_like_name(cell):
                return bool(above) and titles.is_others_person(above)
            above = cell
    return False


def guess_names(grid: SheetGrid) -> tuple[int, ...]:
    """Columns that hold names in a sheet without titles, best first; at least two names and half the cells."""
    counts: dict[int, list[int]] = {}
    for row in grid.rows[:_SAMPLE]:
        for column, cell in enumerate(row[:60]):
            if cell != "":
                seen = counts.setdefault(column, [0, 0])
                seen[0] += 1
                seen[1] += isinstance(cell, str) and roster_text.looks_like_name(cell)
    likely = [
        (names, column)
        for column, (seen, names) in counts.items()
        if names >= 2 and names * 10 >= seen * 6 and not _others_column(grid, column)
    ]
    return tuple(column for _, column in sorted(likely, key=lambda item: (-item[0], item[1])))
