"""An office where several 经办人 work, one after the other, each under an own password."""

from __future__ import annotations

from pathlib import Path

from offices import PASSWORD, set_up

from jiafang_desktop.services import accounts, session
from jiafang_desktop.store import Store

OWNER, PLAIN, PERMITTED = PASSWORD, "li-si-de-mi-ma", "zhao-wu-de-mi-ma"


class Clerks:
    """``at(password)`` closes whatever is open and opens the office for whoever has that password."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = set_up(folder)
        accounts.add(self.store, "李四", PLAIN, by=self.store.operator)
        accounts.add(self.store, "赵五", PERMITTED, ["sensitive"], by=self.store.operator)

    def at(self, password: str) -> Store:
        self.store.close()
        self.store = session.open_store(self.folder, password=password)
        return self.store

    def id_of(self, name: str) -> str:
        return next(one.id for one in accounts.listing(self.store) if one.name == name)
