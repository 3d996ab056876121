"""Invented visits, problems and people for the store's tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee
from jiafang_desktop.store import Store

PASSWORD = "德政镇的密码很长"
HERE = Installation("install-1", "unit", "德政镇人民政府", "township", "魏县", "德政镇")


def visit_fields(name: str = "张三丰", **changed: Any) -> dict[str, Any]:
    """All fields of a registered visit."""
    content = VisitContent(
        number=1, visitee=Visitee(name=name, post="科员"), date=date(2026, 11, 3),
        leaders=(Leader("李思雨", "镇长"),), recorder="王小二", matter="母亲住院",
        account="他母亲在县医院住院，花费较多。", topics=Topics(advice_leaders="书记脾气急"),
    )  # fmt: skip
    return content.to_fields() | {"registered": True, "recorded_on": "2026-11-03"} | changed


def add_visit(store: Store, name: str = "张三丰", **changed: Any) -> str:
    rec = new_record_id()
    store.append([Edit("visit", rec, visit_fields(name, **changed))], by=store.operator)
    return rec


def add_problem(store: Store, visit: str, text: str = "看病难", *, position: int = 1, **changed: Any) -> str:
    rec = new_record_id()
    fields = Problem("", visit, position, ProblemContent(text)).to_fields() | changed
    store.append([Edit("problem", rec, fields)], by=store.operator)
    return rec


def add_cadre(store: Store, name: str, **values: Any) -> str:
    rec = new_record_id()
    fields = CadreContent(name=name, **values).to_fields() | {"deleted": False}
    store.append([Edit("cadre", rec, fields)], by=store.operator)
    return rec


def change(store: Store, kind: str, rec: str, **fields: Any) -> str:
    """Set fields of a record; the revision's id."""
    return store.append([Edit(kind, rec, fields)], by=store.operator).records[0].revision
