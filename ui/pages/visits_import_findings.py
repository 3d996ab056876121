"""What the import of earlier years lists at the right: questions, visits left out, things to look at, files not read.

Words from a frozen preview, with the answers as links; nothing is decided here and nothing painted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from jiafang_desktop.services.visit_import import SKIP, ImportedVisit, ImportQuestion, VisitImportPreview
from ui.models.visit_import_list import ImportRows
from ui.pages.roster_import_findings import Answer, Finding

_HEADS = {
    "other_unit": "台账的单位不是本单位", "missing_year": "日期没有写年份", "number_repeat": "有序号重复",
}  # fmt: skip
_EVERY = {
    "missing_year": ("{} 处日期没有写年份", "都是同一年的，答一次就行；不是，在下面分别回答。"),
    "number_repeat": ("{} 处有序号重复", "每个季度、每个领导从 1 编起的，可以都重新编号。"),
}  # fmt: skip
_GROUPED_FROM = 4  # as many rows of a sheet with the same words are told together
_FEW = 3
_TONES = ("must", "check", "note")
YEARS = "missing_year"


def findings(
    preview: VisitImportPreview, rows: ImportRows, *, dismissed: Collection[str] = ()
) -> tuple[Finding, ...]:  # fmt: skip
    """Everything to list, what the import waits for first."""
    found = [
        *_every(preview), *_questions(preview), *_left_out(preview, rows), *_looked_at(preview, rows),
        *_files(preview), *_answered(preview), *_merged(preview), *_notes(preview),
    ]  # fmt: skip
    found.sort(key=lambda finding: _TONES.index(finding.tone))
    return tuple(finding for finding in found if finding.key not in dismissed)


def _every(preview: VisitImportPreview) -> Iterator[Finding]:
    """Twelve sheets without a year are mostly of one: what is asked of several is answered at once."""
    for code, (head, small) in _EVERY.items():
        asked = [one for one in preview.questions if one.code == code and one.answer is None]
        if len(asked) < 2:
            continue
        answers = [
            Answer(f"都是 {option} 年" if option.isdigit() else f"都{option}", "every", f"{code}={option}")
            for option in asked[0].options if option != SKIP
        ]  # fmt: skip
        if code == YEARS:
            answers.append(Answer("别的年份", "every_year"))
        yield Finding(
            f"every:{code}", "check" if asked[0].informs else "must", head.format(len(asked)), small, tuple(answers)
        )  # fmt: skip


def _questions(preview: VisitImportPreview) -> Iterator[Finding]:
    for question in preview.questions:
        if question.answer is None:
            tone = "check" if question.informs else "must"
            yield Finding(question.id, tone, _HEADS[question.code], question.message, _options(question))


def _options(question: ImportQuestion) -> tuple[Answer, ...]:
    def words(option: str) -> str:
        return f"{option} 年" if option.isdigit() else option

    given = tuple(
        Answer(words(option), "answer", f"{question.id}={option}")
        for option in question.options if option != question.answer
    )  # fmt: skip
    return (*given, Answer("别的年份", "year", question.id)) if question.code == YEARS else given


def _answered(preview: VisitImportPreview) -> Iterator[Finding]:
    for question in preview.questions:
        if question.answer is not None:
            said = f"{question.answer} 年" if question.answer.isdigit() else question.answer
            yield Finding(
                f"answered:{question.id}", "note", f"已回答：{said}", f"{question.message}要改，点另一个。",
                _options(question),
            )  # fmt: skip


def _left_out(preview: VisitImportPreview, rows: ImportRows) -> Iterator[Finding]:
    """Visits that wait for an eye; those that wait for an open question are told by it."""
    groups: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    open_codes = {question.code for question in preview.open_questions}
    for at, visit in enumerate(preview.visits):
        if visit.status == "check" and not _asked_about(visit, open_codes):
            stopping = next((doubt.message for doubt in visit.problems if doubt.stops), "请核对")
            groups[(visit.file, visit.sheet, stopping)].append(at)
    for (_, _, message), places in groups.items():
        if len(places) >= _GROUPED_FROM:
            yield _group("check", f"{len(places)} 次先不导入", message, preview, rows, places)
            continue
        for at in places:
            visit = preview.visits[at]
            stored = (Answer("看已登记的", "open", visit.visit),) if visit.visit is not None else ()
            yield Finding(
                f"check:{at}", "check", f"{_called(visit)}先不导入", _where(rows, visit, message),
                (Answer("看这一行", "show", f"v{at}"), *stored, Answer("知道了", "dismiss")), row=at,
            )  # fmt: skip


def _asked_about(visit: ImportedVisit, open_codes: Collection[str]) -> bool:
    messages = [doubt.message for doubt in visit.problems if doubt.stops]
    return bool(open_codes) and all("请先回答问题" in message for message in messages)


def _looked_at(preview: VisitImportPreview, rows: ImportRows) -> Iterator[Finding]:
    """Doubts of visits that are imported all the same."""
    groups: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    for at, visit in enumerate(preview.visits):
        if visit.status == "new" or (visit.status == "same" and _conflicts(visit)):
            for doubt in visit.problems:
                groups[(visit.file, visit.sheet, doubt.message)].append(at)
    for (_, _, message), places in groups.items():
        if len(places) >= _GROUPED_FROM:
            yield _group("check", f"{len(places)} 行请看一眼", message, preview, rows, places)
            continue
        for at in places:
            visit = preview.visits[at]
            yield Finding(
                f"look:{at}:{message}", "check", _called(visit), _where(rows, visit, message),
                (Answer("看这一行", "show", f"v{at}"), Answer("知道了", "dismiss")), row=at,
            )  # fmt: skip


def _group(
    tone: str, head: str, message: str, preview: VisitImportPreview, rows: ImportRows, places: list[int]
) -> Finding:  # fmt: skip
    first = preview.visits[places[0]]
    shown = tuple(Answer(f"看第 {preview.visits[at].row} 行", "show", f"v{at}") for at in places[:_FEW])
    return Finding(
        f"group:{places[0]}:{message}", tone, head, _where(rows, first, message),
        (*shown, Answer("知道了", "dismiss")), row=places[0],
    )  # fmt: skip


def _files(preview: VisitImportPreview) -> Iterator[Finding]:
    """Files that could not be read one by one; those that never are ledgers only counted."""
    aside = 0
    for file in preview.files:
        if file.error is not None:
            yield Finding(f"file:{file.name}", "check", f"没有读“{file.name}”", file.reason or "")
        elif preview.verdict(file) is not None:
            aside += 1
    if aside:
        yield Finding(
            "files", "note", f"另有 {aside} 个文件没有导入", "不是台账或记录单，或与别的文件相同；原因在“跳过”里。",
            (Answer("看跳过的", "status", "skipped"),),
        )  # fmt: skip


def _merged(preview: VisitImportPreview) -> Iterator[Finding]:
    count = sum(1 for visit in preview.visits if visit.status == "same" and visit.visit is None)
    if count:
        yield Finding(
            "merged", "note", f"{count} 次写了不止一处", "台账和记录单里的同一次家访合成一次，互相补齐空着的栏目。",
            (Answer("看这些行", "status", "same"),),
        )  # fmt: skip


def _notes(preview: VisitImportPreview) -> Iterator[Finding]:
    for at, note in enumerate(preview.notes):
        yield Finding(f"note:{at}", "note", "有栏目不导入", note + "。")


def _conflicts(visit: ImportedVisit) -> bool:
    return any("写得不同" in doubt.message for doubt in visit.problems)


def _called(visit: ImportedVisit) -> str:
    name = visit.content.visitee.name
    return f"第 {visit.row} 行“{name[:8]}”" if name else f"第 {visit.row} 行"


def _where(rows: ImportRows, visit: ImportedVisit, message: str) -> str:
    source = rows.source(visit.file, visit.sheet)
    return f"{source}：{message}。" if source else f"{message}。"
