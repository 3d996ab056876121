"""What a visit may say: its flat fields read strictly, texts cleaned, and what 登记 needs.

Fields are VisitContent.to_fields()'s; refusals name them as V.json does. Numbers stand in numbering, the gate of the
archive in archiving, a problem's own fields in problem_rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.numbering import LARGEST
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned
from jiafang_desktop.domain.visits import PLACES, PRIORITIES, WAYS, Leader, Topics, Visit, VisitContent, Visitee

# A visit before the millennium is a slip of the key; later ones may come from old ledgers. Days to come are not
# refused: a clock set back must not stop anybody, the editor asks to check them.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)

# Flat field → (its name in V.json, its title on screen).
NAMES: dict[str, tuple[str, str]] = {
    "number": ("number", "序号"), "unit": ("unit", "单位"),
    "visitee_name": ("visitee.name", "家访对象姓名"), "visitee_post": ("visitee.post", "家访对象职务"),
    "visitee_unit": ("visitee.unit", "家访对象单位"), "visitee_address": ("visitee.address", "家庭住址"),
    "visitee_spouse_name": ("visitee.spouse_name", "配偶姓名"),
    "visitee_spouse_work": ("visitee.spouse_work", "配偶工作单位及职务"),
    "visitee_cadre": ("visitee.cadre", "名册中的人"),
    "date": ("date", "日期"), "place": ("place", "地点"), "leaders": ("leaders", "家访领导"),
    "recorder": ("recorder", "记录人"), "met": ("met", "受访人员"), "ways": ("ways", "看谈听访"),
    "matter": ("matter", "事由"), "account": ("account", "家访情况记录"), "resolution": ("resolution", "问题解决情况"),
    "topic_greeting": ("topics.greeting", "送上问候"), "topic_advice_unit": ("topics.advice_unit", "对单位的意见建议"),
    "topic_advice_leaders": ("topics.advice_leaders", "对领导的意见建议"), "topic_needs": ("topics.needs", "需求"),
    "topic_state_of_mind": ("topics.state_of_mind", "思想状态"), "priority": ("priority", "优先情形"),
    "concerns": ("concerns", "诉求"), "nothing_to_solve": ("nothing_to_solve", "本次家访未反映需解决的问题"),
    "remark": ("remark", "备注"), "late_entry_reason": ("late_entry_reason", "补录原因"),
    "plan": ("plan", "计划家访"),
}  # fmt: skip
_LONG = ("account", "resolution", "topic_advice_unit", "topic_advice_leaders", "topic_needs", "topic_state_of_mind")


def bad(field: str, what: str, *, hint: str = "请改正后再试。", code: str = "bad_input") -> UserError:
    """A refusal of one flat field, under its V.json name."""
    name, title = NAMES.get(field, (field, field))
    return UserError(code, f"“{title}”{what}。", hint=hint, details={"field": name})


def read_day(value: Any, *, field: str, title: str) -> date | None:
    """YYYY-MM-DD as a real day between 2000 and 2099; None and "" are no day.

    Raises:
        UserError: ``bad_date`` with ``field`` in details.
    """
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, str) or len(value) != len("2026-11-03"):
            raise ValueError(value)
        day = date.fromisoformat(value)
    except ValueError:
        raise UserError(
            "bad_date", f"“{title}”的日期“{value}”不对。", hint="请写成 2026-11-03 的样子，并核对有没有这一天。",
            details={"field": field},
        ) from None  # fmt: skip
    if not EARLIEST <= day <= LATEST:
        raise UserError(
            "bad_date", f"“{title}”的日期“{value}”太早或太晚。", hint="请核对年份。", details={"field": field}
        )
    return day


# ------------------------------------------------------------------------------------------- flat fields


def merged(content: VisitContent, patch: Mapping[str, Any]) -> VisitContent:
    """``content`` with flat fields replaced; None clears one.

    Raises:
        UserError: ``unknown_field bad_date bad_input``.
    """
    for name in patch:
        if name not in NAMES:
            raise UserError(
                "unknown_field", f"没有叫“{name}”的栏目。", hint="请检查栏目的名字。", details={"field": name}
            )
    fields = content.to_fields()
    for name, value in patch.items():
        fields[name] = _READERS[name](name, value)
    return VisitContent.from_fields(fields)


def _read_text(field: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise bad(field, "应当是文字")
    return value or None


def _read_flag(field: str, value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise bad(field, "应当是 true 或 false")
    return value


def _read_number(field: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST:
        raise bad(field, "要写成1以上的整数", hint="请写 1、2、3 这样的数字，或留空由程序编号。")
    return value


def _read_date(field: str, value: Any) -> str | None:
    name, title = NAMES[field]
    day = read_day(value, field=name, title=title)
    return day.isoformat() if day else None


def _read_choice(choices: Mapping[str, str], default: str | None) -> Callable[[str, Any], str | None]:
    def read(field: str, value: Any) -> str | None:
        if value is None or value == "":
            return default
        if not isinstance(value, str) or value not in choices:
            raise bad(field, f"不能是“{value}”", hint="可以是：" + "，".join(choices) + "。")
        return value

    return read


def _read_texts(field: str, value: Any) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise bad(field, "应当是一列文字")
    return list(value)


def _read_ways(field: str, value: Any) -> list[str]:
    found = _read_texts(field, value)
    for way in found:
        if way not in WAYS:
            raise bad(field, f"里没有“{way}”这一项", hint="可以是：" + "，".join(WAYS) + "。")
    return [way for way in WAYS if way in found]


def _read_leaders(field: str, value: Any) -> list[dict[str, str | None]]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise bad(field, "应当是一列领导")
    found = []
    for item in value:
        if not isinstance(item, Mapping):
            raise bad(field, "里每一位应当写成姓名和职务")
        for name in item:
            if name not in ("name", "post"):
                raise UserError(
                    "unknown_field", f"家访领导没有叫“{name}”的栏目。", hint="可用的栏目：name post",
                    details={"field": f"leaders.{name}"},
                )  # fmt: skip
        found.append({"name": _read_text(field, item.get("name")) or "", "post": _read_text(field, item.get("post"))})
    return found


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(NAMES, _read_text),
    "number": _read_number, "date": _read_date, "place": _read_choice(PLACES, "home"),
    "priority": _read_choice(PRIORITIES, None), "leaders": _read_leaders, "met": _read_texts, "concerns": _read_texts,
    "ways": _read_ways, "topic_greeting": _read_flag,
    "nothing_to_solve": lambda field, value: bool(_read_flag(field, value)),
}  # fmt: skip


# ------------------------------------------------------------------------------------------- whole visits


def tidied(content: VisitContent) -> VisitContent:
    """Every text cleaned, blanks made null, repeated names in lists once.

    Raises:
        UserError: ``bad_input`` with ``field`` in details.
    """

    def text(field: str, value: str | None) -> str | None:
        name, title = NAMES[field]
        longest = LONGEST_TEXT if field in _LONG else 1000
        return cleaned(value, field=name, title=title, longest=longest)

    visitee, topics = content.visitee, content.topics
    met = dict.fromkeys(found for person in content.met if (found := text("met", person)))
    return replace(
        content, unit=text("unit", content.unit),
        visitee=Visitee(
            name=text("visitee_name", visitee.name) or "", post=text("visitee_post", visitee.post),
            unit=text("visitee_unit", visitee.unit), address=text("visitee_address", visitee.address),
            spouse_name=text("visitee_spouse_name", visitee.spouse_name),
            spouse_work=text("visitee_spouse_work", visitee.spouse_work), cadre=text("visitee_cadre", visitee.cadre),
        ),
        leaders=tuple(_tidied_leaders(content.leaders, text)), recorder=text("recorder", content.recorder),
        met=tuple(met), matter=text("matter", content.matter), account=text("account", content.account),
        resolution=text("resolution", content.resolution),
        topics=Topics(
            greeting=topics.greeting, advice_unit=text("topic_advice_unit", topics.advice_unit),
            advice_leaders=text("topic_advice_leaders", topics.advice_leaders),
            needs=text("topic_needs", topics.needs), state_of_mind=text("topic_state_of_mind", topics.state_of_mind),
        ),
        concerns=tuple(dict.fromkeys(content.concerns)), remark=text("remark", content.remark),
        late_entry_reason=text("late_entry_reason", content.late_entry_reason), plan=text("plan", content.plan),
    )  # fmt: skip


def _tidied_leaders(leaders: tuple[Leader, ...], text: Callable[[str, str | None], str | None]) -> list[Leader]:
    found = []
    for leader in leaders:
        name, post = text("leaders", leader.name), text("leaders", leader.post)
        if name is None and post is not None:
            raise bad("leaders", f"里职务“{post}”没有写是谁", hint="请补上这位领导的姓名。")
        if name is not None:
            found.append(Leader(name, post))
    return found


def require_registrable(content: VisitContent) -> None:
    """What 登记 needs: whom and when. The rest of the form may come later, up to the archive's gate.

    Raises:
        UserError: ``bad_input`` with ``field`` in details.
    """
    if content.date is None:
        raise bad("date", "还没有填", hint="请填写家访的日期。")
    if not content.visitee.name:
        raise bad("visitee_name", "还没有填", hint="请填写家访对象的姓名。")


def require_consistent(content: VisitContent, *, has_problems: bool) -> None:
    """Nobody says 未反映需解决的问题 and names problems.

    Raises:
        UserError: ``bad_input``.
    """
    if content.nothing_to_solve and has_problems:
        raise bad("nothing_to_solve", "和已记的问题对不上", hint="请删去问题，或不要勾选这一项。")


def require_writable(visit: Visit, *, but_archived: bool = False) -> None:
    """Filed and void records are read-only; 更正 of a filed one gives its reason (PRODUCT, Lives of things).

    Raises:
        UserError: ``void``, or ``archived`` unless ``but_archived``.
    """
    if visit.deleted:
        raise UserError(
            "void", "这份记录已经作废，不能再改。", hint="要继续使用，请先“恢复”。", details={"visit": visit.id}
        )
    if visit.archived_on is not None and not but_archived:
        raise UserError(
            "archived",
            "这份记录已经归档，只能看，不能直接改。",
            hint="要改请用“更正”，并写明原因。",
            details={"visit": visit.id},
        )
