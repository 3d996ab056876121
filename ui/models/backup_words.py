"""Backups in a clerk's words: when the last one was, whether it holds, what the second place lacks.

What is late is services.backups' to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiafang_desktop.services.backups import Backup, Last

_KINDS = {"own": "本机", "second": "第二处"}


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup in the list; ``id`` is its file."""

    id: str
    backup: Backup
    when: str
    place: str
    content: str
    state: str


def when_words(at: datetime, now: datetime) -> str:
    """今天 15:42, 昨天 15:42, 11 月 3 日 15:42, 2025 年 11 月 3 日."""
    at, now = at.astimezone(), now.astimezone()
    clock = f"{at:%H:%M}"
    days = (now.date() - at.date()).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {clock}"
    day = f"{at.month} 月 {at.day} 日"
    return f"{day} {clock}" if at.year == now.year else f"{at.year} 年 {day}"


def status_words(last: Last, now: datetime) -> tuple[str, str, bool]:
    """For the status line: a few words, the whole sentence, and whether it wants looking at."""
    if last.nothing_yet:
        return "", "", False
    whole = f"{own_words(last, now)}；第二处：{second_words(last, now)}。点击查看备份。"
    if last.failed:
        return "备份没有成", f"{last.failed}{whole}", True
    if last.at is None:
        return "还没有备份", whole, False  # the first half hour of a new office
    at = last.at.astimezone()
    today = at.date() == now.astimezone().date()
    return f"已备份 {f'{at:%H:%M}' if today else f'{at.month}月{at.day}日'}", whole, last.is_late(now)


def own_words(last: Last, now: datetime) -> str:
    """When the last one in the usual place was made, and whether it was proven."""
    if last.at is None:
        return "还没有备份"
    return f"{when_words(last.at, now)}，{'已读回核对' if last.proven else '还没有核对'}"


def second_words(last: Last, now: datetime) -> str:
    """The same of the second place."""
    if last.second_place is None:
        return "还没有选"
    if last.second_at is None:
        return "选了，还没有备份过"
    late = f"，已 {_days(last.second_at, now)} 天" if last.is_second_late(now) else ""
    return when_words(last.second_at, now) + late


def advice(last: Last, now: datetime) -> str:
    """What should be done now, "" where nothing."""
    if last.nothing_yet:
        return ""
    if last.failed:
        return last.failed
    if last.at is not None and last.is_late(now):
        return "很久没有备份了，请点“查看”，立即备份"
    if last.second_place is None:
        return "只存在这台电脑上。请再选一处：U盘或另一块硬盘"
    if not last.is_second_late(now):
        return ""
    if last.second_at is None:
        return "第二处还没有备份过，请插上那个U盘或硬盘"
    return f"第二处已 {_days(last.second_at, now)} 天没有备份，请插上那个U盘或硬盘"


def _days(at: datetime, now: datetime) -> int:
    return (now.astimezone().date() - at.astimezone().date()).days


def rows(found: tuple[Backup, ...], now: datetime) -> list[BackupRow]:
    """The list's rows."""
    return [
        BackupRow(
            str(one.path), one, when_words(one.made_at, now), _KINDS[one.kind],
            f"{one.records} 条，扫描件 {one.scans} 份", _state(one),
        ) for one in found
    ]  # fmt: skip


def _state(one: Backup) -> str:
    if one.problem:
        return "核对不过"
    return "已核对" if one.proven_at is not None else "还没有核对"
