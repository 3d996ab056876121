"""Invented visits, people and rosters in any number, the same in every run. Nobody of them exists.

Sizes come from the benches; nothing is timed here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

UNIT, SEAL = "德政镇", "中共魏县德政镇委员会"
YEARS = tuple(range(clock.today().year - 4, clock.today().year + 1))
_OPEN_DAYS = 60
PASSWORD = "测量用的密码-8"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "建国志强秀英晓燕文静海涛雪梅永胜立新丽霞子豪卫东桂花亚楠庆林东升淑娟宏伟春生红艳"
_UNITS = ("德政镇", "魏城镇", "双井镇", "北皋镇", "车往镇", "回隆镇", "牙里镇", "大辛庄乡", "县民政局", "县水利局")
_POSTS = ("党委书记", "副镇长", "组织委员", "四级主任科员", "财政所副所长", "党政办科员", "驻村工作队队长", "农艺师")
_TITLES = (
    "序号", "姓  名", "单位", "内设机构", "现任职务", "性别", "出生年月", "联系电话", "家庭住址", "配偶姓名",
    "配偶工作单位及职务", "备注",
)  # fmt: skip
_SENTENCES = (
    "到家中进行家访，送上镇党委的问候，了解近期工作、生活和思想情况。",
    "本人表示工作任务较重，加班较多，但思想总体稳定，对组织的关心表示感谢。",
    "老母亲今年82岁，卧床需人照料，每月药费2600元，家庭负担较重。",
    "配偶在县医院工作，夜班多，孩子上小学三年级，接送有困难。",
    "希望单位在夜间值班安排上适当照顾，并建议改善办公楼二层的取暖。",
    "现场对其反映的问题逐一登记，明确了责任人和办结时限。",
    "谈到下一步打算时，表示将立足岗位，把信访积案化解工作做细做实。",
)
_RESOLUTIONS = (
    "经镇党委会研究，自下月起调整值班安排，每周夜班不超过一次。",
    "已联系县医保局，为其母亲办理慢性病门诊待遇，报销比例按政策执行。",
    "取暖设备已报修，现已恢复正常；本人对办理情况表示满意。",
)


def name(chance: random.Random) -> str:
    """An invented name of two or three characters."""
    given = chance.randrange(0, len(_GIVEN) - 1)
    return chance.choice(_SURNAMES) + _GIVEN[given : given + chance.choice((1, 2, 2, 2))]


def contents(count: int, *, years: tuple[int, ...] = YEARS, seed: int = 1) -> Iterator[VisitContent]:
    """``count`` registered-looking visits, as many in each year, numbered by year; none in the future."""
    chance = random.Random(seed)
    today = clock.today()
    this_year, past = today.year, today.timetuple().tm_yday
    for index in range(count):
        year = years[index % len(years)]
        yield VisitContent(
            number=index // len(years) + 1,
            unit=UNIT,
            visitee=Visitee(
                name=name(chance), post=chance.choice(_POSTS), unit=UNIT,
                address=f"魏城镇玉泉小区{chance.randrange(1, 30)}号楼",
                spouse_name=name(chance), spouse_work="县医院护士",
            ),
            date=date(year, 1, 1) + timedelta(days=chance.randrange(past if year == this_year else 360)),
            leaders=(Leader(name(chance), "党委副书记、镇长"),),
            recorder=name(chance),
            met=("本人", "配偶"),
            ways=("看", "谈", "听"),
            matter=chance.choice(("了解思想工作生活情况", "母亲患病，家庭负担较重", "岗位调整后谈心")),
            account="\n".join("".join(chance.sample(_SENTENCES, 3)) for _ in range(2)),
            resolution="".join(chance.sample(_RESOLUTIONS, chance.choice((1, 2, 3)))),
            topics=Topics(greeting=True, state_of_mind="稳定"),
        )  # fmt: skip


def fill_store(store: Store, count: int, *, years: tuple[int, ...] = YEARS) -> list[str]:
    """Visits (every third with a problem) into an empty store, a thousand a transaction; their ids.

    As in an office that keeps up: what is older than two months was signed, solved and filed.
    """
    ids: list[str] = []
    edits: list[Edit] = []
    for index, content in enumerate(contents(count, years=years)):
        rec = new_record_id()
        ids.append(rec)
        filed = content.date is not None and (clock.today() - content.date).days > _OPEN_DAYS
        edits.append(Edit("visit", rec, {**content.to_fields(), **_state(content, index, filed=filed)}))
        if index % 3 == 0:
            edits.append(Edit("problem", new_record_id(), _problem(rec, content, filed=filed)))
        if len(edits) >= 1000:
            store.append(edits, by=store.operator)
            edits = []
    if edits:
        store.append(edits, by=store.operator)
    return ids


def _state(content: VisitContent, index: int, *, filed: bool) -> dict[str, Any]:
    day = content.date.isoformat() if content.date else None
    return {
        "registered": True, "recorded_on": day, "printed_on": day if filed or index % 2 else None,
        "signed_on": day if filed or index % 4 == 3 else None, "sealed_on": day if filed else None,
        "paper_at": "档案柜2" if filed else None, "archived_on": day if filed else None, "deleted": False,
    }  # fmt: skip


def _problem(visit: str, content: VisitContent, *, filed: bool) -> dict[str, Any]:
    text = ProblemContent(text="母亲慢性病门诊待遇需办理。", kind="difficulty", level="ordinary")
    problem = Problem(id="", visit=visit, position=1, content=text)
    if filed:
        problem = replace(problem, resolution=_RESOLUTIONS[1], resolved_on=content.date, outcome="solved")
    return problem.to_fields()


def roster_file(target: Path, rows: int) -> Path:
    """A roster of ``rows`` people and twelve columns in Excel, as real ones are: a title, mixed dates, spaces."""
    import xlsxwriter

    chance = random.Random(7)
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    sheet = book.add_worksheet("全部名单")
    sheet.write_string(0, 0, "魏县干部基本情况登记表")
    for column, title in enumerate(_TITLES):
        sheet.write_string(1, column, title)
    for number in range(1, rows + 1):
        year, month = chance.randrange(1966, 2003), chance.randrange(1, 13)
        who = name(chance)
        birth = f"{year}.{month:02d}" if number % 3 else f"{year}年{month}月"
        row = (
            number, who if len(who) > 2 else f"{who[0]}　{who[1]}", chance.choice(_UNITS), "党政办公室",
            chance.choice(_POSTS), chance.choice("男女"), birth, 13900000000 + number,
            f"魏城镇玉泉小区{number % 40}号楼", name(chance), "县医院护士", "2020年调入" if number % 9 == 0 else "",
        )  # fmt: skip
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number + 1, column, value)
            elif value:
                sheet.write_string(number + 1, column, value)
    book.close()
    return target
