"""核对: whether a paper says what is stored, which print it was, and what differs (PRODUCT, What none has, 1).

A code names one printed version; a Word document or PDF is read back and compared word for word. Codes and versions
are prints', reading papers documents.history.read_back's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import match_code
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import forms, prints

if TYPE_CHECKING:
    from jiafang_desktop.documents.history.read_back import PaperForm
    from jiafang_desktop.store import Store

SUFFIXES = (".docx", ".pdf")
# Cells in the order the paper is read.
TITLES = {
    "unit": "单位", "date": "日期", "number": "序号", "visitee_name": "家访对象姓名", "visitee_post": "家访对象职务",
    "address": "家庭住址", "spouse_name": "配偶姓名", "spouse_work": "配偶工作单位及职务", "account": "家访情况记录",
    "resolution": "家访问题解决情况", "leader_name": "家访领导姓名", "leader_post": "家访领导职务",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell. ``paper`` is None where only a code is known: it keeps no words."""

    field: str
    paper: str | None
    stored: str

    @property
    def title(self) -> str:
        """The cell's name on the form."""
        return TITLES[self.field]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. ``visit`` is None where no record here fits; ``version`` and ``printed_at`` where the paper
    equals none of the logged prints. ``words`` say it all in a sentence or two."""

    matches: bool
    words: str
    visit: Visit | None = None
    version: int | None = None
    printed_at: datetime | None = None
    differences: tuple[Difference, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object of ``forms verify``."""
        return {
            "matches": self.matches, "visit": self.visit.id if self.visit else None, "version": self.version,
            "printed_at": self.printed_at.isoformat() if self.printed_at else None, "message": self.words,
            "differences": [
                {"field": one.field, "title": one.title, "paper": one.paper, "stored": one.stored or None}
                for one in self.differences
            ],
        }  # fmt: skip


def verify(store: Store, typed: str) -> Verdict:
    """A code as typed, or the address of a Word document or PDF.

    Raises:
        UserError: ``bad_code not_found not_a_form`` and those of reading a file.
    """
    path = Path(typed.strip())
    if path.suffix.lower() in SUFFIXES or path.is_file():
        return of_file(store, path)
    return of_code(store, typed)


def of_code(store: Store, typed: str) -> Verdict:
    """The paper that carries a code.

    Raises:
        UserError: ``bad_code`` for one that can't be a code or was mistyped.
    """
    version = prints.version_of(store, match_code.read_code(typed))
    if version is None:
        return Verdict(False, "本机没有打印过带这个核对码的记录单。请核对是不是别的单位的，或者打印后恢复过旧的备份。")
    visit = store.visits.get(str(version["visit"]))
    now = _words_now(store, visit)
    key = prints.key_of(store, visit.id)
    cells = version.get("cells")
    different = _differences_by_digest(key, cells, prints.flat(now)) if key and isinstance(cells, Mapping) else ()
    return _verdict(visit, version, different)


def of_file(store: Store, path: Path) -> Verdict:
    """A Word document or PDF of one record form.

    Raises:
        UserError: ``not_a_form`` for anything else, and those of reading a file.
    """
    from jiafang_desktop.documents.history import read_back

    papers = read_back.read(path)
    if len(papers) != 1:
        raise UserError(
            "not_a_form",
            f"这个文件里有{len(papers)}份记录单，一次只能核对一份。" if papers else "这个文件里没有认出记录单。",
            hint="请选择本程序写出的单份记录单（整张，.docx 或 .pdf），或输入纸面上的核对码。",
        )  # fmt: skip
    return _of_paper(store, papers[0])


def _of_paper(store: Store, paper: PaperForm) -> Verdict:
    says = {**paper.cells, "unit": paper.unit, "date": paper.date or "", "number": str(paper.number or "")}
    found = [(_differences(store, visit, says), visit) for visit in _candidates(store, paper)]
    if not found:
        return Verdict(False, "本机没有与它对得上的家访记录。请核对是不是别的单位的，或者记录已经改过序号和姓名。")
    different, visit = min(found, key=lambda pair: len(pair[0]))
    return _verdict(visit, _version_saying(store, visit, says), different)


def _candidates(store: Store, paper: PaperForm) -> list[Visit]:
    """Records a paper may be of: by its code, by number and year, by the visitee's name."""
    if paper.code is not None:
        version = prints.version_of(store, paper.code)
        if version is not None:
            return [store.visits.get(str(version["visit"]))]
    year = int(paper.date[:4]) if paper.date else None
    name = paper.cells["visitee_name"]
    if not name and paper.number is None:
        return []
    ids = store.visits.ids(VisitQuery(year=year, text=name, include_deleted=True))
    same_name = [visit for visit in store.visits.many(ids) if squeeze(visit.content.visitee.name or "") == name]
    same_number = [visit for visit in same_name if visit.content.number == paper.number]
    if same_number or same_name:
        return same_number or same_name
    if paper.number is None or year is None:
        return []
    own = paper.unit in ("", squeeze(store.installation.unit))  # papers carry the seal's name, ledgers their own
    taken = store.visits.number_taken(None if own else paper.unit, year, paper.number)
    return [store.visits.get(taken)] if taken else []


def _words_now(store: Store, visit: Visit) -> dict[str, Any]:
    return forms.printed_words(forms.fields_of(visit, store.installation.unit, county=store.installation.county))


def _differences(store: Store, visit: Visit, says: Mapping[str, str]) -> tuple[Difference, ...]:
    now = prints.flat(_words_now(store, visit))
    blank_date = not says["date"]  # left for the pen
    return tuple(
        Difference(cell, says[cell], now[cell])
        for cell in TITLES
        if says[cell] != now[cell] and not (cell == "date" and blank_date)
    )


def _version_saying(store: Store, visit: Visit, says: Mapping[str, str]) -> dict[str, Any] | None:
    """The last logged print that said what the paper says."""
    key = prints.key_of(store, visit.id)
    if key is None:
        return None
    asked = {cell: says[cell] for cell in TITLES if cell != "date" or says["date"]}
    digests = prints.cell_digests(key, asked)
    said = (one for one in reversed(prints.versions(store, visit.id)) if isinstance(one.get("cells"), Mapping))
    return next((one for one in said if digests.items() <= one["cells"].items()), None)


def _differences_by_digest(key: str, then: Mapping[str, Any], now: Mapping[str, str]) -> tuple[Difference, ...]:
    """The words then are not kept; whether a cell was empty can be told."""
    digests = prints.cell_digests(key, now)
    empty = prints.cell_digests(key, dict.fromkeys(now, ""))
    return tuple(
        Difference(cell, "" if then.get(cell) == empty[cell] else None, now[cell])
        for cell in TITLES
        if then.get(cell) != digests[cell]
    )


def _verdict(visit: Visit, version: Mapping[str, Any] | None, different: tuple[Difference, ...]) -> Verdict:
    at = datetime.fromisoformat(str(version["at"])) if version is not None else None
    return Verdict(
        not different, _told(visit, at, different), visit, int(version["version"]) if version else None, at, different
    )


def _told(visit: Visit, at: datetime | None, different: tuple[Difference, ...]) -> str:
    which = f"此纸为{at.year}年{at.month}月{at.day}日打印稿" if at else "此纸与打印过的各稿都不相同"
    void = "这条记录已作废。" if visit.deleted else ""
    if not different:
        return f"{which if at else '此纸没有打印记录'}，内容与现在登记的一致。{void}"
    if not at:
        return f"{which}，与现在登记的内容有{len(different)}处不同，可能在程序外改过。{void}"
    if [one.field for one in different] == ["resolution"] and different[0].paper == "":
        return f"{which}，之后补充了解决情况。{void}"
    return f"{which}，之后改动了{'、'.join(one.title for one in different)}。{void}"
