"""The county's own forms: ``forms adopt``, ``forms check``, ``forms templates``, and writing a record with one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import pair

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group


def add_to(forms: Group) -> None:
    """Hang the verbs on ``forms``."""
    adopt = forms.verb(
        "adopt", "采用本县自己的表单（Word文档）", run=_adopt, show=_show_adopted,
        example="jiafang forms adopt 本县记录单.docx --kind record --apply",
        note="认出各栏目应填的格，加 --apply 存为模板；空白的、填了样例的都可以。",
    )  # fmt: skip
    adopt.add_argument("file", metavar="FILE", help="Word文档（.docx）")
    adopt.add_argument("--kind", required=True, choices=("record", "ledger"), help="record 记录单，ledger 台账")
    adopt.add_argument("--name", metavar="NAME", help="模板名称；不写时用文件名")
    adopt.add_argument(
        "--bind", metavar="FIELD=PLACE", type=pair, action="append", default=[],
        help="改绑一项：位置写成 t1r2c3（第1个表第2行第3格）或 p2（表外第2段），写 none 就是不填",
    )  # fmt: skip
    adopt.add_argument("--default", action="store_true", help="以后写Word记录单时就用它")
    adopt.add_argument("--replace", action="store_true", help="已有同名模板时替换")
    adopt.add_argument("--apply", action="store_true", help="存为模板；不写时只看看")
    check = forms.verb(
        "check", "检查一个模板", run=_check, show=_show_check, example="jiafang forms check 模板.docx",
        note="列出填写项，指出缺少、重复、不认识、被格式打断、在文本框或修订里的。",
    )  # fmt: skip
    check.add_argument("file", metavar="FILE", help="Word文档（.docx）")
    kept = forms.verb(
        "templates", "列出采用的表单", run=_templates, show=_show_templates, example="jiafang forms templates",
    )  # fmt: skip
    kept.add_argument("--default", metavar="NAME", help="设为常用；“内置”是恢复程序自带的")
    kept.add_argument("--remove", metavar="NAME", help="移除一个")


def _adopt(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import templates

    corrections = {field: None if place == "none" else place for field, place in args.bind}
    with desk.store() as store:
        found = templates.preview(Path(args.file), kind=args.kind, name=args.name, corrections=corrections)
        if args.apply:
            templates.keep(store, found, by=store.operator, replace=args.replace, default=args.default)
        return {**found.as_json(), "applied": bool(args.apply)}


def _show_adopted(answer: Mapping[str, Any], page: Page) -> None:
    for one in answer["bindings"]:
        page.say(f"{one['where']}　{one['label']} → {one['field']}")
    if answer["unbound"]:
        page.say("没有找到填写处的：" + "、".join(answer["unbound"]))
    for one in answer["problems"]:
        page.say(f"{one['message']}{one['hint'] or ''}")
    page.say(f"已存为模板“{answer['name']}”。" if answer["applied"] else "没有改动；加 --apply 存为模板。")


def _check(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import templates

    return templates.check(Path(args.file))


def _show_check(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"填写项{len(answer['placeholders'])}个：" + "".join(f"【{slot}】" for slot in answer["placeholders"]))
    for one in answer["problems"]:
        page.say(f"{one['message']}{one['hint'] or ''}")
    if not answer["problems"]:
        page.say("没有发现问题。")


def _templates(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import templates

    with desk.store() as store:
        if args.remove is not None:
            templates.remove(store, args.remove, by=store.operator)
        if args.default == templates.BUILT_IN:
            for kind in ("record", "ledger"):
                templates.set_default(store, kind, None, by=store.operator)
        elif args.default is not None:
            kind = next((one.kind for one in templates.listing(store) if one.name == args.default), "record")
            templates.set_default(store, kind, args.default, by=store.operator)
        return {"templates": [
            {"name": one.name, "kind": one.kind, "fields": list(one.fields), "default": one.is_default}
            for one in templates.listing(store)
        ]}  # fmt: skip


def _show_templates(answer: Mapping[str, Any], page: Page) -> None:
    for one in answer["templates"]:
        page.say(
            f"{one['name']}（{'记录单' if one['kind'] == 'record' else '台账'}）{'　常用' if one['default'] else ''}"
        )
    if not answer["templates"]:
        page.say("没有采用过别的表单，用的是程序自带的。")
