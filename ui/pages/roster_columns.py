"""Columns of the 名册 list."""

from __future__ import annotations

from collections.abc import Callable

from jiafang_desktop.domain.cadres import Cadre
from ui.models.roster_list import field_words
from ui.models.visit_list import spaced
from ui.widgets.table import Column


def roster_columns() -> tuple[Column, ...]:
    """姓名 职务 单位 内设机构 管理权限 出生年月 联系电话."""

    def words(name: str) -> Callable[[Cadre], str]:
        return lambda cadre: field_words(cadre, name)

    return (
        Column("name", "姓名", 96, 0, "left", lambda cadre: spaced(cadre.content.name)),
        Column("post", "职务", 150, 3, "left", words("post")),
        Column("unit", "单位", 110, 2, "left", words("unit"), caption=True),
        Column("section", "内设机构", 120, 2, "left", words("section"), caption=True),
        Column("managed_by", "管理权限", 96, 1, "left", words("managed_by"), caption=True),
        Column("birth_date", "出生年月", 80, 0, "left", words("birth_date")),
        Column("phone", "联系电话", 116, 0, "left", words("phone")),
    )
