"""``demo``: a township's plausible year and its county, with invented people, and every paper the program can make.

It goes the way a clerk goes, through the same services: set-up, an ugly roster, visits, problems, papers, archive.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress, run_to_end
from jiafang_desktop.services import demo_plans, demo_roster, demo_year, files, rosters, session
from jiafang_desktop.services.demo_office import Office
from jiafang_desktop.services.demo_papers import Papers
from jiafang_desktop.services.demo_people import UNIT
from jiafang_desktop.services.renderer import Renderer
from jiafang_desktop.store import Store

PASSWORD = "演示密码2026"
PASSWORD_FILE = "密码.txt"
_MARK = "演示数据说明.txt"
_MARK_TEXT = (
    "这里是家访台账的演示数据，人名、地名和事情都是虚构的。\n"
    "unit 是乡镇的数据文件夹，county 是县里的，papers 里是写出的表单；密码在“密码.txt”里。\n"
)
_STAGE = "正在做演示数据"
_STEPS = 72  # events and papers, about; only a bar needs it


def make(folder: Path, *, renderer: Renderer, replace: bool = False) -> LongVerb[list[Path]]:
    """Make the demo in ``folder``; gives the files under its ``papers``.

    Raises:
        UserError: ``file_exists`` where something lies there already (``replace`` takes only an earlier demo away),
            ``disk_full not_writable``.
    """
    _clear(folder, replace=replace)
    today = clock.today()
    done = 0
    yield Progress(_STAGE, done, _STEPS)
    files.write_bytes(folder / _MARK, _MARK_TEXT.encode("utf-8"))
    files.write_bytes(folder / PASSWORD_FILE, f"{PASSWORD}\n".encode())
    _make_county(folder / "county")
    store = _make_unit(folder / "unit")
    try:
        told = []
        for one in demo_year.tell(store, today, Office(store, today, folder / "papers")):
            told.append(one)
            done += 1
            yield Progress(_STAGE, done, _STEPS)
        demo_plans.make(store, today)
        written: list[Path] = []
        for made in Papers(store, renderer, folder / "papers").write(told, today=today):
            written += made
            done += 1
            yield Progress("正在写表单", done, _STEPS)
        return written
    finally:
        store.close()


def _clear(folder: Path, *, replace: bool) -> None:
    places = [folder / name for name in ("unit", "county", "papers", PASSWORD_FILE, _MARK)]
    there = [place for place in places if place.exists()]
    if not there:
        return
    if not replace or not (folder / _MARK).is_file():
        raise UserError(
            "file_exists", f"“{folder.name}”里已经有“{there[0].name}”。",
            hint="请换一个文件夹；里面是以前的演示数据时，加 --replace 重做。", details={"file": str(there[0])},
        )  # fmt: skip
    for place in there:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()


def _make_unit(folder: Path) -> Store:
    store = session.create(
        folder, password=PASSWORD, role="unit", unit=UNIT, unit_type="township", operator=demo_year.RECORDER
    ).store
    _import(store, demo_roster.township_roster(), folder.parent / "papers" / ".名册.xlsx")
    return store


def _make_county(folder: Path) -> None:
    store = session.create(
        folder, password=PASSWORD, role="county", unit="中共魏县县委组织部", unit_type="department", operator="李文静"
    ).store
    try:
        _import(store, demo_roster.county_roster(), folder.parent / "papers" / ".名册.xlsx")
    finally:
        store.close()


def _import(store: Store, content: bytes, place: Path) -> None:
    """Import a roster as a clerk does, from a file that lies there for a moment."""
    files.write_bytes(place, content)
    try:
        preview = rosters.preview(store, place)
        run_to_end(rosters.apply(store, preview, by=store.operator))
    finally:
        place.unlink()
