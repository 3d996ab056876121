"""Noticing that a data folder is not the one this machine knows: copied here, or put back from an older copy.

What then happens (a new install id and vault id) is opening's.
"""

from __future__ import annotations

from pathlib import Path

from jiafang_desktop.store import marks
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.position import Position, wrote
from jiafang_desktop.store.vault import Vault

_COPIED = "这份数据{}，已换用新的安装编号继续工作；"


def second_life(folder: Path, engine: Engine, vault: Vault, install: str, position: Position) -> str:
    """Why this folder must go on as a new install, in Chinese; empty where it is the one this machine knows.

    Two folders that wrote on under one install would give the same seq to different revisions.
    """
    machine, known = marks.machine_mark(), engine.value("SELECT value FROM meta WHERE name = 'machine'")
    if machine is None:
        return ""
    if known and known != machine:
        return _COPIED.format("是从另一台电脑（或另一个用户）复制来的") + "原来那份如还在使用，请不要两边同时登记。"
    seen = marks.FolderMarks(vault.folder_id).read()
    if seen is None or seen.install != install:
        return ""
    if marks.is_copy(folder, vault.folder_id, seen):
        return _COPIED.format(f"是“{seen.path}”的副本") + "请不要两份同时登记。"
    if seen.seq > position.seq:
        return _COPIED.format("比上次使用时旧（可能放回过旧的副本）") + "请核对最近登记的内容是否还在。"
    if seen.revision and not wrote(engine, install, seen.seq, seen.revision):
        return _COPIED.format("与上次使用的不是同一份") + "请核对最近登记的内容是否还在。"
    return ""
