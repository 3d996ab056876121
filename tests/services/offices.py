"""What the services' tests put into an office: a fresh store, and a visit with everything filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee
from jiafang_desktop.services import session
from jiafang_desktop.store import Store

PASSWORD = "kao-shan-tun-2026"
ACCOUNT = (
    "9月16日下班后，到张建国同志家中家访，送上镇党委的问候。看：北房四间，院落整洁，老母亲卧床，需人照料。谈：今年任务重、加班多，"
    "担心照顾不好老人，思想总体稳定。听：爱人支持其工作，希望夜间值班适当照顾。"
)
FULL = VisitContent(
    date=date(2026, 9, 16), leaders=(Leader("钱永和", "党委副书记、镇长"), Leader("周文斌", "组织委员")),
    visitee=Visitee("张建国", "农业综合服务中心主任", "德政镇", "东街村建设路36号", "王秀兰", "中心小学教师"),
    recorder="王敏", met=("本人", "配偶"), ways=("看", "谈", "听"), matter="母亲患病", account=ACCOUNT, resolution="无",
    priority="illness", nothing_to_solve=True,
)  # fmt: skip


def set_up(folder: Path, role: str = "unit", **named: Any) -> Store:
    return session.create(
        folder, password=PASSWORD, role=role, unit=named.pop("unit", "德政镇人民政府"), operator="王敏",
        ledger_unit=named.pop("ledger_unit", "德政镇"), **named,
    ).store  # fmt: skip


def visit(**changed: Any) -> VisitContent:
    """A whole visit, with fields replaced; ``visitee_…`` ones too."""
    visitee = {name[8:]: changed.pop(name) for name in list(changed) if name.startswith("visitee_")}
    content = replace(FULL, **changed)
    return replace(content, visitee=replace(content.visitee, **visitee))
