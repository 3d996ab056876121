"""组织督导情况: the closed sheet of a visit made for signs of trouble (policy 三之三; PRODUCT R5).

It has no place for who reported a sign, and none is to be added. Who may see it stands in restricted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned

ID_PREFIX = "guidance:"
# Field → title, in the order of the sheet.
NAMES = {
    "causes": "原因分析", "roots": "思想根源", "counsel": "引导督导", "measures": "应对措施", "follow_up": "跟踪情况",
}  # fmt: skip
NOTE = "涉嫌违纪违法线索不在本程序登记；不写反映人的姓名和线索来源。"
# Words that make the reader look again; only he can tell whether a person is named by them.
_REPORTERS = ("举报人", "反映人", "检举人", "控告人", "信访人", "举报信", "实名举报", "匿名举报")
_OFFENCES = ("违纪", "违法", "受贿", "行贿", "贪污", "挪用公款", "职务犯罪")


@dataclass(frozen=True, slots=True)
class Guidance:
    """One visit's sheet; ``hidden`` names the fields this account does not see, which are None here."""

    visit: str
    causes: str | None = None
    roots: str | None = None
    counsel: str | None = None
    measures: str | None = None
    follow_up: str | None = None
    hidden: frozenset[str] = field(default=frozenset())

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on the sheet, hidden or not."""
        return not self.hidden and not any(self.texts().values())

    def texts(self) -> dict[str, str | None]:
        """The sheet's texts by field."""
        return {name: getattr(self, name) for name in NAMES}

    @staticmethod
    def from_fields(fields: Mapping[str, Any], *, visit: str, hidden: frozenset[str] = frozenset()) -> Guidance:
        """A sheet from its folded fields."""
        return Guidance(visit, **{name: fields.get(name) for name in NAMES}, hidden=hidden)


def record_id(visit: str) -> str:
    """The id of a visit's sheet: the same wherever it is begun, so that there is one."""
    return ID_PREFIX + visit


def read_patch(data: Any) -> dict[str, str | None]:
    """G.json: texts by field, null or "" clears; what is not named stays.

    Raises:
        UserError: ``unknown_field bad_input``.
    """
    if not isinstance(data, Mapping):
        raise UserError("bad_input", "“组织督导情况”应当是一个JSON对象。", hint="请对照说明改正。")
    found: dict[str, str | None] = {}
    for name, value in data.items():
        if name not in NAMES:
            raise UserError(
                "unknown_field", f"没有叫“{name}”的栏目。", hint="可用的栏目：" + " ".join(NAMES),
                details={"field": name},
            )  # fmt: skip
        if value is not None and not isinstance(value, str):
            raise UserError("bad_input", f"“{NAMES[name]}”应当是文字。", hint="请改正后再试。", details={"field": name})
        found[name] = cleaned(value, field=name, title=NAMES[name], longest=LONGEST_TEXT) if value else None
    return found


def warnings(texts: Mapping[str, str | None]) -> list[str]:
    """What to look at again before the sheet is kept; nothing is refused for it."""
    whole = "\n".join(text for text in texts.values() if text)
    found = []
    if any(word in whole for word in _REPORTERS):
        found.append("组织督导情况里好像提到了反映人，请核对：这里不写反映人的姓名和线索来源。")
    if any(word in whole for word in _OFFENCES):
        found.append("组织督导情况里好像写到违纪违法问题，请核对：涉嫌违纪违法线索不在本程序登记，按规定移交。")
    return found
