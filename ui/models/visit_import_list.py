"""Old ledgers and forms as the import page lists them: every visit and every row passed over, in the files' order.

Words of a frozen preview; a row's words are made when it is shown. What is to be settled is visits_import_findings'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jiafang_desktop.domain.visits import Leader, VisitContent
from jiafang_desktop.services.visit_import import ImportedVisit, SkippedLine, VisitImportPreview
from ui.models.typed_date import dotted

STATUSES = {"new": "新增", "same": "已有", "check": "待核对", "skipped": "跳过"}
ALL = "all"
_LONGEST = 160  # of an account beside the list; all of it stands in the record

Place = tuple[str, str | None]  # a file, a sheet of it


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the list. ``id`` is v or s and its place among the preview's visits or passed-over rows."""

    id: str
    source: str
    row: str
    number: str
    date: str
    visitee: str
    leaders: str
    matter: str
    status: str
    why: str
    marked: bool  # something to look at, though it is imported


class ImportRows:
    """All lines of a preview, in the files' order; which are shown is asked by status and place."""

    def __init__(self, preview: VisitImportPreview) -> None:
        self.preview = preview
        self.places = _places(preview)
        files = {file.name: at for at, file in enumerate(preview.files)}
        sheets = {place: at for at, place in enumerate(self.places)}

        def key(one: ImportedVisit | SkippedLine) -> tuple[int, int, int]:
            return files.get(one.file, 0), sheets[(one.file, one.sheet or None)], one.row or 0

        found = [(key(visit), f"v{at}") for at, visit in enumerate(preview.visits)]
        found += [(key(line), f"s{at}") for at, line in enumerate(preview.skipped)]
        self._order = [name for _, name in sorted(found, key=lambda one: one[0])]
        self._sheets = Counter(file for file, _ in self.places)
        self.file_count = len(self._sheets)

    def ids(self, *, status: str = ALL, place: Place | None = None) -> list[str]:
        """The lines of a status and of a file or sheet; a place without a sheet is the whole file."""
        return [
            name for name in self._order
            if (status == ALL or self.status(name) == status) and (place is None or self._lies_in(name, place))
        ]  # fmt: skip

    def counts(self, place: Place | None = None) -> dict[str, int]:
        """How many lines of each status there are."""
        found = dict.fromkeys((ALL, *STATUSES), 0)
        for name in self.ids(place=place):
            found[ALL] += 1
            found[self.status(name)] += 1
        return found

    def one(self, name: str) -> ImportedVisit | SkippedLine:
        """What a line is of."""
        at = int(name[1:])
        return self.preview.visits[at] if name[0] == "v" else self.preview.skipped[at]

    def status(self, name: str) -> str:
        """new, same, check or skipped."""
        found = self.one(name)
        return found.status if isinstance(found, ImportedVisit) else "skipped"

    def rows(self, names: Sequence[str]) -> list[ImportRow]:
        """The words of some lines."""
        return [self._row(name) for name in names]

    def _lies_in(self, name: str, place: Place) -> bool:
        found = self.one(name)
        return found.file == place[0] and (place[1] is None or (found.sheet or None) == place[1])

    def _row(self, name: str) -> ImportRow:
        found = self.one(name)
        source = self._short_source(found.file, found.sheet)
        at = str(found.row) if found.row is not None else ""
        if isinstance(found, SkippedLine):
            return ImportRow(name, source, at, "", "", "", "", found.words, "skipped", found.reason, False)
        content = found.content
        return ImportRow(
            name, source, at, str(content.number or ""), dotted(content.date) if content.date else "",
            content.visitee.name, "、".join(leader.name for leader in content.leaders),
            " ".join((content.matter or "").split()), found.status, why(found),
            found.status == "new" and bool(found.problems),
        )  # fmt: skip

    def source(self, file: str, sheet: str | None) -> str:
        """File and sheet, as far as they tell anything."""
        parts = [file if self.file_count > 1 else "", sheet or "" if self._sheets[file] > 1 else ""]
        return "　".join(part for part in parts if part)

    def _short_source(self, file: str, sheet: str | None) -> str:
        """The same for a narrow column: what differs from row to row comes first."""
        parts = [sheet or "" if self._sheets[file] > 1 else "", file.rpartition("/")[2] if self.file_count > 1 else ""]
        return "　".join(part for part in parts if part)


def _places(preview: VisitImportPreview) -> list[Place]:
    """Every file and sheet, as they came."""
    found: dict[str, dict[str | None, None]] = {file.name: {} for file in preview.files}
    for one in (*preview.visits, *preview.skipped):
        found.setdefault(one.file, {})[one.sheet or None] = None
    return [(file, sheet) for file, sheets in found.items() for sheet in (sheets or {None: None})]


def why(visit: ImportedVisit) -> str:
    """What there is to say of a visit, what keeps it from being imported first."""
    stopping = [doubt.message for doubt in visit.problems if doubt.stops]
    others = [doubt.message for doubt in visit.problems if not doubt.stops]
    return "；".join(dict.fromkeys(stopping + others))


def detail_words(found: ImportedVisit | SkippedLine) -> tuple[str, str, str]:
    """The line in hand in full: where it stands, what was read, what there is to say."""
    at = "　".join(part for part in (found.file, found.sheet or "", f"第 {found.row} 行" if found.row else "") if part)
    if isinstance(found, SkippedLine):
        return f"{at}　跳过", found.words, found.reason
    return f"{at}　{STATUSES[found.status]}", _content_words(found.content), why(found)


def _content_words(content: VisitContent) -> str:
    visitee = content.visitee
    home = "　".join(
        f"{title} {words}" for title, words in (
            ("住址", visitee.address), ("配偶", visitee.spouse_name), ("记录人", content.recorder),
        ) if words
    )  # fmt: skip
    first = (
        ("日期", dotted(content.date) if content.date else ""), ("家访对象", _with_post(visitee.name, visitee.post)),
        ("家访领导", "、".join(_of_leader(leader) for leader in content.leaders)), ("单位", content.unit or ""),
    )  # fmt: skip
    lines = ["　".join(f"{title} {words}" for title, words in first if words), home]
    for title, words in (
        ("内容", content.matter), ("情况记录", content.account), ("解决情况", content.resolution),
        ("备注", content.remark),
    ):  # fmt: skip
        if words:
            plain = " ".join(words.split())
            lines.append(f"{title} {plain[:_LONGEST]}" + (f"……共 {len(words)} 字" if len(plain) > _LONGEST else ""))
    return "\n".join(line for line in lines if line)


def _of_leader(leader: Leader) -> str:
    return _with_post(leader.name, leader.post)


def _with_post(name: str, post: str | None) -> str:
    return f"{name}（{post}）" if post else name
