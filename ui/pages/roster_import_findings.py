"""What the import page lists at the right: each thing to settle or look at, in two short lines, with its answers.

Words from a frozen preview; nothing is decided here and nothing painted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ui.models.import_grid import NO_NAME, Preview, index_of, rows_of

MOST_SHOWN = 120  # a list nobody reads to its end; 只看有问题的行 shows them all
_QUESTION_HEADS = {
    "choose_sheet": "请选一张工作表", "missing_column": "请说明缺少的一栏", "ambiguous_header": "请选姓名在哪一列",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """A link below a finding: ``act`` is show, answer, sheet, column or dismiss, ``value`` what it carries."""

    words: str
    act: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """``tone``: must (the import waits, or somebody would be lost), check (please look) or note."""

    key: str
    tone: str
    head: str
    small: str
    answers: tuple[Answer, ...] = ()
    row: int | None = None
    column: int | None = None


def findings(preview: Preview, *, dismissed: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything to list, what the import waits for first."""
    kinds = (_questions, _nameless, _doubtful, _informing, _cells, _left_out)
    found = [finding for kind in kinds for finding in kind(preview)]
    return tuple(finding for finding in found if finding.key not in dismissed)


def rows_named(preview: Preview) -> dict[int, str]:
    """Row number → tone of rows that informing questions speak of."""
    rows: dict[int, str] = {}
    by_name = _rows_by_name(preview)
    for question in preview.questions:
        if question.code == "same_name":
            rows.update((row, "check") for row in by_name.get(_subject(question.id), ()))
    return rows


def _questions(preview: Preview) -> Iterator[Finding]:
    for question in preview.open_questions:
        act = {"choose_sheet": "sheet", "column:name": "column", "column:text": "column"}.get(
            question.code if question.code == "choose_sheet" else question.id, "answer"
        )
        column = index_of(question.options[0]) if act == "column" and question.options else None
        answers = tuple(
            Answer(
                f"{option} 列" if act == "column" else option,
                act,
                option if act != "answer" else f"{question.id}={option}",
            )
            for option in question.options[:12]
        )
        if question.id == "column:unit":
            answers = (*answers[:4], Answer("填写单位", "unit"))
        yield Finding(
            question.id, "must", _QUESTION_HEADS.get(question.code, "请回答"), question.message, answers, column=column
        )


def _nameless(preview: Preview) -> Iterator[Finding]:
    name_at = preview.reading.columns.get("name", "A")
    for item in preview.reading.skipped:
        if item.reason == NO_NAME:
            yield Finding(
                f"skipped:{item.row}", "must", f"第 {item.row} 行没有姓名",
                "这一行不导入。请在原表中补上姓名，再换一次文件。",
                (Answer("看这一行", "show"), Answer("不管这一行", "dismiss")), row=item.row, column=index_of(name_at),
            )  # fmt: skip


def _doubtful(preview: Preview) -> Iterator[Finding]:
    name_at = preview.reading.columns.get("name", "A")
    for person in rows_of(preview):
        if person.status == "check":
            why = "；".join(dict.fromkeys(problem.message for problem in person.problems)) or "请核对是不是一个人"
            yield Finding(
                f"check:{person.row}", "check", f"第 {person.row} 行“{person.content.name}”先不导入", why + "。",
                (Answer("看这一行", "show"), Answer("知道了", "dismiss")), row=person.row, column=index_of(name_at),
            )  # fmt: skip


def _informing(preview: Preview) -> Iterator[Finding]:
    by_name = _rows_by_name(preview)
    for question in preview.questions:
        if not question.informs:
            continue
        if question.code == "same_name":
            yield _same_name(preview, question, by_name.get(_subject(question.id), []))
        else:
            rows = [person.row for person in rows_of(preview) if person.content.unit in question.options]
            unit_at = preview.reading.columns.get("unit")
            yield Finding(
                question.id, "check", "、".join(f"“{name}”" for name in question.options)[1:-1] + "像是同一单位",
                "请核对；程序不替您猜，按原样存放。", (*_show(rows), Answer("知道了", "dismiss")),
                row=rows[0] if rows else None, column=index_of(unit_at) if unit_at else None,
            )  # fmt: skip


def _same_name(preview: Preview, question: Any, rows: list[int]) -> Finding:
    name = _subject(question.id)
    if len(rows) > 1:
        places = "、".join(str(row) for row in rows[:5]) + ("等" if len(rows) > 5 else "")
        head = f"第 {places} 行都叫{name}"
    else:
        head = f"名册里已有一位{name}" if rows else f"同名的{name}"
    _, _, detail = question.message.partition("：")
    name_at = preview.reading.columns.get("name", "A")
    return Finding(
        question.id, "check", head, detail.partition("。")[0] + "。按不同的人导入。",
        (*_show(rows), Answer("知道了", "dismiss")),
        row=rows[0] if rows else None, column=index_of(name_at),
    )  # fmt: skip


def _cells(preview: Preview) -> Iterator[Finding]:
    name_at = preview.reading.columns.get("name", "A")
    for person in rows_of(preview):
        if person.status == "check":
            continue
        for order, problem in enumerate(person.problems):
            letters = problem.column or name_at
            value = f"“{problem.value[:12]}”" if problem.value else ""
            yield Finding(
                f"cell:{person.row}:{letters}:{order}", "check",
                f"第 {person.row} 行{person.content.name}　{letters} 列{value}",
                problem.message + "。", (Answer("看这一格", "show"), Answer("知道了", "dismiss")),
                row=person.row, column=index_of(letters),
            )  # fmt: skip


def _left_out(preview: Preview) -> Iterator[Finding]:
    for item in preview.reading.left_out:
        if item.private:
            kind = "身份证号" if "身份证" in item.reason else "民族"
            yield Finding(
                f"left:{item.column}", "note", f"{item.column} 列不导入{kind}", "也不显示、不保存，原文件不改动。", (),
                column=index_of(item.column),
            )  # fmt: skip
        else:
            title = item.title.replace(" ", "")
            yield Finding(
                f"left:{item.column}", "note", f"{item.column} 列“{title}”不导入", item.reason + "。", (),
                column=index_of(item.column),
            )  # fmt: skip


def _show(rows: list[int]) -> tuple[Answer, ...]:
    return tuple(Answer(f"看第 {row} 行", "show", str(row)) for row in rows[:3])


def _rows_by_name(preview: Preview) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for person in rows_of(preview):
        rows[person.content.name].append(person.row)
    return rows


def _subject(question_id: str) -> str:
    return question_id.partition(":")[2]
