"""The demo's two rosters, as ugly as offices send them: titles, merged double headers, notes, footers.

How they become Excel files stands in ``demo_xlsx``.
"""

from __future__ import annotations

from datetime import date, timedelta

from jiafang_desktop.services.demo_concerns import EXPORTED
from jiafang_desktop.services.demo_people import COUNTY_PEOPLE, UNIT, Person, township_people
from jiafang_desktop.services.demo_xlsx import Cell, Sheet, workbook

_REPEAT_AFTER = 34  # people on the roster's first printed page


def township_roster() -> bytes:
    """德政镇's roster: a sheet of instructions first, the header in rows 4 and 5, a repeated header, a footer."""
    head: list[list[Cell]] = [
        [f"{UNIT}干部职工基本情况登记表"],
        [f"填报单位：{UNIT}", *[None] * 3, "填表日期：2026年1月5日", *[None] * 6, "单位：人"],
        [],
    ]
    titles: list[list[Cell]] = [
        [
            "序号", "姓  名", "内设机构", "现任\n职务", "性别", "出生年月", "民族", "联系电话",
            "家庭情况", None, None, "管理权限", "备  注",
        ],
        [*[None] * 8, "家庭住址", "配偶姓名", "配偶工作单位及职务", None, None],
    ]  # fmt: skip
    people = township_people()
    rows = [_row(number, person) for number, person in enumerate(people, start=1)]
    rows[_REPEAT_AFTER:_REPEAT_AFTER] = [[], *titles]
    foot: list[list[Cell]] = [
        [], ["合计", None, None, f"{len(people)}人"], ["填表人：王晓燕", None, None, None, "审核人：任丽霞"],
        ["说明：1.本表由各办公室填报；2.出生年月以档案为准；3.家庭情况有变化的随时更新。"],
    ]  # fmt: skip
    merges = ["A1:M1", *(f"{letter}4:{letter}5" for letter in "ABCDEFGHLM"), "I4:K4"]
    notes: list[list[Cell]] = [
        ["填表说明"], [], ["1.姓名填写身份证上的姓名。"], ["2.配偶工作单位及职务要写全称，务农的写“务农”。"],
        ["3.于每季度末月25日前报党建办。"],
    ]  # fmt: skip
    kinds: list[list[Cell]] = [["管理权限"], ["县管"], ["镇管"], ["性别"], ["男"], ["女"]]
    return workbook([
        Sheet("填表说明", notes), Sheet("全部名单", [*head, *titles, *rows, *foot], merges),
        Sheet("字典", kinds, hidden=True),
    ])  # fmt: skip


def _row(number: int, person: Person) -> list[Cell]:
    managed = "县管" if person.section == "党委班子" else "镇管"
    section = None if person.section == "党委班子" else person.section
    phone: Cell = 13900000000 + number * 137
    if number % 7 == 0:
        phone = f"139 0000 {number * 137 % 10000:04d}"
    return [
        number, _name(number, person), section, person.post, person.gender, _birth(number, person.birth), "汉族", phone,
        person.address, person.spouse or ("未婚" if number == 52 else None), person.spouse_work or None, managed,
        "2025年9月招录" if number == 52 else None,
    ]  # fmt: skip


def _name(number: int, person: Person) -> str:
    """Two-character names are spread out in three ways, as in every office's lists."""
    if len(person.name) != 2:
        return f"{person.name}（女）" if person.gender == "女" and number == 25 else person.name
    return person.name[0] + ("　", "  ", " 　")[number % 3] + person.name[1]


def _birth(number: int, birth: tuple[int, int]) -> Cell:
    year, month = birth
    if number % 6 == 1:
        return f"{year}年{month}月"
    if number % 6 == 3:
        return date(year, month, 1)
    if number % 11 == 5:
        return f"{year}．{month:02d}".translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    return f"{year}.{month:02d}"


def exported_concerns(today: date) -> bytes:
    """What the county's mini-programme exports: 诉求人, 所在单位, text and kind, a line of who exported it below."""
    rows: list[list[Cell]] = [
        ["家访小程序诉求导出"], ["序号", "诉求人", "所在单位", "职务", "提交时间", "诉求类型", "诉求内容"],
    ]  # fmt: skip
    people = township_people()
    for number, (who, ago, kind, text) in enumerate(EXPORTED, start=1):
        person, day = people[who], today - timedelta(days=ago)
        rows.append([number, person.name, UNIT, person.post, f"{day.isoformat()} 20:{number:02d}:09", kind, text])
    rows.append([f"导出时间：{(today - timedelta(days=3)).isoformat()}"])
    return workbook([Sheet("诉求导出", rows, ["A1:G1"])])


def county_roster() -> bytes:
    """The county's list of unit heads: 单位及职务 in one column."""
    rows: list[list[Cell]] = [
        ["魏县乡镇及县直单位主要负责同志名单"], ["截至2026年1月"], ["序号", "姓名", "单位及职务", "出生年月"]
    ]  # fmt: skip
    for number, line in enumerate(COUNTY_PEOPLE.strip().splitlines(), start=1):
        name, unit, post, birth = line.split("|")
        rows.append([number, name, unit + post, birth])
    return workbook([Sheet("Sheet1", rows, ["A1:D1", "A2:D2"])])
