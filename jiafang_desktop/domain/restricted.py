"""Which fields only their author and accounts with the right ``sensitive`` see (PRODUCT R5, STORAGE At rest).

The names and the refusal alone; that hidden fields never leave the store is store.restricted's.
"""

from __future__ import annotations

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.guidance import NAMES as GUIDANCE_NAMES

# Kind of record → its restricted flat fields → (name in JSON, title on screen).
RESTRICTED: dict[str, dict[str, tuple[str, str]]] = {
    "visit": {"topic_advice_leaders": ("topics.advice_leaders", "对领导的意见建议")},
    "guidance": {name: (name, title) for name, title in GUIDANCE_NAMES.items()},
}


def refused(kind: str, field: str, rec: str) -> UserError:
    """The refusal of a change to what this account does not see."""
    name, title = RESTRICTED[kind][field]
    return UserError(
        "restricted", f"“{title}”由别的经办人填写，您的账户看不到，也不能改。",
        hint="请由填写人本人，或有“查看限制内容”权限的经办人修改。", details={"field": name, "id": rec},
    )  # fmt: skip
