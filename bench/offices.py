"""Data folders to measure with, made through the application's own set-up, and the bare database that stands beside.

What is timed with them stands in the benches.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import samples

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


def new_office(folder: Path) -> Store:
    """An empty unit's data, opened; whatever lay there is gone."""
    from jiafang_desktop.services import session

    shutil.rmtree(folder, ignore_errors=True)
    created = session.create(
        folder, password=samples.PASSWORD, role="unit", unit=samples.SEAL, ledger_unit=samples.UNIT, operator="王晓燕"
    )
    return created.store


def password_file(folder: Path) -> Path:
    """The data's password as the programs take it."""
    target = folder / "password.txt"
    target.write_text(samples.PASSWORD + "\n", "utf-8")
    return target


def bare_database(path: Path) -> Any:
    """A SQLCipher connection with a raw key and exactly the pragmas of our store, and nothing else."""
    import sqlcipher3

    from jiafang_desktop.store.engine import PRAGMAS

    connection = sqlcipher3.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"")
    for name, value in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
    return connection
