"""资料自查: what a record still lacks before an inspection (policy 四之四), one finding per thing and record. Pure.

Numbers and concerns are looked at as a whole. Which records there are is asked in services.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from jiafang_desktop.domain.archiving import missing_cells
from jiafang_desktop.domain.visits import Visit

TITLES = {
    "form_incomplete": "记录单没有填全", "problems_open_late": "问题超过期限没有办结",
    "nothing_said": "没有记问题，也没有说明未反映", "late_without_reason": "补录没有写原因", "not_printed": "没有打印",
    "needs_reprint": "打印后改过，要重印", "not_signed": "领导没有签名", "not_sealed": "没有盖章",
    "no_paper": "没有扫描件，也没有写存放位置", "not_archived": "可以归档还没有归档", "number_twice": "序号重复",
    "number_missing": "序号中间缺号", "concern_unreported": "诉求办理情况没有报送",
    "concern_overdue": "诉求超过期限没有办结",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing missing. ``visit`` or ``concern`` is what it is about, both None for a gap in the numbers.

    ``fields`` are V.json names of empty cells, ``position`` the problem's N, ``name`` whose record it is.
    """

    code: str
    message: str
    visit: str | None = None
    concern: str | None = None
    number: int | None = None
    on: date | None = None
    unit: str | None = None
    name: str | None = None
    fields: tuple[str, ...] = field(default=())
    position: int | None = None

    @property
    def title(self) -> str:
        """The kind of finding, for a head over several."""
        return TITLES[self.code]


def of_visit(
    visit: Visit, *, today: date, late: bool, needs_reprint: bool, has_scan: bool, unit: str, by_pad: bool = False
) -> Iterator[Finding]:
    """What a registered visit lacks. Of a filed one the paper's own life is known to be over.

    ``by_pad``: every leader has signed on the pad what the form says now.
    """
    content = visit.content

    def found(code: str, message: str, *, fields: tuple[str, ...] = (), position: int | None = None) -> Finding:
        return Finding(
            code, message, visit=visit.id, number=content.number, on=content.date, unit=content.unit or unit,
            name=content.visitee.name, fields=fields, position=position,
        )  # fmt: skip

    # The resolution comes with the problems' ends, weeks later: until then its cell may be empty.
    waits = any(problem.is_open for problem in visit.problems)
    missing = [cell for cell in missing_cells(visit) if not (waits and cell.cell == "resolution")]
    if missing:
        words = "、".join(cell.title for cell in missing)
        yield found("form_incomplete", f"记录单还缺：{words}。", fields=tuple(cell.field for cell in missing))
    for problem in visit.problems:
        due = problem.content.due_date
        if problem.is_open and due is not None and due < today:
            yield found(
                "problems_open_late", f"第{problem.position}个问题应在{_day(due)}前办结，还没有办结。",
                position=problem.position,
            )  # fmt: skip
    if not visit.problems and not content.nothing_to_solve:
        yield found("nothing_said", "没有记问题，也没有勾选“本次家访未反映需解决的问题”。")
    if late and not content.late_entry_reason:
        yield found("late_without_reason", "属于补录，还没有写补录原因。")
    if visit.archived_on is None:
        yield from (found(code, message) for code, message in _paper(visit, needs_reprint, has_scan, by_pad))


def _paper(visit: Visit, needs_reprint: bool, has_scan: bool, by_pad: bool) -> Iterator[tuple[str, str]]:
    paper = visit.paper
    ready = visit.status == "ready"
    if paper.printed_on is None and not has_scan:
        yield "not_printed", "还没有标记打印。"
    if needs_reprint:
        yield "needs_reprint", "打印之后改过内容，纸面和记录不一致，要重新打印。"
    if paper.signed_on is None and not has_scan and not by_pad:
        yield "not_signed", "还没有标记家访领导签名。"
    # The seal comes after the resolution: before that nothing is missing.
    if ready and paper.sealed_on is None and not has_scan:
        yield "not_sealed", "问题已办结，还没有标记盖章。"
    if ready and not paper.place and not has_scan:
        yield "no_paper", "没有附扫描件，也没有写纸质件存放在哪里。"
    if ready and (paper.place or has_scan) and paper.sealed_on is not None and not missing_cells(visit):
        yield "not_archived", "手续已全，可以归档。"


def of_numbers(taken: Iterable[tuple[str, int, int]]) -> Iterator[Finding]:
    """Gaps and doubles of each ledger: ``taken`` are (unit, year, number), void records among them."""
    for (unit, year), group in groupby(sorted(taken), key=lambda item: item[:2]):
        numbers = [number for _, _, number in group]
        first_day = date(year, 1, 1)
        for number in sorted({number for number in numbers if numbers.count(number) > 1}):
            yield Finding("number_twice", f"{year}年序号{number}用了不止一次。", number=number, unit=unit, on=first_day)
        for first, last in _gaps(numbers):
            span = f"{first}" if first == last else f"{first}至{last}"
            words = f"{year}年缺序号{span}。"
            if first == 1:
                words = f"{year}年序号{span}不在本机；如果是启用程序前的纸质台账，不用处理。"
            yield Finding("number_missing", words, number=first, unit=unit, on=first_day)


def _gaps(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    expected = 1
    for number in sorted(set(numbers)):
        if number > expected:
            yield expected, number - 1
        expected = number + 1


def in_order(findings: Iterable[Finding], *, codes: Collection[str] = ()) -> list[Finding]:
    """By unit, year and number; then as TITLES has them."""
    order = list(TITLES)
    kept = [finding for finding in findings if not codes or finding.code in codes]
    return sorted(kept, key=lambda one: (
        one.unit or "", one.on.year if one.on else 0, one.concern is not None, one.number or 0, order.index(one.code),
        one.position or 0,
    ))  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
