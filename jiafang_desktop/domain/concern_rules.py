"""What a concern may say: C.json read strictly, texts cleaned, levels and reasons checked (INTERFACE, Concerns).

Who handles it by when is routing's; which concerns there are is the store's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import SOURCES, Concern, ConcernContent
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned, required
from jiafang_desktop.domain.visit_rules import read_day
from jiafang_desktop.domain.visits import PRIORITIES

KEYS = ("cadre", "raised_on", "source", "text", "priority", "level")
CADRE_KEYS = {"name": "name", "unit": "unit", "post": "post", "section": "section", "cadre": "cadre"}
# Flat field → its name in C.json and its title on screen.
NAMES = {
    "name": ("cadre.name", "反映人姓名"), "unit": ("cadre.unit", "单位"), "post": ("cadre.post", "职务"),
    "section": ("cadre.section", "内设机构"), "cadre": ("cadre.cadre", "名册中的人"),
    "raised_on": ("raised_on", "反映时间"), "source": ("source", "来源"), "text": ("text", "诉求内容"),
    "priority": ("priority", "优先情形"), "level": ("level", "困难程度"),
}  # fmt: skip


def read_many(data: Any, *, today: date) -> list[tuple[ConcernContent, str | None]]:
    """C.json as one object or an array of them: contents with the level each names.

    Raises:
        UserError: ``unknown_field bad_date bad_input``, ``field`` (and ``index`` in an array) in details.
    """
    if not isinstance(data, list):
        return [read(data, today=today)]
    found = []
    for index, item in enumerate(data):
        try:
            found.append(read(item, today=today))
        except UserError as error:
            raise UserError(
                error.code, f"第{index + 1}条：{error.message}", hint=error.hint,
                details={**error.details, "index": index},
            ) from None  # fmt: skip
    return found


def read(data: Any, *, today: date) -> tuple[ConcernContent, str | None]:
    """One C.json object: its content and the level it names.

    Raises:
        UserError: ``unknown_field bad_date bad_input``, ``field`` in details.
    """
    fields = read_fields(data)
    level = fields.pop("level", None)
    content = tidied(ConcernContent.from_fields(_dates_checked(fields, today)), today=today)
    return content, required_level(level) if level is not None else None


def read_fields(data: Any) -> dict[str, Any]:
    """C.json's keys as flat fields, whatever is given of them; values are checked by ``tidied``.

    Raises:
        UserError: ``unknown_field bad_input``.
    """
    if not isinstance(data, Mapping):
        raise UserError("bad_input", "“诉求”应当是一个JSON对象。", hint="请对照说明改正后再试。")
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name not in KEYS:
            raise _unknown(name, KEYS)
        if name != "cadre":
            found[name] = _text(name, value)
            continue
        if value is None:
            continue
        if not isinstance(value, Mapping):
            raise bad("name", "应当写成 cadre 里的 name、unit、post")
        for key, part in value.items():
            if key not in CADRE_KEYS:
                raise _unknown(f"cadre.{key}", tuple(CADRE_KEYS))
            found[CADRE_KEYS[key]] = _text(CADRE_KEYS[key], part)
    return found


def merged(content: ConcernContent, patch: Mapping[str, Any], *, today: date) -> ConcernContent:
    """``content`` with flat fields replaced; None clears one.

    Raises:
        UserError: ``unknown_field bad_date bad_input``.
    """
    for name in patch:
        if name not in NAMES or name == "level":
            raise _unknown(name, tuple(field for field in NAMES if field != "level"))
    fields = content.to_fields() | {name: _text(name, value) for name, value in patch.items()}
    return tidied(ConcernContent.from_fields(_dates_checked(fields, today)), today=today)


def _dates_checked(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    day = read_day(fields.get("raised_on"), field="raised_on", title="反映时间")
    return {**fields, "raised_on": day.isoformat() if day else None}


def tidied(content: ConcernContent, *, today: date) -> ConcernContent:
    """Texts cleaned, choices checked; who and what have to be there.

    Raises:
        UserError: ``bad_input``, ``bad_date`` for a day to come; ``field`` in details.
    """
    require_choice("source", content.source, SOURCES)
    if content.priority is not None:
        require_choice("priority", content.priority, PRIORITIES)
    if content.raised_on is not None and content.raised_on > today:
        raise UserError(
            "bad_date", f"反映时间“{content.raised_on.isoformat()}”在今天之后。", hint="请核对日期。",
            details={"field": "raised_on", "value": content.raised_on.isoformat()},
        )  # fmt: skip

    def line(name: str, value: str | None) -> str | None:
        return cleaned(value, field=NAMES[name][0], title=NAMES[name][1])

    return replace(
        content, name=required(content.name, field=NAMES["name"][0], title=NAMES["name"][1]),
        text=required(content.text, field="text", title=NAMES["text"][1], longest=LONGEST_TEXT),
        unit=line("unit", content.unit), post=line("post", content.post), section=line("section", content.section),
        cadre=line("cadre", content.cadre),
    )  # fmt: skip


def required_level(level: str) -> str:
    """One of the three levels.

    Raises:
        UserError: ``bad_input``.
    """
    require_choice("level", level, LEVELS)
    return level


def required_reason(reason: str | None) -> str:
    """Why a concern goes elsewhere or back.

    Raises:
        UserError: ``bad_input``.
    """
    return required(reason, field="reason", title="原因", longest=LONGEST_TEXT)


def require_choice(name: str, value: Any, choices: Mapping[str, str]) -> None:
    """A fixed choice.

    Raises:
        UserError: ``bad_input``.
    """
    if value not in choices:
        words = "，".join(f"{key} {title}" for key, title in choices.items())
        raise bad(name, f"不能是“{value}”", hint=f"可以是：{words}。")


def require_kept(concern: Concern) -> None:
    """A deleted concern is only looked at.

    Raises:
        UserError: ``void``.
    """
    if concern.deleted:
        raise UserError(
            "void", "这件诉求已经删除。", hint="要继续办理，请先恢复。", details={"concern": concern.id}
        )  # fmt: skip


def require_open(concern: Concern) -> None:
    """A concern that came to its end is not handled any more.

    Raises:
        UserError: ``void``, ``concern_closed``.
    """
    require_kept(concern)
    if concern.is_open:
        return
    words = {"referred": "已经转有关单位", "declined": "已经退回说明", "done": "已经办结", "archived": "已经归档"}
    hint = "要继续办理，请先撤回这一步。" if concern.status in ("referred", "declined") else "请核对是不是这一件。"
    raise UserError(
        "concern_closed", f"这件诉求{words[concern.status]}。", hint=hint,
        details={"concern": concern.id, "status": concern.status},
    )  # fmt: skip


def bad(name: str, what: str, *, hint: str = "请改正后再试。") -> UserError:
    """A refusal of one flat field, under its C.json name."""
    key, title = NAMES.get(name, (name, name))
    return UserError("bad_input", f"“{title}”{what}。", hint=hint, details={"field": key})


def _text(name: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        if name == "raised_on":
            raise UserError(
                "bad_date", "“反映时间”的日期不对。", hint="请写成 2026-11-03 的样子。", details={"field": "raised_on"}
            )
        raise bad(name, "应当是文字")
    return value if value and value.strip() else None


def _unknown(name: str, known: Sequence[str]) -> UserError:
    return UserError(
        "unknown_field", f"没有叫“{name}”的栏目。", hint="可用的栏目：" + " ".join(known), details={"field": name}
    )
