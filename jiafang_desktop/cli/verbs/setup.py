"""Set-up: ``init``, ``info`` and ``demo``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.desk import Desk
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.progress import watched
from jiafang_desktop.domain.units import ROLES, UNIT_TYPES

if TYPE_CHECKING:
    from jiafang_desktop.cli.parser import Group

_ROLES = {"unit": "单位版", "county": "县级版"}
_COUNTS = {
    "visits": "家访", "concerns": "诉求", "cadres": "干部", "problems": "问题", "drafts": "草稿",
    "revisions": "改动记录",
}  # fmt: skip


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    init = group.verb(
        "init", "新建数据文件夹：定下单位、经办人和密码，给出密码找回单", run=_init, show=_show_init,
        example="jiafang --data 家访数据 --password-file 密码.txt init --role unit --unit 德政镇 --operator 王晓燕",
        note="密码至少8个字符，全是数字的至少12个。密码找回单请抄下或打印后封存，程序不再显示。",
    )  # fmt: skip
    init.add_argument("--role", required=True, choices=ROLES, help="unit 单位版，county 县级版")
    init.add_argument("--unit", required=True, metavar="NAME", help="单位名称，与公章一致")
    init.add_argument("--operator", required=True, metavar="NAME", help="经办人姓名")
    kinds = "，".join(f"{key} {title}" for key, title in UNIT_TYPES.items())
    init.add_argument("--unit-type", choices=tuple(UNIT_TYPES), help=f"单位类型：{kinds}；不写时按名称判断")
    init.add_argument("--county", metavar="NAME", default="魏县", help="所在的县，默认魏县")
    init.add_argument("--ledger-unit", metavar="NAME", default=None, help="台账上写的单位名称，不写时同 --unit")
    group.verb(
        "info", "显示本机数据的基本情况", run=_info, show=_show_info,
        example="jiafang --data 家访数据 --password-file 密码.txt info --json",
    )  # fmt: skip
    demo = group.verb(
        "demo", "用虚构的人和事做一套演示数据和表单", run=_demo, show=_show_demo,
        example="jiafang demo --to 演示",
        note="写出 OUT/unit（乡镇）、OUT/county（县）、OUT/papers（表单）和 OUT/密码.txt；不需要 --data 和密码。",
    )  # fmt: skip
    demo.add_argument("--to", required=True, metavar="OUT", help="放演示数据的文件夹，没有时新建")
    demo.add_argument("--replace", action="store_true", help="已有演示数据时重做（只替换演示数据）")


def _init(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import session

    created = session.create(
        desk.folder, password=desk.password(), role=args.role, unit=args.unit,
        unit_type=args.unit_type or _unit_type(args.unit, args.role), county=args.county, operator=args.operator,
        ledger_unit=args.ledger_unit,
    )  # fmt: skip
    store = created.store
    try:
        here = store.installation
        desk.warnings.extend(store.warnings)
        return {
            "install_id": here.install_id, "role": here.role, "unit": here.unit, "unit_type": here.unit_type,
            "county": here.county, "operator": store.operator.name, "recovery_key": created.recovery_key,
        }  # fmt: skip
    finally:
        store.close()


def _unit_type(unit: str, role: str) -> str:
    """What a unit's name says of its kind (the contract makes the option optional)."""
    if role == "county":
        return "department"
    if re.search(r"街道(办事处|党工委|工作委员会)?$", unit):
        return "subdistrict"
    return "township" if re.search(r"[镇乡](人民政府|政府|党委|委员会)?$", unit) else "department"


def _show_init(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"已建好{answer['unit']}的家访台账（{_ROLES[answer['role']]}）。")
    page.say("", "密码找回单（请抄下或打印后封存，忘记密码时用；程序不再显示）：")
    page.say("", f"    {answer['recovery_key']}", "")


def _info(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import session

    with desk.store() as store:
        return dict(session.info(store))


def _show_info(answer: Mapping[str, Any], page: Page) -> None:
    page.facts([
        ("版本", _ROLES.get(answer["role"], answer["role"])), ("单位", answer["unit"]), ("县", answer["county"]),
        ("经办人", answer["operator"]), ("程序版本", answer["version"]), ("数据文件", answer["database"]),
    ])  # fmt: skip
    counts = answer["counts"]
    page.say("　".join(f"{title} {counts[name]}" for name, title in _COUNTS.items() if name in counts))


def _demo(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import demo

    target = Path(args.to)
    files = watched(demo.make(target, renderer=desk.renderer, replace=args.replace))
    unit, county = (str((target / name).absolute()) for name in ("unit", "county"))
    names = [str(file) for file in files]
    return {"file": names[0] if names else None, "files": names, "unit": unit, "county": county}


def _show_demo(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    page.say(f"演示数据：{answer['unit']}（乡镇）、{answer['county']}（县），都是虚构的人和事。")
