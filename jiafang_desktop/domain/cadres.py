"""干部: one person of a unit's roster, as stored and shown.

Finding people in spreadsheets is documents.rosters' work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# INTERFACE "Fields"; the order is the one a clerk's preview shows.
CADRE_FIELDS = (
    "name", "unit", "section", "post", "managed_by", "staff_type", "gender", "birth_date", "phone",
    "address", "spouse_name", "spouse_work", "employee_no", "remark",
)  # fmt: skip
FIELD_TITLES = {
    "name": "姓名", "unit": "单位", "section": "内设机构", "post": "职务", "managed_by": "管理权限",
    "staff_type": "人员类别", "gender": "性别", "birth_date": "出生年月", "phone": "联系电话",
    "address": "家庭住址", "spouse_name": "配偶姓名", "spouse_work": "配偶工作单位及职务",
    "employee_no": "工号", "remark": "备注",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CadreContent:
    """A person's fields; ``birth_date`` is ``YYYY-MM`` or ``YYYY-MM-DD``. ``originals`` keeps the cell's own text
    by field wherever cleaning changed it."""

    name: str
    unit: str | None = None
    section: str | None = None
    post: str | None = None
    managed_by: str | None = None
    staff_type: str | None = None
    gender: str | None = None
    birth_date: str | None = None
    phone: str | None = None
    address: str | None = None
    spouse_name: str | None = None
    spouse_work: str | None = None
    employee_no: str | None = None
    remark: str | None = None
    originals: Mapping[str, str] = field(default_factory=dict)

    def to_fields(self) -> dict[str, Any]:
        """The record's fields as the log carries them."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in CADRE_FIELDS}
        fields["originals"] = dict(self.originals)
        return fields

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> CadreContent:
        """The other way; a missing field is null."""
        values = {name: fields.get(name) for name in CADRE_FIELDS}
        values["name"] = fields.get("name") or ""
        return CadreContent(**values, originals=dict(fields.get("originals") or {}))  # type: ignore[arg-type]  # field names and types come from one table


@dataclass(frozen=True, slots=True)
class Cadre:
    """A stored person. Deleted ones stay in the log and are not listed."""

    id: str
    content: CadreContent
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class CadreQuery:
    """Which people to list: ``text`` matches characters, full pinyin or initials of name, unit and post."""

    text: str = ""
    unit: str | None = None
    include_deleted: bool = False
